/* rungs-rule-words.c: says a rule in words. */

#include "segments/rungs-rule-node.h"

#include <string.h>

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

/* " (source “Spring”, in the last 90 days)" */
static void
append_arguments (GString *text, RungsRuleNode *node)
{
  guint said = 0;

  for (guint i = 0; i < node->arguments->len; i++)
    {
      RungsRuleArgument *argument = g_ptr_array_index (node->arguments, i);

      if (!argument->said)
        continue;
      g_string_append (text, said++ == 0 ? " (" : ", ");
      if (argument->parameter->shape == RUNGS_SHAPE_DAYS)
        g_string_append_printf (text, "in the last %s days", argument->text);
      else
        g_string_append_printf (text, "%s “%s”", argument->parameter->label, argument->text);
    }
  g_string_append (text, said > 0 ? ")" : "");
}

static char *
describe_leaf (RungsRuleNode *node)
{
  g_autoptr (GString) text = g_string_new (node->key ? node->key : node->field->label);
  gboolean quoted =
      node->operator->shape == RUNGS_SHAPE_TEXT || node->operator->shape == RUNGS_SHAPE_TEXTS;

  append_arguments (text, node);
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
