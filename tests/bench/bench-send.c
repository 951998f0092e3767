/* bench-send.c: 10,000 personalised messages from the outbox to a server,
 * with all that is promised of them.
 *
 * Each is checked and claimed in a durable transaction, merged for its lead, made a MIME message
 * with two parts, handed over and recorded with its event; smtp-source, which it is held against,
 * repeats one text of the same size from memory. Also printed: what claiming and recording cost
 * alone. */

#include <string.h>
#include <time.h>

#include "bench-postfix.h"
#include "db/rungs-statement.h"
#include "engine/rungs-sender.h"
#include "leads/rungs-consent-store.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-outbox-store.h"
#include "rungs-fixture.h"

#define MESSAGES 10000
#define CONNECTIONS 8
#define ROUNDS 3

static const char TEXT[]
    = "# Hello {{ lead.first_name | default: 'there' }}\n\n"
      "We kept a place for you in the next course. It begins on Monday, and it is the one that"
      " most of those\nwho were where you are now took next."
      " {% if lead.company != '' %}At {{ lead.company }} they will\nnotice.{% endif %}\n\n"
      "* six evenings, with what you made in your own hands at the end of each\n"
      "* a book to take home\n\n"
      "[Keep my place](https://shop.example/course?who={{ lead.email | url_encode }})\n\n"
      "Best regards,\n{{ business.name }}\n";

typedef struct
{
  RungsFixture *fixture;
  gint64 message;
} Bench;

static gboolean
write_message (RungsDb *db,
               gpointer data,
               GError **error)
{
  Bench *bench = data;
  g_autoptr (RungsMessage) message = rungs_message_new ();

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup ("Course");
  message->purpose = g_strdup ("fill the course");
  message->value = g_strdup ("a place");
  message->subject = g_strdup ("{{ lead.first_name | default: 'Hello' }}, a place for you");
  message->blocks = rungs_message_blocks_from_text (TEXT);
  message->marketing = TRUE;
  if (!rungs_message_save (db, message, 0, error))
    return FALSE;
  bench->message = message->id;
  return TRUE;
}

static gboolean
write_leads (RungsDb *db,
             gpointer data,
             GError **error)
{
  Bench *bench = data;

  for (int i = 0; i < MESSAGES; i++)
    {
      g_autofree char *address = g_strdup_printf ("lead%d@example.org", i);
      g_autofree char *name = g_strdup_printf ("Ann %d", i);
      gint64 lead = rungs_fixture_add_lead (bench->fixture, address, name);
      gint64 consent = rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                           0, "bench", "", error);

      if (consent == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
plan_all (RungsDb *db,
          gpointer data,
          GError **error)
{
  Bench *bench = data;
  gint64 now = rungs_fixture_now (bench->fixture);

  for (int i = 1; i <= MESSAGES; i++)
    {
      RungsOutboxPlan plan = { .lead = i, .message = bench->message, .due_at = now };

      if (rungs_outbox_plan (db, &plan, now, error) == 0)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  RungsAccount *account;
  guint port;
} AccountSetup;

static gboolean
write_account (RungsDb *db,
               gpointer data,
               GError **error)
{
  AccountSetup *setup = data;
  RungsAccount *account = rungs_account_new (RUNGS_ACCOUNT_SMTP);

  g_free (account->name);
  g_free (account->from_email);
  g_free (account->host);
  account->name = g_strdup ("Bench");
  account->from_email = g_strdup ("shop@business.example");
  account->host = g_strdup ("127.0.0.1");
  account->port = setup->port;
  account->security = RUNGS_SMTP_CLEAR;
  account->auth = RUNGS_SMTP_AUTH_NONE;
  account->connections = CONNECTIONS;
  setup->account = account;
  return rungs_account_add (db, account, 0, error);
}

static void
write_now (Bench      *bench,
           RungsDbFunc func,
           gpointer    data)
{
  g_autoptr (GError) error = NULL;

  rungs_db_write (bench->fixture->db, func, data, &error);
  g_assert_no_error (error);
}

static double
process_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Messages a second; `cpu`: seconds of a core that this process took. */
static double
bench_sender (Bench              *bench,
              const RungsAccount *account,
              double             *cpu)
{
  g_auto (RungsSenderReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 begun;

  write_now (bench, plan_all, bench);
  begun = g_get_monotonic_time ();
  *cpu = process_cpu_seconds ();
  rungs_sender_run (bench->fixture->path, bench->fixture->clock, account, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.sent, ==, MESSAGES);
  *cpu = process_cpu_seconds () - *cpu;
  return MESSAGES / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Turns of eight messages that are "sent" at once: claims a second of one core. */
static double
bench_turns (Bench              *bench,
             const RungsAccount *account)
{
  g_autoptr (GPtrArray) claims
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_outbox_claim_free);
  RungsOutboxResult results[CONNECTIONS] = { 0 };
  RungsOutboxTurn turn;
  guint n = 0, sent = 0;
  double begun;

  write_now (bench, plan_all, bench);
  begun = cpu_seconds ();
  do
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_set_size (claims, 0);
      rungs_outbox_take_turn (bench->fixture->db, account, results, n, CONNECTIONS,
                              rungs_fixture_now (bench->fixture), claims, &turn, &error);
      g_assert_no_error (error);
      sent += turn.sent;
      for (n = 0; n < claims->len; n++)
        results[n] = (RungsOutboxResult){
          .id = ((RungsOutboxClaim *) g_ptr_array_index (claims, n))->id,
          .delivery.outcome = RUNGS_DELIVERY_ACCEPTED,
          .delivery.code = 250,
          .delivery.reply = (char *) "250 taken",
        };
    }
  while (n > 0);
  g_assert_cmpuint (sent, ==, MESSAGES);
  return MESSAGES / (cpu_seconds () - begun);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BenchSink) sink = NULL;
  g_autoptr (RungsFixture) fixture = NULL;
  g_autoptr (RungsAccount) account = NULL;
  Bench bench = { 0 };
  AccountSetup setup = { 0 };
  double ours = 0, keeping = 0, opening = 0, cpu = 0;

  g_test_init (&argc, &argv, NULL);
  sink = bench_sink_start ();
  bench.fixture = fixture = rungs_fixture_new ();
  setup.port = bench_sink_get_port (sink);
  write_now (&bench, write_account, &setup);
  account = setup.account;
  write_now (&bench, write_message, &bench);
  write_now (&bench, write_leads, &bench);

  g_print ("claim and record: %.0f messages a second of one core\n", bench_turns (&bench, account));
  for (int i = 0; i < ROUNDS; i++)
    {
      ours = MAX (ours, bench_sender (&bench, account, &cpu));
      keeping = MAX (keeping, bench_smtp_source (setup.port, CONNECTIONS, MESSAGES, 4096, TRUE));
      opening = MAX (opening, bench_smtp_source (setup.port, CONNECTIONS, MESSAGES, 4096, FALSE));
    }
  g_print ("sender, %d connections: %.0f messages a second; smtp-source -d %.0f (%.2f of it), "
           "smtp-source %.0f (%.2f of it)\n",
           CONNECTIONS, ours, keeping, ours / keeping, opening, ours / opening);
  g_print ("sender: %.0f µs of a core for each message\n", cpu / MESSAGES * 1e6);
  return 0;
}
