/* test-smtp-exim.c: a mail server of the real world takes what we send,
 * by TLS and with a password. */

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "smtp/rungs-smtp-transport.h"

static const char BODY[] = "Hello\r\n.\r\n..\r\n.dots\r\n\r\nGr=C3=BC=C3=9Fe\r\n";

typedef struct
{
  char *folder;
  char *exim;
  char *ca_file;
  RungsTestServer *server;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests", "exim", NULL);
  const char *argv[] = { "tests/journeys/exim.sh", cache, NULL, NULL };

  fixture->folder = rungs_test_folder_new ();
  argv[2] = fixture->exim = g_build_filename (fixture->folder, "exim", NULL);
  fixture->ca_file = g_build_filename (fixture->exim, "ca.pem", NULL);
  fixture->server = rungs_test_server_start (argv);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  rungs_test_server_stop (fixture->server);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->exim);
  g_free (fixture->ca_file);
}

static RungsSmtpSettings *
settings_for (Fixture           *fixture,
              RungsSmtpSecurity  security,
              RungsSmtpAuth      auth,
              const char        *password)
{
  guint port = rungs_test_server_get_port (fixture->server, security == RUNGS_SMTP_TLS);
  RungsSmtpSettings *settings = rungs_smtp_settings_new ("localhost", port, security);

  settings->auth = auth;
  settings->username = g_strdup ("u1");
  settings->ca_file = g_strdup (fixture->ca_file);
  rungs_smtp_settings_set_password (settings, password);
  return settings;
}

static RungsDeliveryOutcome
hand_over (RungsTransport *transport,
           const char     *to,
           int             number)
{
  g_autofree char *message_id = g_strdup_printf ("%d@shop.example", number);
  g_autofree char *whole = g_strdup_printf ("From: shop@example.org\r\nTo: %s\r\n"
                                            "Message-ID: <%s>\r\nSubject: x\r\n\r\n%s",
                                            to, message_id, BODY);
  g_autoptr (GBytes) message = g_bytes_new (whole, strlen (whole));
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { "shop@example.org", to, message_id };

  rungs_transport_send (transport, &envelope, message, NULL, &delivery);
  g_test_message ("%s: %s “%s”", to, rungs_delivery_outcome_get_name (delivery.outcome),
                  delivery.reply);
  return delivery.outcome;
}

/* What the server has delivered with that Message-ID, waiting up to five seconds; `n` counts it. */
static char *
find_delivered (Fixture    *fixture,
                const char *message_id,
                guint      *n)
{
  g_autofree char *folder = g_build_filename (fixture->exim, "mail", "new", NULL);
  char *found = NULL;

  *n = 0;
  for (int i = 0; i < 100 && found == NULL; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          char *text = NULL;

          if (!g_file_get_contents (path, &text, NULL, NULL) || strstr (text, message_id) == NULL)
            {
              g_free (text);
              continue;
            }
          ++*n;
          g_free (found);
          found = text;
        }
      g_usleep (found == NULL ? 50000 : 0);
    }
  return found;
}

static void
test_takes_messages (Fixture      *fixture,
                     gconstpointer data)
{
  static const struct
  {
    RungsSmtpSecurity security;
    RungsSmtpAuth auth;
  } WAYS[] = {
    { RUNGS_SMTP_STARTTLS, RUNGS_SMTP_AUTH_PLAIN }, { RUNGS_SMTP_STARTTLS, RUNGS_SMTP_AUTH_LOGIN },
    { RUNGS_SMTP_TLS, RUNGS_SMTP_AUTH_AUTO },       { RUNGS_SMTP_TLS, RUNGS_SMTP_AUTH_LOGIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WAYS); i++)
    {
      g_autoptr (RungsSmtpSettings) settings
          = settings_for (fixture, WAYS[i].security, WAYS[i].auth, "correct horse");
      g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

      for (int j = 0; j < 3; j++)
        {
          g_autofree char *to = g_strdup_printf ("lead%d@example.org", j);
          g_autofree char *message_id = g_strdup_printf ("<%d@shop.example>", (int) i * 10 + j);
          g_autofree char *delivered = NULL;
          g_autofree char *lines = NULL;
          g_auto (GStrv) parts = g_strsplit (BODY, "\r\n", -1);
          guint n;

          g_assert_cmpint (hand_over (transport, to, (int) i * 10 + j), ==,
                           RUNGS_DELIVERY_ACCEPTED);
          delivered = find_delivered (fixture, message_id, &n);
          g_assert_nonnull (delivered);
          g_assert_cmpuint (n, ==, 1);
          lines = g_strjoinv ("\n", parts);
          g_assert_true (g_str_has_suffix (delivered, lines));
          g_assert_nonnull (strstr (delivered, "Return-path: <shop@example.org>"));
        }
      g_assert_cmpuint (rungs_smtp_transport_get_connections (RUNGS_SMTP_TRANSPORT (transport)), ==,
                        1);
    }
}

static void
test_refuses (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (RungsSmtpSettings) settings
      = settings_for (fixture, RUNGS_SMTP_STARTTLS, RUNGS_SMTP_AUTH_AUTO, "correct horse");
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  g_assert_cmpint (hand_over (transport, "reject1@example.org", 1), ==, RUNGS_DELIVERY_PERMANENT);
  g_assert_cmpint (hand_over (transport, "defer1@example.org", 2), ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_cmpint (hand_over (transport, "lead@example.org", 3), ==, RUNGS_DELIVERY_ACCEPTED);
}

static void
test_wrong_password (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (RungsSmtpSettings) settings
      = settings_for (fixture, RUNGS_SMTP_TLS, RUNGS_SMTP_AUTH_AUTO, "wrong horse");
  g_autoptr (RungsTransport) transport = rungs_smtp_transport_new (settings);

  g_assert_cmpint (hand_over (transport, "lead@example.org", 1), ==,
                   RUNGS_DELIVERY_ACCOUNT_TROUBLE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/smtp-exim/takes", Fixture, NULL, set_up, test_takes_messages, tear_down);
  g_test_add ("/smtp-exim/refuses", Fixture, NULL, set_up, test_refuses, tear_down);
  g_test_add ("/smtp-exim/wrong-password", Fixture, NULL, set_up, test_wrong_password, tear_down);
  return g_test_run ();
}
