/* rungs-lead-list-store.c: finds the leads of a list, and reads the rows that are on screen.
 *
 * Each filter is one question whose answer, a set of ids, no index needs to sort: the sets are
 * combined bit by bit. A few leads are then sorted by SQL. Many are found by walking all leads in
 * the order of the column, which an index gives without sorting, and keeping those in the set: so
 * no search word and no column is slow however they meet, and nobody has to guess which index
 * should lead. The walk of all leads can be kept from the last time. */

#include "leads/rungs-lead-list-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-row.h"
#include "leads/rungs-lead-search-store.h"

/* Up to so many leads are sorted by SQL: less than a walk of a million takes. */
#define FEW 4000

/* The questions for one column: leads that have something in it, in either direction; those that
 * have nothing (NULL: there are none); and some leads named by their ids, the ones with nothing
 * last. */
typedef struct
{
  const char *rising;
  const char *falling;
  const char *blank;
  const char *few_rising;
  const char *few_falling;
} SortSql;

#define FEW_LEADS "SELECT l.id, " /* whether there is nothing in the column */
#define OF_FEW " FROM json_each (:ids) j CROSS JOIN lead l ON l.id = j.value "

static const SortSql SORTS[] = {
  [RUNGS_LEAD_SORT_CREATED] = {
    "SELECT id FROM lead ORDER BY created_at, id LIMIT :limit",
    "SELECT id FROM lead ORDER BY created_at DESC, id DESC LIMIT :limit",
    NULL,
    FEW_LEADS "0" OF_FEW "ORDER BY l.created_at, l.id LIMIT :limit",
    FEW_LEADS "0" OF_FEW "ORDER BY l.created_at DESC, l.id DESC LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_NAME] = {
    "SELECT id FROM lead WHERE last_name <> '' OR first_name <> ''"
    " ORDER BY last_name COLLATE NOCASE, first_name COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE last_name <> '' OR first_name <> ''"
    " ORDER BY last_name COLLATE NOCASE DESC, first_name COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead"
    " WHERE last_name = '' COLLATE NOCASE AND first_name = '' COLLATE NOCASE"
    " ORDER BY id LIMIT :limit",
    FEW_LEADS "l.last_name = '' AND l.first_name = ''" OF_FEW
    "ORDER BY 2, l.last_name COLLATE NOCASE, l.first_name COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.last_name = '' AND l.first_name = ''" OF_FEW
    "ORDER BY 2, l.last_name COLLATE NOCASE DESC, l.first_name COLLATE NOCASE DESC,"
    " iif (l.last_name = '' AND l.first_name = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_EMAIL] = {
    "SELECT id FROM lead WHERE email_key IS NOT NULL ORDER BY email_key LIMIT :limit",
    "SELECT id FROM lead WHERE email_key IS NOT NULL ORDER BY email_key DESC LIMIT :limit",
    "SELECT id FROM lead WHERE email_key IS NULL ORDER BY id LIMIT :limit",
    FEW_LEADS "l.email_key IS NULL" OF_FEW "ORDER BY 2, l.email_key, l.id LIMIT :limit",
    FEW_LEADS "l.email_key IS NULL" OF_FEW "ORDER BY 2, l.email_key DESC, l.id LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_COMPANY] = {
    "SELECT id FROM lead WHERE company > '' COLLATE NOCASE"
    " ORDER BY company COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE company > '' COLLATE NOCASE"
    " ORDER BY company COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead WHERE company = '' COLLATE NOCASE ORDER BY id LIMIT :limit",
    FEW_LEADS "l.company = ''" OF_FEW "ORDER BY 2, l.company COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.company = ''" OF_FEW
    "ORDER BY 2, l.company COLLATE NOCASE DESC, iif (l.company = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_CITY] = {
    "SELECT id FROM lead WHERE city > '' COLLATE NOCASE"
    " ORDER BY city COLLATE NOCASE, id LIMIT :limit",
    "SELECT id FROM lead WHERE city > '' COLLATE NOCASE"
    " ORDER BY city COLLATE NOCASE DESC, id DESC LIMIT :limit",
    "SELECT id FROM lead WHERE city = '' COLLATE NOCASE ORDER BY id LIMIT :limit",
    FEW_LEADS "l.city = ''" OF_FEW "ORDER BY 2, l.city COLLATE NOCASE, l.id LIMIT :limit",
    FEW_LEADS "l.city = ''" OF_FEW
    "ORDER BY 2, l.city COLLATE NOCASE DESC, iif (l.city = '', l.id, -l.id) LIMIT :limit",
  },
  [RUNGS_LEAD_SORT_SCORE] = {
    "SELECT id FROM lead ORDER BY score, id LIMIT :limit",
    "SELECT id FROM lead ORDER BY score DESC, id DESC LIMIT :limit",
    NULL,
    FEW_LEADS "0" OF_FEW "ORDER BY l.score, l.id LIMIT :limit",
    FEW_LEADS "0" OF_FEW "ORDER BY l.score DESC, l.id DESC LIMIT :limit",
  },
};

static const char SQL_HIGHEST[] = "SELECT coalesce (max (id), 0) FROM lead";

static const char SQL_COUNT[] = "SELECT count (*) FROM lead";

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

static const char SQL_ROW[]
    = "SELECT" RUNGS_LEAD_ROW_COLUMNS
      ",     (SELECT group_concat (name, ', ')"
      "         FROM (SELECT t.name FROM lead_tag lt JOIN tag t ON t.id = lt.tag"
      "                WHERE lt.lead = l.id ORDER BY t.name)),"
      "      (SELECT s.name FROM touch t JOIN source s ON s.id = t.source"
      "        WHERE t.lead = l.id ORDER BY t.at, t.id LIMIT 1)"
      "  FROM lead l WHERE l.id = :id";

void
rungs_lead_row_free (RungsLeadRow *self)
{
  rungs_lead_free (self->lead);
  g_free (self->tags);
  g_free (self->source);
  g_free (self);
}

static gboolean
read_number (RungsDb    *db,
             const char *sql,
             gint64     *number,
             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

static RungsLeadSet *
new_set (gint64   highest,
         GError **error)
{
  RungsLeadSet *set = rungs_lead_set_new (highest);

  if (set == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                         "there is not enough memory for the list of leads");
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

/* `set` is NULL where every lead is asked for. */
static gboolean
find_matches (RungsDb              *db,
              const RungsLeadQuery *query,
              RungsLeadSet        **set,
              GError              **error)
{
  Search search = { .db = db, .query = query };
  gboolean found = read_number (db, SQL_HIGHEST, &search.highest, error)
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

/* Appends the ids that `sql` names, up to `limit` in all (0: no limit). */
static gboolean
append_ids (RungsDb    *db,
            const char *sql,
            guint       limit,
            GArray     *ids,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":limit", limit == 0 ? -1 : (gint64) limit - ids->len);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (ids, id);
    }
  return rungs_statement_done (query, error);
}

static RungsLeadList *
load_all (RungsDb              *db,
          const RungsLeadQuery *query,
          guint                 limit,
          GError              **error)
{
  const SortSql *sort = &SORTS[query->sort];
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint filled;
  guint blank;

  if (!append_ids (db, query->descending ? sort->falling : sort->rising, limit, ids, error))
    return NULL;
  filled = ids->len;
  if (sort->blank != NULL && !append_ids (db, sort->blank, limit, ids, error))
    return NULL;
  blank = ids->len - filled;
  return rungs_lead_list_new (g_steal_pointer (&ids), blank, query->sort, query->descending);
}

static RungsLeadList *
load_few (RungsDb              *db,
          const RungsLeadQuery *query,
          const RungsLeadSet   *set,
          GError              **error)
{
  const SortSql *sort = &SORTS[query->sort];
  g_autoptr (RungsStatement) few
      = rungs_db_prepare (db, query->descending ? sort->few_falling : sort->few_rising, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *json = rungs_lead_set_to_json (set);
  guint blank = 0;

  if (few == NULL)
    return NULL;
  rungs_statement_bind_text (few, ":ids", json);
  rungs_statement_bind_int64 (few, ":limit", query->limit == 0 ? -1 : (gint64) query->limit);
  while (rungs_statement_step (few, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (few, 0);

      g_array_append_val (ids, id);
      blank += rungs_statement_get_int64 (few, 1) != 0;
    }
  if (!rungs_statement_done (few, error))
    return NULL;
  return rungs_lead_list_new (g_steal_pointer (&ids), blank, query->sort, query->descending);
}

RungsLeadList *
rungs_lead_list_load (RungsDb              *db,
                      const RungsLeadQuery *query,
                      RungsLeadList        *all,
                      GError              **error)
{
  g_autoptr (RungsLeadSet) set = NULL;
  g_autoptr (RungsLeadList) every = NULL;

  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (query->sort < G_N_ELEMENTS (SORTS), NULL);
  g_return_val_if_fail (all == NULL || rungs_lead_list_is_by (all, query->sort), NULL);

  if (!find_matches (db, query, &set, error))
    return NULL;
  if (set == NULL && all == NULL)
    return load_all (db, query, query->limit, error);
  if (set != NULL && rungs_lead_set_count (set) <= FEW)
    return load_few (db, query, set, error);
  every = all ? rungs_lead_list_ref (all) : load_all (db, query, 0, error);
  return every ? rungs_lead_list_filter (every, set, query->descending, query->limit) : NULL;
}

gboolean
rungs_lead_list_count (RungsDb              *db,
                       const RungsLeadQuery *query,
                       gint64               *count,
                       GError              **error)
{
  g_autoptr (RungsLeadSet) set = NULL;

  g_return_val_if_fail (query != NULL, FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  if (!find_matches (db, query, &set, error))
    return FALSE;
  if (set == NULL)
    return read_number (db, SQL_COUNT, count, error);
  *count = rungs_lead_set_count (set);
  return TRUE;
}

static RungsLeadRow *
row_from_row (RungsStatement *row)
{
  RungsLeadRow *self = g_new0 (RungsLeadRow, 1);
  const char *tags = rungs_statement_get_text (row, RUNGS_LEAD_ROW_LENGTH);
  const char *source = rungs_statement_get_text (row, RUNGS_LEAD_ROW_LENGTH + 1);

  self->lead = rungs_lead_from_row (row);
  self->tags = g_strdup (tags ? tags : "");
  self->source = g_strdup (source ? source : "");
  return self;
}

static void
row_free (gpointer row)
{
  if (row != NULL)
    rungs_lead_row_free (row);
}

GPtrArray *
rungs_lead_list_rows (RungsDb       *db,
                      RungsLeadList *list,
                      guint          first,
                      guint          n,
                      GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ROW, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  guint count;

  g_return_val_if_fail (list != NULL, NULL);

  if (query == NULL)
    return NULL;
  count = rungs_lead_list_get_count (list);
  for (guint i = first; i < count && i - first < n; i++)
    {
      RungsStep step;

      rungs_statement_bind_int64 (query, ":id", rungs_lead_list_get_id (list, i));
      step = rungs_statement_step (query, error);
      if (step == RUNGS_FAILED)
        return NULL;
      g_ptr_array_add (rows, step == RUNGS_ROW ? row_from_row (query) : NULL);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
rungs_lead_list_page (RungsDb              *db,
                      const RungsLeadQuery *query,
                      guint                 offset,
                      guint                 limit,
                      GError              **error)
{
  g_autoptr (RungsLeadQuery) first = NULL;
  g_autoptr (RungsLeadList) list = NULL;

  g_return_val_if_fail (query != NULL, NULL);

  first = rungs_lead_query_copy (query);
  first->limit = MIN ((guint64) offset + limit, G_MAXUINT);
  list = rungs_lead_list_load (db, first, NULL, error);
  return list ? rungs_lead_list_rows (db, list, offset, limit, error) : NULL;
}
