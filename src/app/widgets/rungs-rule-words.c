/* rungs-rule-words.c: rules in the user's words. */

#include "rungs-rule-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-display.h"

/* Whether people read its values by other words than rules do. */
static gboolean
has_other_names (RungsRuleSource source)
{
  return source == RUNGS_RULE_FROM_SOURCES || source == RUNGS_RULE_FROM_PARTNERS
         || source == RUNGS_RULE_FROM_PRODUCTS || source == RUNGS_RULE_FROM_STEPS
         || source == RUNGS_RULE_FROM_SEGMENTS || source == RUNGS_RULE_FROM_CHOICES
         || source >= RUNGS_RULE_FROM_IMPORTS;
}

/* Whether it names leads by their numbers. */
static gboolean
is_list (const char *value)
{
  return *value == '[' && value[strspn (value, "[,0123456789")] == ']';
}

/* How many they are. */
static gint64
count_list (const char *list)
{
  gint64 n = list[1] != ']';

  for (const char *comma = strchr (list, ','); comma != NULL; comma = strchr (comma + 1, ','))
    n++;
  return n;
}

static char *
list_words (const char *list)
{
  g_autofree char *number = rungs_display_number (count_list (list));

  return g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) count_list (list)), number);
}

/* A value as people read it: by its name where it is picked. */
static char *
value_words (RungsRuleFields *fields,
             JsonNode        *value,
             RungsRuleSource  source,
             const char      *context,
             const char      *currency)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_NONE;
  const RungsPick *pick = NULL;

  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? _ ("yes") : _ ("no"));
  if (type == G_TYPE_INT64 && currency != NULL)
    return rungs_display_money (rungs_money (json_node_get_int (value), currency));
  if (type != G_TYPE_STRING)
    return json_to_string (value, FALSE);
  if (is_list (json_node_get_string (value)))
    return list_words (json_node_get_string (value));
  if (has_other_names (source))
    pick = rungs_picks_find (rungs_rule_fields_get_values (fields, source, context),
                             json_node_get_string (value));
  /* Translators: a name or text that a rule compares with. */
  return g_strdup_printf (_ ("“%s”"), pick ? pick->label : json_node_get_string (value));
}

/* " “vip”, “new”", " 30 days" */
static void
append_value (GString                 *words,
              RungsRuleFields         *fields,
              const RungsRulePart     *line,
              const RungsRuleOperator *operator)
{
  JsonNode *value = rungs_rule_part_get (line, "value");
  JsonArray *texts = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  const char *name = rungs_rule_part_get_text (line, "field");
  RungsRuleSource source = rungs_rule_fields_get_source (fields, name);
  const char *context = rungs_rule_fields_get_context (
    source, name, rungs_rule_part_get_text (line, "sequence"));
  guint n = texts ? json_array_get_length (texts) : 1;

  if (value == NULL || operator->shape == RUNGS_SHAPE_NONE)
    return;
  if (operator->shape == RUNGS_SHAPE_DAYS)
    {
      g_autofree char *number = rungs_display_number (json_node_get_int (value));

      g_string_append_c (words, ' ');
      g_string_append_printf (
        words, ngettext ("%s day", "%s days", (gulong) json_node_get_int (value)), number);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *one
        = value_words (fields, texts ? json_array_get_element (texts, i) : value, source,
                       context, rungs_rule_fields_get_currency_of (fields, name));

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : " ", one);
    }
}

/* " (with the product “Course”, in the last 30 days)" */
static void
append_parameters (GString              *words,
                   RungsRuleFields      *fields,
                   const RungsRulePart  *line,
                   const RungsRuleField *field)
{
  guint said = 0;

  for (guint i = 0; field->parameters[i].name != NULL; i++)
    {
      const RungsRuleParameter *parameter = &field->parameters[i];
      JsonNode *value = rungs_rule_part_get (line, parameter->name);
      g_autofree char *one = NULL;

      if (value == NULL)
        continue;
      g_string_append (words, said++ == 0 ? " (" : ", ");
      if (parameter->shape == RUNGS_SHAPE_DAYS)
        {
          g_autofree char *number = rungs_display_number (json_node_get_int (value));

          g_string_append_printf (words,
                                  ngettext ("in the last %s day", "in the last %s days",
                                            (gulong) json_node_get_int (value)),
                                  number);
          continue;
        }
      one = value_words (fields, value, parameter->source,
                         rungs_rule_fields_get_context (
                           parameter->source, NULL, rungs_rule_part_get_text (line, "sequence")),
                         NULL);
      g_string_append_printf (words, "%s %s", _ (parameter->label), one);
    }
  g_string_append (words, said > 0 ? ")" : "");
}

/* "these 4 leads", of a line that keeps the leads of a list; NULL of any other. */
static char *
words_of_list (const RungsRulePart *line)
{
  const char *list = rungs_rule_part_get_text (line, "value");
  g_autofree char *number = NULL;

  if (g_strcmp0 (rungs_rule_part_get_text (line, "field"), "lead") != 0
      || g_strcmp0 (rungs_rule_part_get_text (line, "op"), "has") != 0 || list == NULL
      || !is_list (list))
    return NULL;
  number = rungs_display_number (count_list (list));
  return g_strdup_printf (
    ngettext ("this %s lead", "these %s leads", (gulong) count_list (list)), number);
}

static char *
words_of_line (RungsRuleFields     *fields,
               const RungsRulePart *line)
{
  const char *name = rungs_rule_part_get_text (line, "field");
  const char *op = rungs_rule_part_get_text (line, "op");
  const RungsRuleField *field = name ? rungs_field_table_find (name) : NULL;
  const RungsRuleOperator *operator
    = field ? rungs_rule_fields_find_operator (fields, name, op) : NULL;
  char *these = words_of_list (line);
  GString *words;

  if (these != NULL)
    return these;
  if (operator == NULL)
    return g_strdup (name ? rungs_rule_fields_get_label (fields, name) : _ ("nothing yet"));
  words = g_string_new (rungs_rule_fields_get_label (fields, name));
  append_parameters (words, fields, line, field);
  g_string_append_printf (words, " %s", _ (operator->words));
  append_value (words, fields, line, operator);
  return g_string_free (words, FALSE);
}

static char *
words_of (RungsRuleFields     *fields,
          const RungsRulePart *part)
{
  gboolean none = part->kind == RUNGS_RULE_PART_NONE;
  const char *glue = part->kind == RUNGS_RULE_PART_ALL ? _ (" and ") : _ (" or ");
  g_autoptr (GString) words = NULL;

  if (!rungs_rule_part_is_group (part))
    return words_of_line (fields, part);
  if (part->children->len == 0)
    return g_strdup (_ ("every lead"));

  words = g_string_new (NULL);
  for (guint i = 0; i < part->children->len; i++)
    {
      g_autofree char *one = words_of (fields, g_ptr_array_index (part->children, i));

      g_string_append_printf (words, "%s%s", i > 0 ? glue : "", one);
    }
  if (none)
    return g_strdup_printf (_ ("not (%s)"), words->str);
  if (part->parent != NULL && part->children->len > 1)
    return g_strdup_printf ("(%s)", words->str);
  return g_strdup (words->str);
}

/* Takes `words`, of which a sentence begins with the first. */
static char *
capitalized (char *words)
{
  g_autofree char *taken = words;
  char capital[6];
  int length = g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (words)), capital);

  return *words != '\0' ? g_strdup_printf ("%.*s%s", length, capital, g_utf8_next_char (words))
                        : g_steal_pointer (&taken);
}

char *
rungs_rule_words_of_line (RungsRuleFields     *fields,
                          const RungsRulePart *line)
{
  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (fields), NULL);
  g_return_val_if_fail (line != NULL && !rungs_rule_part_is_group (line), NULL);

  return capitalized (words_of_line (fields, line));
}

char *
rungs_rule_words (RungsRuleFields *fields,
                  const char      *rule)
{
  g_autoptr (RungsRuleTree) tree = NULL;

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (fields), NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  tree = rungs_rule_tree_new (rule, NULL);
  return tree ? capitalized (words_of (fields, tree->root)) : g_strdup (rule);
}
