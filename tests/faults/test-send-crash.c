/* test-send-crash.c: a sender that is killed at any point of a send loses nothing
 * and sends nothing twice.
 *
 * The child is the engine, as the window and the command line run it. Two accounts send at the same
 * time, by a rule which takes what. The mail server kills it at a point of the exchange, again and
 * again, until a run comes to its end. What the server has taken is then held against the outbox:
 * each message that is sent was taken once, none was taken twice, each left by its account, and
 * every other one is in doubt: at most one a connection and kill. */

#include <string.h>
#include <unistd.h>

#include "../support/rungs-test-server.h"
#include "base/rungs-time.h"
#include "engine/rungs-engine.h"
#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-outbox-store.h"
#include "rungs-fixture.h"

#define MESSAGES 80
#define CONNECTIONS 4 /* of both accounts */
#define RUNS 60
#define SINK "tests/faults/smtp-sink.js"
#define CHUNKS "tests/faults/smtp-chunks.js"

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
      g_autofree char *address = g_strdup_printf ("lead%d@example.%s", i, i % 2 ? "org" : "net");
      RungsOutboxPlan plan = { .message = 1, .due_at = rungs_fixture_now (fixture) };

      plan.lead = rungs_fixture_add_lead (fixture, address, "Ann");
      g_assert_cmpint (rungs_outbox_plan (db, &plan, plan.due_at, NULL), !=, 0);
    }
}

/* Returns: its id; 0 on error. */
static gint64
add_account (RungsDb     *db,
             Case        *test,
             const char  *name,
             GError     **error)
{
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_SMTP);

  g_free (account->name);
  g_free (account->from_email);
  g_free (account->host);
  account->name = g_strdup (name);
  account->from_email = g_strdup ("shop@business.example");
  account->host = g_strdup ("localhost");
  account->port = rungs_test_server_get_port (test->server, 0);
  account->security = RUNGS_SMTP_CLEAR;
  account->auth = RUNGS_SMTP_AUTH_NONE;
  account->connections = CONNECTIONS / 2;
  return rungs_account_add (db, account, 0, error) ? account->id : 0;
}

static gboolean
add_accounts_cb (RungsDb *db,
                 gpointer data,
                 GError **error)
{
  g_autoptr (GPtrArray) rules
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_account_rule_free);
  gint64 shop = add_account (db, data, "Shop", error);
  gint64 news = shop != 0 ? add_account (db, data, "News", error) : 0;
  RungsAccountRule *rule = rungs_account_rule_new (news);

  g_free (rule->domains);
  rule->domains = g_strdup ("example.net");
  g_ptr_array_add (rules, rule);
  return news != 0 && rungs_account_rules_write (db, rules, 0, error);
}

static void
begin (Case       *test,
       const char *server,
       const char *point,
       const char *every)
{
  const char *argv[] = { "node", server, "--log", NULL, "--kill", point, every, NULL, NULL };
  g_autoptr (GError) error = NULL;

  *test = (Case){ .fixture = rungs_fixture_new () };
  test->log = g_build_filename (test->fixture->folder, "log", NULL);
  test->pid_file = g_build_filename (test->fixture->folder, "pid", NULL);
  argv[3] = test->log;
  argv[7] = test->pid_file;
  test->server = rungs_test_server_start (argv);
  rungs_db_write (test->fixture->db, add_accounts_cb, test, &error);
  g_assert_no_error (error);
  rungs_fixture_write (test->fixture, write_facts);
}

static void
finish (Case *test)
{
  rungs_test_server_stop (test->server);
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
      g_assert_cmpstr (row->account_name, ==,
                       g_str_has_suffix (row->email, ".net") ? "News" : "Shop");
      g_assert_true (row->state == RUNGS_OUTBOX_SENT || row->state == RUNGS_OUTBOX_DOUBT);
      if (row->state == RUNGS_OUTBOX_SENT)
        g_assert_cmpuint (taken, ==, 1);
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

  begin (&test, point[2], point[0], point[1]);
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

/* By the clock, wherever it happens to be: between two messages, in a commit. */
static void
test_killed_at_random (void)
{
  gboolean ended = FALSE;
  Case test;

  begin (&test, SINK, "never", "1");
  for (int i = 0; i < RUNS && !ended; i++)
    {
      g_autoptr (GSubprocess) child = start_child (&test);
      /* a quick machine ends in a quarter of a second, one with other work in more */
      int longest = test.kills < 2 ? 50000 : 250000 * (1 + (int) test.kills / 10);

      g_usleep ((gulong) g_test_rand_int_range (5000, longest));
      g_subprocess_force_exit (child);
      ended = wait_for_child (&test, child);
    }
  g_assert_true (ended);
  g_assert_cmpuint (test.kills, >=, 2);
  compare (&test);
  finish (&test);
}

static const char *const POINTS[][3] = {
  { "connect", "3", SINK },  { "mail", "11", SINK },    { "rcpt", "11", SINK },
  { "data", "11", SINK },    { "body", "11", SINK },    { "end", "11", SINK },
  { "taken", "11", SINK },   { "answered", "11", SINK },

  /* All of a message comes at once there. */
  { "mail", "11", CHUNKS },  { "rcpt", "11", CHUNKS },  { "body", "11", CHUNKS },
  { "end", "11", CHUNKS },   { "taken", "11", CHUNKS }, { "answered", "11", CHUNKS },
};

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && strcmp (argv[1], "--child") == 0)
    return run_engine (argv[2], argv[3], argv[4]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  rungs_test_install_npm ();
  for (size_t i = 0; i < G_N_ELEMENTS (POINTS); i++)
    {
      gboolean chunks = strcmp (POINTS[i][2], CHUNKS) == 0;
      g_autofree char *path
        = g_strconcat ("/send-crash/", chunks ? "in-one-piece/" : "", POINTS[i][0], NULL);

      g_test_add_data_func (path, POINTS[i], test_killed_at);
    }
  g_test_add_func ("/send-crash/random", test_killed_at_random);
  return g_test_run ();
}
