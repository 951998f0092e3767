/* rungs-score-count-store.c: keeps the scores of all leads up to date.
 *
 * What is stored of a lead, its score and when that changes next by itself, follows from its events
 * and the rules alone, whenever and by whatever it was counted: so counting one lead anew after an
 * event gives what counting everybody would. Leads are counted in batches. Where a batch stands
 * close together by ids its events are read in one pass over all that lies between, else lead by
 * lead.
 *
 * A score that time or another rule has changed leaves no event: a timeline is not filled with the
 * passing of days. Who must know reads temp.score_moved in the same transaction. */

#include "leads/rungs-score-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-score-reader-store.h"

/* Events of up to so many leads that are not asked for are read to get at one that is. */
#define FAR 8

#define CHECK_BATCH 20000

#define NEVER -1
#define AT_ONCE 0

static const char *const SQL_MAKE[] = {
  "CREATE TEMP TABLE IF NOT EXISTS score_moved (lead INTEGER PRIMARY KEY)",
  "DELETE FROM temp.score_moved",
};

#define STORED "SELECT l.id, l.points, l.score, coalesce (l.rescore_at, -1) "

/* That events went to another lead or away, or have another time, is known by no kind of a rule. */
static const char SQL_HAPPENED[] =
  STORED "FROM (SELECT DISTINCT v.lead FROM event v"
         "       WHERE v.id > :after AND v.id <= :newest"
         "         AND (+v.kind IN ('lead.merged', 'lead.unmerged', 'lead.restored', 'lead.erased',"
         "                          'note.changed', 'note.deleted', 'note.restored')"
         "              OR +v.kind IN (SELECT r.kind FROM score_rule r))) d"
         "  JOIN lead l ON l.id = d.lead ORDER BY l.id";

static const char SQL_DUE[] = STORED "FROM lead l WHERE l.rescore_at <= :now"
                                     " ORDER BY l.rescore_at, l.id LIMIT :limit";

static const char SQL_AFTER[] = STORED "FROM lead l WHERE l.id > :after ORDER BY l.id LIMIT :limit";

static const char SQL_SWEEP[] = "SELECT after FROM score_sweep";

static const char SQL_SWEPT[] = "UPDATE score_sweep SET after = :after";

static const char SQL_END_SWEEP[] = "DELETE FROM score_sweep";

static const char SQL_SET[] =
  "UPDATE lead SET score = :score, rescore_at = :rescore_at WHERE id = :id";

static const char SQL_MOVED[] = "INSERT OR IGNORE INTO temp.score_moved (lead) VALUES (:id)";

/* Without rules all score what was given to them. */
static const char SQL_HAS_RULES[] =
  "SELECT EXISTS (SELECT 1 FROM score_rule) OR EXISTS (SELECT 1 FROM score_sweep)";

static const char SQL_CURSOR[] =
  "SELECT coalesce ((SELECT c.event FROM cursor c WHERE c.name = 'scores'), 0)";

static const char SQL_NEWEST[] = "SELECT coalesce (max (id), 0) FROM event";

/* What a lead has in the file. */
typedef struct
{
  gint64 id;
  gint64 points;
  gint64 score;
  gint64 rescore_at; /* NEVER; AT_ONCE: another part asks for it, for events are gone or changed */
} Stored;

/* Scores that are being counted. */
typedef struct
{
  GPtrArray *rules;         /* (owned) */
  RungsScoreReader *reader; /* (owned) */
  RungsStatement *set;      /* (owned) (nullable): where they are stored too */
  RungsStatement *moved;    /* (owned) (nullable): where it is told whose score is another */
} Count;

static void
count_clear (Count *count)
{
  g_clear_pointer (&count->reader, rungs_score_reader_free);
  g_clear_pointer (&count->set, rungs_statement_free);
  g_clear_pointer (&count->moved, rungs_statement_free);
  g_clear_pointer (&count->rules, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

static gboolean
count_init (Count    *count,
            RungsDb  *db,
            gint64    now,
            GError  **error)
{
  count->rules = rungs_score_rule_list (db, error);
  count->reader = count->rules ? rungs_score_reader_new (db, count->rules, now, error) : NULL;
  return count->reader != NULL;
}

static gboolean
run (RungsDb     *db,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
ask (RungsDb     *db,
     const char  *sql,
     gint64       fallback,
     gint64      *number,
     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, fallback, number, error);
}

/* Returns: (element-type Stored). A `query` of NULL has failed before. */
static GArray *
list_stored (RungsStatement  *query,
             GError         **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Stored));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Stored stored = { rungs_statement_get_int64 (query, 0), rungs_statement_get_int64 (query, 1),
                        rungs_statement_get_int64 (query, 2),
                        rungs_statement_get_int64 (query, 3) };

      g_array_append_val (all, stored);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

static GArray *
list_page (RungsDb *db,
           const char *sql,
           const char *from,
           gint64 value,
           guint limit,
           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, from, value);
      rungs_statement_bind_int64 (query, ":limit", limit);
    }
  return list_stored (query, error);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const Stored *x = a;
  const Stored *y = b;

  return (x->id > y->id) - (x->id < y->id);
}

/* ---- counting */

/* What the lead that was read is to have. */
static Stored
work_out (Count        *count,
          const Stored *stored)
{
  RungsScoreSum *sum = rungs_score_reader_get_sum (count->reader);
  int today = rungs_score_sum_get_today (sum);
  int next = rungs_score_sum_next (sum, today);

  return (Stored){
    .id = stored->id,
    .points = stored->points,
    .score = stored->points + rungs_score_sum_get (sum, today),
    .rescore_at = next == RUNGS_SCORE_FOREVER ? NEVER : rungs_score_sum_day_start (sum, next),
  };
}

static gboolean
store (Count         *count,
       const Stored  *before,
       const Stored  *after,
       GError       **error)
{
  if (before->score == after->score && before->rescore_at == after->rescore_at)
    return TRUE;
  rungs_statement_bind_int64 (count->set, ":id", after->id);
  rungs_statement_bind_int64 (count->set, ":score", after->score);
  if (after->rescore_at == NEVER)
    rungs_statement_bind_null (count->set, ":rescore_at");
  else
    rungs_statement_bind_int64 (count->set, ":rescore_at", after->rescore_at);
  if (!rungs_statement_run (count->set, error))
    return FALSE;
  if (count->moved == NULL || before->score == after->score)
    return TRUE;
  rungs_statement_bind_int64 (count->moved, ":id", after->id);
  return rungs_statement_run (count->moved, error);
}

typedef gboolean (*Visit) (Count *count, const Stored *stored, gpointer data, GError **error);

/* Reads each of the leads, which are in the order of their ids, and has it visited. */
static gboolean
visit_all (Count     *count,
           GArray    *leads,
           Visit      visit,
           gpointer   data,
           GError   **error)
{
  const Stored *all = (const Stored *) leads->data;
  gboolean close = leads->len > 1 && (all[leads->len - 1].id - all[0].id) / FAR < leads->len;

  if (close
      && !rungs_score_reader_open (count->reader, all[0].id, all[leads->len - 1].id, error))
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    if ((!close && !rungs_score_reader_open (count->reader, all[i].id, all[i].id, error))
        || !rungs_score_reader_read (count->reader, all[i].id, error)
        || !visit (count, &all[i], data, error))
      return FALSE;
  return TRUE;
}

static gboolean
store_one (Count         *count,
           const Stored  *stored,
           gpointer       data,
           GError       **error)
{
  Stored after = work_out (count, stored);

  return store (count, stored, &after, error);
}

static gboolean
count_anew (RungsDb   *db,
            GArray    *leads,
            gboolean   tell,
            gint64     now,
            GError   **error)
{
  g_auto (Count) count = { 0 };

  if (!count_init (&count, db, now, error)
      || (count.set = rungs_db_prepare (db, SQL_SET, error)) == NULL
      || (tell && (count.moved = rungs_db_prepare (db, SQL_MOVED, error)) == NULL))
    return FALSE;
  g_array_sort (leads, compare_ids);
  return visit_all (&count, leads, store_one, NULL, error);
}

/* ---- what happened */

static GArray *
list_happened (RungsDb  *db,
               gint64    after,
               gint64    newest,
               GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HAPPENED, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":after", after);
      rungs_statement_bind_int64 (query, ":newest", newest);
    }
  return list_stored (query, error);
}

gboolean
rungs_scores_follow (RungsDb  *db,
                     gint64    now,
                     GError  **error)
{
  g_autoptr (GArray) leads = NULL;
  gint64 after = 0;
  gint64 newest = 0;
  gint64 has_rules = 0;

  if (!ask (db, SQL_CURSOR, 0, &after, error) || !ask (db, SQL_NEWEST, 0, &newest, error)
      || !ask (db, SQL_HAS_RULES, 0, &has_rules, error))
    return FALSE;
  if (newest <= after)
    return TRUE;
  if (!has_rules)
    return rungs_event_skip (db, "scores", error);
  leads = list_happened (db, after, newest, error);
  return leads != NULL && (leads->len == 0 || count_anew (db, leads, FALSE, now, error))
         && rungs_event_skip (db, "scores", error);
}

/* ---- what time and rules have brought about */

static gboolean
sweep_to (RungsDb  *db,
          gint64    after,
          GError  **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SWEPT, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":after", after);
  return rungs_statement_run (update, error);
}

static gboolean
sweep (RungsDb  *db,
       gint64    after,
       gint64    now,
       guint     limit,
       guint    *counted,
       GError  **error)
{
  g_autoptr (GArray) leads = list_page (db, SQL_AFTER, ":after", after, limit, error);

  if (leads == NULL || (leads->len > 0 && !count_anew (db, leads, TRUE, now, error)))
    return FALSE;
  *counted = leads->len;
  return leads->len < limit
             ? run (db, SQL_END_SWEEP, error)
             : sweep_to (db, g_array_index (leads, Stored, leads->len - 1).id, error);
}

static gboolean
turn (RungsDb  *db,
      gint64    now,
      guint     limit,
      guint    *counted,
      GError  **error)
{
  g_autoptr (GArray) leads = list_page (db, SQL_DUE, ":now", now, limit, error);

  if (leads == NULL || (leads->len > 0 && !count_anew (db, leads, TRUE, now, error)))
    return FALSE;
  *counted = leads->len;
  return TRUE;
}

gboolean
rungs_scores_advance (RungsDb  *db,
                      gint64    now,
                      guint     limit,
                      guint    *counted,
                      GError  **error)
{
  gint64 after = 0;

  g_return_val_if_fail (limit > 0 && counted != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  *counted = 0;
  for (guint i = 0; i < G_N_ELEMENTS (SQL_MAKE); i++)
    if (!run (db, SQL_MAKE[i], error))
      return FALSE;
  if (!ask (db, SQL_SWEEP, -1, &after, error))
    return FALSE;
  if (after >= 0 && !sweep (db, after, now, limit, counted, error))
    return FALSE;
  return *counted > 0 || turn (db, now, limit, counted, error);
}

/* ---- whether all is as it should be */

typedef struct
{
  gint64 last;  /* of a sweep: later ones are not counted yet */
  gint64 wrong; /* how many are */
  gint64 first; /* the first of them */
} Check;

/* A score that is overdue is right if it was so on the last day before. */
static gboolean
check_one (Count         *count,
           const Stored  *stored,
           gpointer       data,
           GError       **error)
{
  Check *check = data;
  RungsScoreSum *sum = rungs_score_reader_get_sum (count->reader);
  int day = stored->rescore_at == NEVER ? RUNGS_SCORE_FOREVER
                                        : rungs_score_sum_day_of (sum, stored->rescore_at) - 1;

  if (stored->id > check->last || stored->rescore_at == AT_ONCE
      || (stored->score == stored->points + rungs_score_sum_get (sum, day)
          && (stored->rescore_at == NEVER
              || rungs_score_sum_day_start (sum, rungs_score_sum_next (sum, day))
                     == stored->rescore_at)))
    return TRUE;
  if (check->wrong++ == 0)
    check->first = stored->id;
  return TRUE;
}

gboolean
rungs_scores_check (RungsDb    *db,
                    GPtrArray  *faults,
                    GError    **error)
{
  g_auto (Count) count = { 0 };
  Check check = { .last = G_MAXINT64 };
  gint64 after = 0;

  g_return_val_if_fail (faults != NULL, FALSE);

  if (!ask (db, SQL_SWEEP, G_MAXINT64, &check.last, error) || !count_init (&count, db, 0, error))
    return FALSE;
  while (after < check.last)
    {
      g_autoptr (GArray) leads = list_page (db, SQL_AFTER, ":after", after, CHECK_BATCH, error);

      if (leads == NULL || !visit_all (&count, leads, check_one, &check, error))
        return FALSE;
      if (leads->len < CHECK_BATCH)
        break;
      after = g_array_index (leads, Stored, leads->len - 1).id;
    }
  if (check.wrong > 0)
    g_ptr_array_add (faults, g_strdup_printf ("score: it is not what the rules make it"
                                              " (%" G_GINT64_FORMAT " leads, the first is %"
                                              G_GINT64_FORMAT ")", check.wrong, check.first));
  return TRUE;
}
