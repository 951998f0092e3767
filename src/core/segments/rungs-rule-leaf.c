/* rungs-rule-leaf.c: what follows from a leaf's operator and value alone. */

#include "segments/rungs-rule-node.h"

/* What a number says, compared by the leaf, not negated. */
static gboolean
holds_of_number (RungsRuleNode *leaf,
                 double         number)
{
  const char *op = leaf->operator->name;
  RungsRuleValue *value = g_ptr_array_index (leaf->values, 0);
  double wanted = g_ascii_strtod (value->text, NULL);

  if (g_str_equal (op, "less"))
    return number < wanted;
  if (g_str_equal (op, "more"))
    return number > wanted;
  return number == wanted || (g_str_equal (op, "at_most") && number < wanted)
         || (g_str_equal (op, "at_least") && number > wanted);
}

gboolean
rungs_rule_leaf_holds_of_none (RungsRuleNode *leaf)
{
  if (leaf->field->none == NULL || leaf->values->len == 0)
    return FALSE;
  if (leaf->type == RUNGS_RULE_NUMBER)
    return holds_of_number (leaf, g_ascii_strtod (leaf->field->none, NULL));
  for (guint i = 0; i < leaf->values->len; i++)
    if (g_str_equal (((RungsRuleValue *) g_ptr_array_index (leaf->values, i))->text,
                     leaf->field->none))
      return TRUE;
  return FALSE;
}

gboolean
rungs_rule_leaf_asks_for_any (RungsRuleNode *leaf)
{
  const char *op = leaf->operator->name;
  double wanted;

  if (leaf->type != RUNGS_RULE_NUMBER || leaf->values->len == 0 || leaf->field->rows == NULL
      || !g_str_has_prefix (leaf->field->value, "count("))
    return FALSE;
  wanted = g_ascii_strtod (((RungsRuleValue *) g_ptr_array_index (leaf->values, 0))->text, NULL);
  return (wanted < 1 || (wanted == 1 && (g_str_equal (op, "at_least") || g_str_equal (op, "less"))))
         && holds_of_number (leaf, 0) != holds_of_number (leaf, 1);
}

gboolean
rungs_rule_leaf_is_opposite (RungsRuleNode *leaf)
{
  RungsRuleValue *value = leaf->values->len > 0 ? g_ptr_array_index (leaf->values, 0) : NULL;
  gboolean no = leaf->type == RUNGS_RULE_YESNO && value != NULL && value->number == 0;

  return leaf->operator->negated != no;
}

gboolean
rungs_rule_leaf_compares_instants (RungsRuleNode *leaf)
{
  return leaf->type == RUNGS_RULE_DATE && !g_str_has_prefix (leaf->operator->name, "yearly_");
}

gboolean
rungs_rule_node_asks_offers (RungsRuleNode *leaf)
{
  return g_str_equal (leaf->field->name, RUNGS_RULE_NEXT_OFFER);
}
