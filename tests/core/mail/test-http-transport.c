/* test-http-transport.c: against providers that hold each request against their documentation, it
 * is always known what became of a message, nothing is sent twice, and the key is told to nobody
 * else. */

#include <string.h>

#include "../../support/rungs-test-provider.h"
#include "../../support/rungs-test-server.h"
#include "mail/rungs-http-transport.h"
#include "mail/rungs-mime.h"

#define FROM "shop@business.example"

static const char *const PROVIDERS[]
  = { "brevo", "mailgun", "postmark", "resend", "sendgrid", "ses" };

typedef struct
{
  char *folder;
  char *log;
  char *certificates;
  RungsTestServer *server;
} Fixture;

static void
start (Fixture    *fixture,
       const char *tls)
{
  g_autofree char *key = tls ? g_strdup_printf ("%s/%s.key", fixture->certificates, tls) : NULL;
  g_autofree char *pem = tls ? g_strdup_printf ("%s/%s.pem", fixture->certificates, tls) : NULL;
  const char *argv[] = { "node", "tests/support/provider-server.js", "--log", fixture->log,
                         tls ? "--tls" : NULL, key, pem, NULL };

  fixture->server = rungs_test_server_start (argv);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = rungs_test_folder_new ();
  fixture->log = g_build_filename (fixture->folder, "log", NULL);
  fixture->certificates = g_build_filename (fixture->folder, "certificates", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->server, rungs_test_server_stop);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->log);
  g_free (fixture->certificates);
}

static char *
dup_base (Fixture    *fixture,
          const char *scheme)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme,
                          rungs_test_server_get_port (fixture->server, 0));
}

static RungsHttpTransport *
make_transport (Fixture    *fixture,
                const char *provider,
                const char *scheme)
{
  g_autofree char *base = dup_base (fixture, scheme);

  return RUNGS_HTTP_TRANSPORT (rungs_test_provider_new_transport (provider, base));
}

static GBytes *
compose (const char *to,
         const char *message_id,
         gsize       size)
{
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr (GBytes) picture = g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\xff", 10);
  const RungsMimePicture pictures[]
    = { { "wheel@pictures.rungs", "image/png", "wheel", picture } };
  const RungsMime mime = {
    .from_name = "Töpferei “Rad”, Inh. Ann",
    .from_email = FROM,
    .to_name = "Bob O'Größe <x>",
    .to_email = to,
    .reply_to = "answers@business.example",
    .subject = "Grüße — 50 % für {name} ✓",
    .text = size > 0 ? text : "Guten Tag\n\nEin Gruß.\n.\n--\nAnn\n",
    .html = "<p>Guten Tag</p><img src=\"cid:wheel@pictures.rungs\" alt=\"\">",
    .pictures = pictures,
    .n_pictures = 1,
    .message_id = message_id,
    .date = G_GINT64_CONSTANT (1795253400000),
    .unsubscribe = "mailto:answers@business.example?subject=unsubscribe%20x",
    .list_name = "Töpferei",
    .list_id = "0e.business.example",
  };
  g_autoptr (GError) error = NULL;
  GBytes *message = rungs_mime_compose (&mime, &error);

  g_assert_no_error (error);
  return message;
}

/* Hands over a message to `local`@example.org. */
static void
hand_over (RungsHttpTransport *transport,
           const char         *local,
           GCancellable       *cancellable,
           RungsDelivery      *delivery)
{
  g_autofree char *to = g_strconcat (local, "@example.org", NULL);
  g_autofree char *id = g_strconcat (local, ".1795@business.example", NULL);
  const RungsEnvelope envelope = { FROM, to, id };
  g_autoptr (GBytes) message = compose (to, id, 0);

  rungs_transport_send (RUNGS_TRANSPORT (transport), &envelope, message, cancellable, delivery);
}

static guint
count_lines (Fixture    *fixture,
             const char *prefix)
{
  g_auto (GStrv) lines = rungs_test_read_lines (fixture->log, prefix);

  return g_strv_length (lines);
}

static void
assert_no_faults (Fixture *fixture)
{
  g_auto (GStrv) faults = rungs_test_read_lines (fixture->log, "!fault");

  if (faults[0] != NULL)
    g_error ("%s", faults[0]);
}

static gboolean
knows_again (const char *provider)
{
  return strcmp (provider, "resend") == 0 || strcmp (provider, "brevo") == 0;
}

/* ---- what becomes of a message */

typedef struct
{
  const char *local;
  RungsDeliveryOutcome outcome;
  gboolean address_is_bad;
  gboolean server_is_away;
  guint taken;
} Case;

static const Case CASES[] = {
  { "ok", RUNGS_DELIVERY_ACCEPTED, FALSE, FALSE, 1 },
  { "bad", RUNGS_DELIVERY_PERMANENT, TRUE, FALSE, 0 },
  { "refused", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE, 0 },
  { "key", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE, 0 },
  { "credits", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE, 0 },
  { "throttle", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE, 0 },
  { "away", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE, 0 },
  { "server", RUNGS_DELIVERY_IN_DOUBT, FALSE, FALSE, 0 },
  { "wait.1", RUNGS_DELIVERY_ACCEPTED, FALSE, FALSE, 1 },
  { "cut", RUNGS_DELIVERY_IN_DOUBT, FALSE, FALSE, 0 },
  { "redirect", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE, 0 },
  { "ok.again", RUNGS_DELIVERY_ACCEPTED, FALSE, FALSE, 1 },
};

static void
check_case (Fixture            *fixture,
            RungsHttpTransport *transport,
            const char         *provider,
            const Case         *test)
{
  g_auto (RungsDelivery) delivery = { 0 };
  g_autofree char *line = g_strconcat (test->local, "@example.org\t", NULL);

  hand_over (transport, test->local, NULL, &delivery);
  g_test_message ("%s %s: %s, %d, %s", provider, test->local,
                  rungs_delivery_outcome_get_name (delivery.outcome), delivery.code,
                  delivery.reply);
  assert_no_faults (fixture);
  g_assert_cmpstr (rungs_delivery_outcome_get_name (delivery.outcome), ==,
                   rungs_delivery_outcome_get_name (test->outcome));
  g_assert_cmpint (delivery.address_is_bad, ==, test->address_is_bad);
  g_assert_cmpint (delivery.server_is_away, ==, test->server_is_away);
  g_assert_true ((delivery.id != NULL) == (test->outcome == RUNGS_DELIVERY_ACCEPTED));
  g_assert_cmpuint (count_lines (fixture, line), ==, test->taken);
  if (strcmp (test->local, "throttle") == 0)
    g_assert_cmpint (delivery.wait, ==, 3600 * 1000);
}

static void
test_answers (Fixture      *fixture,
              gconstpointer data)
{
  const char *provider = data;
  g_autoptr (RungsHttpTransport) transport = NULL;

  start (fixture, NULL);
  transport = make_transport (fixture, provider, "http");
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    check_case (fixture, transport, provider, &CASES[i]);
  g_assert_cmpuint (count_lines (fixture, "!elsewhere"), ==, 0);
  /* Only what the provider knows again by its key was said again. */
  g_assert_cmpuint (count_lines (fixture, "!cut"), ==, knows_again (provider) ? 3 : 1);
}

/* The answer to what was taken is lost: only a provider that knows requests again is asked again,
 * and takes it once. */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  const char *provider = data;
  gboolean knows = knows_again (provider);
  g_autoptr (RungsHttpTransport) transport = NULL;
  g_auto (RungsDelivery) delivery = { 0 };

  start (fixture, NULL);
  transport = make_transport (fixture, provider, "http");
  hand_over (transport, "lost", NULL, &delivery);
  assert_no_faults (fixture);
  g_assert_cmpint (delivery.outcome, ==,
                   knows ? RUNGS_DELIVERY_ACCEPTED : RUNGS_DELIVERY_IN_DOUBT);
  g_assert_cmpuint (count_lines (fixture, "lost@example.org\t"), ==, 1);
  g_assert_cmpuint (count_lines (fixture, "!again"), ==, knows ? 1 : 0);
}

/* A good status with nothing behind it that can be understood. A provider that tells in a header
 * what it calls the message has said enough; one that knows it again is asked again. */
static void
test_strange_answers (Fixture      *fixture,
                      gconstpointer data)
{
  static const char *const KINDS[] = { "html", "empty", "half", "deep", "noid", "huge", "slow" };
  const char *provider = data;

  start (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autoptr (RungsHttpTransport) transport = make_transport (fixture, provider, "http");
      g_autofree char *line = g_strconcat (KINDS[i], "@example.org\t", NULL);
      g_auto (RungsDelivery) delivery = { 0 };

      rungs_http_transport_set_patience (transport, 1);
      hand_over (transport, KINDS[i], NULL, &delivery);
      assert_no_faults (fixture);
      g_test_message ("%s: %s", KINDS[i], rungs_delivery_outcome_get_name (delivery.outcome));
      if (knows_again (provider))
        g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
      else if (strcmp (provider, "postmark") == 0)
        g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_IN_DOUBT);
      else
        g_assert_true (delivery.outcome == RUNGS_DELIVERY_ACCEPTED
                       || delivery.outcome == RUNGS_DELIVERY_IN_DOUBT);
      g_assert_cmpuint (count_lines (fixture, line), ==, 1);
    }
}

/* ---- time and lines */

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (300000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_hanging (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (RungsDelivery) late = { 0 };
  g_auto (RungsDelivery) stopped = { 0 };
  g_auto (RungsDelivery) before = { 0 };
  GThread *thread;

  start (fixture, NULL);
  transport = make_transport (fixture, "postmark", "http");
  rungs_http_transport_set_patience (transport, 1);
  hand_over (transport, "hang", NULL, &late);
  g_assert_cmpint (late.outcome, ==, RUNGS_DELIVERY_IN_DOUBT);

  rungs_transport_disconnect (RUNGS_TRANSPORT (transport));
  rungs_http_transport_set_patience (transport, 60);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  hand_over (transport, "hang.2", cancellable, &stopped);
  g_thread_join (thread);
  g_assert_cmpint (stopped.outcome, ==, RUNGS_DELIVERY_IN_DOUBT);

  hand_over (transport, "ok", cancellable, &before);
  g_assert_cmpint (before.outcome, ==, RUNGS_DELIVERY_CANCELLED);
  g_assert_cmpuint (count_lines (fixture, "ok@"), ==, 0);
}

/* The line is cut while the request still goes out: it cannot have been taken. */
static void
test_cut_early (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;
  const RungsEnvelope envelope = { FROM, "early@example.org", "early@business.example" };
  g_autoptr (GBytes) message = compose ("early@example.org", envelope.message_id, 16 << 20);
  g_auto (RungsDelivery) delivery = { 0 };

  start (fixture, NULL);
  transport = make_transport (fixture, "mailgun", "http");
  rungs_transport_send (RUNGS_TRANSPORT (transport), &envelope, message, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_true (delivery.server_is_away);
  g_assert_cmpuint (count_lines (fixture, "early@"), ==, 0);
}

static void
test_too_large (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;
  const RungsEnvelope envelope = { FROM, "ok@example.org", "large@business.example" };
  g_autoptr (GBytes) message = compose ("ok@example.org", envelope.message_id, 11 << 20);
  g_auto (RungsDelivery) delivery = { 0 };

  start (fixture, NULL);
  transport = make_transport (fixture, "postmark", "http");
  rungs_transport_send (RUNGS_TRANSPORT (transport), &envelope, message, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_false (delivery.address_is_bad);
  g_assert_cmpuint (count_lines (fixture, NULL), ==, 0);
}

static void
test_one_connection (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;

  start (fixture, NULL);
  transport = make_transport (fixture, "postmark", "http");
  for (int i = 0; i < 30; i++)
    {
      g_autofree char *local = g_strdup_printf ("ok.%d", i);
      g_auto (RungsDelivery) delivery = { 0 };

      rungs_transport_connect (RUNGS_TRANSPORT (transport), NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
      rungs_delivery_clear (&delivery);
      hand_over (transport, local, NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
    }
  g_assert_cmpuint (count_lines (fixture, "ok."), ==, 30);
  g_assert_cmpuint (count_lines (fixture, "!connection"), ==, 1);
  g_assert_cmpuint (rungs_http_transport_get_connections (transport), ==, 1);
}

/* The provider closes a connection that nobody uses just then: the next message takes another one,
 * and is not in doubt. */
static void
test_closed_between (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;
  g_auto (RungsDelivery) gone = { 0 };
  g_auto (RungsDelivery) next = { 0 };

  start (fixture, NULL);
  transport = make_transport (fixture, "postmark", "http");
  hand_over (transport, "gone", NULL, &gone);
  g_assert_cmpint (gone.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  while (count_lines (fixture, "!closed") == 0)
    g_usleep (1000);
  hand_over (transport, "ok", NULL, &next);
  g_assert_cmpint (next.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!connection"), ==, 2);
}

static void
test_nobody_there (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RungsHttpTransport) transport = NULL;
  g_auto (RungsDelivery) connected = { 0 };
  g_auto (RungsDelivery) sent = { 0 };

  start (fixture, NULL);
  transport = make_transport (fixture, "postmark", "http");
  g_clear_pointer (&fixture->server, rungs_test_server_stop);
  rungs_transport_connect (RUNGS_TRANSPORT (transport), NULL, &connected);
  g_assert_cmpint (connected.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_true (connected.server_is_away);
  hand_over (transport, "ok", NULL, &sent);
  g_assert_cmpint (sent.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_true (sent.server_is_away);
}

/* ---- secrets */

static void
test_tls (Fixture      *fixture,
          gconstpointer data)
{
  static const char *const NAMES[] = { "good", "expired", "other-name", "self-signed" };
  const char *argv[] = { "tests/faults/certificates", fixture->certificates, NULL };
  g_autofree char *ca_file = g_build_filename (fixture->certificates, "ca.pem", NULL);

  rungs_test_run (argv);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      gboolean is_good = strcmp (NAMES[i], "good") == 0;
      g_autoptr (RungsHttpTransport) transport = NULL;
      g_auto (RungsDelivery) delivery = { 0 };

      start (fixture, NAMES[i]);
      transport = make_transport (fixture, "postmark", "https");
      rungs_http_transport_set_ca_file (transport, ca_file);
      hand_over (transport, NAMES[i], NULL, &delivery);
      g_test_message ("%s: %s", NAMES[i], delivery.reply);
      g_assert_cmpint (delivery.outcome, ==,
                       is_good ? RUNGS_DELIVERY_ACCEPTED : RUNGS_DELIVERY_ACCOUNT_TROUBLE);
      g_clear_pointer (&fixture->server, rungs_test_server_stop);
    }
  g_assert_cmpuint (count_lines (fixture, "good@"), ==, 1);
  g_assert_cmpuint (count_lines (fixture, "expired@"), ==, 0);
}

/* In the clear only this machine is spoken to. */
static void
test_clear (Fixture      *fixture,
            gconstpointer data)
{
  static const char *const BASES[]
    = { "http://mail.example.org", "ftp://127.0.0.1", "http://127.0.0.1.example.org",
        "http://localhost.example.org" };

  for (gsize i = 0; i < G_N_ELEMENTS (BASES); i++)
    {
      g_autoptr (RungsTransport) transport
        = rungs_test_provider_new_transport ("postmark", BASES[i]);
      g_auto (RungsDelivery) delivery = { 0 };

      hand_over (RUNGS_HTTP_TRANSPORT (transport), "ok", NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
    }
}

static void
test_key_is_hidden (Fixture      *fixture,
                    gconstpointer data)
{
  start (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (PROVIDERS); i++)
    {
      g_autoptr (RungsHttpTransport) transport = make_transport (fixture, PROVIDERS[i], "http");
      g_auto (RungsDelivery) delivery = { 0 };

      hand_over (transport, "echo", NULL, &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_PERMANENT);
      g_assert_null (strstr (delivery.reply, RUNGS_TEST_PROVIDER_KEY));
    }
}

/* What could end a header is not sent in one. */
static void
test_unsafe (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autoptr (RungsProvider) provider = NULL;
  g_autoptr (JsonObject) options = json_object_new ();
  g_autoptr (RungsTransport) transport = NULL;
  g_auto (RungsDelivery) key = { 0 };
  g_auto (RungsDelivery) to = { 0 };
  const RungsEnvelope envelope = { FROM, "a@b.example\r\nX: y", "x@business.example" };
  g_autoptr (GBytes) message = compose ("ok@example.org", "x@business.example", 0);

  start (fixture, NULL);
  base = dup_base (fixture, "http");
  provider = rungs_test_provider_load ("postmark", base);
  transport = rungs_http_transport_new (provider, options, "key\r\nX-Evil: yes");
  hand_over (RUNGS_HTTP_TRANSPORT (transport), "ok", NULL, &key);
  g_assert_cmpint (key.outcome, ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  rungs_transport_send (transport, &envelope, message, NULL, &to);
  g_assert_cmpint (to.outcome, ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_true (to.address_is_bad);
  g_assert_cmpuint (count_lines (fixture, NULL), ==, 0);
}

static void
add (const char *name,
     gconstpointer data,
     void (*test) (Fixture      *fixture,
                   gconstpointer data))
{
  g_test_add (name, Fixture, data, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (PROVIDERS); i++)
    {
      g_autofree char *answers = g_strconcat ("/http-transport/answers/", PROVIDERS[i], NULL);
      g_autofree char *lost = g_strconcat ("/http-transport/lost/", PROVIDERS[i], NULL);

      add (answers, PROVIDERS[i], test_answers);
      add (lost, PROVIDERS[i], test_lost);
    }
  add ("/http-transport/strange/postmark", "postmark", test_strange_answers);
  add ("/http-transport/strange/resend", "resend", test_strange_answers);
  add ("/http-transport/strange/sendgrid", "sendgrid", test_strange_answers);
  add ("/http-transport/hanging", NULL, test_hanging);
  add ("/http-transport/cut-early", NULL, test_cut_early);
  add ("/http-transport/too-large", NULL, test_too_large);
  add ("/http-transport/one-connection", NULL, test_one_connection);
  add ("/http-transport/closed-between", NULL, test_closed_between);
  add ("/http-transport/nobody-there", NULL, test_nobody_there);
  add ("/http-transport/tls", NULL, test_tls);
  add ("/http-transport/clear", NULL, test_clear);
  add ("/http-transport/key-is-hidden", NULL, test_key_is_hidden);
  add ("/http-transport/unsafe", NULL, test_unsafe);
  return g_test_run ();
}
