/* rungs-rule-words.c: says a rule in words. */

#include "segments/rungs-rule-node.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_CHARACTERS 200

/* Who knows what things are called. */
typedef struct
{
  RungsRuleNamer namer; /* (nullable) */
  gpointer data;
} Names;

/* A list of many leads is not read by anybody: its beginning. */
static char *
dup_beginning (const char *text)
{
  g_autofree char *beginning = NULL;

  if (g_utf8_strlen (text, -1) <= MOST_CHARACTERS)
    return g_strdup (text);
  beginning = g_utf8_substring (text, 0, MOST_CHARACTERS);
  return g_strconcat (beginning, "…", NULL);
}

char *
rungs_rule_node_dup_values (RungsRuleNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < node->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (node->values, i);
      g_autofree char *beginning = dup_beginning (value->text);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", beginning);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
name_of (const Names    *names,
         RungsRuleNamed  what,
         const char     *key)
{
  const char *name = names->namer != NULL ? names->namer (what, key, names->data) : NULL;

  return name != NULL ? name : key;
}

static const char *
name_of_value (const Names     *names,
               RungsRuleSource  source,
               const char      *value)
{
  if (source == RUNGS_RULE_FROM_PRODUCTS)
    return name_of (names, RUNGS_RULE_NAMED_PRODUCT, value);
  return source == RUNGS_RULE_FROM_SEGMENTS ? name_of (names, RUNGS_RULE_NAMED_SEGMENT, value)
                                            : value;
}

/* " (source “Spring”, in the last 90 days)" */
static void
append_arguments (GString       *text,
                  RungsRuleNode *node,
                  const Names   *names)
{
  guint said = 0;

  for (guint i = 0; i < node->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (node->arguments, i);

      if (!argument->said)
        continue;
      g_string_append (text, said++ == 0 ? " (" : ", ");
      if (argument->parameter->shape == RUNGS_SHAPE_DAYS)
        g_string_append_printf (text, _ ("in the last %s days"), argument->text);
      else
        g_string_append_printf (text, _ ("%s “%s”"), _ (argument->parameter->label),
                                name_of_value (names, argument->parameter->source, argument->text));
    }
  g_string_append (text, said > 0 ? ")" : "");
}

/* "Has a kiln: yes": a label may be a whole sentence. */
static char *
describe_yes_or_no (RungsRuleNode *node,
                    const char    *label)
{
  const RungsRuleValue *value = g_ptr_array_index (node->values, 0);
  gboolean yes = g_str_equal (value->text, "yes") == g_str_equal (node->operator->name, "is");

  return g_strdup_printf ("%s: %s", label, yes ? _ ("yes") : _ ("no"));
}

static char *
describe_leaf (RungsRuleNode *node,
               const Names   *names)
{
  const char *label =
      node->key ? name_of (names, RUNGS_RULE_NAMED_FIELD, node->key) : _ (node->field->label);
  g_autoptr (GString) text = g_string_new (label);
  gboolean quoted =
      node->operator->shape == RUNGS_SHAPE_TEXT || node->operator->shape == RUNGS_SHAPE_TEXTS;

  append_arguments (text, node, names);
  if (node->operator->shape == RUNGS_SHAPE_BOOLEAN)
    return describe_yes_or_no (node, text->str);
  g_string_append_printf (text, " %s", _ (node->operator->words));
  for (guint i = 0; i < node->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (node->values, i);
      g_autofree char *beginning
        = dup_beginning (name_of_value (names, node->field->source, value->text));

      g_string_append_printf (text, quoted ? _ ("%s“%s”") : "%s%s", i > 0 ? ", " : " ", beginning);
    }
  if (node->operator->shape == RUNGS_SHAPE_DAYS)
    g_string_append (text, _ (" days"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe (RungsRuleNode *node,
          const Names   *names)
{
  g_autoptr (GString) text = NULL;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    return describe_leaf (node, names);
  if (node->children->len == 0)
    return g_strdup (_ ("every lead"));

  text = g_string_new (node->kind == RUNGS_RULE_NODE_NONE ? _ ("none of ") : NULL);
  if (node->children->len > 1 || node->kind == RUNGS_RULE_NODE_NONE)
    g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autofree char *part = describe (g_ptr_array_index (node->children, i), names);
      const char *glue = node->kind == RUNGS_RULE_NODE_ALL ? _ (" and ") : _ (" or ");

      g_string_append_printf (text, "%s%s", i > 0 ? glue : "", part);
    }
  if (node->children->len > 1 || node->kind == RUNGS_RULE_NODE_NONE)
    g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_rule_node_describe (RungsRuleNode *node)
{
  return describe (node, &(Names){ NULL });
}

char *
rungs_rule_describe (RungsRule *rule)
{
  return rungs_rule_describe_named (rule, NULL, NULL);
}

char *
rungs_rule_describe_named (RungsRule      *rule,
                           RungsRuleNamer  namer,
                           gpointer        data)
{
  g_autofree char *text = NULL;
  size_t length;

  g_return_val_if_fail (rule != NULL, NULL);

  text = describe (rule->root, &(Names){ namer, data });
  length = strlen (text);
  if (rule->root->kind == RUNGS_RULE_NODE_LEAF || rule->root->kind == RUNGS_RULE_NODE_NONE
      || text[0] != '(' || rule->root->children->len < 2)
    return g_steal_pointer (&text);
  return g_strndup (text + 1, length - 2);
}
