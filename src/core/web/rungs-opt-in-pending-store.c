/* rungs-opt-in-pending-store.c: people who are asked to confirm that an address is theirs. */

#include "web/rungs-opt-in-pending-store.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-link-key-store.h"
#include "mail/rungs-outbox-store.h"

static const char SQL_ADD[]
    = "INSERT INTO opt_in_pending (lead, delivery, asked_at, expires_at)"
      " VALUES (:lead, :delivery, :at, :expires_at)";

static const char SQL_ASKED[]
    = "SELECT count (*) FROM opt_in_pending"
      " WHERE lead = :lead AND outbox IS NOT NULL AND abs (asked_at - :at) < :day";

static const char SQL_FIRST_DUE[]
    = "SELECT coalesce (min (due_at), :now) FROM outbox WHERE state = 'planned'";

static const char SQL_SET_OUTBOX[]
    = "UPDATE opt_in_pending SET outbox = :outbox WHERE id = :id";

static const char SQL_LOAD[]
    = "SELECT p.id, p.lead, p.delivery, p.asked_at, p.expires_at, p.confirmed_at, s.version,"
      "       s.language, f.name"
      "  FROM opt_in_pending p JOIN opt_in_submission s ON s.delivery = p.delivery"
      "  JOIN opt_in f ON f.id = s.opt_in WHERE p.id = :id";

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

gboolean
rungs_opt_in_ask (RungsWebWork      *work,
                  const RungsOptIn  *definition,
                  gint64             at,
                  GError           **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (work->db, SQL_ADD, error);
  gint64 expires_at = at + RUNGS_OPT_IN_DAYS * RUNGS_DAY;
  gint64 asked = 0, pending;

  if (add == NULL || !count_asked (work, at, &asked, error))
    return FALSE;
  rungs_statement_bind_int64 (add, ":lead", work->lead);
  rungs_statement_bind_int64 (add, ":delivery", work->delivery);
  rungs_statement_bind_int64 (add, ":at", at);
  rungs_statement_bind_int64 (add, ":expires_at", expires_at);
  if (!rungs_statement_run (add, error))
    return FALSE;
  pending = rungs_db_get_last_id (work->db);
  return asked >= RUNGS_OPT_IN_ASKED_MOST || expires_at <= work->now
         || plan (work, definition, pending, error);
}

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
