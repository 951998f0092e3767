/* rungs-rule-segment-store.c: what the segments and the offers are that a rule asks about.
 *
 * A live segment is its rule: it is put where the rule asks about it, so that the answer is of this
 * moment and one statement finds it. The next offer is worked out elsewhere, but it changes with
 * whatever the conditions of the offers ask about: they are put beneath the line that asks for it,
 * for whoever follows what may change its answer. */

#include "segments/rungs-rule-node.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

/* More than anybody sees through, and little enough to compile. */
#define MAX_SEGMENTS 200

static const char SQL_RULE[] = "SELECT s.rule, s.name FROM segment s WHERE s.key = :key";

static const char SQL_CONDITIONS[] = "SELECT o.condition FROM offer o"
                                     " WHERE o.retired_at IS NULL AND o.condition IS NOT NULL";

typedef struct
{
  RungsDb *db;
  GPtrArray *way; /* (owned) (element-type utf8): the keys of the segments that lead here, lent */
  guint found;
  gboolean beneath; /* it is the conditions of offers that are looked at */
} Search;

/* FALSE with INVALID where the way to the segment leads over it, or too many were found. */
static gboolean
may_go_on (Search      *search,
           const char  *key,
           const char  *name,
           GError     **error)
{
  for (guint i = 0; i < search->way->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (search->way, i), key) == 0)
      {
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                     _ ("The rule asks about the segment “%s”, which asks about it in turn"), name);
        return FALSE;
      }
  if (++search->found <= MAX_SEGMENTS)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("The rule asks about more than %d segments, with those that they ask about"),
               MAX_SEGMENTS);
  return FALSE;
}

/* The rule of the segment; `inner` NULL where it has none. */
static gboolean
load_inner (Search         *search,
            const char     *key,
            RungsRuleNode **inner,
            GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (search->db, SQL_RULE, error);
  g_autoptr (JsonNode) json = NULL;
  RungsStep step;

  *inner = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":key", key);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW || rungs_statement_is_null (query, 0))
    return step != RUNGS_FAILED;
  if (!may_go_on (search, key, rungs_statement_get_text (query, 1), error))
    return FALSE;
  json = json_from_string (rungs_statement_get_text (query, 0), error);
  *inner = json ? rungs_rule_node_read (json, error) : NULL;
  return *inner != NULL;
}

/* The conditions of the offers; one that cannot be understood never holds. */
static GPtrArray *
load_conditions (RungsDb  *db,
                 GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONDITIONS, error);
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_node_free);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_autoptr (JsonNode) json = json_from_string (rungs_statement_get_text (query, 0), NULL);
      RungsRuleNode *node = json ? rungs_rule_node_read (json, NULL) : NULL;

      if (node != NULL)
        g_ptr_array_add (all, node);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

/* Puts the conditions of the offers beneath the line; FALSE with INVALID where one of them asks for
 * the next offer. */
static gboolean
put_beneath (Search         *search,
             RungsRuleNode  *leaf,
             GError        **error)
{
  if (search->beneath)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("The condition of an offer cannot ask what is offered next, for that"
                              " depends on it"));
      return FALSE;
    }
  leaf->beneath = load_conditions (search->db, error);
  return leaf->beneath != NULL;
}

static gboolean
resolve (Search         *search,
         RungsRuleNode  *node,
         GError        **error)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (!resolve (search, g_ptr_array_index (node->children, i), error))
      return FALSE;
  if (node->kind != RUNGS_RULE_NODE_LEAF)
    return TRUE;
  if (rungs_rule_node_asks_offers (node) && !put_beneath (search, node, error))
    return FALSE;
  for (guint i = 0; node->beneath != NULL && i < node->beneath->len; i++)
    {
      gboolean resolved;

      search->beneath = TRUE;
      resolved = resolve (search, g_ptr_array_index (node->beneath, i), error);
      search->beneath = FALSE;
      if (!resolved)
        return FALSE;
    }
  if (node->field->source != RUNGS_RULE_FROM_SEGMENTS)
    return TRUE;

  node->inner = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_node_free);
  for (guint i = 0; i < node->values->len; i++)
    {
      const char *key = ((RungsRuleValue *) g_ptr_array_index (node->values, i))->text;
      RungsRuleNode *inner;

      if (!load_inner (search, key, &inner, error))
        return FALSE;
      g_ptr_array_add (node->inner, inner);
      g_ptr_array_add (search->way, (char *) key);
      if (inner != NULL && !resolve (search, inner, error))
        return FALSE;
      g_ptr_array_set_size (search->way, (int) search->way->len - 1);
    }
  return TRUE;
}

RungsRule *
rungs_rule_resolve (RungsDb     *db,
                    RungsRule   *rule,
                    const char  *own,
                    GError     **error)
{
  g_autoptr (RungsRule) resolved = NULL;
  g_autoptr (GPtrArray) way = g_ptr_array_new ();
  Search search = { .db = db, .way = way };

  if (!rule->asks_segments && !rule->asks_offers)
    return rungs_rule_ref (rule);
  resolved = rungs_rule_new_from_json (rule->json, error);
  if (own != NULL)
    g_ptr_array_add (way, (char *) own);
  if (resolved == NULL || !resolve (&search, resolved->root, error))
    return NULL;
  rungs_rule_number (resolved);
  return g_steal_pointer (&resolved);
}

gboolean
rungs_rule_asks (RungsDb    *db,
                 RungsRule  *rule,
                 const char *field,
                 gboolean   *asks,
                 GError    **error)
{
  g_autoptr (RungsRule) resolved = NULL;

  g_return_val_if_fail (rule != NULL && field != NULL && asks != NULL, FALSE);

  resolved = rungs_rule_resolve (db, rule, NULL, error);
  if (resolved == NULL)
    return FALSE;
  *asks = FALSE;
  for (guint i = 0; i < resolved->asked->len; i++)
    *asks |= g_str_equal (((RungsRuleNode *) g_ptr_array_index (resolved->asked, i))->field->name,
                          field);
  return TRUE;
}
