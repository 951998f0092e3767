/* test-http-crash.c: a sender that hands over to a provider, and is killed at any point of that,
 * loses nothing and sends nothing twice.
 *
 * The child is the engine. The provider kills it at a point of the exchange, again and again, until
 * a run comes to its end. What the provider has taken is then held against the outbox: each message
 * that is sent was taken once, none was taken twice, and every other one is in doubt: at most one a
 * connection and kill. */

#include <glib/gstdio.h>

#include "../support/rungs-test-provider.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-secret.h"
#include "rungs-crash.h"

#define MESSAGES 60
#define CONNECTIONS 3

typedef struct
{
  RungsCrash crash;
  char *data; /* the child's XDG_DATA_HOME */
} Case;

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  rungs_crash_plan (fixture, db, MESSAGES);
}

static gboolean
add_account_cb (RungsDb *db,
                gpointer data,
                GError **error)
{
  RungsAccount *account = data;

  return rungs_account_add (db, account, 0, error);
}

/* The provider's file, with the address of the server, where the child looks for the user's own. */
static void
put_provider (Case       *test,
              const char *provider)
{
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u",
                                           rungs_test_server_get_port (test->crash.server, 0));
  g_autofree char *text = rungs_test_provider_dup_text (provider, base);
  g_autofree char *folder = g_build_filename (test->data, "rungs", "providers", NULL);
  g_autofree char *name = g_strconcat (provider, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The account, with its key in a keyring that is a file. */
static void
put_account (Case       *test,
             const char *provider)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_HTTP);
  g_autoptr (RungsBusiness) business = rungs_business_load (test->crash.fixture->db, NULL);
  g_autoptr (GError) error = NULL;

  g_free (account->name);
  g_free (account->from_email);
  g_free (account->provider);
  account->name = g_strdup ("Shop");
  account->from_email = g_strdup ("shop@business.example");
  account->provider = g_strdup (provider);
  account->connections = CONNECTIONS;
  rungs_db_write (test->crash.fixture->db, add_account_cb, account, &error);
  g_assert_no_error (error);
  rungs_secret_store (business->uuid, account->uuid, "Test", RUNGS_TEST_PROVIDER_KEY,
                      RUNGS_SECRET_TIMEOUT, NULL, &error);
  g_assert_no_error (error);
}

static void
begin (Case       *test,
       const char *provider,
       const char *point,
       const char *every)
{
  rungs_crash_begin (&test->crash, "tests/support/provider-server.js", point, every);
  test->data = rungs_test_folder_new ();
  g_setenv ("XDG_DATA_HOME", test->data, TRUE);
  put_provider (test, provider);
  put_account (test, provider);
  rungs_fixture_write (test->crash.fixture, write_facts);
}

static void
finish (Case *test)
{
  rungs_test_folder_remove (test->data);
  g_free (test->data);
  rungs_crash_end (&test->crash);
}

static void
test_killed_at (gconstpointer data)
{
  const char *const *point = data;
  Case test;

  begin (&test, point[0], point[1], point[2]);
  rungs_crash_run (&test.crash);
  rungs_crash_compare (&test.crash, MESSAGES, CONNECTIONS, NULL);
  finish (&test);
}

static const char *const POINTS[][3] = {
  { "postmark", "begin", "11" }, { "postmark", "come", "11" }, { "postmark", "taken", "11" },
  { "postmark", "answered", "11" }, { "resend", "come", "11" }, { "resend", "taken", "11" },
};

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *keyring = NULL;
  int result;

  if (rungs_crash_run_child (argc, argv, &result))
    return result;

  folder = rungs_test_folder_new ();
  keyring = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (POINTS); i++)
    {
      g_autofree char *path = g_strjoin ("/", "/http-crash", POINTS[i][0], POINTS[i][1], NULL);

      g_test_add_data_func (path, POINTS[i], test_killed_at);
    }
  result = g_test_run ();
  rungs_test_folder_remove (folder);
  return result;
}
