/* test-goa.c: the mail accounts of the computer are found, let Rungs in, and what is wrong with
 * them is said.
 *
 * Each case runs on a bus of its own (GTestDBus) with a stand-in for the service, which has the
 * interfaces of the real one: tests/support/rungs-test-goa.c. */

#include "mail/rungs-goa.h"

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"
#include "mail/rungs-access.h"
#include "mail/rungs-secret.h"

/* As the real service tells them. */
#define GOOGLE                                                                                     \
  "\"account_1\": {\"Account\": {\"ProviderType\": \"google\", \"ProviderName\": \"Google\","      \
  " \"Id\": \"account_1\", \"PresentationIdentity\": \"someone@gmail.example\"},"                  \
  " \"Mail\": {\"EmailAddress\": \"someone@gmail.example\", \"ImapSupported\": true,"              \
  " \"ImapHost\": \"imap.gmail.example\", \"ImapUseSsl\": true,"                                   \
  " \"ImapUserName\": \"someone@gmail.example\", \"SmtpSupported\": true,"                         \
  " \"SmtpHost\": \"smtp.gmail.example\", \"SmtpUseAuth\": true, \"SmtpAuthXoauth2\": true,"       \
  " \"SmtpUseSsl\": true, \"SmtpUseTls\": true, \"SmtpUserName\": \"someone@gmail.example\"},"     \
  " \"OAuth2Based\": {}, \"tokens\": [\"one\", \"two\"], \"expires_in\": 3000}"

#define IMAP_SMTP                                                                                  \
  "\"account_2\": {\"Account\": {\"ProviderName\": \"IMAP and SMTP\", \"Id\": \"account_2\","      \
  " \"PresentationIdentity\": \"owner@shop.example\", \"AttentionNeeded\": true},"                 \
  " \"Mail\": {\"EmailAddress\": \"owner@shop.example\", \"Name\": \"Shop Owner\","                \
  " \"ImapSupported\": true, \"ImapHost\": \"imap.shop.example\", \"ImapUseTls\": true,"           \
  " \"ImapUserName\": \"owner\", \"SmtpSupported\": true,"                                         \
  " \"SmtpHost\": \"smtp.shop.example:2525\", \"SmtpUseAuth\": true, \"SmtpAuthPlain\": true,"     \
  " \"SmtpUseTls\": true, \"SmtpUserName\": \"owner-s\"}, \"PasswordBased\": {},"                  \
  " \"passwords\": {\"smtp-password\": \"s\", \"imap-password\": \"i\"}}"

#define ONE_PASSWORD                                                                               \
  "\"account_3\": {\"Account\": {\"Id\": \"account_3\", \"PresentationIdentity\": \"z\"},"         \
  " \"Mail\": {\"SmtpSupported\": true, \"SmtpHost\": \"mail.example\"}, \"PasswordBased\": {},"   \
  " \"passwords\": {\"password\": \"p\"}}"

#define NO_MAIL                                                                                    \
  "\"account_4\": {\"Account\": {\"Id\": \"account_4\", \"PresentationIdentity\": \"files\"}}"

#define DISABLED                                                                                   \
  "\"account_1\": {\"Account\": {\"Id\": \"account_1\", \"MailDisabled\": true},"                  \
  " \"OAuth2Based\": {}}"

typedef struct
{
  GTestDBus *bus;
  char *folder;
  char *accounts;
  RungsTestServer *service;
} Fixture;

static void
write_accounts (Fixture    *fixture,
                const char *accounts)
{
  g_autofree char *text = g_strconcat ("{", accounts, "}", NULL);

  g_assert_true (g_file_set_contents (fixture->accounts, text, -1, NULL));
}

/* `data`: the accounts; NULL: there is no service. */
static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autofree char *program
    = g_test_build_filename (G_TEST_BUILT, "tests", "support", "rungs-test-goa", NULL);
  const char *argv[]
    = { program, "tests/support/org.gnome.OnlineAccounts.xml", NULL, NULL };

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->folder = rungs_test_folder_new ();
  argv[2] = fixture->accounts = g_build_filename (fixture->folder, "accounts.json", NULL);
  if (data == NULL)
    return;
  write_accounts (fixture, data);
  fixture->service = rungs_test_server_start (argv);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  if (fixture->service != NULL)
    rungs_test_server_stop (fixture->service);
  rungs_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->accounts);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = rungs_goa_list (NULL, &error);
  const RungsGoaAccount *shop, *google;
  g_autoptr (RungsSmtpSettings) settings = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 2);
  shop = accounts->pdata[0];
  google = accounts->pdata[1];
  g_assert_cmpstr (google->id, ==, "account_1");
  g_assert_cmpstr (google->provider, ==, "Google");
  g_assert_cmpstr (google->identity, ==, "someone@gmail.example");
  g_assert_true (google->has_token);
  g_assert_false (google->needs_attention);
  g_assert_cmpint (google->smtp.security, ==, RUNGS_SMTP_TLS);
  g_assert_cmpint (google->smtp.auth, ==, RUNGS_SMTP_AUTH_XOAUTH2);
  g_assert_cmpint (google->imap.auth, ==, RUNGS_SMTP_AUTH_XOAUTH2);

  g_assert_cmpstr (shop->email, ==, "owner@shop.example");
  g_assert_cmpstr (shop->name, ==, "Shop Owner");
  g_assert_true (shop->needs_attention);
  g_assert_null (rungs_goa_account_find_fault (shop, RUNGS_GOA_SENDS));
  settings = rungs_goa_account_dup_settings (shop, RUNGS_GOA_SENDS);
  g_assert_cmpstr (settings->host, ==, "smtp.shop.example");
  g_assert_cmpuint (settings->port, ==, 2525);
  g_assert_cmpint (settings->security, ==, RUNGS_SMTP_STARTTLS);
  g_assert_cmpint (settings->auth, ==, RUNGS_SMTP_AUTH_AUTO);
  g_assert_cmpstr (settings->username, ==, "owner-s");
  g_assert_cmpint (shop->imap.security, ==, RUNGS_SMTP_STARTTLS);
  g_assert_cmpstr (shop->imap.username, ==, "owner");
}

static void
assert_secret (const char  *id,
               RungsGoaUse  use,
               const char  *refused,
               const char  *expected,
               gint64       expected_seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsGoaAccount) account = rungs_goa_find (id, NULL, &error);
  gint64 seconds = -1;
  char *secret;

  g_assert_no_error (error);
  secret = rungs_goa_take_secret (account, use, refused, &seconds, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
  g_assert_cmpint (seconds, ==, expected_seconds);
  rungs_secret_free (secret);
}

static void
assert_no_secret (const char  *id,
                  const char  *refused,
                  int          code,
                  const char  *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsAccess) access = rungs_access_new_goa (id, RUNGS_GOA_SENDS);
  g_auto (RungsAccessKey) key = { 0 };

  g_assert_false (rungs_access_take (access, refused, &key, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUNGS_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_secrets (Fixture      *fixture,
              gconstpointer data)
{
  assert_secret ("account_2", RUNGS_GOA_SENDS, NULL, "s", 0);
  assert_secret ("account_2", RUNGS_GOA_READS, NULL, "i", 0);
  assert_secret ("account_3", RUNGS_GOA_SENDS, NULL, "p", 0);
  assert_secret ("account_1", RUNGS_GOA_SENDS, NULL, "one", 3000);
  assert_secret ("account_1", RUNGS_GOA_SENDS, "one", "two", 3000);
  assert_secret ("account_1", RUNGS_GOA_READS, "one", "two", 3000);
  assert_no_secret ("account_1", "two", RUNGS_ERROR_AUTH, "Sign in again in the settings");
  assert_no_secret ("account_2", "s", RUNGS_ERROR_AUTH, "Sign in again in the settings");
}

/* What is switched off, removed or refused there is said in words, and what is only away is not
 * taken for that. */
static void
test_troubles (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_auto (RungsAccessKey) key = { 0 };
  g_autoptr (RungsAccess) access = rungs_access_new_goa ("account_1", RUNGS_GOA_SENDS);
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_access_take (access, NULL, &key, NULL, &error));
  g_assert_cmpstr (key.server->host, ==, "smtp.gmail.example");
  g_assert_cmpstr (key.server->password, ==, "one");
  g_assert_cmpint (key.good_until, >, g_get_real_time () / 1000);

  write_accounts (fixture, DISABLED);
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_AUTH, "switched off");
  write_accounts (fixture, IMAP_SMTP);
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_AUTH, "not among the Online Accounts");
  write_accounts (fixture, "\"account_1\": {\"Account\": {\"Id\": \"account_1\"}, \"Mail\": {},"
                           " \"OAuth2Based\": {}}");
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_AUTH, "cannot send mail");
  write_accounts (fixture,
                  "\"account_1\": {\"Account\": {\"Id\": \"account_1\"}, \"OAuth2Based\": {},"
                  " \"Mail\": {\"SmtpSupported\": true, \"SmtpHost\": \"a.example\","
                  " \"SmtpUseAuth\": true}, \"error\": \"NotAuthorized\"}");
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_AUTH, "(So it was told)");
  write_accounts (fixture,
                  "\"account_1\": {\"Account\": {\"Id\": \"account_1\"}, \"OAuth2Based\": {},"
                  " \"Mail\": {\"SmtpSupported\": true, \"SmtpHost\": \"a.example\","
                  " \"SmtpUseAuth\": true}, \"error\": \"Failed\"}");
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_NETWORK, "just now");
}

static void
test_no_service (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_goa_list (NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  assert_no_secret ("account_1", NULL, RUNGS_ERROR_AUTH, "has no Online Accounts");
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (rungs_goa_list (cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  static const char ALL[] = GOOGLE "," IMAP_SMTP "," ONE_PASSWORD;
  static const char WITH_OTHERS[] = GOOGLE "," NO_MAIL "," IMAP_SMTP;

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/goa/list", Fixture, WITH_OTHERS, set_up, test_list, tear_down);
  g_test_add ("/goa/secrets", Fixture, ALL, set_up, test_secrets, tear_down);
  g_test_add ("/goa/troubles", Fixture, GOOGLE, set_up, test_troubles, tear_down);
  g_test_add ("/goa/no-service", Fixture, NULL, set_up, test_no_service, tear_down);
  g_test_add ("/goa/cancelled", Fixture, GOOGLE, set_up, test_cancelled, tear_down);

  return g_test_run ();
}
