/* test-http-crash.c: a sender that hands over to a provider, and is killed at any point of that,
 * loses nothing and sends nothing twice.
 *
 * The child is the engine. The provider kills it at a point of the exchange, again and again, until
 * a run comes to its end. What the provider has taken is then held against the outbox: each message
 * that is sent was taken once, none was taken twice, and every other one is in doubt: at most one a
 * connection and kill. */

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../support/rungs-test-provider.h"
#include "../support/rungs-test-server.h"
#include "engine/rungs-engine.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-secret.h"
#include "rungs-fixture.h"

#define MESSAGES 60
#define CONNECTIONS 3
#define RUNS 60

static const char *program;

static const char *const FACTS[] = {
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 'Hello {{ lead.first_name }}', '[{\"type\": \"text\", \"text\": \"Good day\"}]',"
  "         0)",
  "UPDATE message SET version = 1",
};

typedef struct
{
  RungsFixture *fixture;
  char *data; /* the child's XDG_DATA_HOME */
  char *log;
  char *pid_file;
  RungsTestServer *server;
  guint kills;
} Case;

/* ---- the child */

static int
run_engine (const char *path,
            const char *pid_file,
            const char *now)
{
  g_autofree char *pid = g_strdup_printf ("%d", getpid ());
  g_autoptr (RungsClock) clock = rungs_clock_new_pretended (g_ascii_strtoll (now, NULL, 10));
  g_autoptr (RungsEngine) engine = rungs_engine_new (path, clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (pid_file, pid, -1, NULL));
  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_null (report.trouble);
  return 0;
}

/* ---- the parent */

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
  for (int i = 0; i < MESSAGES; i++)
    {
      g_autofree char *address = g_strdup_printf ("lead%d@example.org", i);
      RungsOutboxPlan plan = { .message = 1, .due_at = rungs_fixture_now (fixture) };

      plan.lead = rungs_fixture_add_lead (fixture, address, "Ann");
      g_assert_cmpint (rungs_outbox_plan (db, &plan, plan.due_at, NULL), !=, 0);
    }
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
                                           rungs_test_server_get_port (test->server, 0));
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
  g_autoptr (RungsBusiness) business = rungs_business_load (test->fixture->db, NULL);
  g_autoptr (GError) error = NULL;

  g_free (account->name);
  g_free (account->from_email);
  g_free (account->provider);
  account->name = g_strdup ("Shop");
  account->from_email = g_strdup ("shop@business.example");
  account->provider = g_strdup (provider);
  account->connections = CONNECTIONS;
  rungs_db_write (test->fixture->db, add_account_cb, account, &error);
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
  const char *argv[] = { "node", "tests/support/provider-server.js", "--log", NULL, "--kill", point,
                         every,  NULL, NULL };

  *test = (Case){ .fixture = rungs_fixture_new () };
  test->log = g_build_filename (test->fixture->folder, "log", NULL);
  test->pid_file = g_build_filename (test->fixture->folder, "pid", NULL);
  argv[3] = test->log;
  argv[7] = test->pid_file;
  test->server = rungs_test_server_start (argv);
  test->data = rungs_test_folder_new ();
  g_setenv ("XDG_DATA_HOME", test->data, TRUE);
  put_provider (test, provider);
  put_account (test, provider);
  rungs_fixture_write (test->fixture, write_facts);
}

static void
finish (Case *test)
{
  rungs_test_server_stop (test->server);
  rungs_test_folder_remove (test->data);
  g_free (test->data);
  g_free (test->log);
  g_free (test->pid_file);
  rungs_fixture_free (test->fixture);
}

static GSubprocess *
start_child (Case *test)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, rungs_fixture_now (test->fixture));
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--child",
                                         test->fixture->path, test->pid_file, now, NULL);

  g_assert_no_error (error);
  return child;
}

/* Whether the child came to its end by itself. */
static gboolean
wait_for_child (Case        *test,
                GSubprocess *child)
{
  g_subprocess_wait (child, NULL, NULL);
  if (g_subprocess_get_if_signaled (child))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
      test->kills++;
      return FALSE;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return TRUE;
}

static guint
count_taken (Case       *test,
             const char *address)
{
  g_autofree char *line = g_strconcat (address, "\t", NULL);
  g_auto (GStrv) lines = rungs_test_read_lines (test->log, line);

  return g_strv_length (lines);
}

/* The outbox against what the server says. */
static void
compare (Case *test)
{
  g_autoptr (GPtrArray) rows = rungs_outbox_list (test->fixture->db, 0, 0, 0, 1000, NULL);
  g_autoptr (GPtrArray) faults = rungs_db_check (test->fixture->db, NULL);
  guint sent = 0, doubtful = 0, taken_in_doubt = 0;

  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (rows->len, ==, MESSAGES);
  for (guint i = 0; i < rows->len; i++)
    {
      RungsOutboxRow *row = g_ptr_array_index (rows, i);
      guint taken = count_taken (test, row->email);

      g_assert_cmpuint (taken, <=, 1);
      g_assert_true (row->state == RUNGS_OUTBOX_SENT || row->state == RUNGS_OUTBOX_DOUBT);
      if (row->state == RUNGS_OUTBOX_SENT)
        g_assert_cmpuint (taken, ==, 1);
      if (row->state == RUNGS_OUTBOX_DOUBT && strcmp (row->reason, RUNGS_OUTBOX_CRASHED) != 0)
        g_test_message ("%s: %s, %s", row->email, row->reason, row->reply);
      sent += row->state == RUNGS_OUTBOX_SENT;
      doubtful += row->state == RUNGS_OUTBOX_DOUBT;
      taken_in_doubt += row->state == RUNGS_OUTBOX_DOUBT ? taken : 0;
    }
  g_test_message ("%u kills: %u sent, %u in doubt, of which the server has taken %u", test->kills,
                  sent, doubtful, taken_in_doubt);
  g_assert_cmpuint (doubtful, <=, test->kills * CONNECTIONS);
}

static void
test_killed_at (gconstpointer data)
{
  const char *const *point = data;
  gboolean ended = FALSE;
  Case test;

  begin (&test, point[0], point[1], point[2]);
  for (int i = 0; i < RUNS && !ended; i++)
    {
      g_autoptr (GSubprocess) child = start_child (&test);

      ended = wait_for_child (&test, child);
    }
  g_assert_true (ended);
  g_assert_cmpuint (test.kills, >=, 2);
  compare (&test);
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

  if (argc == 5 && strcmp (argv[1], "--child") == 0)
    return run_engine (argv[2], argv[3], argv[4]);

  program = argv[0];
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
