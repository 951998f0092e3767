/* rungs-opt-in-pending-store.c: people who are asked to confirm that an address is theirs. */

#include "web/rungs-opt-in-pending-store.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-link-key-store.h"
#include "mail/rungs-outbox-store.h"

static const char SQL_ADD[]
    = "INSERT INTO opt_in_pending (lead, delivery, asked_at, expires_at, by_relay)"
      " VALUES (:lead, :delivery, :at, :expires_at, :by_relay)";

static const char SQL_ASKED[]
    = "SELECT count (*) FROM opt_in_pending"
      " WHERE lead = :lead AND (outbox IS NOT NULL OR by_relay = 1)"
      "   AND abs (asked_at - :at) < :day";

static const char SQL_FIRST_DUE[]
    = "SELECT coalesce (min (due_at), :now) FROM outbox WHERE state = 'planned'";

static const char SQL_SET_OUTBOX[]
    = "UPDATE opt_in_pending SET outbox = :outbox WHERE id = :id";

static const char SQL_LOAD[]
    = "SELECT p.id, p.lead, p.delivery, p.asked_at, p.expires_at, p.confirmed_at, s.version,"
      "       s.language, f.name"
      "  FROM opt_in_pending p JOIN opt_in_submission s ON s.delivery = p.delivery"
      "  JOIN opt_in f ON f.id = s.opt_in WHERE p.id = :id";

static const char SQL_REQUEST[]
    = "SELECT coalesce (l.id, 0), coalesce (l.email, ''), s.version, coalesce (p.id, 0),"
      "       coalesce (p.by_relay, 0)"
      "  FROM web_delivery d JOIN opt_in_submission s ON s.delivery = d.id"
      "  LEFT JOIN opt_in_pending p ON p.delivery = d.id"
      "  LEFT JOIN lead l ON l.id = coalesce (p.lead, d.lead)"
      " WHERE d.endpoint IS NULL AND d.key = 'once:' || :once";

static const char SQL_SETTLE[]
    = "UPDATE opt_in_pending SET by_relay = 0, outbox = :outbox WHERE id = :id";

static const char SQL_UNSETTLED[]
    = "SELECT p.id, p.lead, v.definition ->> '$.confirm_message', coalesce (l.email, ''),"
      "       coalesce (r.mail_account, 0)"
      "  FROM opt_in_pending p JOIN opt_in_submission s ON s.delivery = p.delivery"
      "  JOIN opt_in_version v ON v.id = s.version JOIN lead l ON l.id = p.lead"
      "  LEFT JOIN web_relay r ON r.id = 1"
      " WHERE p.by_relay = 1 ORDER BY p.id LIMIT 1";

static const char SQL_CONFIRM[]
    = "UPDATE opt_in_pending SET confirmed_at = :at, confirmation = :delivery WHERE id = :id";

void
rungs_opt_in_pending_free (RungsOptInPending *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_free (self->form_name);
  g_free (self);
}

static gboolean
count_asked (RungsWebWork  *work,
             gint64         at,
             gint64        *asked,
             GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_ASKED, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", work->lead);
  rungs_statement_bind_int64 (query, ":at", at);
  rungs_statement_bind_int64 (query, ":day", RUNGS_DAY);
  return rungs_statement_get_number (query, 0, asked, error);
}

/* Before all that waits: who has just filled in a form looks into their mailbox now. */
static gboolean
find_first_due (RungsWebWork  *work,
                gint64        *due,
                GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (work->db, SQL_FIRST_DUE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":now", work->now);
  if (!rungs_statement_get_number (query, 0, due, error))
    return FALSE;
  *due = MIN (*due - 1, work->now);
  return TRUE;
}

static gboolean
plan (RungsWebWork      *work,
      const RungsOptIn  *definition,
      gint64             pending,
      GError           **error)
{
  g_autoptr (RungsStatement) set = NULL;
  RungsOutboxPlan plan = { .lead = work->lead, .message = definition->confirm_message };
  gint64 outbox;

  if (!rungs_link_key_ensure (work->db, work->now, error)
      || !find_first_due (work, &plan.due_at, error))
    return FALSE;
  outbox = rungs_outbox_plan (work->db, &plan, work->now, error);
  set = outbox != 0 ? rungs_db_prepare (work->db, SQL_SET_OUTBOX, error) : NULL;
  if (set == NULL)
    return FALSE;
  rungs_statement_bind_int64 (set, ":id", pending);
  rungs_statement_bind_int64 (set, ":outbox", outbox);
  return rungs_statement_run (set, error);
}

/* Returns: its id; 0 on error. */
static gint64
add_pending (RungsWebWork  *work,
             gint64         at,
             gboolean       by_relay,
             GError       **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (work->db, SQL_ADD, error);

  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":lead", work->lead);
  rungs_statement_bind_int64 (add, ":delivery", work->delivery);
  rungs_statement_bind_int64 (add, ":at", at);
  rungs_statement_bind_int64 (add, ":expires_at", at + RUNGS_OPT_IN_DAYS * RUNGS_DAY);
  rungs_statement_bind_int64 (add, ":by_relay", by_relay);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (work->db) : 0;
}

gboolean
rungs_opt_in_ask (RungsWebWork      *work,
                  const RungsOptIn  *definition,
                  gint64             at,
                  GError           **error)
{
  gint64 asked = 0, pending;

  if (!count_asked (work, at, &asked, error))
    return FALSE;
  pending = add_pending (work, at, FALSE, error);
  if (pending == 0)
    return FALSE;
  return asked >= RUNGS_OPT_IN_ASKED_MOST || at + RUNGS_OPT_IN_DAYS * RUNGS_DAY <= work->now
         || plan (work, definition, pending, error);
}

gboolean
rungs_opt_in_leave_to_relay (RungsWebWork  *work,
                             gint64         at,
                             GError       **error)
{
  return add_pending (work, at, TRUE, error) != 0;
}

/* ---- what the relay was asked for */

void
rungs_opt_in_request_clear (RungsOptInRequest *self)
{
  g_clear_pointer (&self->email, g_free);
}

gboolean
rungs_opt_in_request_find (RungsDb            *db,
                           const char         *once,
                           RungsOptInRequest  *request,
                           GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_REQUEST, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":once", once);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("What was sent by a form for it is not there, or not done."));
  if (step != RUNGS_ROW)
    return FALSE;
  request->lead = rungs_statement_get_int64 (query, 0);
  request->email = rungs_statement_dup_text (query, 1);
  request->version = rungs_statement_get_int64 (query, 2);
  request->pending = rungs_statement_get_int64 (query, 3);
  request->by_relay = rungs_statement_get_int64 (query, 4) != 0;
  return TRUE;
}

gboolean
rungs_opt_in_pending_settle (RungsDb  *db,
                             gint64    pending,
                             gint64    outbox,
                             GError  **error)
{
  g_autoptr (RungsStatement) settle = rungs_db_prepare (db, SQL_SETTLE, error);

  if (settle == NULL)
    return FALSE;
  rungs_statement_bind_int64 (settle, ":id", pending);
  rungs_statement_bind_id (settle, ":outbox", outbox);
  return rungs_statement_run (settle, error);
}

/* `pending` (out): 0: there is none. */
static gboolean
give_up_one (RungsDb  *db,
             gint64    now,
             gint64   *pending,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_UNSETTLED, error);
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *message_id = g_strconcat (random, "@rungs.invalid", NULL);
  RungsOutboxElsewhere sent = { .message_id = message_id, .reply = "", .in_doubt = TRUE };
  RungsStep step;
  gint64 outbox;

  *pending = 0;
  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  *pending = rungs_statement_get_int64 (query, 0);
  sent.lead = rungs_statement_get_int64 (query, 1);
  sent.message = rungs_statement_get_int64 (query, 2);
  sent.email = rungs_statement_get_text (query, 3);
  sent.account = rungs_statement_get_int64 (query, 4);
  outbox = rungs_outbox_note_elsewhere (db, &sent, now, error);
  return outbox != 0 && rungs_opt_in_pending_settle (db, *pending, outbox, error);
}

gboolean
rungs_opt_in_pending_give_up (RungsDb  *db,
                              gint64    now,
                              GError  **error)
{
  gint64 pending;

  do
    if (!give_up_one (db, now, &pending, error))
      return FALSE;
  while (pending != 0);
  return TRUE;
}

/* ---- rows */

static gpointer
read_pending (RungsStatement *row)
{
  RungsOptInPending *self = g_new0 (RungsOptInPending, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->lead = rungs_statement_get_int64 (row, 1);
  self->delivery = rungs_statement_get_int64 (row, 2);
  self->asked_at = rungs_statement_get_int64 (row, 3);
  self->expires_at = rungs_statement_get_int64 (row, 4);
  self->confirmed_at = rungs_statement_get_int64 (row, 5);
  self->version = rungs_statement_get_int64 (row, 6);
  self->language = rungs_statement_dup_text (row, 7);
  self->form_name = rungs_statement_dup_text (row, 8);
  return self;
}

RungsOptInPending *
rungs_opt_in_pending_load (RungsDb  *db,
                           gint64    id,
                           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", id);
  return rungs_record_first (query, read_pending, _ ("What it confirms is not known any more."),
                             error);
}

gboolean
rungs_opt_in_ask_instead (RungsWebWork      *work,
                          const RungsOptIn  *definition,
                          gint64             pending,
                          GError           **error)
{
  g_autoptr (RungsOptInPending) row = rungs_opt_in_pending_load (work->db, pending, error);
  gint64 asked = 0;

  if (row == NULL || !rungs_opt_in_pending_settle (work->db, pending, 0, error)
      || !count_asked (work, row->asked_at, &asked, error))
    return FALSE;
  return asked >= RUNGS_OPT_IN_ASKED_MOST || row->expires_at <= work->now
         || row->confirmed_at != 0 || plan (work, definition, pending, error);
}

gboolean
rungs_opt_in_pending_confirm (RungsWebWork             *work,
                              const RungsOptInPending  *pending,
                              gint64                    at,
                              GError                  **error)
{
  g_autoptr (RungsStatement) confirm = rungs_db_prepare (work->db, SQL_CONFIRM, error);

  if (confirm == NULL)
    return FALSE;
  rungs_statement_bind_int64 (confirm, ":id", pending->id);
  rungs_statement_bind_int64 (confirm, ":delivery", work->delivery);
  rungs_statement_bind_int64 (confirm, ":at", at);
  return rungs_statement_run (confirm, error);
}
