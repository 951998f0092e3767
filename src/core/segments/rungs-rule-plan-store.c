/* rungs-rule-plan-store.c: decides by which line of a rule leads are found.
 *
 * Of lines that must all hold, one that few leads pass is the best to begin with: its leads are
 * found from its rows, and the other lines are asked about these alone, from the side of the lead.
 * SQLite cannot know which line it is, for it keeps no statistics; so some thousand rows of each
 * that could lead are counted first, by their index, never more than the best so far has. Where no
 * line leads, all leads are looked at in order, and each line is asked about those that the lines
 * about the lead itself have left. */

#include "segments/rungs-rule-node.h"

/* A line leads where it has fewer rows than one of so many leads. */
#define SHARE 20
#define AT_LEAST 100

static const char SQL_HIGHEST[] = "SELECT coalesce (max (l.id), 0) FROM lead l";

/* Whether its rows are found by an index, and leads without any are not among those it lets
 * through. */
static gboolean
can_lead (RungsRuleNode *leaf)
{
  switch (leaf->field->source)
    {
    case RUNGS_RULE_FROM_TAGS:
    case RUNGS_RULE_FROM_SOURCES:
    case RUNGS_RULE_FROM_PRODUCTS:
    case RUNGS_RULE_FROM_SEQUENCES:
    case RUNGS_RULE_FROM_IMPORTS:
    case RUNGS_RULE_FROM_MESSAGES:
    case RUNGS_RULE_FROM_SEGMENTS:
      return leaf->values->len > 0 && rungs_rule_node_finds_by_rows (leaf);
    default:
      return leaf->field->group == RUNGS_RULE_ABOUT_EVENTS
             && rungs_rule_node_get_argument (leaf, "kind") != NULL
             && rungs_rule_node_finds_by_rows (leaf);
    }
}

/* How many rows the leaf has; `cap` where there are more. */
static gboolean
estimate (RungsDb *db,
          RungsRule *rule,
          RungsRuleNode *leaf,
          gint64 cap,
          gint64 now,
          gint64 *rows,
          GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*) FROM (SELECT 1 ");
  g_autoptr (RungsStatement) query = NULL;

  rungs_rule_node_append_rows (leaf, sql);
  g_string_append (sql, " LIMIT :cap)");
  query = rungs_db_prepare (db, g_intern_string (sql->str), error);
  if (query == NULL || !rungs_rule_bind (db, rule, query, now, error))
    return FALSE;
  rungs_statement_bind_int64 (query, ":cap", cap);
  return rungs_statement_get_number (query, 0, rows, error);
}

/* Whether the group is of lines of which one must hold, each of which could lead. */
static gboolean
all_can_lead (RungsRuleNode *group)
{
  for (guint i = 0; i < group->children->len; i++)
    {
      RungsRuleNode *child = g_ptr_array_index (group->children, i);

      if (child->kind != RUNGS_RULE_NODE_LEAF || !can_lead (child))
        return FALSE;
    }
  return group->kind == RUNGS_RULE_NODE_ANY;
}

/* How many rows a line has, or the lines of which one must hold together; `cap` where there are
 * more, or where it cannot lead. */
static gboolean
estimate_line (RungsDb *db,
               RungsRule *rule,
               RungsRuleNode *node,
               gint64 cap,
               gint64 now,
               gint64 *rows,
               GError **error)
{
  gint64 sum = 0;

  *rows = cap;
  if (node->kind == RUNGS_RULE_NODE_LEAF)
    return !can_lead (node) || estimate (db, rule, node, cap, now, rows, error);
  if (!all_can_lead (node))
    return TRUE;
  for (guint i = 0; i < node->children->len && sum < cap; i++)
    {
      gint64 more = cap;

      if (!estimate (db, rule, g_ptr_array_index (node->children, i), cap, now, &more, error))
        return FALSE;
      sum += more;
    }
  *rows = MIN (sum, cap);
  return TRUE;
}

/* The line of the group that has the fewest rows, if fewer than `cap`: their number, then. */
static gboolean
find_leader (RungsDb *db,
             RungsRule *rule,
             RungsRuleNode *group,
             gint64 *cap,
             gint64 now,
             RungsRuleNode **leader,
             GError **error)
{
  for (guint i = 0; i < group->children->len; i++)
    {
      RungsRuleNode *child = g_ptr_array_index (group->children, i);
      gint64 rows = *cap;

      if (child->kind == RUNGS_RULE_NODE_ALL)
        {
          if (!find_leader (db, rule, child, cap, now, leader, error))
            return FALSE;
          continue;
        }
      if (!estimate_line (db, rule, child, *cap, now, &rows, error))
        return FALSE;
      if (rows < *cap)
        {
          *leader = child;
          *cap = rows;
        }
    }
  return TRUE;
}

/* What the program computes is asked lead by lead only where few leads are left. */
static void
set_by_lead (RungsRuleNode *node,
             RungsRuleNode *leader)
{
  GPtrArray *below = node->kind == RUNGS_RULE_NODE_LEAF ? node->inner : node->children;

  if (node == leader)
    return;
  node->by_lead = node->kind != RUNGS_RULE_NODE_LEAF || leader != NULL || !node->field->computed;
  for (guint i = 0; below != NULL && i < below->len; i++)
    if (g_ptr_array_index (below, i) != NULL)
      set_by_lead (g_ptr_array_index (below, i), leader);
}

RungsRule *
rungs_rule_plan (RungsDb    *db,
                 RungsRule  *rule,
                 gint64      now,
                 GError    **error)
{
  g_autoptr (RungsRule) own = rungs_rule_new_from_json (rule->json, error);
  g_autoptr (RungsRule) plan = own ? rungs_rule_resolve (db, own, NULL, error) : NULL;
  g_autoptr (RungsStatement) query = NULL;
  RungsRuleNode *leader = NULL;
  gint64 leads = 0;
  gint64 cap;

  if (plan == NULL)
    return NULL;
  if (plan->root->kind != RUNGS_RULE_NODE_ALL || plan->root->children->len < 2)
    return g_steal_pointer (&plan);
  query = rungs_db_prepare (db, SQL_HIGHEST, error);
  if (query == NULL || !rungs_statement_get_number (query, 0, &leads, error))
    return NULL;
  cap = MAX (leads / SHARE, AT_LEAST);
  if (!find_leader (db, plan, plan->root, &cap, now, &leader, error))
    return NULL;
  set_by_lead (plan->root, leader);
  return g_steal_pointer (&plan);
}
