/* bench-smtp.c: how many messages a second the SMTP transport alone hands over, beside smtp-source
 * and curl: on loopback, and where a round trip takes 20 ms, as to a real provider.
 *
 * There a server that lets us say the next thing before it has answered the last one (PIPELINING)
 * can be told of a message and have it in two round trips, one that also takes messages in pieces
 * (CHUNKING) in one; smtp-sink is of the first kind, exim of the second. */

#include <string.h>

#include "../support/rungs-test-server.h"
#include "bench-curl.h"
#include "bench-delay.h"
#include "bench-postfix.h"
#include "smtp/rungs-smtp-transport.h"

#define BYTES 2048
#define ROUNDS 3 /* one where the line, not the machine, is what takes the time */
#define ONE_WAY 10 /* ms */

typedef struct
{
  const RungsSmtpSettings *settings;
  GBytes *message;
  guint n;
} Share;

static GBytes *
make_message (void)
{
  g_autoptr (GString) text
    = g_string_new ("From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: x\r\n\r\n");

  while (text->len < BYTES)
    g_string_append (text, "The quick brown fox jumps over the lazy dog, again and again.\r\n");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static gpointer
send_share (gpointer data)
{
  const Share *share = data;
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (share->settings);
  RungsEnvelope envelope = { "a@example.org", "b@example.org", "1@example.org" };

  for (guint i = 0; i < share->n; i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };

      rungs_transport_send (transport, &envelope, share->message, NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
    }
  return NULL;
}

static double
bench_transport (Share *share,
                 guint  connections)
{
  GThread *threads[64];
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < connections; i++)
    threads[i] = g_thread_new ("send", send_share, share);
  for (guint i = 0; i < connections; i++)
    g_thread_join (threads[i]);
  return share->n * connections / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
}

/* The best of some rounds, in turns, since the machine does other things too. */
static void
bench (const char              *server,
       const RungsSmtpSettings *settings,
       guint                    connections,
       guint                    n,
       guint                    round_trip)
{
  g_autoptr (GBytes) message = make_message ();
  Share share = { settings, message, n / connections };
  gboolean clear = settings->security == RUNGS_SMTP_CLEAR;
  double ours = 0, source = 0, curl = 0;

  for (int i = 0; i < (round_trip > 0 ? 1 : ROUNDS); i++)
    {
      ours = MAX (ours, bench_transport (&share, connections));
      if (clear)
        source
          = MAX (source, bench_smtp_source (settings->port, connections, n, BYTES, TRUE));
      curl = MAX (curl, bench_curl (settings, message, connections, share.n));
    }
  g_print ("smtp transport to %s, %u connections: %.0f messages a second; "
           "curl %.0f (%.2f times it)",
           server, connections, ours, curl, ours / curl);
  if (clear)
    g_print ("; smtp-source -d %.0f (%.2f times it)", source, ours / source);
  if (round_trip > 0)
    g_print ("; a message a round trip would be %u (%.2f of it)", 1000 * connections / round_trip,
             ours / (1000.0 * connections / round_trip));
  g_print ("\n");
}

static void
bench_near (guint port)
{
  g_autoptr (RungsSmtpSettings) settings
      = rungs_smtp_settings_new ("127.0.0.1", port, RUNGS_SMTP_CLEAR);

  bench ("smtp-sink", settings, 1, 10000, 0);
  bench ("smtp-sink", settings, 8, 10000, 0);
}

static void
bench_far (guint port)
{
  g_autoptr (BenchDelay) line = bench_delay_start (port, ONE_WAY);
  g_autoptr (RungsSmtpSettings) settings
      = rungs_smtp_settings_new ("127.0.0.1", bench_delay_get_port (line), RUNGS_SMTP_CLEAR);

  bench ("smtp-sink, 20 ms away", settings, 1, 100, 2 * ONE_WAY);
  bench ("smtp-sink, 20 ms away", settings, 8, 400, 2 * ONE_WAY);
}

static void
bench_exim (void)
{
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests", "exim", NULL);
  g_autofree char *folder = rungs_test_folder_new ();
  g_autofree char *exim = g_build_filename (folder, "exim", NULL);
  const char *argv[] = { "tests/journeys/exim.sh", cache, exim, NULL };
  g_autoptr (RungsTestServer) server = rungs_test_server_start (argv);
  g_autoptr (BenchDelay) line
      = bench_delay_start (rungs_test_server_get_port (server, 0), ONE_WAY);
  g_autoptr (RungsSmtpSettings) settings
      = rungs_smtp_settings_new ("localhost", bench_delay_get_port (line), RUNGS_SMTP_STARTTLS);

  settings->auth = RUNGS_SMTP_AUTH_PLAIN;
  settings->username = g_strdup ("u1");
  settings->ca_file = g_build_filename (exim, "ca.pem", NULL);
  rungs_smtp_settings_set_password (settings, "correct horse");
  bench ("exim, 20 ms away", settings, 1, 100, 2 * ONE_WAY);
  bench ("exim, 20 ms away", settings, 8, 400, 2 * ONE_WAY);
  g_clear_pointer (&server, rungs_test_server_stop);
  rungs_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BenchSink) sink = NULL;

  g_test_init (&argc, &argv, NULL);
  sink = bench_sink_start ();
  bench_near (bench_sink_get_port (sink));
  bench_far (bench_sink_get_port (sink));
  bench_exim ();
  return 0;
}
