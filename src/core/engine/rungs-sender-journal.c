/* rungs-sender-journal.c: what a sender claims and records.
 *
 * It waits for results of the lines, takes all that are there, and in one durable commit records
 * them and claims the next messages for the lines that are free: the more lines, the more share a
 * commit. What a line works on is claimed by a commit before, and nothing else is claimed; so a
 * crash leaves at most one message a line in doubt.
 *
 * It claims no more when it is cancelled, when the account is in trouble (a refused password would
 * be refused again, and lock the account at last) or its server refuses whatever it gets, when the
 * server is away for every line, and when nothing may leave before a time that is not worth waiting
 * for. Then it waits for what is under way and returns. */

#include "engine/rungs-sender-journal.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

#define REFUSED_IN_A_ROW 20u
#define WORTH_WAITING (2 * RUNGS_SECOND)
#define CANCEL_PATIENCE (5 * RUNGS_SECOND)
#define LOOK_EVERY (1 * RUNGS_SECOND)

static void
result_clear (gpointer data)
{
  RungsOutboxResult *result = data;

  rungs_delivery_clear (&result->delivery);
}

RungsSenderJournal *
rungs_sender_journal_new (RungsDb            *db,
                          const RungsAccount *account,
                          RungsClock         *clock,
                          GCancellable       *cancellable,
                          RungsSenderReport  *report)
{
  RungsSenderJournal *self = g_new0 (RungsSenderJournal, 1);

  self->clock = clock;
  self->cancellable = cancellable;
  self->report = report;
  self->db = db;
  self->data_version = rungs_db_get_data_version (db);
  self->account = rungs_account_copy (account);
  self->results = g_array_new (FALSE, FALSE, sizeof (RungsOutboxResult));
  g_array_set_clear_func (self->results, result_clear);
  self->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  return self;
}

void
rungs_sender_journal_free (RungsSenderJournal *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->lines, rungs_sender_lines_free);
  g_ptr_array_unref (self->claims);
  g_array_unref (self->results);
  rungs_account_free (self->account);
  g_free (self->trouble);
  g_free (self->absence);
  rungs_db_close (self->db);
  g_free (self);
}

/* ---- what results mean for the run */

static void
close_for_trouble (RungsSenderJournal *journal,
                   char               *trouble)
{
  journal->closing = TRUE;
  if (journal->trouble == NULL)
    journal->trouble = trouble;
  else
    g_free (trouble);
}

/* Counts how often in a row the server was away, and keeps what was said of it. */
static void
heed_absence (RungsSenderJournal  *journal,
              const RungsDelivery *delivery)
{
  if (delivery->outcome == RUNGS_DELIVERY_TEMPORARY && delivery->server_is_away)
    {
      journal->away++;
      g_free (journal->absence);
      journal->absence = g_strdup (delivery->reply);
    }
  else if (delivery->outcome != RUNGS_DELIVERY_CANCELLED)
    journal->away = 0;
  if (journal->away > journal->account->connections)
    journal->closing = journal->given_up = TRUE;
}

static void
heed_result (RungsSenderJournal      *journal,
             const RungsOutboxResult *result)
{
  const RungsDelivery *delivery = &result->delivery;

  if (delivery->outcome == RUNGS_DELIVERY_ACCOUNT_TROUBLE)
    close_for_trouble (journal, g_strdup (delivery->reply));

  heed_absence (journal, delivery);
  if (delivery->outcome == RUNGS_DELIVERY_ACCEPTED)
    journal->refused = 0;
  else if (delivery->outcome == RUNGS_DELIVERY_PERMANENT && !delivery->address_is_bad)
    journal->refused++;
  if (journal->refused == REFUSED_IN_A_ROW)
    close_for_trouble (journal,
                       g_strdup_printf (_ ("The mail server has refused %u messages in a row: %s"),
                                        REFUSED_IN_A_ROW, delivery->reply));
}

/* Heeds all results, and drops those of lines that could not connect: they are of no message. */
static void
heed_results (RungsSenderJournal *journal)
{
  guint i = 0;

  while (i < journal->results->len)
    {
      const RungsOutboxResult *result = &g_array_index (journal->results, RungsOutboxResult, i);

      heed_result (journal, result);
      if (result->id != 0)
        i++;
      else
        g_array_remove_index (journal->results, i);
    }
}

static void
heed_cancel (RungsSenderJournal *journal)
{
  gint64 now = g_get_monotonic_time () / 1000;

  if (!g_cancellable_is_cancelled (journal->cancellable))
    return;
  journal->closing = TRUE;
  if (journal->cancelled_at == 0)
    journal->cancelled_at = now;
  if (now - journal->cancelled_at >= CANCEL_PATIENCE)
    rungs_sender_lines_abort (journal->lines);
}

/* Somebody may have paused or removed the account, or changed its limits. */
static gboolean
heed_account (RungsSenderJournal *journal,
              GError            **error)
{
  gint64 version = rungs_db_get_data_version (journal->db);
  g_autoptr (RungsAccount) account = NULL;
  g_autoptr (GError) failure = NULL;

  if (version == journal->data_version)
    return TRUE;
  journal->data_version = version;
  account = rungs_account_load (journal->db, journal->account->id, &failure);
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      journal->closing = TRUE;
      return TRUE;
    }
  if (account == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (account->paused_at != 0)
    journal->closing = TRUE;
  journal->account->per_second = account->per_second;
  journal->account->per_hour = account->per_hour;
  journal->account->per_day = account->per_day;
  journal->account->warm_start = account->warm_start;
  return TRUE;
}

/* ---- turns */

static void
count_turn (RungsSenderReport     *report,
            const RungsOutboxTurn *turn)
{
  report->sent += turn->sent;
  report->failed += turn->failed;
  report->retried += turn->retried;
  report->doubtful += turn->doubtful;
  report->withheld += turn->withheld;
  report->postponed += turn->postponed;
  report->next_at = turn->next_at;
}

/* Records what there is, claims for the lines that are free, and gives out the claims. */
static gboolean
take_turn (RungsSenderJournal *journal,
           guint               want,
           GError            **error)
{
  RungsOutboxTurn turn;
  gboolean taken = rungs_outbox_take_turn (
      journal->db, journal->account, (const RungsOutboxResult *) (void *) journal->results->data,
      journal->results->len, want, rungs_clock_now (journal->clock), journal->claims, &turn, error);

  g_array_set_size (journal->results, 0);
  if (!taken)
    return FALSE;
  count_turn (journal->report, &turn);
  while (journal->claims->len > 0)
    rungs_sender_lines_give (journal->lines, g_ptr_array_steal_index (journal->claims, 0));
  return TRUE;
}

static gboolean
is_due (RungsSenderJournal *journal)
{
  return journal->report->next_at <= rungs_clock_now (journal->clock);
}

/* Whether more may leave so soon that the lines wait for it. */
static gboolean
is_worth_waiting (RungsSenderJournal *journal)
{
  return !rungs_clock_is_pretended (journal->clock)
         && journal->report->next_at - rungs_clock_now (journal->clock) <= WORTH_WAITING;
}

/* Records what there is, and claims what is due for the lines that are free. `free`: of whom no
 * result is left that is not recorded now: one that became free since would have two messages in
 * doubt after a crash. */
static gboolean
write_journal (RungsSenderJournal *journal,
               guint               free,
               GError            **error)
{
  guint want = journal->closing ? 0 : free;
  guint before = rungs_sender_lines_count (journal->lines).busy;

  if (journal->results->len == 0 && (want == 0 || !is_due (journal)))
    return TRUE;
  if (!take_turn (journal, want, error))
    return FALSE;
  if (want > 0 && rungs_sender_lines_count (journal->lines).busy <= before && is_due (journal))
    journal->report->next_at = rungs_clock_now (journal->clock) + RUNGS_SECOND;
  return TRUE;
}

/* Whether there is something to wait for. */
static gboolean
goes_on (RungsSenderJournal *journal)
{
  RungsSenderLinesCount count = rungs_sender_lines_count (journal->lines);

  if (count.busy + count.results > 0)
    return TRUE;
  if (journal->closing || count.free + count.connecting == 0)
    return FALSE;
  return is_due (journal) || is_worth_waiting (journal);
}

/* For how many milliseconds nothing but a result can make a difference. */
static gint64
get_patience (RungsSenderJournal *journal)
{
  gint64 until_next = journal->report->next_at - rungs_clock_now (journal->clock);

  if (journal->closing)
    return LOOK_EVERY / 4;
  if (until_next <= 0 || rungs_clock_is_pretended (journal->clock))
    return LOOK_EVERY;
  return MIN (until_next, LOOK_EVERY);
}

gboolean
rungs_sender_journal_keep (RungsSenderJournal *journal,
                           GError            **error)
{
  do
    {
      guint free
        = rungs_sender_lines_collect (journal->lines, get_patience (journal), journal->results);

      heed_cancel (journal);
      heed_results (journal);
      if (rungs_sender_lines_get_error (journal->lines) != NULL)
        journal->closing = TRUE;
      if (!heed_account (journal, error) || !write_journal (journal, free, error))
        return FALSE;
    }
  while (goes_on (journal));
  /* Where something is due and nothing else ended the run, all lines are out. */
  if (!journal->closing && is_due (journal))
    journal->given_up = TRUE;
  return TRUE;
}
