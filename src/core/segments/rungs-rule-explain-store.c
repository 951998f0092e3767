/* rungs-rule-explain-store.c: says why a rule holds or does not hold for a lead. */

#include "segments/rungs-rule-node.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

void
rungs_rule_reason_free (RungsRuleReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->words);
  g_free (reason->field);
  g_free (reason->op);
  g_free (reason->value);
  g_free (reason);
}

static RungsRuleReason *
rungs_rule_reason_new (RungsRuleNode *leaf,
                       gboolean       holds)
{
  RungsRuleReason *reason = g_new0 (RungsRuleReason, 1);

  reason->words = rungs_rule_node_describe (leaf);
  reason->field = g_strdup (leaf->name);
  reason->op = g_strdup (leaf->operator->name);
  reason->value = rungs_rule_node_dup_values (leaf);
  reason->holds = holds;
  return reason;
}

/* All leaves as columns of one row, so that they speak of one moment. */
static const char *
compile_leaves (RungsRule *rule)
{
  g_autoptr (GString) sql = g_string_new ("SELECT 1");

  for (guint i = 0; i < rule->leaves->len; i++)
    {
      g_string_append (sql, ", ");
      rungs_rule_node_append_sql (g_ptr_array_index (rule->leaves, i), RUNGS_RULE_FOR_ONE, sql);
    }
  g_string_append (sql, " FROM lead l WHERE l.id = :lead");
  return g_intern_string (sql->str);
}

/* The answer of a part of the rule, from what its leaves said. */
static gboolean
answer_of (RungsRule     *rule,
           RungsRuleNode *node,
           GPtrArray     *reasons)
{
  gboolean settles = node->kind != RUNGS_RULE_NODE_ALL;
  guint index;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      g_ptr_array_find (rule->leaves, node, &index);
      return ((RungsRuleReason *) g_ptr_array_index (reasons, index))->holds;
    }

  for (guint i = 0; i < node->children->len; i++)
    if (answer_of (rule, g_ptr_array_index (node->children, i), reasons) == settles)
      return node->kind == RUNGS_RULE_NODE_ANY;
  return node->kind != RUNGS_RULE_NODE_ANY;
}

/* Marks the leaves on which the answer of that part rests: those of the first child that settles
 * its group, or of all children where none did. */
static void
mark_deciding (RungsRule     *rule,
               RungsRuleNode *node,
               GPtrArray     *reasons)
{
  gboolean settles = node->kind != RUNGS_RULE_NODE_ALL;
  guint index;

  if (node->kind == RUNGS_RULE_NODE_LEAF)
    {
      g_ptr_array_find (rule->leaves, node, &index);
      ((RungsRuleReason *) g_ptr_array_index (reasons, index))->decides = TRUE;
      return;
    }

  for (guint i = 0; i < node->children->len; i++)
    if (answer_of (rule, g_ptr_array_index (node->children, i), reasons) == settles)
      {
        mark_deciding (rule, g_ptr_array_index (node->children, i), reasons);
        return;
      }
  for (guint i = 0; i < node->children->len; i++)
    mark_deciding (rule, g_ptr_array_index (node->children, i), reasons);
}

GPtrArray *
rungs_rule_explain (RungsDb *db,
                    RungsRule *rule,
                    gint64 lead,
                    gint64 now,
                    gboolean *matches,
                    GError **error)
{
  g_autoptr (GPtrArray) reasons =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_reason_free);
  g_autoptr (RungsRule) resolved = NULL;
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (rule != NULL, NULL);

  resolved = rungs_rule_resolve (db, rule, NULL, error);
  query = resolved ? rungs_db_prepare (db, compile_leaves (resolved), error) : NULL;
  if (query == NULL || !rungs_rule_bind (db, resolved, query, now, error))
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such lead"));
  if (step != RUNGS_ROW)
    return NULL;

  for (guint i = 0; i < rule->leaves->len; i++)
    g_ptr_array_add (reasons,
                     rungs_rule_reason_new (g_ptr_array_index (rule->leaves, i),
                                            rungs_statement_get_int64 (query, (int) i + 1) != 0));
  mark_deciding (rule, rule->root, reasons);
  if (matches != NULL)
    *matches = answer_of (rule, rule->root, reasons);
  return g_steal_pointer (&reasons);
}
