/* rungs-reply-store.c: walks stand still while a reply waits for an answer, and go on after it. */

#include "sequences/rungs-reply-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-event.h"

static const char SQL_TELL_HELD[] =
    "INSERT INTO event (lead, kind, at, ref, detail)"
    " SELECT e.lead, '" RUNGS_EVENT_SEQUENCE_HELD "', :now, e.id, s.name"
    "   FROM enrolment e JOIN sequence s ON s.id = e.sequence"
    "  WHERE e.id = :id AND e.held_by IS NULL";

static const char SQL_HOLD[] = "UPDATE enrolment SET held_by = :event WHERE id = :id";

#define ANSWERED                                                                                   \
  " (SELECT t.event FROM event v JOIN task t ON t.id = v.ref"                                      \
  "   WHERE v.id > :after AND v.id <= :newest AND +v.kind = 'task.done')"

static const char SQL_TELL_RELEASED[] =
    "INSERT INTO event (lead, kind, at, ref, detail)"
    " SELECT e.lead, '" RUNGS_EVENT_SEQUENCE_RESUMED "', :now, e.id, s.name"
    "   FROM enrolment e JOIN sequence s ON s.id = e.sequence"
    "  WHERE e.held_by IN" ANSWERED " AND e.outcome IS NULL ORDER BY e.id";

static const char SQL_RELEASE_MESSAGES[] =
    "UPDATE outbox SET due_at = :now, meant_at = :now, reason = ''"
    " WHERE state = 'planned' AND reason = 'paused'"
    "   AND enrolment IN (SELECT e.id FROM enrolment e WHERE e.held_by IN" ANSWERED ")";

static const char SQL_RELEASE[] =
    "UPDATE enrolment SET held_by = NULL, due_at = max (due_at, :now) WHERE held_by IN" ANSWERED;

static gboolean
run (RungsDb               *db,
     const char            *sql,
     const RungsConcerned  *concerned,
     const RungsStretch    *stretch,
     gint64                 now,
     GError               **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":now", now);
  if (concerned != NULL)
    {
      rungs_statement_offer_int64 (statement, ":id", concerned->enrolment);
      rungs_statement_offer_int64 (statement, ":event", concerned->event);
    }
  if (stretch != NULL)
    {
      rungs_statement_offer_int64 (statement, ":after", stretch->after);
      rungs_statement_offer_int64 (statement, ":newest", stretch->newest);
    }
  return rungs_statement_run (statement, error);
}

gboolean
rungs_walk_hold (RungsDb               *db,
                 const RungsConcerned  *concerned,
                 gint64                 now,
                 GError               **error)
{
  g_return_val_if_fail (concerned != NULL, FALSE);

  return run (db, SQL_TELL_HELD, concerned, NULL, now, error)
         && run (db, SQL_HOLD, concerned, NULL, now, error);
}

gboolean
rungs_walks_release (RungsDb             *db,
                     const RungsStretch  *stretch,
                     gint64               now,
                     GError             **error)
{
  g_return_val_if_fail (stretch != NULL, FALSE);

  return run (db, SQL_TELL_RELEASED, NULL, stretch, now, error)
         && run (db, SQL_RELEASE_MESSAGES, NULL, stretch, now, error)
         && run (db, SQL_RELEASE, NULL, stretch, now, error);
}
