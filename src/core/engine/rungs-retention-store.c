/* rungs-retention-store.c: removes what is older than it is to be kept.
 *
 * A batch is the events that go and the leads they are about, in a temporary table. Before they go,
 * the search index forgets what it holds of them, and an import that brought one of the leads and
 * would tell by these events that somebody has worked on it since is told so now, for good
 * (import_lead.created). Afterwards the scores of the leads are due, and watched segments look at
 * the leads again: no event tells them. */

#include "engine/rungs-retention-store.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event-kind.h"
#include "leads/rungs-event.h"
#include "leads/rungs-lead-search-store.h"
#include "segments/rungs-segments-follow.h"

#define BATCH 2000

/* Cursors are asked, so that nothing goes that one has not passed. */
#define OLD                                                                                        \
  " FROM event v WHERE v.kind = :kind AND v.at < :before AND v.lead IS NOT NULL"                   \
  "   AND v.id <= coalesce ((SELECT min (c.event) FROM cursor c), 0)"                              \
  "   AND NOT (v.kind = 'lead.merged'"                                                             \
  "            AND EXISTS (SELECT 1 FROM lead_merge m"                                             \
  "                         WHERE m.id = v.ref AND m.undone_at IS NULL))"

static const char SQL_COUNT[] = "SELECT count(*)" OLD;

static const char SQL_FIND[]
    = "INSERT INTO temp.retention_gone (id, lead) SELECT v.id, v.lead" OLD " LIMIT :limit";

static const char SQL_MAKE[]
    = "CREATE TEMP TABLE IF NOT EXISTS retention_gone (id INTEGER PRIMARY KEY, lead INTEGER)";
static const char SQL_CLEAR[] = "DELETE FROM temp.retention_gone";
static const char SQL_LEADS[] = "SELECT DISTINCT lead FROM temp.retention_gone";

static const char SQL_KEEP_FROM_UNDO[]
    = "UPDATE import_lead SET created = 0"
      " WHERE created = 1 AND lead IN (SELECT lead FROM temp.retention_gone)";

static const char SQL_DELETE[]
    = "DELETE FROM event WHERE id IN (SELECT id FROM temp.retention_gone)";

static const char SQL_RESCORE[]
    = "UPDATE lead SET rescore_at = 0"
      " WHERE id IN (SELECT lead FROM temp.retention_gone)"
      "   AND EXISTS (SELECT 1 FROM score_rule r WHERE r.kind = :kind)";

static const char SQL_LOAD[] = "SELECT months, ran_at FROM retention WHERE kind = :kind";

static const char SQL_SET[]
    = "INSERT INTO retention (kind, months) VALUES (:kind, :months)"
      " ON CONFLICT (kind) DO UPDATE SET months = excluded.months, ran_at = NULL";

static const char SQL_UNSET[] = "DELETE FROM retention WHERE kind = :kind";

static const char SQL_RAN[] = "UPDATE retention SET ran_at = :now WHERE kind = :kind";

static const char SQL_HASTEN[] = "UPDATE retention SET ran_at = NULL";

static const char SQL_DUE[]
    = "SELECT kind, months FROM retention WHERE ran_at IS NULL OR ran_at <= :now - 86400000"
      " ORDER BY kind LIMIT 1";

static const char SQL_NEXT[]
    = "SELECT coalesce (min (coalesce (ran_at + 86400000, 0)), 9223372036854775807) FROM retention";

/* The kinds by which undoing an import sees that somebody has worked on a lead
 * (leads/rungs-import-undo-store.c). */
static const char *const WORK[]
    = { RUNGS_EVENT_LEAD_CHANGED, RUNGS_EVENT_NOTE_ADDED, RUNGS_EVENT_CALL_LOGGED,
        RUNGS_EVENT_MEETING_LOGGED, RUNGS_EVENT_FORM_SUBMITTED, NULL };

/* Those of which the search index holds the words. */
static const char *const SEARCHED[]
    = { RUNGS_EVENT_NOTE_ADDED, RUNGS_EVENT_CALL_LOGGED, RUNGS_EVENT_MEETING_LOGGED, NULL };

static gboolean
run (RungsDb    *db,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static const RungsEventKind *
find_kind (const char *kind)
{
  const RungsEventKind *kinds;
  gsize n = rungs_event_kinds (&kinds);

  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return NULL;
}

static gboolean
check (const char *kind,
       gint64      months,
       GError    **error)
{
  const RungsEventKind *known = find_kind (kind);

  if (known == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("There is no kind of event “%s”."),
                 kind);
  else if (known->is_kept)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("“%s” is needed for the books or as evidence, and is kept for ever."),
                 _ (known->label));
  else if (months < 0 || months > RUNGS_RETENTION_MOST_MONTHS)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("From 1 to %d months can be said."), RUNGS_RETENTION_MOST_MONTHS);
  else
    return TRUE;
  return FALSE;
}

/* The instant `months` calendar months before `now`, in the zone of the business. */
static gboolean
find_limit (RungsDb *db,
            gint64   months,
            gint64   now,
            gint64  *before,
            GError **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autoptr (GDateTime) today = zone ? rungs_time_in_zone (now, zone) : NULL;
  g_autoptr (GDateTime) limit = today ? g_date_time_add_months (today, -(int) months) : NULL;

  if (zone == NULL)
    return FALSE;
  *before = limit ? rungs_time_from_date_time (limit) : G_MININT64;
  return TRUE;
}

static gboolean
count_old (RungsDb    *db,
           const char *kind,
           gint64      months,
           gint64      now,
           gint64     *goes,
           GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);
  gint64 before;

  if (query == NULL || !find_limit (db, months, now, &before, error))
    return FALSE;
  rungs_statement_bind_text (query, ":kind", kind);
  rungs_statement_bind_int64 (query, ":before", before);
  return rungs_statement_get_number (query, 0, goes, error);
}

static gboolean
fill (RungsDb        *db,
      RungsRetention *retention,
      gint64          now,
      GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":kind", retention->kind);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  retention->months = rungs_statement_get_int64 (query, 0);
  retention->ran_at = rungs_statement_get_int64 (query, 1);
  return count_old (db, retention->kind, retention->months, now, &retention->goes, error);
}

GPtrArray *
rungs_retention_list (RungsDb *db,
                      gint64   now,
                      GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  const RungsEventKind *kinds;
  gsize n = rungs_event_kinds (&kinds);

  for (gsize i = 0; i < n; i++)
    {
      RungsRetention *retention;

      if (kinds[i].is_kept)
        continue;
      retention = g_new0 (RungsRetention, 1);
      retention->kind = kinds[i].kind;
      retention->label = _ (kinds[i].label);
      g_ptr_array_add (list, retention);
      if (!fill (db, retention, now, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}

gboolean
rungs_retention_preview (RungsDb    *db,
                         const char *kind,
                         gint64      months,
                         gint64      now,
                         gint64     *goes,
                         GError    **error)
{
  g_return_val_if_fail (goes != NULL, FALSE);

  if (!check (kind, months, error))
    return FALSE;
  *goes = 0;
  return months == 0 || count_old (db, kind, months, now, goes, error);
}

gboolean
rungs_retention_set (RungsDb    *db,
                     const char *kind,
                     gint64      months,
                     GError    **error)
{
  g_autoptr (RungsStatement) set = NULL;

  if (!check (kind, months, error))
    return FALSE;
  set = rungs_db_prepare (db, months > 0 ? SQL_SET : SQL_UNSET, error);
  if (set == NULL)
    return FALSE;
  rungs_statement_bind_text (set, ":kind", kind);
  if (months > 0)
    rungs_statement_bind_int64 (set, ":months", months);
  return rungs_statement_run (set, error);
}

gboolean
rungs_retention_hasten (RungsDb *db,
                        GError **error)
{
  return run (db, SQL_HASTEN, error);
}

gboolean
rungs_retention_next_due (RungsDb *db,
                          gint64  *at,
                          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT, error);

  return query != NULL && rungs_statement_get_number (query, G_MAXINT64, at, error);
}

/* ---- a batch */

static GArray *
load_leads (RungsDb *db,
            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEADS, error);

  return rungs_record_ids (query, error);
}

typedef gboolean (*SearchFunc) (RungsDb  *db,
                                gint64    lead,
                                GError  **error);

static gboolean
search_each (RungsDb   *db,
             GArray    *leads,
             SearchFunc func,
             GError   **error)
{
  for (guint i = 0; i < leads->len; i++)
    if (!func (db, g_array_index (leads, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
rescore (RungsDb    *db,
         const char *kind,
         GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RESCORE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":kind", kind);
  return rungs_statement_run (update, error);
}

/* Removes what stands in temp.retention_gone. */
static gboolean
remove_found (RungsDb    *db,
              const char *kind,
              gint64      now,
              GError    **error)
{
  g_autoptr (GArray) leads = load_leads (db, error);
  gboolean searched = g_strv_contains (SEARCHED, kind);

  return leads != NULL
         && (!searched || search_each (db, leads, rungs_lead_search_forget, error))
         && (!g_strv_contains (WORK, kind) || run (db, SQL_KEEP_FROM_UNDO, error))
         && run (db, SQL_DELETE, error)
         && (!searched || search_each (db, leads, rungs_lead_search_add, error))
         && rescore (db, kind, error) && rungs_segments_look_again (db, leads, now, error);
}

static gboolean
find_old (RungsDb    *db,
          const char *kind,
          gint64      months,
          gint64      now,
          guint       limit,
          gint64     *found,
          GError    **error)
{
  g_autoptr (RungsStatement) find = NULL;
  gint64 before;

  if (!run (db, SQL_MAKE, error) || !run (db, SQL_CLEAR, error)
      || !(find = rungs_db_prepare (db, SQL_FIND, error))
      || !find_limit (db, months, now, &before, error))
    return FALSE;
  rungs_statement_bind_text (find, ":kind", kind);
  rungs_statement_bind_int64 (find, ":before", before);
  rungs_statement_bind_int64 (find, ":limit", limit);
  if (!rungs_statement_run (find, error))
    return FALSE;
  *found = rungs_db_get_changes (db);
  return TRUE;
}

static gboolean
note_ran (RungsDb    *db,
          const char *kind,
          gint64      now,
          GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RAN, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":kind", kind);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

/* `kind` is NULL where none is due. */
static gboolean
load_due (RungsDb *db,
          gint64   now,
          char   **kind,
          gint64  *months,
          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", now);
  step = rungs_statement_step (query, error);
  *kind = step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : NULL;
  *months = step == RUNGS_ROW ? rungs_statement_get_int64 (query, 1) : 0;
  return step != RUNGS_FAILED;
}

/* A rule that came with the file and may not be is passed over. */
gboolean
rungs_retention_step (RungsDb  *db,
                      gint64    now,
                      guint     limit,
                      gint64   *removed,
                      gboolean *left,
                      GError  **error)
{
  g_autofree char *kind = NULL;
  gint64 months;

  g_return_val_if_fail (removed != NULL && left != NULL, FALSE);

  *removed = 0;
  if (!load_due (db, now, &kind, &months, error))
    return FALSE;
  *left = kind != NULL;
  if (kind == NULL)
    return TRUE;
  if (!check (kind, months, NULL))
    return note_ran (db, kind, now, error);
  if (!find_old (db, kind, months, now, limit, removed, error)
      || (*removed > 0 && !remove_found (db, kind, now, error)))
    return FALSE;
  return *removed == limit || note_ran (db, kind, now, error);
}

typedef struct
{
  gint64 now;
  gint64 removed;
  gboolean left;
} Running;

static gboolean
step (RungsDb *db,
      gpointer data,
      GError **error)
{
  Running *running = data;

  return rungs_retention_step (db, running->now, BATCH, &running->removed, &running->left, error);
}

gboolean
rungs_retention_run (RungsDb      *db,
                     gint64        now,
                     GCancellable *cancellable,
                     gint64       *removed,
                     GError      **error)
{
  Running running = { .now = now };
  gint64 due = G_MAXINT64;
  gint64 all = 0;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!rungs_retention_next_due (db, &due, error))
    return FALSE;
  for (running.left = due <= now; running.left && !g_cancellable_is_cancelled (cancellable);)
    {
      if (!rungs_db_write (db, step, &running, error))
        return FALSE;
      all += running.removed;
    }
  if (removed != NULL)
    *removed = all;
  return TRUE;
}
