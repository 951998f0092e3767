/* test-smtp-transport.c: against servers that really speak SMTP, good and bad ones, it is always
 * known what became of a message, nothing is sent in the clear that should not be, and nothing
 * twice. */

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "smtp/rungs-smtp-transport.h"

#define PASSWORD "correct horse"

typedef struct
{
  char *folder;
  char *log;
  char *certificates;
  char *ca_file;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const char *argv[] = { "tests/faults/certificates", NULL, NULL };

  fixture->folder = rungs_test_folder_new ();
  fixture->log = g_build_filename (fixture->folder, "log", NULL);
  fixture->certificates = g_build_filename (fixture->folder, "certificates", NULL);
  fixture->ca_file = g_build_filename (fixture->certificates, "ca.pem", NULL);
  argv[1] = fixture->certificates;
  rungs_test_run (argv);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->log);
  g_free (fixture->certificates);
  g_free (fixture->ca_file);
}

/* `options` as the sink takes them, parted by spaces;
 * "@NAME" is the key and the certificate NAME. */
static RungsTestServer *
start (Fixture    *fixture,
       const char *program,
       const char *options)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (options, " ", -1);
  g_auto (GStrv) argv = NULL;

  g_strv_builder_add_many (builder, "node", program, NULL);
  for (char **word = words; *word != NULL; word++)
    if (**word == '@')
      {
        g_autofree char *base = g_build_filename (fixture->certificates, *word + 1, NULL);
        g_autofree char *key = g_strconcat (base, ".key", NULL);
        g_autofree char *certificate = g_strconcat (base, ".pem", NULL);

        g_strv_builder_add_many (builder, key, certificate, NULL);
      }
    else if (strcmp (*word, "LOG") == 0)
      g_strv_builder_add (builder, fixture->log);
    else if (strcmp (*word, "PASSWORD") == 0)
      g_strv_builder_add (builder, PASSWORD);
    else if (**word != '\0')
      g_strv_builder_add (builder, *word);
  argv = g_strv_builder_end (builder);
  return rungs_test_server_start ((const char *const *) argv);
}

static RungsTestServer *
start_sink (Fixture    *fixture,
            const char *options)
{
  g_autofree char *all = g_strconcat ("--log LOG ", options, NULL);

  return start (fixture, "tests/faults/smtp-sink.js", all);
}

static RungsTestServer *
start_rogue (Fixture    *fixture,
             const char *mode)
{
  g_autofree char *all = g_strconcat (mode, " LOG @good", NULL);

  return start (fixture, "tests/faults/smtp-rogue.js", all);
}

static RungsSmtpSettings *
settings_for (RungsTestServer  *server,
              RungsSmtpSecurity security)
{
  RungsSmtpSettings *settings = rungs_smtp_settings_new (
      "localhost", rungs_test_server_get_port (server, 0), security);

  settings->ehlo_name = g_strdup ("shop.example");
  settings->connect_timeout = 60; /* a busy machine is slow */
  return settings;
}

static void
sign_in_with (RungsSmtpSettings *settings,
              RungsSmtpAuth      auth)
{
  settings->auth = auth;
  settings->username = g_strdup ("u1");
  rungs_smtp_settings_set_password (settings, PASSWORD);
}

static void
hand_over_text (RungsTransport *transport,
                const char     *to,
                const char     *message_id,
                const char     *text,
                RungsDelivery  *delivery)
{
  g_autofree char *whole = g_strdup_printf (
      "From: shop@example.org\r\nTo: %s\r\nMessage-ID: <%s>\r\nSubject: x\r\n\r\n%s",
      to, message_id, text);
  g_autoptr (GBytes) message = g_bytes_new (whole, strlen (whole));
  RungsEnvelope envelope = { "shop@example.org", to, message_id };

  rungs_transport_send (transport, &envelope, message, NULL, delivery);
  g_test_message ("%s: %s %d “%s”", to, rungs_delivery_outcome_get_name (delivery->outcome),
                  delivery->code, delivery->reply);
  g_assert_null (strstr (delivery->reply, PASSWORD));
}

static RungsDeliveryOutcome
hand_over (RungsTransport *transport,
           const char     *to)
{
  g_auto (RungsDelivery) delivery = { 0 };

  hand_over_text (transport, to, "1@shop.example", "hello\r\n", &delivery);
  return delivery.outcome;
}

static RungsDeliveryOutcome
hand_over_once (const RungsSmtpSettings *settings,
                const char              *to)
{
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  return hand_over (transport, to);
}

static guint
count_lines (Fixture    *fixture,
             const char *prefix)
{
  g_auto (GStrv) lines = rungs_test_read_lines (fixture->log, prefix);

  return g_strv_length (lines);
}

/* ---- what servers answer */

static void
test_many_by_one_connection (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *to = g_strdup_printf ("lead%d@example.org", i);
      g_autofree char *line = g_strdup_printf ("lead%d@example.org\t", i);

      g_assert_cmpint (hand_over (transport, to), ==, RUNGS_DELIVERY_ACCEPTED);
      g_assert_cmpuint (count_lines (fixture, line), ==, 1);
    }
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 1);
  g_assert_cmpuint (rungs_smtp_transport_get_connections (RUNGS_SMTP_TRANSPORT (transport)), ==, 1);
}

static const struct
{
  const char *to;
  RungsDeliveryOutcome outcome;
  int code;
  gboolean address_is_bad;
  guint taken;
} ANSWERS[] = {
  { "rcpt.550.5.1.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, TRUE, 0 },
  { "rcpt.550.5.7.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, FALSE, 0 },
  { "rcpt.451.4.7.1@example.org", RUNGS_DELIVERY_TEMPORARY, 451, FALSE, 0 },
  { "rcpt.452.4.5.3@example.org", RUNGS_DELIVERY_TEMPORARY, 452, FALSE, 0 },
  { "data.554.5.6.0@example.org", RUNGS_DELIVERY_PERMANENT, 554, FALSE, 0 },
  { "data.452.4.3.1@example.org", RUNGS_DELIVERY_TEMPORARY, 452, FALSE, 0 },
  { "data.550.5.1.1@example.org", RUNGS_DELIVERY_PERMANENT, 550, TRUE, 0 },
  { "drop@example.org", RUNGS_DELIVERY_IN_DOUBT, 0, FALSE, 1 },
  { "cut@example.org", RUNGS_DELIVERY_TEMPORARY, 0, FALSE, 0 },
  { "slow.1500@example.org", RUNGS_DELIVERY_ACCEPTED, 250, FALSE, 1 },
  { "lead@example.org", RUNGS_DELIVERY_ACCEPTED, 250, FALSE, 1 },
};

static void
test_answers (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);
  g_autofree char *large = g_strnfill (4000000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };
      const char *text = g_str_has_prefix (ANSWERS[i].to, "cut") ? large : "hello\r\n";

      hand_over_text (transport, ANSWERS[i].to, "1@shop.example", text, &delivery);
      g_assert_cmpint (delivery.outcome, ==, ANSWERS[i].outcome);
      g_assert_cmpint (delivery.code, ==, ANSWERS[i].code);
      g_assert_cmpint (delivery.address_is_bad, ==, ANSWERS[i].address_is_bad);
      g_assert_cmpuint (count_lines (fixture, ANSWERS[i].to), ==, ANSWERS[i].taken);
      if (delivery.code >= 400)
        g_assert_nonnull (strstr (delivery.reply, "as asked for"));
    }
}

static void
test_greylisted_is_taken_later (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  g_assert_cmpint (hand_over (transport, "once.451.4.7.1@example.org"), ==,
                   RUNGS_DELIVERY_TEMPORARY);
  g_assert_cmpint (hand_over (transport, "once.451.4.7.1@example.org"), ==,
                   RUNGS_DELIVERY_ACCEPTED);
}

static void
test_421_in_the_middle (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "--per-connection 3");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  for (int i = 0; i < 7; i++)
    g_assert_cmpint (hand_over (transport, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "lead@example.org"), ==, 7);
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 3);
}

static void
test_connection_that_was_closed (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (hand_over (transport, "close@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
      g_usleep (200000); /* until the server has closed */
    }
  g_assert_cmpuint (count_lines (fixture, "close@example.org"), ==, 3);
}

static void
test_no_answer_is_doubt (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  gint64 begun = g_get_monotonic_time ();

  settings->final_timeout = 2;
  g_assert_cmpint (hand_over_once (settings, "hang@example.org"), ==, RUNGS_DELIVERY_IN_DOUBT);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 6 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_lines (fixture, "hang@example.org"), ==, 1);
}

/* A reply that comes too late must not be taken for one to the next message. */
static void
test_late_answer_is_nobodys (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = NULL;

  settings->final_timeout = 1;
  transport = rungs_smtp_transport_new (settings);
  g_assert_cmpint (hand_over (transport, "slow.3000@example.org"), ==, RUNGS_DELIVERY_IN_DOUBT);
  g_usleep (3 * G_USEC_PER_SEC);
  g_assert_cmpint (hand_over (transport, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (hand_over (transport, "rcpt.550.5.1.1@example.org"), ==,
                   RUNGS_DELIVERY_PERMANENT);
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 2);
}

static void
test_nobody_there (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);
  g_auto (RungsDelivery) delivery = { 0 };

  g_clear_pointer (&server, rungs_test_server_stop);
  hand_over_text (transport, "lead@example.org", "1@shop.example", "x", &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_true (delivery.server_is_away);
}

static RungsDeliveryOutcome
connect_only (RungsTransport *transport)
{
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_transport_connect (transport, NULL, &delivery);
  g_test_message ("connect: %s “%s”", rungs_delivery_outcome_get_name (delivery.outcome),
                  delivery.reply);
  return delivery.outcome;
}

static void
test_connects_first (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (RungsTestServer) server
      = start_sink (fixture, "--tls @good --user u1 --password PASSWORD");
  g_autoptr (RungsTestServer) rogue = start_rogue (fixture, "busy");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_STARTTLS);
  g_autoptr (RungsSmtpSettings) elsewhere = settings_for (rogue, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = NULL;
  g_autoptr (RungsTransport) busy = rungs_smtp_transport_new (elsewhere);
  g_autoptr (RungsTransport) refused = NULL;

  settings->ca_file = g_strdup (fixture->ca_file);
  sign_in_with (settings, RUNGS_SMTP_AUTH_AUTO);
  transport = rungs_smtp_transport_new (settings);
  g_assert_cmpint (connect_only (transport), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!auth"), ==, 1);
  g_assert_cmpint (connect_only (transport), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (hand_over (transport, "one@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (connect_only (transport), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (hand_over (transport, "two@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "!connect"), ==, 1);

  rungs_smtp_settings_set_password (settings, "wrong");
  refused = rungs_smtp_transport_new (settings);
  g_assert_cmpint (connect_only (refused), ==, RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  g_assert_cmpint (connect_only (busy), ==, RUNGS_DELIVERY_TEMPORARY);
}

/* ---- stopping */

static gpointer
cancel_later (gpointer data)
{
  g_usleep (G_USEC_PER_SEC / 2);
  g_cancellable_cancel (data);
  return NULL;
}

static void
cancel_while_sending (const RungsSmtpSettings *settings,
                      const char              *to,
                      RungsDeliveryOutcome     outcome)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: x\r\n\r\nx\r\n", 17);
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { "shop@example.org", to, "1@shop.example" };
  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);
  gint64 begun = g_get_monotonic_time ();

  rungs_transport_send (transport, &envelope, message, cancellable, &delivery);
  g_thread_join (thread);
  g_assert_cmpint (delivery.outcome, ==, outcome);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 7 * G_USEC_PER_SEC);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsTestServer) tarpit = start_sink (fixture, "--tarpit 20000");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsSmtpSettings) slow = settings_for (tarpit, RUNGS_SMTP_CLEAR);

  slow->connect_timeout = 30;
  cancel_while_sending (slow, "lead@example.org", RUNGS_DELIVERY_CANCELLED);
  cancel_while_sending (settings, "slow.2000@example.org", RUNGS_DELIVERY_ACCEPTED);
  cancel_while_sending (settings, "hang@example.org", RUNGS_DELIVERY_IN_DOUBT);
}

/* Stopping leaves what waits within TLS as it is. */
static void
test_cancel_within_tls (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (RungsTestServer) server = start_sink (fixture, "--tls @good");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_STARTTLS);

  settings->ca_file = g_strdup (fixture->ca_file);
  cancel_while_sending (settings, "slow.2000@example.org", RUNGS_DELIVERY_ACCEPTED);
  cancel_while_sending (settings, "hang@example.org", RUNGS_DELIVERY_IN_DOUBT);
}

/* ---- content */

static const char DOTS[]
  = ".\r\n..\r\n.first\r\na line\r\n.\r\n\r\n.\r\n...\r\n.a.b\r\nend.\r\n.\r\n";

static void
test_dots (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *options = g_strdup_printf ("--keep %s", fixture->folder);
  g_autoptr (RungsTestServer) server = start_sink (fixture, options);
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);
  g_autoptr (GString) large = g_string_new (NULL);
  const char *texts[] = { DOTS, NULL, "no line end" };

  /* Longer than any buffer, so that dots and line ends fall on every border. */
  for (int i = 0; i < 50000; i++)
    g_string_append_printf (large, "%.*s\r\n.\r\n..%d", i % 7, "xxxxxxx", i);
  g_string_append (large, "\r\n");
  texts[1] = large->str;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT ".eml", i + 1);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *kept = NULL;
      g_autofree char *expected = g_strconcat (texts[i], i == 2 ? "\r\n" : "", NULL);

      hand_over_text (transport, "lead@example.org", "1@shop.example", texts[i], &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpint (strcmp (strstr (kept, "\r\n\r\n") + 4, expected), ==, 0);
    }
  g_assert_cmpuint (count_lines (fixture, "lead@example.org"), ==, 3);
}

static void
test_nothing_is_smuggled (Fixture      *fixture,
                          gconstpointer data)
{
  static const char *const TEXTS[] = {
    "a\n.\nMAIL FROM:<x@x.example>\nRCPT TO:<y@y.example>\nDATA\nSubject: y\n\ny\n.\n",
    "a\r\n.\nMAIL FROM:<x@x.example>\r\n",
    "a\n.\r\nMAIL FROM:<x@x.example>\r\n",
    "a\r.\rMAIL FROM:<x@x.example>\r",
    "a\r\r\n.\r\r\nMAIL FROM:<x@x.example>\r\n",
  };
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_auto (RungsDelivery) delivery = { 0 };

      hand_over_text (transport, "lead@example.org", "1@shop.example", TEXTS[i], &delivery);
      g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
    }
  g_assert_cmpuint (count_lines (fixture, "!mail\tshop@example.org"), ==, G_N_ELEMENTS (TEXTS));
  g_assert_cmpuint (count_lines (fixture, "!mail\t"), ==, G_N_ELEMENTS (TEXTS));
}

static void
test_no_command_in_an_address (Fixture      *fixture,
                               gconstpointer data)
{
  static const char *const ADDRESSES[] = {
    "a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "a@b.example\n", "<a@b.example>", "",
  };
  g_autoptr (RungsTestServer) server = start_sink (fixture, "");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);

  for (gsize i = 0; i < G_N_ELEMENTS (ADDRESSES); i++)
    g_assert_cmpint (hand_over_once (settings, ADDRESSES[i]), ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_cmpuint (count_lines (fixture, NULL), ==, 0);
}

/* ---- TLS */

static void
test_tls (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (RungsTestServer) starttls = start_sink (fixture, "--tls @good");
  g_autoptr (RungsTestServer) implicit = start_sink (fixture, "--tls @good --implicit");
  g_autoptr (RungsSmtpSettings) one = settings_for (starttls, RUNGS_SMTP_STARTTLS);
  g_autoptr (RungsSmtpSettings) two = settings_for (implicit, RUNGS_SMTP_TLS);

  one->ca_file = g_strdup (fixture->ca_file);
  two->ca_file = g_strdup (fixture->ca_file);
  g_assert_cmpint (hand_over_once (one, "one@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpint (hand_over_once (two, "two@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
  g_assert_cmpuint (count_lines (fixture, "one@example.org"), ==, 1);
  g_assert_cmpuint (count_lines (fixture, "two@example.org"), ==, 1);
}

static void
test_bad_certificates (Fixture      *fixture,
                       gconstpointer data)
{
  static const char *const NAMES[] = { "@expired", "@other-name", "@self-signed", "@good" };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (NAMES); i++)
    {
      gboolean implicit = i % 2 == 1;
      g_autofree char *options = g_strconcat ("--user u1 --password PASSWORD --tls ", NAMES[i / 2],
                                              implicit ? " --implicit" : "", NULL);
      g_autoptr (RungsTestServer) server = start_sink (fixture, options);
      g_autoptr (RungsSmtpSettings) settings
          = settings_for (server, implicit ? RUNGS_SMTP_TLS : RUNGS_SMTP_STARTTLS);

      sign_in_with (settings, RUNGS_SMTP_AUTH_AUTO);
      /* The good one is not trusted either where nobody says so. */
      if (strcmp (NAMES[i / 2], "@good") != 0)
        settings->ca_file = g_strdup (fixture->ca_file);
      g_assert_cmpint (hand_over_once (settings, "lead@example.org"), ==,
                       RUNGS_DELIVERY_ACCOUNT_TROUBLE);
    }
  g_assert_cmpuint (count_lines (fixture, "!auth"), ==, 0);
  g_assert_cmpuint (count_lines (fixture, "!mail"), ==, 0);
}

static void
test_never_in_the_clear (Fixture      *fixture,
                         gconstpointer data)
{
  static const char *const MODES[] = { "stripped", "inject", "tls10", "plain" };

  for (gsize i = 0; i < G_N_ELEMENTS (MODES); i++)
    {
      g_autoptr (RungsTestServer) server = start_rogue (fixture, MODES[i]);
      g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_STARTTLS);

      sign_in_with (settings, RUNGS_SMTP_AUTH_PLAIN);
      settings->ca_file = g_strdup (fixture->ca_file);
      g_test_message ("%s", MODES[i]);
      g_assert_cmpint (hand_over_once (settings, "lead@example.org"), ==,
                       RUNGS_DELIVERY_ACCOUNT_TROUBLE);
    }
  g_assert_cmpuint (count_lines (fixture, "EHLO shop.example"), ==, 4);
  g_assert_cmpuint (count_lines (fixture, "AUTH"), ==, 0);
  g_assert_cmpuint (count_lines (fixture, "MAIL"), ==, 0);
}

static void
test_password_in_the_clear_only_at_home (Fixture      *fixture,
                                         gconstpointer data)
{
  g_autoptr (RungsSmtpSettings) settings
      = rungs_smtp_settings_new ("192.0.2.1", 25, RUNGS_SMTP_CLEAR);

  sign_in_with (settings, RUNGS_SMTP_AUTH_AUTO);
  g_assert_cmpint (hand_over_once (settings, "lead@example.org"), ==,
                   RUNGS_DELIVERY_ACCOUNT_TROUBLE);
}

/* ---- signing in */

static void
test_sign_in (Fixture      *fixture,
              gconstpointer data)
{
  static const struct
  {
    RungsSmtpAuth auth;
    const char *options;
    const char *logged;
  } WAYS[] = {
    { RUNGS_SMTP_AUTH_PLAIN, "", "!auth\tPLAIN\tu1" },
    { RUNGS_SMTP_AUTH_LOGIN, "", "!auth\tLOGIN\tu1" },
    { RUNGS_SMTP_AUTH_AUTO, "", "!auth\tPLAIN\tu1" },
    { RUNGS_SMTP_AUTH_XOAUTH2, "--xoauth2", "!auth\tXOAUTH2\tu1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    {
      g_autofree char *options = g_strconcat ("--tls @good --user u1 --password PASSWORD ",
                                              WAYS[i].options, NULL);
      g_autoptr (RungsTestServer) server = start_sink (fixture, options);
      g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_STARTTLS);
      guint before = count_lines (fixture, WAYS[i].logged);

      sign_in_with (settings, WAYS[i].auth);
      settings->ca_file = g_strdup (fixture->ca_file);
      g_assert_cmpint (hand_over_once (settings, "lead@example.org"), ==, RUNGS_DELIVERY_ACCEPTED);
      g_assert_cmpuint (count_lines (fixture, WAYS[i].logged), ==, before + 1);
    }
}

static void
test_refused_sign_in (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (RungsTestServer) server
      = start_sink (fixture, "--tls @good --user u1 --password other");
  g_autoptr (RungsTestServer) strange = start_rogue (fixture, "no-auth");
  g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_STARTTLS);
  g_autoptr (RungsSmtpSettings) without = settings_for (server, RUNGS_SMTP_STARTTLS);
  g_autoptr (RungsSmtpSettings) unknown = settings_for (strange, RUNGS_SMTP_CLEAR);
  RungsSmtpAuth ways[] = { RUNGS_SMTP_AUTH_AUTO, RUNGS_SMTP_AUTH_LOGIN };

  settings->ca_file = g_strdup (fixture->ca_file);
  without->ca_file = g_strdup (fixture->ca_file);
  sign_in_with (settings, RUNGS_SMTP_AUTH_AUTO);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      settings->auth = ways[i];
      g_assert_cmpint (hand_over_once (settings, "lead@example.org"), ==,
                       RUNGS_DELIVERY_ACCOUNT_TROUBLE);
    }
  g_assert_cmpuint (count_lines (fixture, "!auth"), ==, 2);
  g_assert_cmpint (hand_over_once (without, "lead@example.org"), ==,
                   RUNGS_DELIVERY_ACCOUNT_TROUBLE);

  sign_in_with (unknown, RUNGS_SMTP_AUTH_AUTO);
  g_assert_cmpint (hand_over_once (unknown, "lead@example.org"), ==,
                   RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  g_assert_cmpuint (count_lines (fixture, "!mail"), ==, 0);
}

/* ---- servers that are none */

static void
test_rogues (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *mode;
    RungsDeliveryOutcome outcome;
    gboolean server_is_away;
    gboolean never_ends;
  } ROGUES[] = {
    { "garbage", RUNGS_DELIVERY_TEMPORARY, TRUE, TRUE },
    { "refuse", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE },
    { "busy", RUNGS_DELIVERY_TEMPORARY, TRUE },
    { "endless", RUNGS_DELIVERY_TEMPORARY, TRUE, TRUE },
    { "long", RUNGS_DELIVERY_ACCEPTED, FALSE },
    { "plain", RUNGS_DELIVERY_ACCEPTED, FALSE },
    { "early", RUNGS_DELIVERY_TEMPORARY, TRUE },
    { "half", RUNGS_DELIVERY_IN_DOUBT, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROGUES); i++)
    {
      g_autoptr (RungsTestServer) server = start_rogue (fixture, ROGUES[i].mode);
      g_autoptr (RungsSmtpSettings) settings = settings_for (server, RUNGS_SMTP_CLEAR);
      g_autoptr (RungsTransport) transport = NULL;
      g_auto (RungsDelivery) delivery = { 0 };

      if (ROGUES[i].never_ends)
        settings->connect_timeout = 2;
      transport = rungs_smtp_transport_new (settings);
      g_test_message ("%s", ROGUES[i].mode);
      hand_over_text (transport, "lead@example.org", "1@shop.example", "hello\r\n", &delivery);
      g_assert_cmpint (delivery.outcome, ==, ROGUES[i].outcome);
      g_assert_cmpint (delivery.server_is_away, ==, ROGUES[i].server_is_away);
    }
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_test_install_npm ();
  add ("/smtp-transport/one-connection", test_many_by_one_connection);
  add ("/smtp-transport/answers", test_answers);
  add ("/smtp-transport/greylisted", test_greylisted_is_taken_later);
  add ("/smtp-transport/421", test_421_in_the_middle);
  add ("/smtp-transport/closed-connection", test_connection_that_was_closed);
  add ("/smtp-transport/no-answer", test_no_answer_is_doubt);
  add ("/smtp-transport/late-answer", test_late_answer_is_nobodys);
  add ("/smtp-transport/nobody-there", test_nobody_there);
  add ("/smtp-transport/connects-first", test_connects_first);
  add ("/smtp-transport/cancel", test_cancel);
  add ("/smtp-transport/cancel-within-tls", test_cancel_within_tls);
  add ("/smtp-transport/dots", test_dots);
  add ("/smtp-transport/smuggling", test_nothing_is_smuggled);
  add ("/smtp-transport/addresses", test_no_command_in_an_address);
  add ("/smtp-transport/tls", test_tls);
  add ("/smtp-transport/bad-certificates", test_bad_certificates);
  add ("/smtp-transport/never-in-the-clear", test_never_in_the_clear);
  add ("/smtp-transport/clear-password", test_password_in_the_clear_only_at_home);
  add ("/smtp-transport/sign-in", test_sign_in);
  add ("/smtp-transport/refused-sign-in", test_refused_sign_in);
  add ("/smtp-transport/rogues", test_rogues);
  return g_test_run ();
}
