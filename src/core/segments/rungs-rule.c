/* rungs-rule.c: reads a rule, checks it and says it in words. */

#include "segments/rungs-rule-node.h"

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"

/* Deeper than any rule a person writes, and shallow enough for every stack. */
#define MAX_DEPTH 20
#define MAX_LEAVES 500

static void
rungs_rule_value_free (RungsRuleValue *value)
{
  g_free (value->text);
  g_free (value);
}

static void
rungs_rule_node_free (RungsRuleNode *node)
{
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_clear_pointer (&node->values, g_ptr_array_unref);
  g_free (node->name);
  g_free (node);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleNode, rungs_rule_node_free)

static RungsRuleNode *
rungs_rule_node_new (RungsRuleKind kind)
{
  RungsRuleNode *node = g_new0 (RungsRuleNode, 1);

  node->kind = kind;
  node->key_parameter = -1;
  if (kind == RUNGS_RULE_NODE_LEAF)
    node->values = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_value_free);
  else
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_node_free);
  return node;
}

static char *
text_of_json (JsonNode *json)
{
  return json_to_string (json, FALSE);
}

static const char *
string_member (JsonObject *object,
               const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL && json_node_get_value_type (member) == G_TYPE_STRING
             ? json_node_get_string (member)
             : NULL;
}

/* What a person reads of a leaf that cannot be understood. */
G_GNUC_PRINTF (3, 4)
static gboolean
refuse (JsonNode *leaf, GError **error, const char *format, ...)
{
  g_autofree char *what = text_of_json (leaf);
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "In the rule %s: %s", what, why);
  return FALSE;
}

static void
add_value (RungsRuleNode *node,
           char          *text,
           gint64         number)
{
  RungsRuleValue *value = g_new0 (RungsRuleValue, 1);

  value->text = text;
  value->number = number;
  g_ptr_array_add (node->values, value);
}

static gboolean
is_number (JsonNode *json)
{
  GType type = json_node_get_value_type (json);

  return JSON_NODE_HOLDS_VALUE (json) && (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE);
}

static gboolean
is_string (JsonNode *json)
{
  return JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING;
}

/* Whether the JSON value has the shape that the operator wants. */
static gboolean
has_shape (JsonNode       *json,
           RungsRuleShape  shape)
{
  if (shape == RUNGS_SHAPE_NONE)
    return json == NULL;
  if (json == NULL)
    return FALSE;

  switch (shape)
    {
    case RUNGS_SHAPE_TEXT:
    case RUNGS_SHAPE_DATE:
      return is_string (json);
    case RUNGS_SHAPE_TEXTS:
      return JSON_NODE_HOLDS_ARRAY (json);
    case RUNGS_SHAPE_NUMBER:
    case RUNGS_SHAPE_DAYS:
      return is_number (json);
    case RUNGS_SHAPE_BOOLEAN:
      return JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_BOOLEAN;
    case RUNGS_SHAPE_NONE:
    default:
      return FALSE;
    }
}

static const char *
shape_in_words (RungsRuleShape shape)
{
  switch (shape)
    {
    case RUNGS_SHAPE_NONE:
      return "it takes no value";
    case RUNGS_SHAPE_TEXT:
      return "its value must be a text in quotation marks";
    case RUNGS_SHAPE_TEXTS:
      return "its value must be a list of texts, with at least one";
    case RUNGS_SHAPE_NUMBER:
      return "its value must be a number";
    case RUNGS_SHAPE_DATE:
      return "its value must be a date such as \"2026-11-21\"";
    case RUNGS_SHAPE_DAYS:
      return "its value must be a whole number of days, 0 or more";
    case RUNGS_SHAPE_BOOLEAN:
    default:
      return "its value must be true or false";
    }
}

static gboolean
read_texts (RungsRuleNode *node,
            JsonArray     *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!is_string (element))
        return FALSE;
      add_value (node, json_node_dup_string (element), 0);
    }
  return node->values->len > 0 && node->values->len <= MAX_LEAVES;
}

static gboolean
read_days (RungsRuleNode *node,
           JsonNode      *json)
{
  gint64 days = json_node_get_int (json);

  if (json_node_get_value_type (json) != G_TYPE_INT64 || days < 0 || days > 100000)
    return FALSE;
  add_value (node, text_of_json (json), days);
  return TRUE;
}

static gboolean
read_date (RungsRuleNode *node,
           JsonNode      *json)
{
  gint64 ignored;

  if (!rungs_time_parse (json_node_get_string (json), NULL, &ignored, NULL))
    return FALSE;
  add_value (node, json_node_dup_string (json), 0);
  return TRUE;
}

/* The values of a leaf whose JSON has the right shape; FALSE where what it says is still wrong. */
static gboolean
read_values (RungsRuleNode *node,
             JsonNode      *json)
{
  switch (node->operator->shape)
    {
    case RUNGS_SHAPE_NONE:
      return TRUE;
    case RUNGS_SHAPE_TEXTS:
      return read_texts (node, json_node_get_array (json));
    case RUNGS_SHAPE_DAYS:
      return read_days (node, json);
    case RUNGS_SHAPE_DATE:
      return read_date (node, json);
    case RUNGS_SHAPE_BOOLEAN:
      add_value (node, g_strdup (json_node_get_boolean (json) ? "yes" : "no"),
                 json_node_get_boolean (json));
      return TRUE;
    case RUNGS_SHAPE_TEXT:
      add_value (node, json_node_dup_string (json), 0);
      return TRUE;
    case RUNGS_SHAPE_NUMBER:
    default:
      add_value (node, text_of_json (json), 0);
      return TRUE;
    }
}

/* The operator of that name for the field. A custom field's type is not known here, so that the
 * value decides; rungs_rule_check() compares with what the file says. `any` becomes one that has
 * the name. */
static const RungsRuleOperator *
find_operator (const RungsRuleField     *field,
               const char               *name,
               JsonNode                 *value,
               const RungsRuleOperator **any)
{
  const RungsRuleOperator *operator;

  for (guint i = 0; (operator= rungs_field_table_get_operator (i)) != NULL; i++)
    {
      if (!g_str_equal (operator->name, name) || !rungs_rule_type_takes (field->type, operator))
        continue;
      *any = operator;
      if (has_shape (value, operator->shape))
        return operator;
    }
  return NULL;
}

static char *
list_operators (const RungsRuleField *field)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const RungsRuleOperator *operator;

  for (guint i = 0; (operator= rungs_field_table_get_operator (i)) != NULL; i++)
    if (rungs_rule_type_takes (field->type, operator)
        && !g_ptr_array_find_with_equal_func (names, operator->name, g_str_equal, NULL))
      g_ptr_array_add (names, (char *) operator->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static gboolean
has_only_members (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_str_equal (item->data, "field") && !g_str_equal (item->data, "op")
        && !g_str_equal (item->data, "value"))
      return FALSE;
  return TRUE;
}

static RungsRuleNode *
read_leaf (JsonNode  *json,
           GError   **error)
{
  g_autoptr (RungsRuleNode) node = rungs_rule_node_new (RUNGS_RULE_NODE_LEAF);
  JsonObject *object = json_node_get_object (json);
  JsonNode *value = json_object_get_member (object, "value");
  const char *name = string_member (object, "field");
  const char *op = string_member (object, "op");
  const RungsRuleOperator *any = NULL;

  if (name == NULL || op == NULL || !has_only_members (object))
    return refuse (json, error, "expected a group (all, any, none) or a field, an op and a value"),
           NULL;

  node->field = rungs_field_table_find (name);
  if (node->field == NULL)
    return refuse (json, error, "there is no field “%s”", name), NULL;

  node->operator= find_operator (node->field, op, value, &any);
  if (any == NULL)
    {
      g_autofree char *operators = list_operators (node->field);

      return refuse (json, error, "%s cannot be compared by “%s”, only by %s", node->field->label,
                     op, operators),
             NULL;
    }
  if (node->operator== NULL || !read_values (node, value))
    return refuse (json, error, "%s", shape_in_words (any->shape)), NULL;

  node->name = g_strdup (name);
  node->type = node->operator->type;
  if (node->field->type == RUNGS_RULE_CUSTOM)
    node->key = node->name + strlen (node->field->name);
  return g_steal_pointer (&node);
}

static gboolean
group_kind (JsonObject     *object,
            RungsRuleKind  *kind,
            JsonNode      **children)
{
  static const char *const NAMES[] = { "all", "any", "none" };

  if (json_object_get_size (object) != 1)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if ((*children = json_object_get_member (object, NAMES[i])) != NULL)
      {
        *kind = (RungsRuleKind) i;
        return TRUE;
      }
  return FALSE;
}

static RungsRuleNode *
read_node (JsonNode  *json,
           guint      depth,
           GError   **error)
{
  g_autoptr (RungsRuleNode) node = NULL;
  RungsRuleKind kind;
  JsonNode *children;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return refuse (json, error, "expected an object in braces"), NULL;
  if (depth > MAX_DEPTH)
    return refuse (json, error, "groups lie more than %d deep", MAX_DEPTH), NULL;
  if (!group_kind (json_node_get_object (json), &kind, &children))
    return read_leaf (json, error);
  if (!JSON_NODE_HOLDS_ARRAY (children))
    return refuse (json, error, "a group holds a list of rules"), NULL;

  node = rungs_rule_node_new (kind);
  array = json_node_get_array (children);
  if (json_array_get_length (array) == 0 && kind != RUNGS_RULE_NODE_ALL)
    return refuse (json, error, "the group is empty"), NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      RungsRuleNode *child = read_node (json_array_get_element (array, i), depth + 1, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (node->children, child);
    }
  return g_steal_pointer (&node);
}

/* Numbers the parameters and lists the leaves. */
static void
number_leaves (RungsRule     *rule,
               RungsRuleNode *node)
{
  if (node->kind != RUNGS_RULE_NODE_LEAF)
    {
      for (guint i = 0; i < node->children->len; i++)
        number_leaves (rule, g_ptr_array_index (node->children, i));
      return;
    }

  node->first = rule->n_parameters;
  rule->n_parameters += node->values->len;
  if (node->key != NULL)
    node->key_parameter = (int) rule->n_parameters++;
  if (node->operator->shape == RUNGS_SHAPE_DATE)
    rule->has_dates = TRUE;
  g_ptr_array_add (rule->leaves, node);
}

RungsRule *
rungs_rule_new_from_json (JsonNode  *json,
                          GError   **error)
{
  g_autoptr (RungsRule) rule = NULL;
  RungsRuleNode *root;

  g_return_val_if_fail (json != NULL, NULL);

  root = read_node (json, 1, error);
  if (root == NULL)
    return NULL;

  rule = g_new0 (RungsRule, 1);
  g_mutex_init (&rule->lock);
  rule->root = root;
  rule->leaves = g_ptr_array_new ();
  number_leaves (rule, root);
  if (rule->leaves->len > MAX_LEAVES || rule->n_parameters > MAX_LEAVES)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "The rule asks more than %d questions",
                   MAX_LEAVES);
      return NULL;
    }
  return g_steal_pointer (&rule);
}

RungsRule *
rungs_rule_parse (const char  *json,
                  GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  node = json_from_string (json, &cause);
  if (node == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "The rule is not JSON: %s",
                   cause ? cause->message : "it is empty");
      return NULL;
    }
  return rungs_rule_new_from_json (node, error);
}

void
rungs_rule_free (RungsRule *rule)
{
  if (rule == NULL)
    return;
  rungs_rule_node_free (rule->root);
  g_ptr_array_unref (rule->leaves);
  g_clear_pointer (&rule->zone, g_time_zone_unref);
  g_free (rule->zone_name);
  g_mutex_clear (&rule->lock);
  g_free (rule);
}

char *
rungs_rule_node_dup_values (RungsRuleNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < node->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (node->values, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_leaf (RungsRuleNode *node)
{
  g_autoptr (GString) text = g_string_new (node->key ? node->key : node->field->label);
  gboolean quoted =
      node->operator->shape == RUNGS_SHAPE_TEXT || node->operator->shape == RUNGS_SHAPE_TEXTS;

  g_string_append_printf (text, " %s", node->operator->words);
  for (guint i = 0; i < node->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (node->values, i);

      g_string_append_printf (text, quoted ? "%s“%s”" : "%s%s", i > 0 ? ", " : " ", value->text);
    }
  if (node->operator->shape == RUNGS_SHAPE_DAYS)
    g_string_append (text, " days");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_rule_node_describe (RungsRuleNode *node)
{
  g_autoptr (GString) text = NULL;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    return describe_leaf (node);
  if (node->children->len == 0)
    return g_strdup ("every lead");

  text = g_string_new (node->kind == RUNGS_RULE_NODE_NONE ? "none of " : NULL);
  if (node->children->len > 1 || node->kind == RUNGS_RULE_NODE_NONE)
    g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      g_autofree char *part = rungs_rule_node_describe (g_ptr_array_index (node->children, i));
      const char *glue = node->kind == RUNGS_RULE_NODE_ALL ? " and " : " or ";

      g_string_append_printf (text, "%s%s", i > 0 ? glue : "", part);
    }
  if (node->children->len > 1 || node->kind == RUNGS_RULE_NODE_NONE)
    g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
rungs_rule_describe (RungsRule *rule)
{
  g_autofree char *text = NULL;
  size_t length;

  g_return_val_if_fail (rule != NULL, NULL);

  text = rungs_rule_node_describe (rule->root);
  length = strlen (text);
  if (rule->root->kind == RUNGS_RULE_NODE_LEAF || rule->root->kind == RUNGS_RULE_NODE_NONE
      || text[0] != '(' || rule->root->children->len < 2)
    return g_steal_pointer (&text);
  return g_strndup (text + 1, length - 2);
}
