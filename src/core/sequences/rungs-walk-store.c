/* rungs-walk-store.c: reads the enrolments that are due and writes where they come to stand. */

#include "sequences/rungs-walk-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "sequences/rungs-sequences-advance.h"

/* The unary + keeps the planner from going by sequence: the index by due time finds the due ones
 * alone. */
static const char SQL_DUE[] =
    "SELECT e.id, e.lead, e.sequence, e.version, s.sells, e.step, e.visit, e.due_at,"
    "   e.waits_for, l.zone, e.arrived_at, e.in_front,"
    "   coalesce (e.stood ->> '$[0].visit', -1)"
    "  FROM enrolment e JOIN sequence s ON s.id = +e.sequence JOIN lead l ON l.id = +e.lead"
    " WHERE e.outcome IS NULL AND e.due_at <= :now AND e.held_by IS NULL AND s.state = 'live'"
    " ORDER BY e.due_at, e.id LIMIT :limit";

static const char SQL_NEXT_DUE[] =
    "SELECT e.due_at FROM enrolment e JOIN sequence s ON s.id = +e.sequence"
    " WHERE e.outcome IS NULL AND e.held_by IS NULL AND s.state = 'live'"
    " ORDER BY e.due_at, e.id LIMIT 1";

static const char SQL_IS_ACTIVE[] =
    "SELECT count(*) FROM enrolment WHERE id = :id AND outcome IS NULL";

static const char SQL_NOTE_STEP[] =
    "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
    " VALUES (:id, :visit, :step, :at, :result)";

static const char SQL_NOTE_RESULT[] =
    "UPDATE enrolment_step SET result = :result WHERE enrolment = :id AND visit = :visit";

static const char SQL_REST[] =
    "UPDATE enrolment"
    "   SET step = :step, visit = :visit, due_at = :due_at,"
    "       waits_for = :waits_for, arrived_at = :at, in_front = 0"
    " WHERE id = :id";

static const char SQL_HAD_ACTION[] =
    "SELECT count(*) FROM enrolment_step w"
    " WHERE w.enrolment = :id AND w.step = :step AND w.visit <= :moved_at";

/* Another step may send a message again, where it did that already when the first one was planned:
 * so it was meant. */
static const char SQL_HAD_MESSAGE[] =
    "SELECT count(*) FROM outbox o"
    " WHERE o.enrolment = :id AND o.visit <= :moved_at AND o.state <> 'withheld'"
    "   AND (o.step = :step"
    "        OR (o.message = (SELECT m.id FROM message m WHERE m.name = :message)"
    "            AND EXISTS (SELECT 1 FROM enrolment e JOIN json_each (e.stood) j"
    "                          JOIN sequence_version v ON v.id = j.value ->> 'version'"
    "                         WHERE e.id = :id AND (j.value ->> 'visit') >= o.visit"
    "                           AND NOT EXISTS (SELECT 1 FROM json_each (v.graph, '$.steps') k"
    "                                            WHERE k.key = :step"
    "                                              AND (k.value ->> 'message') = :message))))";

static const char SQL_MESSAGE[] = "SELECT m.id FROM message m WHERE m.name = :name";

static const char SQL_EMAIL[] = "SELECT l.email FROM lead l WHERE l.id = :id";

void
rungs_walk_free (RungsWalk *walk)
{
  if (walk == NULL)
    return;
  g_free (walk->step);
  g_free (walk->zone);
  g_free (walk);
}

static gpointer
walk_from_row (RungsStatement *row)
{
  RungsWalk *walk = g_new0 (RungsWalk, 1);

  walk->id = rungs_statement_get_int64 (row, 0);
  walk->lead = rungs_statement_get_int64 (row, 1);
  walk->sequence = rungs_statement_get_int64 (row, 2);
  walk->version = rungs_statement_get_int64 (row, 3);
  walk->sells = rungs_statement_get_int64 (row, 4);
  walk->step = rungs_statement_dup_text (row, 5);
  walk->visit = rungs_statement_get_int64 (row, 6);
  walk->due_at = rungs_statement_get_int64 (row, 7);
  walk->woken = rungs_statement_is_null (row, 8);
  walk->zone = rungs_statement_dup_text (row, 9);
  walk->arrived_at = rungs_statement_get_int64 (row, 10);
  walk->in_front = rungs_statement_get_int64 (row, 11) != 0;
  walk->moved_at = rungs_statement_get_int64 (row, 12);
  return walk;
}

GPtrArray *
rungs_walk_list_due (RungsDb  *db,
                     gint64    now,
                     guint     limit,
                     GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":now", now);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, walk_from_row, (GDestroyNotify) rungs_walk_free, error);
}

gboolean
rungs_sequences_next_due (RungsDb  *db,
                          gint64   *due,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT_DUE, error);

  g_return_val_if_fail (due != NULL, FALSE);

  return query != NULL && rungs_statement_get_number (query, G_MAXINT64, due, error);
}

gboolean
rungs_walk_is_active (RungsDb    *db,
                      RungsWalk  *walk,
                      gboolean   *active,
                      GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_ACTIVE, error);
  gint64 number = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", walk->id);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *active = number != 0;
  return TRUE;
}

gboolean
rungs_walk_note_step (RungsDb     *db,
                      RungsWalk   *walk,
                      gint64       at,
                      const char  *result,
                      GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_NOTE_STEP, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":id", walk->id);
  rungs_statement_bind_int64 (insert, ":visit", walk->visit);
  rungs_statement_bind_text (insert, ":step", walk->step);
  rungs_statement_bind_int64 (insert, ":at", at);
  rungs_statement_bind_text (insert, ":result", result);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_walk_note_result (RungsDb     *db,
                        RungsWalk   *walk,
                        const char  *result,
                        GError     **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_NOTE_RESULT, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", walk->id);
  rungs_statement_bind_int64 (update, ":visit", walk->visit);
  rungs_statement_bind_text (update, ":result", result);
  return rungs_statement_run (update, error);
}

gboolean
rungs_walk_had (RungsDb         *db,
                RungsWalk       *walk,
                RungsGraphStep  *step,
                gboolean        *had,
                GError         **error)
{
  gboolean message = step->kind == RUNGS_GRAPH_MESSAGE;
  g_autoptr (RungsStatement) query =
      rungs_db_prepare (db, message ? SQL_HAD_MESSAGE : SQL_HAD_ACTION, error);
  gint64 number = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", walk->id);
  rungs_statement_bind_text (query, ":step", step->id);
  rungs_statement_bind_int64 (query, ":moved_at", walk->moved_at);
  if (message)
    rungs_statement_bind_text (query, ":message", step->message);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *had = number != 0;
  return TRUE;
}

gboolean
rungs_walk_rest (RungsDb     *db,
                 RungsWalk   *walk,
                 gint64       at,
                 gint64       due_at,
                 const char  *waits_for,
                 GError     **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_REST, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", walk->id);
  rungs_statement_bind_text (update, ":step", walk->step);
  rungs_statement_bind_int64 (update, ":visit", walk->visit);
  rungs_statement_bind_int64 (update, ":at", at);
  rungs_statement_bind_int64 (update, ":due_at", due_at);
  rungs_statement_bind_text (update, ":waits_for", waits_for);
  return rungs_statement_run (update, error);
}

gboolean
rungs_walk_find_message (RungsDb     *db,
                         const char  *name,
                         gint64      *message,
                         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_MESSAGE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, 0, message, error);
}

gboolean
rungs_walk_find_email (RungsDb  *db,
                       gint64    lead,
                       char    **email,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_EMAIL, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  step = rungs_statement_step (query, error);
  *email = step == RUNGS_ROW ? rungs_statement_dup_text (query, 0) : NULL;
  return step != RUNGS_FAILED;
}
