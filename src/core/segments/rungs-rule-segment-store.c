/* rungs-rule-segment-store.c: what the segments are that a rule asks about.
 *
 * A live segment is its rule: it is put where the rule asks about it, so that the answer is of this
 * moment and one statement finds it. */

#include "segments/rungs-rule-node.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

/* More than anybody sees through, and little enough to compile. */
#define MAX_SEGMENTS 200

static const char SQL_RULE[] = "SELECT s.rule, s.name FROM segment s WHERE s.key = :key";

typedef struct
{
  RungsDb *db;
  GPtrArray *way; /* (owned) (element-type utf8): the keys of the segments that lead here, lent */
  guint found;
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

static gboolean
resolve (Search         *search,
         RungsRuleNode  *node,
         GError        **error)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (!resolve (search, g_ptr_array_index (node->children, i), error))
      return FALSE;
  if (node->kind != RUNGS_RULE_NODE_LEAF || node->field->source != RUNGS_RULE_FROM_SEGMENTS)
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
  Search search = { db, way, 0 };

  if (!rule->asks_segments)
    return rungs_rule_ref (rule);
  resolved = rungs_rule_new_from_json (rule->json, error);
  if (own != NULL)
    g_ptr_array_add (way, (char *) own);
  if (resolved == NULL || !resolve (&search, resolved->root, error))
    return NULL;
  rungs_rule_number (resolved);
  return g_steal_pointer (&resolved);
}
