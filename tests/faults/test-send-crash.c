/* test-send-crash.c: a sender that is killed at any point of a send loses nothing
 * and sends nothing twice.
 *
 * The child is the engine, as the window and the command line run it. Two accounts send at the same
 * time, by a rule which takes what. The mail server kills it at a point of the exchange, again and
 * again, until a run comes to its end. What the server has taken is then held against the outbox:
 * each message that is sent was taken once, none was taken twice, each left by its account, and
 * every other one is in doubt: at most one a connection and kill. */

#include <string.h>

#include "mail/rungs-account-rule-store.h"
#include "rungs-crash.h"

#define MESSAGES 80
#define CONNECTIONS 4 /* of both accounts */
#define RUNS 60
#define SINK "tests/faults/smtp-sink.js"
#define CHUNKS "tests/faults/smtp-chunks.js"

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  rungs_crash_plan (fixture, db, MESSAGES);
}

/* Returns: its id; 0 on error. */
static gint64
add_account (RungsDb     *db,
             RungsCrash  *test,
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
begin (RungsCrash *test,
       const char *server,
       const char *point,
       const char *every)
{
  g_autoptr (GError) error = NULL;

  rungs_crash_begin (test, server, point, every);
  rungs_db_write (test->fixture->db, add_accounts_cb, test, &error);
  g_assert_no_error (error);
  rungs_fixture_write (test->fixture, write_facts);
}

static void
check_account (const RungsOutboxRow *row)
{
  g_assert_cmpstr (row->account_name, ==,
                   g_str_has_suffix (row->email, ".net") ? "News" : "Shop");
}

static void
finish (RungsCrash *test)
{
  rungs_crash_compare (test, MESSAGES, CONNECTIONS, check_account);
  rungs_crash_end (test);
}

static void
test_killed_at (gconstpointer data)
{
  const char *const *point = data;
  RungsCrash test;

  begin (&test, point[2], point[0], point[1]);
  rungs_crash_run (&test);
  finish (&test);
}

/* By the clock, wherever it happens to be: between two messages, in a commit. */
static void
test_killed_at_random (void)
{
  gboolean ended = FALSE;
  RungsCrash test;

  begin (&test, SINK, "never", "1");
  for (int i = 0; i < RUNS && !ended; i++)
    {
      g_autoptr (GSubprocess) child = rungs_crash_start_child (&test);
      /* a quick machine ends in a quarter of a second, one with other work in more */
      int longest = test.kills < 2 ? 50000 : 250000 * (1 + (int) test.kills / 10);

      g_usleep ((gulong) g_test_rand_int_range (5000, longest));
      g_subprocess_force_exit (child);
      ended = rungs_crash_wait_for_child (&test, child);
    }
  g_assert_true (ended);
  g_assert_cmpuint (test.kills, >=, 2);
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
  int result;

  if (rungs_crash_run_child (argc, argv, &result))
    return result;

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
