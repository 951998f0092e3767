/* rungs-rule.c: reads a rule and refuses what is none. */

#include "segments/rungs-rule-node.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "segments/rungs-rule-choice-store.h"

/* Deeper than any rule a person writes, and shallow enough for every stack. */
#define MAX_DEPTH 20
#define MAX_LEAVES 500

/* Of the rule and of all the segments that it asks about. */
#define MAX_SQL_PARAMETERS 30000

/* A hundred years: dates stay in the calendar. */
#define MAX_DAYS 36500

static void
rungs_rule_value_free (RungsRuleValue *value)
{
  g_free (value->text);
  g_free (value);
}

static void
rungs_rule_argument_free (RungsRuleArgument *argument)
{
  g_free (argument->text);
  g_free (argument);
}

void
rungs_rule_node_free (RungsRuleNode *node)
{
  if (node == NULL)
    return;
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_clear_pointer (&node->values, g_ptr_array_unref);
  g_clear_pointer (&node->arguments, g_ptr_array_unref);
  g_clear_pointer (&node->inner, g_ptr_array_unref);
  g_clear_pointer (&node->beneath, g_ptr_array_unref);
  g_free (node->name);
  g_free (node);
}

static RungsRuleNode *
rungs_rule_node_new (RungsRuleKind kind)
{
  RungsRuleNode *node = g_new0 (RungsRuleNode, 1);

  node->kind = kind;
  node->key_parameter = -1;
  if (kind == RUNGS_RULE_NODE_LEAF)
    {
      node->values = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_value_free);
      node->arguments = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_argument_free);
    }
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
refuse (JsonNode    *leaf,
        GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *what = text_of_json (leaf);
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("In the rule %s: %s"), what, why);
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
      return _ ("it takes no value");
    case RUNGS_SHAPE_TEXT:
      return _ ("its value must be a text in quotation marks");
    case RUNGS_SHAPE_TEXTS:
      return _ ("its value must be a list of texts, with at least one");
    case RUNGS_SHAPE_NUMBER:
      return _ ("its value must be a number");
    case RUNGS_SHAPE_DATE:
      return _ ("its value must be a date such as \"2026-11-21\"");
    case RUNGS_SHAPE_DAYS:
      return _ ("its value must be a whole number of days, 0 or more");
    case RUNGS_SHAPE_BOOLEAN:
    default:
      return _ ("its value must be true or false");
    }
}

/* Whether the text is one that can be meant: of the program's own words only those there are. */
static gboolean
is_among (RungsRuleSource  source,
          const char      *text)
{
  return source < RUNGS_RULE_FROM_SOURCE_KINDS || rungs_rule_word_get_label (source, text) != NULL;
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
days_of (JsonNode *json,
         gint64   *days)
{
  *days = json_node_get_int (json);
  return json_node_get_value_type (json) == G_TYPE_INT64 && *days >= 0 && *days <= MAX_DAYS;
}

static gboolean
read_days (RungsRuleNode *node,
           JsonNode      *json)
{
  gint64 days;

  if (!days_of (json, &days))
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
find_operator (const RungsRuleField *field,
               const char *name,
               JsonNode *value,
               const RungsRuleOperator **any)
{
  const RungsRuleOperator *operator;

  for (guint i = 0; (operator= rungs_field_table_get_operator (i)) != NULL; i++)
    {
      if (!g_str_equal (operator->name, name) || !rungs_rule_field_takes (field, operator))
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
    if (rungs_rule_field_takes (field, operator)
        && !g_ptr_array_find_with_equal_func (names, operator->name, g_str_equal, NULL))
      g_ptr_array_add (names, (char *) operator->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* FALSE with INVALID where the leaf says something that its field has no parameter for. */
static gboolean
has_only_members (JsonNode              *json,
                  const RungsRuleField  *field,
                  GError               **error)
{
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (json));

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_str_equal (item->data, "field") && !g_str_equal (item->data, "op")
        && !g_str_equal (item->data, "value")
        && rungs_rule_field_get_parameter (field, item->data) == NULL)
      return refuse (json, error, _ ("%s has no “%s”"), _ (field->label), (char *) item->data);
  return TRUE;
}

/* What the leaf says of one parameter, or what counts where it says nothing. */
static gboolean
read_argument (RungsRuleNode *node,
               const RungsRuleParameter *parameter,
               JsonNode *json,
               GError **error)
{
  JsonNode *said = json_object_get_member (json_node_get_object (json), parameter->name);
  RungsRuleArgument *argument;
  gint64 days = 0;

  if (said == NULL && parameter->required)
    return refuse (json, error, _ ("%s needs “%s”"), _ (node->field->label), parameter->name);
  if (said == NULL && parameter->fallback == NULL)
    return TRUE;
  if (said != NULL && !has_shape (said, parameter->shape))
    return refuse (json, error, "“%s”: %s", parameter->name, shape_in_words (parameter->shape));
  if (said != NULL && parameter->shape == RUNGS_SHAPE_DAYS && !days_of (said, &days))
    return refuse (json, error, "“%s”: %s", parameter->name, shape_in_words (RUNGS_SHAPE_DAYS));
  if (said != NULL && parameter->shape == RUNGS_SHAPE_TEXT
      && !is_among (parameter->source, json_node_get_string (said)))
    return refuse (json, error, _ ("there is no %s “%s”"), _ (parameter->label),
                   json_node_get_string (said));

  argument = g_new0 (RungsRuleArgument, 1);
  argument->parameter = parameter;
  argument->said = said != NULL;
  argument->number = days;
  if (said == NULL)
    argument->text = g_strdup (parameter->fallback);
  else
    argument->text =
        parameter->shape == RUNGS_SHAPE_TEXT ? json_node_dup_string (said) : text_of_json (said);
  g_ptr_array_add (node->arguments, argument);
  return TRUE;
}

static gboolean
read_arguments (RungsRuleNode  *node,
                JsonNode       *json,
                GError        **error)
{
  for (guint i = 0; node->field->parameters[i].name != NULL; i++)
    if (!read_argument (node, &node->field->parameters[i], json, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_words (RungsRuleNode  *node,
             JsonNode       *json,
             GError        **error)
{
  for (guint i = 0; i < node->values->len; i++)
    {
      RungsRuleValue *value = g_ptr_array_index (node->values, i);

      if (!is_among (node->field->source, value->text))
        return refuse (json, error, _ ("“%s” is not one of the %s"), value->text,
                       _ (node->field->label));
    }
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

  if (name == NULL || op == NULL)
    return refuse (json, error,
                   _ ("expected a group (all, any, none) or a field, an op and a value")),
           NULL;

  node->field = rungs_field_table_find (name);
  if (node->field == NULL)
    return refuse (json, error, _ ("there is no field “%s”"), name), NULL;

  node->operator= find_operator (node->field, op, value, &any);
  if (any == NULL)
    {
      g_autofree char *operators = list_operators (node->field);

      return refuse (json, error, _ ("%s cannot be compared by “%s”, only by %s"),
                     _ (node->field->label), op, operators),
             NULL;
    }
  if (node->operator== NULL || !read_values (node, value))
    return refuse (json, error, "%s", shape_in_words (any->shape)), NULL;

  node->name = g_strdup (name);
  node->type = node->operator->type;
  if (node->field->type == RUNGS_RULE_CUSTOM)
    node->key = node->name + strlen (node->field->name);
  if (!has_only_members (json, node->field, error) || !read_arguments (node, json, error)
      || !check_words (node, json, error))
    return NULL;
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
    return refuse (json, error, _ ("expected an object in braces")), NULL;
  if (depth > MAX_DEPTH)
    return refuse (json, error, _ ("groups lie more than %d deep"), MAX_DEPTH), NULL;
  if (!group_kind (json_node_get_object (json), &kind, &children))
    return read_leaf (json, error);
  if (!JSON_NODE_HOLDS_ARRAY (children))
    return refuse (json, error, _ ("a group holds a list of rules")), NULL;

  node = rungs_rule_node_new (kind);
  array = json_node_get_array (children);
  if (json_array_get_length (array) == 0 && kind != RUNGS_RULE_NODE_ALL)
    return refuse (json, error, _ ("the group is empty")), NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      RungsRuleNode *child = read_node (json_array_get_element (array, i), depth + 1, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (node->children, child);
    }
  return g_steal_pointer (&node);
}

RungsRuleNode *
rungs_rule_node_read (JsonNode  *json,
                      GError   **error)
{
  return read_node (json, 1, error);
}

guint
rungs_rule_node_parameters_of_value (RungsRuleNode *node)
{
  return node->type == RUNGS_RULE_DATE || node->type == RUNGS_RULE_DAY ? 2 : 1;
}

RungsRuleArgument *
rungs_rule_node_get_argument (RungsRuleNode *node,
                              const char    *name)
{
  for (guint i = 0; i < node->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (node->arguments, i);

      if (g_str_equal (argument->parameter->name, name))
        return argument;
    }
  return NULL;
}

static void
number_leaf (RungsRule     *rule,
             RungsRuleNode *leaf)
{
  leaf->first = rule->n_parameters;
  rule->n_parameters += leaf->values->len * rungs_rule_node_parameters_of_value (leaf);
  for (guint i = 0; i < leaf->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (leaf->arguments, i);

      argument->first = rule->n_parameters;
      rule->n_parameters += argument->parameter->shape == RUNGS_SHAPE_DAYS ? 2 : 1;
    }
  if (leaf->key != NULL)
    leaf->key_parameter = (int) rule->n_parameters++;
  if (rungs_rule_node_parameters_of_value (leaf) == 2)
    rule->needs_zone = TRUE;
  if (leaf->field->source == RUNGS_RULE_FROM_SEGMENTS)
    rule->asks_segments = TRUE;
  if (rungs_rule_node_asks_offers (leaf))
    rule->asks_offers = TRUE;
}

/* Numbers the parameters and lists the leaves. */
static void
number_leaves (RungsRule     *rule,
               RungsRuleNode *node,
               gboolean       own)
{
  GPtrArray *below = node->kind == RUNGS_RULE_NODE_LEAF ? node->inner : node->children;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      number_leaf (rule, node);
      g_ptr_array_add (rule->asked, node);
      if (own)
        g_ptr_array_add (rule->leaves, node);
      own = FALSE;
    }
  for (guint i = 0; below != NULL && i < below->len; i++)
    if (g_ptr_array_index (below, i) != NULL)
      number_leaves (rule, g_ptr_array_index (below, i), own);
  for (guint i = 0; node->beneath != NULL && i < node->beneath->len; i++)
    number_leaves (rule, g_ptr_array_index (node->beneath, i), FALSE);
}

void
rungs_rule_number (RungsRule *rule)
{
  rule->n_parameters = 0;
  g_ptr_array_set_size (rule->leaves, 0);
  g_ptr_array_set_size (rule->asked, 0);
  number_leaves (rule, rule->root, TRUE);
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
  g_atomic_ref_count_init (&rule->references);
  g_mutex_init (&rule->lock);
  rule->json = json_node_copy (json);
  rule->root = root;
  rule->leaves = g_ptr_array_new ();
  rule->asked = g_ptr_array_new ();
  rungs_rule_number (rule);
  if (rule->leaves->len > MAX_LEAVES || rule->n_parameters > MAX_SQL_PARAMETERS)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("The rule asks more than %d questions"), MAX_LEAVES);
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
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("The rule is not JSON: %s"),
                   cause ? cause->message : _ ("it is empty"));
      return NULL;
    }
  return rungs_rule_new_from_json (node, error);
}

RungsRule *
rungs_rule_ref (RungsRule *rule)
{
  g_atomic_ref_count_inc (&rule->references);
  return rule;
}

char *
rungs_rule_dup_json (RungsRule *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return text_of_json (rule->json);
}

void
rungs_rule_free (RungsRule *rule)
{
  if (rule == NULL || !g_atomic_ref_count_dec (&rule->references))
    return;
  rungs_rule_node_free (rule->root);
  json_node_unref (rule->json);
  g_ptr_array_unref (rule->leaves);
  g_ptr_array_unref (rule->asked);
  g_clear_pointer (&rule->zone, g_time_zone_unref);
  g_free (rule->zone_name);
  g_mutex_clear (&rule->lock);
  g_free (rule);
}

guint
rungs_rule_count_leaves (RungsRule *rule)
{
  g_return_val_if_fail (rule != NULL, 0);

  return rule->leaves->len;
}
