/* rungs-sender.c: empties the outbox by one account.
 *
 * The calling thread keeps the journal (rungs-sender-journal.c), and is the only one that writes;
 * the lines (rungs-sender-lines.c) are threads that hand over what it has claimed. */

#include "engine/rungs-sender.h"

#include "base/rungs-error.h"
#include "base/rungs-plain-words.h"
#include "engine/rungs-business.h"
#include "engine/rungs-sender-journal.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-outbox-route-store.h"
#include "mail/rungs-outbox-store.h"

#define SERVER_AWAY_WAIT (2 * RUNGS_MINUTE)

void
rungs_sender_report_clear (RungsSenderReport *report)
{
  g_return_if_fail (report != NULL);

  g_clear_pointer (&report->trouble, g_free);
  g_clear_pointer (&report->waits_for, g_free);
}

typedef struct
{
  gint64 account;
  const char *reason;
  gint64 now;
} Pause;

static gboolean
pause_account (RungsDb *db,
               gpointer data,
               GError **error)
{
  Pause *pause = data;

  return rungs_account_pause (db, pause->account, pause->reason, pause->now, error);
}

/* The account stops until a person has mended it. */
static gboolean
write_trouble (RungsSenderJournal *journal,
               GError            **error)
{
  Pause pause = { journal->account->id, journal->trouble, rungs_clock_now (journal->clock) };

  journal->report->trouble = g_steal_pointer (&journal->trouble);
  journal->report->next_at = G_MAXINT64;
  return rungs_db_write (journal->db, pause_account, &pause, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  rungs_sender_lines_wake (user_data);
}

/* Makes the lines, and runs them until the journal ends. */
static gboolean
run_lines (RungsSenderJournal *journal,
           RungsSenderRoute   *route,
           GError            **error)
{
  gulong cancelled = 0;
  gboolean kept;

  journal->lines = rungs_sender_lines_new (route, journal->clock, journal->account->connections);
  if (journal->cancellable != NULL)
    cancelled = g_cancellable_connect (journal->cancellable, G_CALLBACK (cancelled_cb),
                                       journal->lines, NULL);
  kept = rungs_sender_journal_keep (journal, error);
  g_cancellable_disconnect (journal->cancellable, cancelled);
  if (kept && rungs_sender_lines_get_error (journal->lines) != NULL)
    {
      g_propagate_error (error, g_error_copy (rungs_sender_lines_get_error (journal->lines)));
      kept = FALSE;
    }
  g_clear_pointer (&journal->lines, rungs_sender_lines_free);
  return kept;
}

/* Before anything is claimed: whether the account can send at all; `route` is NULL where it cannot.
 * What a person must mend is the journal's trouble, not an error. */
static gboolean
prepare (RungsSenderJournal *journal,
         RungsSenderRoute  **route,
         GError            **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (journal->db, error);
  RungsSenderRoutePlan plan
      = { .path = rungs_db_get_path (journal->db), .account = journal->account };
  g_autoptr (GError) trouble = NULL;

  if (business == NULL)
    return FALSE;
  plan.file = business->uuid;
  *route = rungs_sender_route_open (&plan, journal->cancellable, &trouble);
  if (trouble == NULL || rungs_error_is_cancelled (trouble))
    return TRUE;
  if (!g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_AUTH)
      && !g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_LOCKED)
      && !g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  journal->trouble = g_strdup (trouble->message);
  return TRUE;
}

static gboolean
run (RungsSenderJournal *journal,
     GError            **error)
{
  RungsSenderReport *report = journal->report;
  g_autoptr (RungsSenderRoute) route = NULL;
  gint64 now = rungs_clock_now (journal->clock);

  if (!rungs_outbox_next_due_by (journal->db, journal->account->id, &report->next_at, error))
    return FALSE;
  if (report->next_at > now || journal->account->paused_at != 0
      || g_cancellable_is_cancelled (journal->cancellable))
    return TRUE;

  if (!prepare (journal, &route, error))
    return FALSE;
  if (g_cancellable_is_cancelled (journal->cancellable))
    return TRUE;
  if (route != NULL && !run_lines (journal, route, error))
    return FALSE;

  if (journal->trouble != NULL)
    return write_trouble (journal, error);
  if (journal->given_up)
    {
      report->waits_for = g_steal_pointer (&journal->absence);
      report->next_at = rungs_clock_now (journal->clock) + SERVER_AWAY_WAIT;
    }
  return TRUE;
}

gboolean
rungs_sender_run (const char         *path,
                  RungsClock         *clock,
                  const RungsAccount *account,
                  GCancellable       *cancellable,
                  RungsSenderReport  *report,
                  GError            **error)
{
  g_autoptr (RungsPlainWords) plain = rungs_plain_words_new ();
  g_autoptr (RungsSenderJournal) journal = NULL;
  RungsDb *db;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = (RungsSenderReport){ .next_at = G_MAXINT64 };
  db = rungs_business_open_at (path, RUNGS_DB_WRITE, clock, error);
  if (db == NULL)
    return FALSE;
  journal = rungs_sender_journal_new (db, account, clock, cancellable, report);
  return run (journal, error);
}
