/* rungs-lead-match-store.c: which leads a query finds.
 *
 * Each filter is one question whose answer, a set of ids, no index needs to sort: the sets are
 * combined bit by bit. */

#include "leads/rungs-lead-match-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"

static const char SQL_HIGHEST[] = "SELECT coalesce (max (id), 0) FROM lead";

static const char SQL_ALL[] = "SELECT id FROM lead";

static const char SQL_WITH_WORDS[] = "SELECT rowid FROM lead_search WHERE lead_search MATCH :words";

static const char SQL_WITH_TAG[] = "SELECT lead FROM lead_tag WHERE tag = :id";

static const char SQL_FROM_SOURCE[] = "SELECT lead FROM touch WHERE source = :id";

static const char SQL_OWNING[]
    = "SELECT lead FROM owned"
      " WHERE product = :id AND since <= :now AND (paid_until IS NULL OR paid_until > :now)";

static const char SQL_WALKING[]
    = "SELECT lead FROM enrolment WHERE sequence = :id AND outcome IS NULL";

static const char SQL_OF_RUN[] = "SELECT lead FROM import_lead WHERE run = :id"
                                 " UNION ALL "
                                 "SELECT lead FROM import_change WHERE run = :id";

/* The rows that stand, in the order in which they were written down: the last of a lead holds. */
static const char SQL_CONSENTS[]
    = "SELECT lead, action = 'given'"
      "  FROM consent"
      " WHERE purpose = 'marketing' AND channel = 'email' AND action <> 'annulled'"
      "   AND id NOT IN (SELECT annuls FROM consent WHERE annuls IS NOT NULL)"
      " ORDER BY id";

static RungsLeadSet *
new_set (gint64   highest,
         GError **error)
{
  RungsLeadSet *set = rungs_lead_set_new (highest);

  if (set == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                         _ ("there is not enough memory for the list of leads"));
  return set;
}

/* The leads that a bound question names. */
static RungsLeadSet *
read_set (RungsStatement *query,
          gint64          highest,
          GError        **error)
{
  g_autoptr (RungsLeadSet) set = new_set (highest, error);

  if (set == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    rungs_lead_set_add (set, rungs_statement_get_int64 (query, 0));
  return rungs_statement_done (query, error) ? g_steal_pointer (&set) : NULL;
}

static gboolean
read_highest (RungsDb *db,
              gint64  *highest,
              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HIGHEST, error);

  return query != NULL && rungs_statement_get_number (query, 0, highest, error);
}

/* What was found so far, and what may yet be. */
typedef struct
{
  RungsDb *db;
  const RungsLeadQuery *query;
  gint64 highest;
  RungsLeadSet *set; /* (owned) (nullable) NULL: all leads */
} Search;

/* Takes `set`. */
static void
keep_only (Search       *search,
           RungsLeadSet *set)
{
  if (search->set == NULL)
    search->set = set;
  else
    {
      rungs_lead_set_keep (search->set, set);
      rungs_lead_set_free (set);
    }
}

/* Keeps the leads that are named by `sql` for `id`; all where it is 0. */
static gboolean
filter_by_id (Search     *search,
              const char *sql,
              gint64      id,
              GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsLeadSet *set;

  if (id == 0)
    return TRUE;
  query = rungs_db_prepare (search->db, sql, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", id);
  if (sql == SQL_OWNING)
    rungs_statement_bind_int64 (query, ":now", search->query->now);
  set = read_set (query, search->highest, error);
  if (set != NULL)
    keep_only (search, set);
  return set != NULL;
}

static gboolean
filter_by_words (Search  *search,
                 GError **error)
{
  g_autofree char *words = rungs_lead_search_query (search->query->words);
  g_autoptr (RungsStatement) query = NULL;
  RungsLeadSet *set;

  if (words == NULL)
    return TRUE;
  query = rungs_db_prepare (search->db, SQL_WITH_WORDS, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":words", words);
  set = read_set (query, search->highest, error);
  if (set != NULL)
    keep_only (search, set);
  return set != NULL;
}

/* Who has agreed to e-mail, and who has withdrawn it. */
static gboolean
read_consents (Search       *search,
               RungsLeadSet *given,
               RungsLeadSet *withdrawn,
               GError      **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (search->db, SQL_CONSENTS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 lead = rungs_statement_get_int64 (query, 0);
      gboolean is_given = rungs_statement_get_int64 (query, 1) != 0;

      rungs_lead_set_add (is_given ? given : withdrawn, lead);
      rungs_lead_set_remove (is_given ? withdrawn : given, lead);
    }
  return rungs_statement_done (query, error);
}

static gboolean
keep_all (Search  *search,
          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (search->db, SQL_ALL, error);

  if (search->set == NULL && query != NULL)
    search->set = read_set (query, search->highest, error);
  return search->set != NULL;
}

static gboolean
filter_by_reach (Search  *search,
                 GError **error)
{
  g_autoptr (RungsLeadSet) given = NULL;
  g_autoptr (RungsLeadSet) withdrawn = NULL;

  if (search->query->reach == RUNGS_LEAD_REACH_ANY)
    return TRUE;
  given = new_set (search->highest, error);
  withdrawn = given ? new_set (search->highest, error) : NULL;
  if (withdrawn == NULL || !read_consents (search, given, withdrawn, error))
    return FALSE;

  if (search->query->reach == RUNGS_LEAD_REACH_CONSENTED)
    keep_only (search, g_steal_pointer (&given));
  else if (search->query->reach == RUNGS_LEAD_REACH_WITHDRAWN)
    keep_only (search, g_steal_pointer (&withdrawn));
  else if (!keep_all (search, error))
    return FALSE;
  else
    {
      rungs_lead_set_drop (search->set, given);
      rungs_lead_set_drop (search->set, withdrawn);
    }
  return TRUE;
}

gboolean
rungs_lead_match_find (RungsDb              *db,
                       const RungsLeadQuery *query,
                       RungsLeadSet        **set,
                       GError              **error)
{
  Search search = { .db = db, .query = query };
  gboolean found = FALSE;

  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (set != NULL, FALSE);

  found = read_highest (db, &search.highest, error)
          && filter_by_words (&search, error)
          && filter_by_id (&search, SQL_WITH_TAG, query->tag, error)
          && filter_by_id (&search, SQL_FROM_SOURCE, query->source, error)
          && filter_by_id (&search, SQL_OWNING, query->product, error)
          && filter_by_id (&search, SQL_WALKING, query->sequence, error)
          && filter_by_id (&search, SQL_OF_RUN, query->run, error)
          && filter_by_reach (&search, error);

  if (!found)
    g_clear_pointer (&search.set, rungs_lead_set_free);
  *set = search.set;
  return found;
}
