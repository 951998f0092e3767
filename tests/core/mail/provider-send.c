/* provider-send.c: hands a message to a provider on loopback, for provider-judges.js.
 *
 * provider-send PROVIDER BASE FROM TO MESSAGE-ID <MESSAGE prints the outcome;
 * provider-send PROVIDER BASE QUESTION SINCE NOW asks what became of mail, and prints how many
 * answers meant something. */

#include <stdio.h>
#include <string.h>

#include "../../support/rungs-test-provider.h"
#include "mail/rungs-event-pull.h"
#include "mail/rungs-http-transport.h"

static GBytes *
read_input (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 piece[4096];
  gsize n;

  while ((n = fread (piece, 1, sizeof piece, stdin)) > 0)
    g_byte_array_append (bytes, piece, (guint) n);
  return g_byte_array_free_to_bytes (bytes);
}

static void
hand_over (char **argv)
{
  g_autoptr (RungsTransport) transport = rungs_test_provider_new_transport (argv[1], argv[2]);
  const RungsEnvelope envelope = { argv[3], argv[4], argv[5] };
  g_autoptr (GBytes) message = read_input ();
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_transport_send (transport, &envelope, message, NULL, &delivery);
  printf ("%s %s\n", rungs_delivery_outcome_get_name (delivery.outcome), delivery.reply);
}

static void
ask (char **argv)
{
  g_autoptr (RungsProvider) provider = rungs_test_provider_load (argv[1], argv[2]);
  g_autoptr (JsonObject) options = rungs_test_provider_new_options (provider);
  g_autoptr (RungsHttpLine) line = rungs_http_line_new (NULL);
  const RungsEventPull pull = { .provider = provider,
                                .options = options,
                                .key = RUNGS_TEST_PROVIDER_KEY,
                                .name = argv[3],
                                .since = g_ascii_strtoll (argv[4], NULL, 10),
                                .now = g_ascii_strtoll (argv[5], NULL, 10) };
  gint64 wait = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = rungs_event_pull_ask (&pull, line, NULL, &wait, &error);

  printf ("%s\n", error ? error->message : "asked");
  if (events != NULL)
    printf ("%u\n", events->len);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 6)
    return 2;
  if (strchr (argv[3], '@') != NULL)
    hand_over (argv);
  else
    ask (argv);
  return 0;
}
