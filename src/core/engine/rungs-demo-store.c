/* rungs-demo-store.c: writes down what sequences and the outbox did in the past. */

#include "engine/rungs-demo-store.h"

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"

static const char SQL_ADD_ENROLMENT[] =
  "INSERT INTO enrolment (lead, sequence, version, step, visit, due_at, why, entered_at,"
  "                       arrived_at, outcome)"
  " VALUES (:lead, :sequence, :version, :step, :visit, :due, :why, :entered, :arrived,"
  "         iif (:due IS NULL, 'stopped', NULL))";

static const char SQL_ADD_STEP[] =
  "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
  " VALUES (:enrolment, :visit, :step, :at, :result)";

static const char SQL_END_ENROLMENT[] =
  "UPDATE enrolment SET outcome = :outcome, why = :why, ended_at = :at, due_at = NULL"
  " WHERE id = :enrolment";

static const char SQL_ADD_MAIL[] =
  "INSERT INTO outbox (lead, message, message_version, account, enrolment, step, visit, sells,"
  "                    state, due_at, attempts, message_id, email, claimed_at, ended_at, reason,"
  "                    reply, created_at)"
  " SELECT :lead, m.id, iif (:went, m.version, NULL), iif (:went, :account, NULL), :enrolment,"
  "        :step, :visit, s.sells, :state, :due, :went,"
  "        lower (hex (randomblob (16))) || '@demo.example', iif (:went, l.email, ''),"
  "        iif (:went, :at, NULL), iif (:state = 'planned', NULL, :at), :reason, :reply, :due"
  "   FROM message m, lead l, enrolment e JOIN sequence s ON s.id = e.sequence"
  "  WHERE m.id = :message AND l.id = :lead AND e.id = :enrolment";

static const char SQL_MARK[] = "UPDATE business SET demo = 1";

gint64
rungs_demo_add_enrolment (RungsDb                   *db,
                          const RungsDemoEnrolment  *enrolment,
                          GError                   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ADD_ENROLMENT, error);
  gint64 id = 0;

  if (query == NULL)
    return 0;

  rungs_statement_bind_int64 (query, ":lead", enrolment->lead);
  rungs_statement_bind_int64 (query, ":sequence", enrolment->sequence);
  rungs_statement_bind_int64 (query, ":version", enrolment->version);
  rungs_statement_bind_text (query, ":step", enrolment->step);
  rungs_statement_bind_int64 (query, ":visit", enrolment->visit);
  rungs_statement_bind_id (query, ":due", enrolment->due_at);
  rungs_statement_bind_text (query, ":why", enrolment->why);
  rungs_statement_bind_int64 (query, ":entered", enrolment->entered_at);
  rungs_statement_bind_int64 (query, ":arrived", enrolment->arrived_at);
  if (!rungs_statement_run (query, error))
    return 0;

  id = rungs_db_get_last_id (db);
  if (rungs_event_add (db, enrolment->lead, RUNGS_EVENT_SEQUENCE_ENTERED, enrolment->entered_at, id,
                       enrolment->sequence_name, error) == 0)
    return 0;
  return id;
}

gboolean
rungs_demo_add_step (RungsDb     *db,
                     gint64       enrolment,
                     gint64       visit,
                     const char  *step,
                     gint64       at,
                     const char  *result,
                     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ADD_STEP, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":enrolment", enrolment);
  rungs_statement_bind_int64 (query, ":visit", visit);
  rungs_statement_bind_text (query, ":step", step);
  rungs_statement_bind_int64 (query, ":at", at);
  rungs_statement_bind_text (query, ":result", result);
  return rungs_statement_run (query, error);
}

gboolean
rungs_demo_end_enrolment (RungsDb     *db,
                          gint64       enrolment,
                          gint64       lead,
                          const char  *outcome,
                          const char  *why,
                          gint64       at,
                          GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_END_ENROLMENT, error);

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":enrolment", enrolment);
  rungs_statement_bind_text (query, ":outcome", outcome);
  rungs_statement_bind_text (query, ":why", why);
  rungs_statement_bind_int64 (query, ":at", at);
  if (!rungs_statement_run (query, error))
    return FALSE;
  return rungs_event_add (db, lead, RUNGS_EVENT_SEQUENCE_LEFT, at, enrolment, outcome, error) != 0;
}

/* The event of a message in that state. */
static const char *
event_of (const char *state)
{
  if (g_str_equal (state, "sent"))
    return RUNGS_EVENT_MAIL_SENT;
  if (g_str_equal (state, "failed"))
    return RUNGS_EVENT_MAIL_BOUNCED;
  if (g_str_equal (state, "withheld"))
    return RUNGS_EVENT_MAIL_WITHHELD;
  if (g_str_equal (state, "doubt"))
    return RUNGS_EVENT_MAIL_DOUBT;
  return RUNGS_EVENT_MAIL_PLANNED;
}

static const char *
event_detail (const RungsDemoMail *mail)
{
  if (g_str_equal (mail->state, "withheld"))
    return mail->reason;
  if (g_str_equal (mail->state, "failed") || g_str_equal (mail->state, "doubt"))
    return mail->reply;
  return mail->message_name;
}

gboolean
rungs_demo_add_mail (RungsDb              *db,
                     const RungsDemoMail  *mail,
                     GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ADD_MAIL, error);
  gboolean went = !g_str_equal (mail->state, "planned") && !g_str_equal (mail->state, "withheld");

  if (query == NULL)
    return FALSE;

  rungs_statement_bind_int64 (query, ":lead", mail->lead);
  rungs_statement_bind_int64 (query, ":message", mail->message);
  rungs_statement_bind_id (query, ":account", mail->account);
  rungs_statement_bind_int64 (query, ":enrolment", mail->enrolment);
  rungs_statement_bind_text (query, ":step", mail->step);
  rungs_statement_bind_int64 (query, ":visit", mail->visit);
  rungs_statement_bind_text (query, ":state", mail->state);
  rungs_statement_bind_int64 (query, ":due", mail->due_at);
  rungs_statement_bind_int64 (query, ":went", went);
  rungs_statement_bind_int64 (query, ":at", mail->at);
  rungs_statement_bind_text (query, ":reason", mail->reason);
  rungs_statement_bind_text (query, ":reply", mail->reply);
  if (!rungs_statement_run (query, error))
    return FALSE;
  if (rungs_db_get_changes (db) != 1)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   "The message “%s” goes to no lead in a sequence", mail->message_name);
      return FALSE;
    }
  return rungs_event_add (db, mail->lead, event_of (mail->state), mail->at,
                          rungs_db_get_last_id (db), event_detail (mail), error)
         != 0;
}

gboolean
rungs_demo_mark (RungsDb  *db,
                 GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_MARK, error);

  return query != NULL && rungs_statement_run (query, error);
}
