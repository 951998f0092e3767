/* bench-smtp.c: how many messages a second the SMTP transport alone hands over,
 * against smtp-source. */

#include <string.h>

#include "bench-postfix.h"
#include "mail/rungs-smtp-transport.h"

#define MESSAGES 10000
#define BYTES 2048
#define ROUNDS 3

typedef struct
{
  guint port;
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
  g_autoptr (RungsSmtpSettings) settings
      = rungs_smtp_settings_new ("127.0.0.1", share->port, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);
  g_autoptr (GBytes) message = make_message ();
  RungsEnvelope envelope = { "a@example.org", "b@example.org", "1@example.org" };

  for (guint i = 0; i < share->n; i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };

      rungs_transport_send (transport, &envelope, message, NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
    }
  return NULL;
}

static double
bench_transport (BenchSink *sink,
                 guint      connections)
{
  Share share = { bench_sink_get_port (sink), MESSAGES / connections };
  GThread *threads[64];
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < connections; i++)
    threads[i] = g_thread_new ("send", send_share, &share);
  for (guint i = 0; i < connections; i++)
    g_thread_join (threads[i]);
  return share.n * connections / ((double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
}

/* The best of some rounds, in turns, since the machine does other things too. */
static void
bench (BenchSink *sink,
       guint      connections)
{
  double ours = 0, keeping = 0, opening = 0;

  for (int i = 0; i < ROUNDS; i++)
    {
      ours = MAX (ours, bench_transport (sink, connections));
      keeping = MAX (keeping, bench_smtp_source (sink, connections, MESSAGES, BYTES, TRUE));
      opening = MAX (opening, bench_smtp_source (sink, connections, MESSAGES, BYTES, FALSE));
    }
  g_print (
    "smtp transport, %u connections: %.0f messages a second; smtp-source -d %.0f (%.2f of it), "
    "smtp-source %.0f (%.2f of it)\n",
    connections, ours, keeping, ours / keeping, opening, ours / opening);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BenchSink) sink = NULL;

  g_test_init (&argc, &argv, NULL);
  sink = bench_sink_start ();
  bench (sink, 1);
  bench (sink, 8);
  return 0;
}
