/* rungs-lead-match-store.c: which leads a query finds.
 *
 * What was typed is one question, whose answer, a set of ids, no index needs to sort; it is
 * combined bit by bit with the leads that are looked at at all. */

#include "leads/rungs-lead-match-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-lead-search-store.h"

static const char SQL_HIGHEST[] = "SELECT coalesce (max (id), 0) FROM lead";

static const char SQL_WITH_WORDS[] = "SELECT rowid FROM lead_search WHERE lead_search MATCH :words";

static RungsLeadSet *
new_set (RungsDb *db,
         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HIGHEST, error);
  gint64 highest = 0;
  RungsLeadSet *set;

  if (query == NULL || !rungs_statement_get_number (query, 0, &highest, error))
    return NULL;
  set = rungs_lead_set_new (highest);
  if (set == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                         _ ("there is not enough memory for the list of leads"));
  return set;
}

RungsLeadSet *
rungs_lead_match_read (RungsDb        *db,
                       RungsStatement *query,
                       GError        **error)
{
  g_autoptr (RungsLeadSet) set = NULL;

  g_return_val_if_fail (query != NULL, NULL);

  set = new_set (db, error);
  if (set == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    rungs_lead_set_add (set, rungs_statement_get_int64 (query, 0));
  return rungs_statement_done (query, error) ? g_steal_pointer (&set) : NULL;
}

gboolean
rungs_lead_match_find (RungsDb              *db,
                       const RungsLeadQuery *query,
                       RungsLeadSet        **set,
                       GError              **error)
{
  g_autofree char *words = NULL;
  g_autoptr (RungsStatement) search = NULL;

  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (set != NULL, FALSE);

  words = rungs_lead_search_query (query->words);
  *set = NULL;
  if (words == NULL)
    {
      *set = query->within ? rungs_lead_set_ref (query->within) : NULL;
      return TRUE;
    }
  search = rungs_db_prepare (db, SQL_WITH_WORDS, error);
  if (search == NULL)
    return FALSE;
  rungs_statement_bind_text (search, ":words", words);
  *set = rungs_lead_match_read (db, search, error);
  if (*set != NULL && query->within != NULL)
    rungs_lead_set_keep (*set, query->within);
  return *set != NULL;
}
