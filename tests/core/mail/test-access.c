/* test-access.c: mail servers let Rungs in by what a sign-in brought; where they refuse, it is got
 * anew once, tried once more, and then a person must see to it.
 *
 * Each case runs this program again, as a child with a keyring of its own; the provider and its
 * mail servers are tests/core/mail/token-provider.js. */

#include "mail/rungs-access.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "mail/rungs-oauth.h"
#include "mail/rungs-secret.h"
#include "smtp/rungs-smtp-transport.h"

#define FILE_ID "file-1"
#define OWNER "6a0a7dbe-0000-4000-8000-000000000002"
#define USER "owner@shop.example"

static guint
get_port (const char *name)
{
  return (guint) g_ascii_strtoull (g_getenv (name), NULL, 10);
}

/* As a user puts a provider beside those that come with Rungs. */
static void
write_provider (guint port)
{
  g_autofree char *folder
    = g_build_filename (g_get_user_data_dir (), "rungs", "providers", NULL);
  g_autofree char *path = g_build_filename (folder, "test-shop.json", NULL);
  g_autofree char *text
    = g_strdup_printf ("{\"key\": \"test-shop\", \"name\": \"Example\","
                       " \"home\": \"https://login.example/\", \"oauth\": {"
                       "\"authorize\": \"https://login.example/auth\","
                       " \"token\": \"http://127.0.0.1:%u/token\", \"scopes\": [\"mail\"]}}",
                       port);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static RungsOAuthTokens
make_tokens (const char *refresh_token,
             gint64      renew_in)
{
  gint64 now = g_get_real_time () / 1000;

  return (RungsOAuthTokens){
    .provider = (char *) "test-shop",
    .client_id = (char *) "id",
    .access_token = (char *) "first",
    .renew_at = now + renew_in,
    .ends_at = now + RUNGS_HOUR,
    .refresh_token = (char *) refresh_token,
  };
}

static RungsAccess *
new_access (const char *refresh_token,
            gint64      renew_in)
{
  RungsOAuthTokens tokens = make_tokens (refresh_token, renew_in);
  char *text = rungs_oauth_tokens_to_text (&tokens);
  g_autoptr (GError) error = NULL;
  RungsAccess *access;

  write_provider (get_port ("RUNGS_TEST_TOKEN"));
  rungs_secret_store (FILE_ID, OWNER, "Rungs: test", text, RUNGS_SECRET_TIMEOUT, NULL, &error);
  g_assert_no_error (error);
  rungs_secret_free (text);
  access = rungs_access_new_oauth (FILE_ID, OWNER, "test-shop", NULL, &error);
  g_assert_no_error (error);
  return access;
}

static RungsSmtpSettings *
new_settings (const char *port)
{
  RungsSmtpSettings *settings
    = rungs_smtp_settings_new ("127.0.0.1", get_port (port), RUNGS_SMTP_CLEAR);

  settings->auth = RUNGS_SMTP_AUTH_XOAUTH2;
  settings->username = g_strdup (USER);
  return settings;
}

static RungsTransport *
make_smtp (const RungsAccessKey *key,
           gpointer              data)
{
  g_autoptr (RungsSmtpSettings) settings = new_settings ("RUNGS_TEST_SMTP");

  rungs_smtp_settings_set_password (settings, key->secret);
  return rungs_smtp_transport_new (settings);
}

static void
assert_sent (RungsTransport       *transport,
             RungsDeliveryOutcome  outcome,
             const char           *words)
{
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { USER, "lead@home.example", "1@shop.example" };
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: x\r\n\r\nx\r\n", 17);

  rungs_transport_send (transport, &envelope, message, NULL, &delivery);
  g_test_message ("%s: %s", rungs_delivery_outcome_get_name (delivery.outcome), delivery.reply);
  g_assert_cmpint (delivery.outcome, ==, outcome);
  g_assert_nonnull (strstr (delivery.reply, words));
}

/* What was shown to the servers, line by line. */
static void
assert_shown (const char *expected)
{
  g_autofree char *log = NULL;

  if (!g_file_get_contents (g_getenv ("RUNGS_TEST_LOG"), &log, NULL, NULL))
    log = g_strdup ("");
  g_assert_cmpstr (log, ==, expected);
}

/* ---- what runs in the child */

/* The server has forgotten a token that by our clock is good. */
static void
child_renewed (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", RUNGS_HOUR);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);

  assert_sent (transport, RUNGS_DELIVERY_ACCEPTED, "");
  assert_sent (transport, RUNGS_DELIVERY_ACCEPTED, "");
  assert_shown ("smtp " USER " first\nsmtp " USER " A2\n"
                "mail lead@home.example\nmail lead@home.example\n");
}

static void
child_due (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", -1);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);

  assert_sent (transport, RUNGS_DELIVERY_ACCEPTED, "");
  assert_shown ("smtp " USER " A2\nmail lead@home.example\n");
}

/* Connecting, as a sender does before it claims anything, is told the same. */
static void
child_connects (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", RUNGS_HOUR);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);
  g_auto (RungsDelivery) delivery = { 0 };

  rungs_transport_connect (transport, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_ACCEPTED);
  assert_shown ("smtp " USER " first\nsmtp " USER " A2\n");
  assert_sent (transport, RUNGS_DELIVERY_ACCEPTED, "");
  assert_shown ("smtp " USER " first\nsmtp " USER " A2\nmail lead@home.example\n");
}

/* A server that lets nobody in is asked twice, and no more. */
static void
child_never (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", RUNGS_HOUR);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);

  assert_sent (transport, RUNGS_DELIVERY_ACCOUNT_TROUBLE, "sign in again. It said: 535");
  assert_shown ("smtp " USER " first\nsmtp " USER " A2\n");
}

static void
child_revoked (void)
{
  g_autoptr (RungsAccess) access = new_access ("stolen", RUNGS_HOUR);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);

  assert_sent (transport, RUNGS_DELIVERY_ACCOUNT_TROUBLE, "The sign-in has ended");
  assert_shown ("smtp " USER " first\n");
}

static void
child_away (void)
{
  g_autoptr (RungsAccess) access = NULL;
  g_autoptr (RungsTransport) transport = NULL;
  g_auto (RungsDelivery) delivery = { 0 };

  g_setenv ("RUNGS_TEST_TOKEN", "1", TRUE);
  access = new_access ("R1", RUNGS_HOUR);
  transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);
  rungs_transport_connect (transport, NULL, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_TEMPORARY);
  g_assert_true (delivery.server_is_away);
}

static void
child_cancelled (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", -1);
  g_autoptr (RungsTransport) transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (RungsDelivery) delivery = { 0 };

  g_cancellable_cancel (cancellable);
  rungs_transport_connect (transport, cancellable, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_CANCELLED);
  assert_shown ("");
}

/* Tokens that are not in the keyring yet, of an account that is not stored. */
static void
child_given (void)
{
  RungsOAuthTokens tokens = make_tokens ("R1", RUNGS_HOUR);
  char *text;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsAccess) access = NULL;
  g_autoptr (RungsTransport) transport = NULL;

  tokens.access_token = (char *) "A1";
  text = rungs_oauth_tokens_to_text (&tokens);
  write_provider (get_port ("RUNGS_TEST_TOKEN"));
  access = rungs_access_new_oauth (FILE_ID, "", "test-shop", text, &error);
  rungs_secret_free (text);
  g_assert_no_error (error);
  transport = rungs_access_new_transport (access, make_smtp, NULL, NULL);
  assert_sent (transport, RUNGS_DELIVERY_ACCEPTED, "");
  assert_shown ("smtp " USER " A1\nmail lead@home.example\n");

  g_assert_null (rungs_access_new_oauth (FILE_ID, "", "test-shop", NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
}

static void
child_imap (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", RUNGS_HOUR);
  g_autoptr (RungsSmtpSettings) settings = new_settings ("RUNGS_TEST_IMAP");
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsImap) imap = rungs_access_open_imap (access, settings, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (imap);
  assert_shown ("imap " USER " first\nimap " USER " A2\n");
}

static void
child_imap_never (void)
{
  g_autoptr (RungsAccess) access = new_access ("R1", RUNGS_HOUR);
  g_autoptr (RungsSmtpSettings) settings = new_settings ("RUNGS_TEST_IMAP");
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_access_open_imap (access, settings, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "Invalid credentials"));
  assert_shown ("imap " USER " first\nimap " USER " A2\n");
}

static const struct
{
  const char *name;
  void (*run) (void);
  gboolean never;
} CHILDREN[] = {
  { "renewed", child_renewed, FALSE },
  { "due", child_due, FALSE },
  { "connects", child_connects, FALSE },
  { "never", child_never, TRUE },
  { "revoked", child_revoked, FALSE },
  { "away", child_away, FALSE },
  { "cancelled", child_cancelled, FALSE },
  { "given", child_given, FALSE },
  { "imap", child_imap, FALSE },
  { "imap-never", child_imap_never, TRUE },
};

static int
run_child (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CHILDREN); i++)
    if (g_str_equal (CHILDREN[i].name, name))
      CHILDREN[i].run ();
  return 0;
}

/* ---- the cases */

static void
set_port (const char      *name,
          RungsTestServer *server,
          guint            n)
{
  g_autofree char *port = g_strdup_printf ("%u", rungs_test_server_get_port (server, n));

  g_setenv (name, port, TRUE);
}

static void
test_child (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  g_autofree char *home = rungs_test_folder_new ();
  g_autofree char *log = g_build_filename (home, "log", NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *provider[] = { "node", "tests/core/mail/token-provider.js", "--mail", log,
                             CHILDREN[n].never ? "--never" : NULL, NULL };
  const char *argv[] = { "tests/core/mail/keyring", home, "unlocked", self, "child",
                         CHILDREN[n].name, NULL };
  g_autoptr (RungsTestServer) server = NULL;

  server = rungs_test_server_start (provider);
  set_port ("RUNGS_TEST_TOKEN", server, 0);
  set_port ("RUNGS_TEST_SMTP", server, 1);
  set_port ("RUNGS_TEST_IMAP", server, 2);
  g_setenv ("RUNGS_TEST_LOG", log, TRUE);
  rungs_test_run (argv);
  rungs_test_folder_remove (home);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);

  rungs_test_install_npm ();
  for (gsize i = 0; i < G_N_ELEMENTS (CHILDREN); i++)
    {
      g_autofree char *path = g_strdup_printf ("/access/%s", CHILDREN[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_child);
    }

  return g_test_run ();
}
