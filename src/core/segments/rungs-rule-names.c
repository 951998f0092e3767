/* rungs-rule-names.c: gives what rules name another name, in their JSON.
 *
 * A source may be named exactly, "ppc:Spring", or by its name alone, "Spring", which means all
 * sources of that name. Where one of several is renamed, the rule names the others as before and
 * that one beside them: "has" becomes "has_any". */

#include "segments/rungs-rule-names.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

/* The member that says what events are about: the whole name, without case. */
#define ABOUT "detail"

/* Where a rule or the graph of a sequence names something otherwise than by a field that is made
 * for it: in that member of an object, if the object says `word` in the member `beside`. */
static const struct
{
  const char *member;
  const char *beside;
  const char *word;
  RungsRuleSource source;
} PLACES[] = {
  { "sells", NULL, NULL, RUNGS_RULE_FROM_PRODUCTS },
  { "name", "on", "tag", RUNGS_RULE_FROM_TAGS },
  { "source", "on", "import", RUNGS_RULE_FROM_SOURCES },
  { "sku", "on", "order", RUNGS_RULE_FROM_PRODUCTS },
  { "message", "kind", "message", RUNGS_RULE_FROM_MESSAGES },
  { "add_tag", "kind", "action", RUNGS_RULE_FROM_TAGS },
  { "remove_tag", "kind", "action", RUNGS_RULE_FROM_TAGS },
  { "start", "kind", "action", RUNGS_RULE_FROM_SEQUENCES },
  { "stop", "kind", "action", RUNGS_RULE_FROM_SEQUENCES },
  { "name", "steps", NULL, RUNGS_RULE_FROM_SEQUENCES },
  { ABOUT, "kind", "tag.added", RUNGS_RULE_FROM_TAGS },
  { ABOUT, "kind", "tag.removed", RUNGS_RULE_FROM_TAGS },
  { ABOUT, "kind", "touch.made", RUNGS_RULE_FROM_SOURCES },
  { ABOUT, "kind", "mail.sent", RUNGS_RULE_FROM_MESSAGES },
  { ABOUT, "kind", "sequence.entered", RUNGS_RULE_FROM_SEQUENCES },
};

/* "Spring" of "ppc:Spring". */
static const char *
name_alone (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static gboolean
is_name (const RungsNameChange *change,
         const char            *name,
         const char            *text)
{
  switch (change->source)
    {
    case RUNGS_RULE_FROM_TAGS:
    case RUNGS_RULE_FROM_PRODUCTS:
    case RUNGS_RULE_FROM_COUPONS:
      return g_ascii_strcasecmp (text, name) == 0;
    case RUNGS_RULE_FROM_SOURCES:
      return g_str_equal (text, name) || g_str_equal (text, name_alone (name));
    default:
      return g_str_equal (text, name);
    }
}

gboolean
rungs_name_change_is_before (const RungsNameChange *change,
                             const char            *text)
{
  return is_name (change, change->before, text);
}

gboolean
rungs_name_change_is_after (const RungsNameChange *change,
                            const char            *text)
{
  return change->after != NULL && is_name (change, change->after, text);
}

static const char *
string_of (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* Whether the text means others too, which keep the name. */
static gboolean
means_others (const RungsNameChange *change,
              const char            *text)
{
  return change->shared && !g_str_equal (text, change->before);
}

/* What it is called in the place of that text: by its name alone, if it was and may be. */
static const char *
new_name (const RungsNameChange *change,
          const char            *text)
{
  gboolean alone = change->source == RUNGS_RULE_FROM_SOURCES && !change->shared && !change->taken
                   && !g_str_equal (text, change->before);

  return alone ? name_alone (change->after) : change->after;
}

/* ---- values of lines */

/* The operator that asks of several names what the other asks of one. */
static const char *
operator_of_several (const char *op)
{
  if (g_str_equal (op, "has"))
    return "has_any";
  return g_str_equal (op, "has_not") ? "has_none" : op;
}

static JsonArray *
array_of (JsonNode *value)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_ref (json_node_get_array (value));
  array = json_array_new ();
  json_array_add_element (array, json_node_copy (value));
  return array;
}

/* The values with the new names; `others` becomes the first that means other sources too. */
static JsonArray *
rename_values (const RungsNameChange *change,
               JsonArray *values,
               char **others,
               gboolean *changed)
{
  JsonArray *renamed = json_array_new ();

  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      const char *text = json_node_get_string (json_array_get_element (values, i));
      gboolean named = text != NULL && rungs_name_change_is_before (change, text);

      if (!named || means_others (change, text))
        json_array_add_element (renamed, json_node_copy (json_array_get_element (values, i)));
      if (!named)
        continue;
      *changed = TRUE;
      if (means_others (change, text) && *others == NULL)
        *others = g_strdup (text);
      json_array_add_string_element (renamed, new_name (change, text));
    }
  return renamed;
}

/* A copy of the line with another operator and values. */
static JsonNode *
line_like (JsonObject *leaf,
           const char *op,
           JsonArray  *values)
{
  g_autoptr (GList) members = json_object_get_members (leaf);
  JsonObject *copy = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (GList *member = members; member != NULL; member = member->next)
    json_object_set_member (copy, member->data,
                            json_node_copy (json_object_get_member (leaf, member->data)));
  json_object_set_string_member (copy, "op", op);
  json_object_set_array_member (copy, "value", json_array_ref (values));
  json_node_take_object (node, copy);
  return node;
}

/* "Has all of these" where one of them means several: a group of one line that has one of those,
 * and one with all that are left. */
static void
split_all (JsonObject            *leaf,
           const RungsNameChange *change,
           const char            *others)
{
  g_autoptr (JsonArray) values = array_of (json_object_get_member (leaf, "value"));
  g_autoptr (JsonArray) several = json_array_new ();
  g_autoptr (JsonArray) rest = json_array_new ();
  g_autoptr (GList) members = json_object_get_members (leaf);
  JsonArray *lines = json_array_new ();

  json_array_add_string_element (several, others);
  json_array_add_string_element (several, change->after);
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      const char *text = json_array_get_string_element (values, i);

      if (!g_str_equal (text, others))
        json_array_add_string_element (
          rest, rungs_name_change_is_before (change, text) ? change->after : text);
    }
  json_array_add_element (lines, line_like (leaf, "has_any", several));
  if (json_array_get_length (rest) > 0)
    json_array_add_element (lines, line_like (leaf, "has_all", rest));
  for (GList *member = members; member != NULL; member = member->next)
    json_object_remove_member (leaf, member->data);
  json_object_set_array_member (leaf, "all", lines);
}

static gboolean
change_value (JsonObject            *leaf,
              const RungsNameChange *change)
{
  JsonNode *value = json_object_get_member (leaf, "value");
  const char *op = string_of (leaf, "op");
  g_autoptr (JsonArray) values = NULL;
  g_autoptr (JsonArray) renamed = NULL;
  g_autofree char *others = NULL;
  gboolean changed = FALSE;

  if (value == NULL || op == NULL)
    return FALSE;
  values = array_of (value);
  renamed = rename_values (change, values, &others, &changed);
  if (!changed)
    return FALSE;
  if (others != NULL && g_str_equal (op, "has_all"))
    {
      split_all (leaf, change, others);
      return TRUE;
    }
  if (others != NULL)
    json_object_set_string_member (leaf, "op", operator_of_several (op));
  if (others != NULL || JSON_NODE_HOLDS_ARRAY (value))
    json_object_set_array_member (leaf, "value", g_steal_pointer (&renamed));
  else
    json_object_set_string_member (leaf, "value", json_array_get_string_element (renamed, 0));
  return TRUE;
}

/* ---- single names */

static gboolean
change_member (JsonObject *object,
               const char *member,
               const RungsNameChange *change,
               gboolean *changed,
               GError **error)
{
  const char *text = string_of (object, member);
  gboolean about = g_str_equal (member, ABOUT);

  if (text == NULL
      || !(about ? g_ascii_strcasecmp (text, change->before) == 0
                 : rungs_name_change_is_before (change, text)))
    return TRUE;
  if (about)
    {
      json_object_set_string_member (object, member, change->after);
      *changed = TRUE;
      return TRUE;
    }
  if (means_others (change, text))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("“%s” cannot be renamed: a rule asks for “%s”, which other sources are"
                      " called too. Let it ask for “%s” first"),
                   change->before, text, change->before);
      return FALSE;
    }
  json_object_set_string_member (object, member, new_name (change, text));
  *changed = TRUE;
  return TRUE;
}

static gboolean
are_same (RungsRuleSource own,
          RungsRuleSource other)
{
  return own == other
         || (own == RUNGS_RULE_FROM_PARTNERS && other == RUNGS_RULE_FROM_SOURCES);
}

static gboolean
change_line (JsonObject *leaf,
             const RungsRuleField *field,
             const RungsNameChange *change,
             gboolean *changed,
             GError **error)
{
  for (guint i = 0; field->parameters[i].name != NULL; i++)
    if (are_same (field->parameters[i].source, change->source)
        && !change_member (leaf, field->parameters[i].name, change, changed, error))
      return FALSE;
  if (are_same (field->source, change->source))
    *changed |= change_value (leaf, change);
  return TRUE;
}

static gboolean
is_place (JsonObject *object,
          guint       place)
{
  const char *beside = PLACES[place].beside;

  if (beside == NULL || PLACES[place].word == NULL)
    return beside == NULL || json_object_has_member (object, beside);
  return g_strcmp0 (string_of (object, beside), PLACES[place].word) == 0;
}

static gboolean
change_object (JsonObject *object,
               const RungsNameChange *change,
               gboolean *changed,
               GError **error)
{
  const char *name = string_of (object, "field");
  const RungsRuleField *field = name != NULL ? rungs_field_table_find (name) : NULL;

  if (field != NULL && json_object_has_member (object, "op")
      && !change_line (object, field, change, changed, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    if (PLACES[i].source == change->source && is_place (object, i)
        && !change_member (object, PLACES[i].member, change, changed, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_rule_names_change (JsonNode *json,
                         const RungsNameChange *change,
                         gboolean *changed,
                         GError **error)
{
  g_autoptr (GList) parts = NULL;

  g_return_val_if_fail (json != NULL && change != NULL && changed != NULL, FALSE);

  if (JSON_NODE_HOLDS_ARRAY (json))
    parts = json_array_get_elements (json_node_get_array (json));
  else if (JSON_NODE_HOLDS_OBJECT (json))
    parts = json_object_get_values (json_node_get_object (json));
  for (GList *part = parts; part != NULL; part = part->next)
    if (!rungs_rule_names_change (part->data, change, changed, error))
      return FALSE;
  return !JSON_NODE_HOLDS_OBJECT (json)
         || change_object (json_node_get_object (json), change, changed, error);
}
