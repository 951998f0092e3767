/* rungs-outbox-store.c: plans messages, shows them, and does what people decide about them. */

#include "mail/rungs-outbox-store.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "mail/rungs-outbox-private.h"
#include "mail/rungs-practice-transport.h"

static const char SQL_PLAN[]
    = "INSERT INTO outbox (lead, message, enrolment, step, visit, sells, due_at, meant_at,"
      "                    late_hours, skip_hours, message_id, created_at)"
      " VALUES (:lead, :message, :enrolment, :step, :visit, :sells, :due_at, :due_at,"
      "   :late_hours, :skip_hours, :random || '@' ||"
      "   coalesce ((SELECT nullif (substr (from_email, instr (from_email, '@') + 1), '')"
      "                FROM account WHERE is_default = 1), 'rungs.invalid'),"
      "   :created_at)";

static const char SQL_PLANNED_OF_ENROLMENT[]
    = "SELECT o.id, o.lead, m.name FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.enrolment = :enrolment AND o.state = 'planned'";

static const char SQL_PLANNED_OF_STEP[]
    = "SELECT o.id, o.lead, m.name FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.lead = :lead AND o.enrolment IS NULL AND o.step = :step AND o.state = 'planned'";

static const char SQL_RELEASE[]
    = "UPDATE outbox SET due_at = :now, reason = ''"
      " WHERE state = 'planned' AND reason = 'paused'"
      "   AND enrolment IN (SELECT id FROM enrolment WHERE sequence = :sequence"
      "                     AND outcome IS NULL)";

static const char SQL_RELEASE_STEP[]
    = "UPDATE outbox SET state = 'planned', due_at = :now, meant_at = :now, reason = '',"
      "                  ended_at = NULL"
      " WHERE lead = :lead AND enrolment IS NULL AND step = :step AND state = 'withheld'"
      "   AND reason = :reason";

static const char SQL_CLAIMED[]
    = "SELECT o.id, o.lead, m.name, o.message_id, a.kind"
      "  FROM outbox o JOIN message m ON m.id = o.message LEFT JOIN account a ON a.id = o.account"
      " WHERE o.state = 'claimed'";

/* INDEXED BY is SQLite's own; see SQL_CANDIDATES in rungs-outbox-claim-store.c. */
static const char SQL_NEXT_DUE[]
    = "SELECT min (due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'planned'";

static const char SQL_REPLAN[]
    = "UPDATE outbox SET state = 'planned', due_at = :now, meant_at = :now, attempts = 0,"
      "                  reason = '', ended_at = NULL"
      " WHERE id = :id AND state IN ('doubt', 'failed')";

static const char SQL_LEAD_AND_NAME[]
    = "SELECT o.lead, m.name, o.state FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.id = :id";

/* By which it left, or is to leave: mail/rungs-outbox-route-store.h. */
#define ACCOUNT \
  "CASE WHEN o.state <> 'planned' THEN o.account" \
  "     WHEN NOT EXISTS (SELECT 1 FROM account_rule)" \
  "     THEN (SELECT d.id FROM account d WHERE d.is_default = 1)" \
  "     WHEN o.routing = (SELECT n.number FROM account_routing n) THEN o.route END"

#define ROW \
  "SELECT o.id, o.lead," \
  "   coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email, '')," \
  "   coalesce (nullif (o.email, ''), l.email, ''), o.message, m.name, o.message_version," \
  "   m.kind = 'marketing', a.id, a.name, o.enrolment, s.name, o.step, o.visit, o.sells," \
  "   o.state, o.due_at, o.attempts, o.message_id, o.claimed_at, o.ended_at, o.reason, o.reply," \
  "   o.created_at, o.broadcast, b.name, o.state = 'planned' AND a.paused_at IS NOT NULL" \
  "  FROM outbox o JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message" \
  "  LEFT JOIN account a ON a.id = " ACCOUNT " LEFT JOIN enrolment e ON e.id = o.enrolment" \
  "  LEFT JOIN sequence s ON s.id = e.sequence LEFT JOIN broadcast b ON b.id = o.broadcast"

static const char SQL_LOAD[] = ROW " WHERE o.id = :id";
static const char SQL_LIST[] = ROW " WHERE o.id < :before ORDER BY o.id DESC LIMIT :limit";
static const char SQL_LIST_STATE[]
    = ROW " WHERE o.id < :before AND o.state = :state ORDER BY o.id DESC LIMIT :limit";
static const char SQL_LIST_LEAD[]
    = ROW " WHERE o.id < :before AND o.lead = :lead ORDER BY o.id DESC LIMIT :limit";
static const char SQL_LIST_STATE_LEAD[]
    = ROW " WHERE o.id < :before AND o.lead = :lead AND +o.state = :state"
          " ORDER BY o.id DESC LIMIT :limit";

static const char SQL_COUNT[] = "SELECT state, count (*) FROM outbox GROUP BY state";

gint64
rungs_outbox_plan (RungsDb               *db,
                   const RungsOutboxPlan *plan,
                   gint64                 now,
                   GError               **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_PLAN, error);
  g_autofree char *random = g_uuid_string_random ();

  g_return_val_if_fail (plan != NULL, 0);

  if (insert == NULL)
    return 0;
  rungs_statement_bind_int64 (insert, ":lead", plan->lead);
  rungs_statement_bind_int64 (insert, ":message", plan->message);
  rungs_statement_bind_id (insert, ":enrolment", plan->enrolment);
  rungs_statement_bind_text (insert, ":step", plan->step ? plan->step : "");
  rungs_statement_bind_int64 (insert, ":visit", plan->visit);
  rungs_statement_bind_id (insert, ":sells", plan->sells);
  rungs_statement_bind_int64 (insert, ":due_at", plan->due_at);
  rungs_statement_bind_id (insert, ":late_hours", plan->late_hours);
  rungs_statement_bind_id (insert, ":skip_hours", plan->skip_hours);
  rungs_statement_bind_text (insert, ":random", random);
  rungs_statement_bind_int64 (insert, ":created_at", now);
  return rungs_statement_run (insert, error) ? rungs_db_get_last_id (db) : 0;
}

/* Withholds what the query, whose parameters are bound, finds. */
static gboolean
withhold (RungsDb        *db,
          RungsStatement *query,
          const char     *reason,
          gint64          now,
          gint64         *withheld,
          GError        **error)
{
  RungsStep step;

  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    {
      RungsOutboxEnd end = {
        .id = rungs_statement_get_int64 (query, 0),
        .lead = rungs_statement_get_int64 (query, 1),
        .message_name = rungs_statement_get_text (query, 2),
        .state = RUNGS_OUTBOX_WITHHELD,
        .reason = reason,
      };

      if (!rungs_outbox_end (db, &end, now, error))
        return FALSE;
      if (withheld != NULL)
        ++*withheld;
    }
  return step == RUNGS_DONE;
}

gboolean
rungs_outbox_withhold_enrolment (RungsDb    *db,
                                 gint64      enrolment,
                                 const char *reason,
                                 gint64      now,
                                 gint64     *withheld,
                                 GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PLANNED_OF_ENROLMENT, error);

  if (query == NULL)
    return FALSE;
  if (withheld != NULL)
    *withheld = 0;
  rungs_statement_bind_int64 (query, ":enrolment", enrolment);
  return withhold (db, query, reason, now, withheld, error);
}

gboolean
rungs_outbox_withhold_step (RungsDb    *db,
                            gint64      lead,
                            const char *step,
                            const char *reason,
                            gint64      now,
                            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PLANNED_OF_STEP, error);

  g_return_val_if_fail (step != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_text (query, ":step", step);
  return withhold (db, query, reason, now, NULL, error);
}

gboolean
rungs_outbox_release_step (RungsDb    *db,
                           gint64      lead,
                           const char *step,
                           const char *reason,
                           gint64      now,
                           GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RELEASE_STEP, error);

  g_return_val_if_fail (step != NULL && reason != NULL, FALSE);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":lead", lead);
  rungs_statement_bind_text (update, ":step", step);
  rungs_statement_bind_text (update, ":reason", reason);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

gboolean
rungs_outbox_release_sequence (RungsDb *db,
                               gint64   sequence,
                               gint64   now,
                               GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_RELEASE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":sequence", sequence);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

/* What is known of a message that a crash left claimed: whether the practice folder has it. */
static gboolean
recover_one (RungsDb        *db,
             RungsStatement *row,
             const char     *practice_folder,
             gint64          now,
             gint64         *doubtful,
             GError        **error)
{
  RungsOutboxEnd end = {
    .id = rungs_statement_get_int64 (row, 0),
    .lead = rungs_statement_get_int64 (row, 1),
    .message_name = rungs_statement_get_text (row, 2),
    .state = RUNGS_OUTBOX_DOUBT,
    .reason = RUNGS_OUTBOX_CRASHED,
  };
  const char *message_id = rungs_statement_get_text (row, 3);
  gboolean practice = g_strcmp0 (rungs_statement_get_text (row, 4), "practice") == 0;

  if (practice && !rungs_practice_has (practice_folder, message_id))
    return rungs_outbox_put_back (db, end.id, now, "", NULL, TRUE, error);
  if (practice)
    {
      end.state = RUNGS_OUTBOX_SENT;
      end.reason = "";
    }
  else
    ++*doubtful;
  return rungs_outbox_end (db, &end, now, error);
}

gboolean
rungs_outbox_recover (RungsDb    *db,
                      const char *practice_folder,
                      gint64      now,
                      gint64     *doubtful,
                      GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CLAIMED, error);
  gint64 counted = 0;
  RungsStep step;

  g_return_val_if_fail (practice_folder != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    if (!recover_one (db, query, practice_folder, now, &counted, error))
      return FALSE;
  if (doubtful != NULL)
    *doubtful = counted;
  return step == RUNGS_DONE;
}

gboolean
rungs_outbox_next_due (RungsDb *db,
                       gint64  *due,
                       GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT_DUE, error);
  RungsStep step;

  g_return_val_if_fail (due != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  *due = step == RUNGS_ROW && !rungs_statement_is_null (query, 0)
             ? rungs_statement_get_int64 (query, 0)
             : G_MAXINT64;
  return step != RUNGS_FAILED;
}

static gboolean
load_state (RungsDb          *db,
            gint64            id,
            gint64           *lead,
            char            **message_name,
            RungsOutboxState *state,
            GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEAD_AND_NAME, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", id);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("the outbox has no message %" PRId64), id);
  if (step != RUNGS_ROW)
    return FALSE;
  *lead = rungs_statement_get_int64 (query, 0);
  *message_name = rungs_statement_dup_text (query, 1);
  *state = rungs_outbox_state_from_text (rungs_statement_get_text (query, 2));
  return TRUE;
}

static gboolean
refuse_state (gint64           id,
              RungsOutboxState state,
              GError         **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("message %" PRId64 " is %s: there is nothing to decide"), id,
               _ (rungs_outbox_state_to_text (state)));
  return FALSE;
}

gboolean
rungs_outbox_resolve_sent (RungsDb *db,
                           gint64   id,
                           gint64   now,
                           GError **error)
{
  g_autofree char *message_name = NULL;
  RungsOutboxState state;
  RungsOutboxEnd end = { .id = id, .state = RUNGS_OUTBOX_SENT, .reason = "" };

  if (!load_state (db, id, &end.lead, &message_name, &state, error))
    return FALSE;
  if (state != RUNGS_OUTBOX_DOUBT)
    return refuse_state (id, state, error);
  end.message_name = message_name;
  return rungs_outbox_end (db, &end, now, error);
}

gboolean
rungs_outbox_resolve_retry (RungsDb *db,
                            gint64   id,
                            gint64   now,
                            GError **error)
{
  g_autofree char *message_name = NULL;
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_REPLAN, error);
  RungsOutboxState state;
  gint64 lead;

  if (update == NULL || !load_state (db, id, &lead, &message_name, &state, error))
    return FALSE;
  if (state != RUNGS_OUTBOX_DOUBT && state != RUNGS_OUTBOX_FAILED)
    return refuse_state (id, state, error);
  rungs_statement_bind_int64 (update, ":id", id);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

static gpointer
row_from_statement (RungsStatement *query)
{
  RungsOutboxRow *row = g_new0 (RungsOutboxRow, 1);

  row->id = rungs_statement_get_int64 (query, 0);
  row->lead = rungs_statement_get_int64 (query, 1);
  row->lead_name = rungs_statement_dup_text (query, 2);
  row->email = rungs_statement_dup_text (query, 3);
  row->message = rungs_statement_get_int64 (query, 4);
  row->message_name = rungs_statement_dup_text (query, 5);
  row->message_version = rungs_statement_get_int64 (query, 6);
  row->marketing = rungs_statement_get_int64 (query, 7) != 0;
  row->account = rungs_statement_get_int64 (query, 8);
  row->account_name = rungs_statement_dup_text (query, 9);
  row->enrolment = rungs_statement_get_int64 (query, 10);
  row->sequence_name = rungs_statement_dup_text (query, 11);
  row->step = rungs_statement_dup_text (query, 12);
  row->visit = rungs_statement_get_int64 (query, 13);
  row->sells = rungs_statement_get_int64 (query, 14);
  row->state = rungs_outbox_state_from_text (rungs_statement_get_text (query, 15));
  row->due_at = rungs_statement_get_int64 (query, 16);
  row->attempts = rungs_statement_get_int64 (query, 17);
  row->message_id = rungs_statement_dup_text (query, 18);
  row->claimed_at = rungs_statement_get_int64 (query, 19);
  row->ended_at = rungs_statement_get_int64 (query, 20);
  row->reason = rungs_statement_dup_text (query, 21);
  row->reply = rungs_statement_dup_text (query, 22);
  row->created_at = rungs_statement_get_int64 (query, 23);
  row->broadcast = rungs_statement_get_int64 (query, 24);
  row->broadcast_name = rungs_statement_dup_text (query, 25);
  row->account_paused = rungs_statement_get_int64 (query, 26) != 0;
  return row;
}

RungsOutboxRow *
rungs_outbox_load (RungsDb *db,
                   gint64   id,
                   GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, row_from_statement, "message", error);
}

GPtrArray *
rungs_outbox_list (RungsDb         *db,
                   RungsOutboxState state,
                   gint64           lead,
                   gint64           before,
                   guint            limit,
                   GError         **error)
{
  const char *sql = state && lead ? SQL_LIST_STATE_LEAD
                    : state       ? SQL_LIST_STATE
                    : lead        ? SQL_LIST_LEAD
                                  : SQL_LIST;
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":before", before > 0 ? before : G_MAXINT64);
  rungs_statement_bind_int64 (query, ":limit", limit);
  if (state != 0)
    rungs_statement_bind_text (query, ":state", rungs_outbox_state_to_text (state));
  if (lead != 0)
    rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, row_from_statement, (GDestroyNotify) rungs_outbox_row_free,
                            error);
}

gboolean
rungs_outbox_count (RungsDb *db,
                    gint64   counts[RUNGS_OUTBOX_DOUBT + 1],
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  memset (counts, 0, sizeof (gint64) * (RUNGS_OUTBOX_DOUBT + 1));
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    {
      gint64 n = rungs_statement_get_int64 (query, 1);

      counts[rungs_outbox_state_from_text (rungs_statement_get_text (query, 0))] = n;
      counts[0] += n;
    }
  return step == RUNGS_DONE;
}
