/* rungs-sender.c: empties the outbox by one account.
 *
 * The calling thread keeps the journal. It waits for results of the lines, takes all that are
 * there, and in one durable commit records them and claims the next messages for the lines that are
 * free: the more lines, the more share a commit. What a line works on is claimed by a commit
 * before, and nothing else is claimed; so a crash leaves at most one message a line in doubt.
 *
 * It claims no more when it is cancelled, when the account is in trouble (a refused password would
 * be refused again, and lock the account at last) or its server refuses whatever it gets, when the
 * server is away for every line, and when nothing may leave before a time that is not worth waiting
 * for. Then it waits for what is under way and returns. */

#include "engine/rungs-sender.h"

#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "engine/rungs-business.h"
#include "engine/rungs-sender-lines.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-mime.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-secret.h"

#define SERVER_AWAY_WAIT (2 * RUNGS_MINUTE)
#define REFUSED_IN_A_ROW 20u
#define WORTH_WAITING (2 * RUNGS_SECOND)
#define CANCEL_PATIENCE (5 * RUNGS_SECOND)
#define LOOK_EVERY (1 * RUNGS_SECOND)

typedef struct
{
  RungsClock *clock;
  GCancellable *cancellable; /* (nullable) */
  RungsSenderReport *report;

  RungsDb *db;             /* (owned) */
  gint64 data_version;     /* of db, when `account` was read */
  RungsAccount *account;   /* (owned) */
  RungsSenderLines *lines; /* (owned) */
  GArray *results;         /* (owned) (element-type RungsOutboxResult): not recorded yet */
  GPtrArray *claims;       /* (owned) (element-type RungsOutboxClaim): not given yet */

  gboolean closing;     /* nothing more is claimed */
  guint away;           /* results in a row that say that the server is away */
  char *absence;        /* (owned) (nullable): what the last of them said */
  gboolean given_up;    /* the run ended for that */
  guint refused;        /* messages in a row, for no fault of their addresses */
  char *trouble;        /* (owned) (nullable) */
  gint64 cancelled_at;  /* monotonic ms; 0: not */
} Journal;

static void
result_clear (gpointer data)
{
  RungsOutboxResult *result = data;

  rungs_delivery_clear (&result->delivery);
}

void
rungs_sender_report_clear (RungsSenderReport *report)
{
  g_return_if_fail (report != NULL);

  g_clear_pointer (&report->trouble, g_free);
  g_clear_pointer (&report->waits_for, g_free);
}

/* ---- what results mean for the run */

static void
close_for_trouble (Journal *journal,
                   char    *trouble)
{
  journal->closing = TRUE;
  if (journal->trouble == NULL)
    journal->trouble = trouble;
  else
    g_free (trouble);
}

/* Counts how often in a row the server was away, and keeps what was said of it. */
static void
heed_absence (Journal             *journal,
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
heed_result (Journal                 *journal,
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
                       g_strdup_printf ("The mail server has refused %u messages in a row: %s",
                                        REFUSED_IN_A_ROW, delivery->reply));
}

/* Heeds all results, and drops those of lines that could not connect: they are of no message. */
static void
heed_results (Journal *journal)
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
heed_cancel (Journal *journal)
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

/* Somebody may have paused the account, or changed its limits. */
static gboolean
heed_account (Journal *journal,
              GError **error)
{
  gint64 version = rungs_db_get_data_version (journal->db);
  g_autoptr (RungsAccount) account = NULL;

  if (version == journal->data_version)
    return TRUE;
  journal->data_version = version;
  account = rungs_account_load (journal->db, journal->account->id, error);
  if (account == NULL)
    return FALSE;
  if (account->paused_at != 0)
    journal->closing = TRUE;
  journal->account->per_second = account->per_second;
  journal->account->per_hour = account->per_hour;
  journal->account->per_day = account->per_day;
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
take_turn (Journal *journal,
           guint    want,
           GError **error)
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
is_due (Journal *journal)
{
  return journal->report->next_at <= rungs_clock_now (journal->clock);
}

/* Whether more may leave so soon that the lines wait for it. */
static gboolean
is_worth_waiting (Journal *journal)
{
  return !rungs_clock_is_pretended (journal->clock)
         && journal->report->next_at - rungs_clock_now (journal->clock) <= WORTH_WAITING;
}

/* Records what there is, and claims what is due for the lines that are free. */
static gboolean
write_journal (Journal *journal,
               GError **error)
{
  guint want = journal->closing ? 0 : rungs_sender_lines_count (journal->lines).free;
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
goes_on (Journal *journal)
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
get_patience (Journal *journal)
{
  gint64 until_next = journal->report->next_at - rungs_clock_now (journal->clock);

  if (journal->closing)
    return LOOK_EVERY / 4;
  if (until_next <= 0 || rungs_clock_is_pretended (journal->clock))
    return LOOK_EVERY;
  return MIN (until_next, LOOK_EVERY);
}

static gboolean
keep_journal (Journal *journal,
              GError **error)
{
  do
    {
      rungs_sender_lines_collect (journal->lines, get_patience (journal), journal->results);
      heed_cancel (journal);
      heed_results (journal);
      if (rungs_sender_lines_get_error (journal->lines) != NULL)
        journal->closing = TRUE;
      if (!heed_account (journal, error) || !write_journal (journal, error))
        return FALSE;
    }
  while (goes_on (journal));
  /* Where something is due and nothing else ended the run, all lines are out. */
  if (!journal->closing && is_due (journal))
    journal->given_up = TRUE;
  return TRUE;
}

/* ---- the beginning and the end of a run */

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
write_trouble (Journal *journal,
               GError **error)
{
  Pause pause = { journal->account->id, journal->trouble, rungs_clock_now (journal->clock) };

  journal->report->trouble = g_steal_pointer (&journal->trouble);
  journal->report->next_at = G_MAXINT64;
  return rungs_db_write (journal->db, pause_account, &pause, error);
}

/* Returns: (transfer full) (nullable): how the server is reached, with the password; NULL for a
 * practice account, and where the keyring is in the way: then the error is set. */
static RungsSmtpSettings *
load_settings (RungsDb            *db,
               const RungsAccount *account,
               const char         *password,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (RungsSmtpSettings) settings = NULL;
  g_autoptr (RungsBusiness) business = NULL;
  char *found;

  if (account->kind != RUNGS_ACCOUNT_SMTP)
    return NULL;
  settings = rungs_account_dup_smtp_settings (account);
  if (settings->auth == RUNGS_SMTP_AUTH_NONE)
    return g_steal_pointer (&settings);
  if (password != NULL)
    {
      rungs_smtp_settings_set_password (settings, password);
      return g_steal_pointer (&settings);
    }

  business = rungs_business_load (db, error);
  if (business == NULL)
    return NULL;
  found
    = rungs_secret_lookup (business->uuid, account->uuid, RUNGS_SECRET_TIMEOUT, cancellable, error);
  if (found == NULL)
    return NULL;
  rungs_smtp_settings_set_password (settings, found);
  rungs_secret_free (found);
  return g_steal_pointer (&settings);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  rungs_sender_lines_wake (user_data);
}

/* Makes the lines, and runs them until the journal ends. */
static gboolean
run_lines (Journal           *journal,
           const char        *path,
           RungsSmtpSettings *settings,
           GError           **error)
{
  RungsSenderRoute route = { path, journal->clock, journal->account, settings };
  gulong cancelled = 0;
  gboolean kept;

  journal->lines = rungs_sender_lines_new (&route, journal->account->connections);
  if (journal->cancellable != NULL)
    cancelled = g_cancellable_connect (journal->cancellable, G_CALLBACK (cancelled_cb),
                                       journal->lines, NULL);
  kept = keep_journal (journal, error);
  g_cancellable_disconnect (journal->cancellable, cancelled);
  if (kept && rungs_sender_lines_get_error (journal->lines) != NULL)
    {
      g_propagate_error (error, g_error_copy (rungs_sender_lines_get_error (journal->lines)));
      kept = FALSE;
    }
  g_clear_pointer (&journal->lines, rungs_sender_lines_free);
  return kept;
}

/* Before anything is claimed: whether the account can send at all. What a person must mend is the
 * journal's trouble, not an error. */
static gboolean
prepare (Journal            *journal,
         RungsSmtpSettings **settings,
         GError            **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autofree char *from = rungs_sender_lines_dup_from (journal->account, NULL);

  if (from == NULL)
    {
      journal->trouble = g_strdup ("The mail account has no address to send from.");
      return TRUE;
    }
  *settings = load_settings (journal->db, journal->account, NULL, journal->cancellable, &trouble);
  if (g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    journal->trouble = g_strdup (trouble->message);
  else if (trouble != NULL && !g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (Journal    *journal,
     const char *path,
     GError    **error)
{
  RungsSenderReport *report = journal->report;
  g_autoptr (RungsSmtpSettings) settings = NULL;
  gint64 now = rungs_clock_now (journal->clock);

  if (!rungs_outbox_next_due (journal->db, &report->next_at, error))
    return FALSE;
  if (report->next_at > now || journal->account->paused_at != 0
      || g_cancellable_is_cancelled (journal->cancellable))
    return TRUE;

  if (!prepare (journal, &settings, error))
    return FALSE;
  if (g_cancellable_is_cancelled (journal->cancellable))
    return TRUE;
  if (journal->trouble == NULL && !run_lines (journal, path, settings, error))
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
  Journal journal = { .clock = clock, .cancellable = cancellable, .report = report };
  gboolean done;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = (RungsSenderReport){ .next_at = G_MAXINT64 };
  journal.db = rungs_business_open_at (path, RUNGS_DB_WRITE, clock, error);
  if (journal.db == NULL)
    return FALSE;
  journal.account = rungs_account_copy (account);
  journal.data_version = rungs_db_get_data_version (journal.db);
  journal.results = g_array_new (FALSE, FALSE, sizeof (RungsOutboxResult));
  g_array_set_clear_func (journal.results, result_clear);
  journal.claims = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);

  done = run (&journal, path, error);

  g_ptr_array_unref (journal.claims);
  g_array_unref (journal.results);
  rungs_account_free (journal.account);
  g_free (journal.trouble);
  g_free (journal.absence);
  rungs_db_close (journal.db);
  return done;
}

/* ---- a test message */

static GBytes *
compose_test (const RungsAccount *account,
              const char         *from_email,
              const char         *to,
              const char         *message_id,
              gint64              now,
              GError            **error)
{
  RungsMime mime = {
    .from_name = account->from_name,
    .from_email = from_email,
    .to_name = "",
    .to_email = to,
    .reply_to = account->reply_to,
    .subject = "Test message from Rungs",
    .text = "This message was sent by Rungs to see whether the mail account works. It does.\n",
    .message_id = message_id,
    .date = now,
  };

  return rungs_mime_compose (&mime, error);
}

/* FALSE with the error that the delivery means, unless it was accepted. */
static gboolean
judge_test (const RungsDelivery *delivery,
            GError             **error)
{
  switch (delivery->outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      return TRUE;
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_PERMANENT:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_TEMPORARY:
    case RUNGS_DELIVERY_IN_DOUBT:
    default:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, delivery->reply);
      return FALSE;
    }
}

static gboolean
hand_over_test (const RungsSenderRoute *route,
                const char             *to,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autofree char *from_email = rungs_sender_lines_dup_from (route->account, error);
  g_autofree char *to_email = from_email != NULL ? rungs_email_for_smtp (to, error) : NULL;
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *message_id = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RungsTransport) transport = NULL;
  g_auto (RungsDelivery) delivery = { 0 };

  if (to_email == NULL)
    return FALSE;
  message_id = g_strconcat (random, strrchr (from_email, '@'), NULL);
  message = compose_test (route->account, from_email, to, message_id,
                          rungs_clock_now (route->clock), error);
  if (message == NULL)
    return FALSE;

  transport = rungs_sender_lines_new_transport (route);
  rungs_transport_send (transport, &(RungsEnvelope){ from_email, to_email, message_id }, message,
                        cancellable, &delivery);
  return judge_test (&delivery, error);
}

gboolean
rungs_sender_test (const char         *path,
                   RungsClock         *clock,
                   const RungsAccount *account,
                   const char         *to,
                   const char         *password,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_autoptr (RungsDb) db = NULL;
  g_autoptr (RungsSmtpSettings) settings = NULL;
  g_autoptr (GError) trouble = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (to != NULL, FALSE);

  db = rungs_db_open (path, RUNGS_DB_READ, error);
  if (db == NULL)
    return FALSE;
  settings = load_settings (db, account, password, cancellable, &trouble);
  if (trouble != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  return hand_over_test (&(RungsSenderRoute){ path, clock, account, settings }, to, cancellable,
                         error);
}
