/* rungs-rule-order.c: which condition of a rule is asked first.
 *
 * SQLite asks conditions that need to look elsewhere in the order in which they stand, and stops
 * where one settles the matter. So that comes first which costs least for each lead that it
 * settles: of conditions that must all hold its cost by the share of leads that it turns away, of
 * those of which one is enough its cost by the share that it lets through. The shares are guesses;
 * that the lead's own columns come before all else matters most. */

#include "segments/rungs-rule-node.h"

/* What it costs to ask about one lead, beside a value of the lead itself, which costs 1; as
 * measured with a million leads. */
static double
cost_of_leaf (RungsRuleNode *leaf)
{
  static const double COSTS[] = {
    [RUNGS_RULE_ABOUT_LEAD] = 20,      [RUNGS_RULE_ABOUT_CUSTOM] = 27,
    [RUNGS_RULE_ABOUT_SOURCES] = 45,   [RUNGS_RULE_ABOUT_OWNERSHIP] = 53,
    [RUNGS_RULE_ABOUT_ORDERS] = 16,    [RUNGS_RULE_ABOUT_MESSAGES] = 45,
    [RUNGS_RULE_ABOUT_SEQUENCES] = 30, [RUNGS_RULE_ABOUT_CONSENT] = 35,
    [RUNGS_RULE_ABOUT_EVENTS] = 45,    [RUNGS_RULE_ABOUT_SEGMENTS] = 20,
  };
  gboolean looks = leaf->type == RUNGS_RULE_SET || leaf->key != NULL
                   || rungs_rule_leaf_asks_for_any (leaf);

  if (leaf->field->rows == NULL)
    return 1;
  if (leaf->field->computed)
    return 1500;
  if (leaf->field->unit == RUNGS_RULE_UNIT_MONEY)
    return 50;
  return COSTS[leaf->field->group] * (looks ? 1 : 1.5);
}

/* The share of leads of which a leaf holds, as a guess, for nobody counts them before: few have
 * what is asked for as a rule, and most have agreed. */
static double
share_of_leaf (RungsRuleNode *leaf)
{
  gboolean each = leaf->type == RUNGS_RULE_SET || leaf->key != NULL;
  gboolean none = leaf->field->rows != NULL && !each && rungs_rule_leaf_holds_of_none (leaf);

  if (leaf->field->rows == NULL)
    return 0.5;
  if (leaf->field->group == RUNGS_RULE_ABOUT_CONSENT)
    none = TRUE;
  return rungs_rule_leaf_is_opposite (leaf) != none ? 0.8 : 0.2;
}

/* The parts of a node that are asked one after the other until one settles it. */
static GPtrArray *
parts_of (RungsRuleNode *node)
{
  return node->kind == RUNGS_RULE_NODE_LEAF ? node->inner : node->children;
}

static void
estimate_term (RungsRuleTerm *term)
{
  RungsRuleNode *node = term->node;
  GPtrArray *parts = parts_of (node);
  gboolean any = node->kind == RUNGS_RULE_NODE_ANY || node->kind == RUNGS_RULE_NODE_LEAF;
  double left = 1;

  term->cost = node->kind == RUNGS_RULE_NODE_LEAF ? cost_of_leaf (node) : 0;
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      RungsRuleTerm part = { .node = g_ptr_array_index (parts, i),
                    .negated = node->kind == RUNGS_RULE_NODE_NONE };

      if (part.node == NULL)
        continue;
      estimate_term (&part);
      term->cost += left * part.cost;
      left *= any ? 1 - part.share : part.share;
    }
  term->share = node->kind == RUNGS_RULE_NODE_LEAF ? share_of_leaf (node) : any ? 1 - left : left;
  if (term->negated)
    term->share = 1 - term->share;
}

static int
compare_terms (gconstpointer a,
               gconstpointer b)
{
  const RungsRuleTerm *x = a;
  const RungsRuleTerm *y = b;

  return (x->rank > y->rank) - (x->rank < y->rank);
}

/* The conditions of the node, and of the groups in it that ask for the same: "all" in "all", and
 * "not one of them", which is said of each. */
static void
collect_terms (RungsRuleNode *node,
               gboolean       negated,
               gboolean       all,
               GArray        *terms)
{
  gboolean splits = node->kind != RUNGS_RULE_NODE_LEAF
                    && (node->kind == RUNGS_RULE_NODE_ANY ? all == negated : all != negated);
  RungsRuleTerm term = { .node = node, .negated = negated };

  if (!splits || node->children->len == 0)
    {
      estimate_term (&term);
      term.rank = term.cost / (all ? 1.01 - term.share : 0.01 + term.share);
      g_array_append_val (terms, term);
      return;
    }
  for (guint i = 0; i < node->children->len; i++)
    collect_terms (g_ptr_array_index (node->children, i),
                   negated != (node->kind == RUNGS_RULE_NODE_NONE), all, terms);
}

GArray *
rungs_rule_node_terms (RungsRuleNode *group)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (RungsRuleTerm));

  collect_terms (group, FALSE, group->kind != RUNGS_RULE_NODE_ANY, terms);
  g_array_sort (terms, compare_terms);
  return terms;
}
