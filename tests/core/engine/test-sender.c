/* test-sender.c: what is due leaves once, by several connections at a time,
 * and stops when it must. */

#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "engine/rungs-sender.h"
#include "engine/rungs-test-message.h"
#include "mail/rungs-outbox-store.h"
#include "mail/rungs-practice-transport.h"
#include "mail/rungs-oauth.h"
#include "mail/rungs-secret.h"
#include "rungs-fixture.h"

static const char *const FACTS[] = {
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 'Hello {{ lead.first_name }}', '[{\"type\": \"text\", \"text\": \"Good day\"}]',"
  "         0)",
  "UPDATE message SET version = 1",
  "INSERT INTO account (id, uuid, name, kind, from_email, connections, is_default, created_at)"
  " VALUES (1, 'account-1', 'Shop', 'practice', 'shop@business.example', 4, 1, 0)",
};

typedef struct
{
  RungsFixture *fixture;
  RungsAccount *account;
  RungsTestServer *server; /* (nullable) */
  char *log;
  RungsSenderReport report; /* of the last run */
  const char *const *to;    /* what is planned, until NULL */
} Case;

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
}

static void
set_up (Case         *test,
        gconstpointer data)
{
  test->fixture = rungs_fixture_new ();
  rungs_fixture_write (test->fixture, write_facts);
  test->account = rungs_account_load (test->fixture->db, 1, NULL);
  test->log = g_build_filename (test->fixture->folder, "log", NULL);
}

static void
tear_down (Case         *test,
           gconstpointer data)
{
  g_assert_cmpint (rungs_fixture_number (test->fixture,
                                         "SELECT count (*) FROM outbox WHERE state = 'claimed'"),
                   ==, 0);
  g_clear_pointer (&test->server, rungs_test_server_stop);
  rungs_sender_report_clear (&test->report);
  rungs_account_free (test->account);
  rungs_fixture_free (test->fixture);
  g_free (test->log);
}

static gboolean
plan_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Case *test = data;
  gint64 now = rungs_fixture_now (test->fixture);

  for (guint i = 0; test->to[i] != NULL; i++)
    {
      RungsOutboxPlan plan = { .message = 1, .due_at = now };

      plan.lead = rungs_fixture_add_lead (test->fixture, test->to[i], "Ann");
      if (rungs_outbox_plan (db, &plan, now, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
plan (Case              *test,
      const char *const *to)
{
  g_autoptr (GError) error = NULL;

  test->to = to;
  rungs_db_write (test->fixture->db, plan_cb, test, &error);
  g_assert_no_error (error);
}

/* lead0@example.org to leadN-1@example.org. */
static void
plan_many (Case *test,
           guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) to = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("lead%u@example.org", i);

      g_strv_builder_add (builder, address);
    }
  to = g_strv_builder_end (builder);
  plan (test, (const char *const *) to);
}

static gboolean
save_account_cb (RungsDb *db,
                 gpointer data,
                 GError **error)
{
  Case *test = data;

  return rungs_account_save (db, test->account, error)
         && rungs_account_resume (db, test->account->id, error);
}

static void
save_account (Case *test)
{
  g_autoptr (GError) error = NULL;

  rungs_db_write (test->fixture->db, save_account_cb, test, &error);
  g_assert_no_error (error);
}

static void
make_smtp (RungsFixture *fixture,
           RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE account SET kind = 'smtp', host = 'localhost'");
}

/* Makes the account one of a mail server that does what `options` say. */
static void
start_server (Case       *test,
              const char *options)
{
  g_autofree char *line = g_strdup_printf ("node tests/faults/smtp-sink.js --log %s %s", test->log,
                                           options);
  g_auto (GStrv) argv = g_strsplit (g_strchomp (line), " ", -1);

  test->server = rungs_test_server_start ((const char *const *) argv);
  g_free (test->account->host);
  rungs_fixture_write (test->fixture, make_smtp);
  test->account->kind = RUNGS_ACCOUNT_SMTP;
  test->account->host = g_strdup ("localhost");
  test->account->port = rungs_test_server_get_port (test->server, 0);
  test->account->security = RUNGS_SMTP_CLEAR;
  test->account->auth = RUNGS_SMTP_AUTH_NONE;
  save_account (test);
}

static void
run_with (Case         *test,
          RungsClock   *clock,
          GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  rungs_sender_report_clear (&test->report);
  rungs_account_free (test->account);
  test->account = rungs_account_load (test->fixture->db, 1, &error);
  g_assert_no_error (error);
  rungs_sender_run (test->fixture->path, clock, test->account, cancellable, &test->report, &error);
  g_assert_no_error (error);
}

static void
run (Case *test)
{
  run_with (test, test->fixture->clock, NULL);
}

static gint64
count (Case       *test,
       const char *state)
{
  gint64 counts[RUNGS_OUTBOX_DOUBT + 1];

  g_assert_true (rungs_outbox_count (test->fixture->db, counts, NULL));
  return counts[rungs_outbox_state_from_text (state)];
}

static guint
count_lines (Case       *test,
             const char *prefix)
{
  g_auto (GStrv) lines = rungs_test_read_lines (test->log, prefix);

  return g_strv_length (lines);
}

/* ---- tests */

static void
test_practice (Case         *test,
               gconstpointer data)
{
  g_autofree char *folder = rungs_practice_get_folder (test->fixture->path);
  g_autoptr (GDir) dir = NULL;
  guint files = 0;

  plan_many (test, 20);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 20);
  g_assert_cmpint (test->report.next_at, ==, G_MAXINT64);
  g_assert_null (test->report.trouble);
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    files++;
  g_assert_cmpuint (files, ==, 20);

  run (test);
  g_assert_cmpint (test->report.sent, ==, 0);
}

static void
test_each_once (Case         *test,
                gconstpointer data)
{
  start_server (test, "");
  plan_many (test, 60);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 60);
  g_assert_cmpint (count (test, "sent"), ==, 60);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *line = g_strdup_printf ("lead%u@example.org\t", i);

      g_assert_cmpuint (count_lines (test, line), ==, 1);
    }
  g_assert_cmpuint (count_lines (test, "!connect"), <=, 4);
}

static void
test_what_servers_say (Case         *test,
                       gconstpointer data)
{
  static const char *const TO[] = {
    "rcpt.550.5.1.1@example.org", "rcpt.550.5.7.1@example.org", "once.451.4.7.1@example.org",
    "data.554.5.6.0@example.org", "drop@example.org",           "lead@example.org",
    NULL,
  };

  start_server (test, "");
  plan (test, TO);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 1);
  g_assert_cmpint (test->report.failed, ==, 3);
  g_assert_cmpint (test->report.retried, ==, 1);
  g_assert_cmpint (test->report.doubtful, ==, 1);
  g_assert_cmpint (count (test, "planned"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT count (*) FROM suppression"), ==,
                   1);

  rungs_clock_set (test->fixture->clock, test->report.next_at);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 1);
  g_assert_cmpint (test->report.doubtful, ==, 0);
  g_assert_cmpint (count (test, "doubt"), ==, 1);
  g_assert_cmpuint (count_lines (test, "drop@example.org"), ==, 1);
}

/* The file that stands in for a keyring here (libsecret 0.20.5) leaks what GIO calls the file after
 * each write; that is no leak of ours. */
static void
expect_leaks (gboolean expected)
{
#ifdef __SANITIZE_ADDRESS__
  if (expected)
    __lsan_disable ();
  else
    __lsan_enable ();
#endif
}

static void
keep_password (Case       *test,
               const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr (RungsStatement) query
      = rungs_db_prepare (test->fixture->db, "SELECT uuid FROM business", &error);

  g_assert_cmpint (rungs_statement_step (query, &error), ==, RUNGS_ROW);
  uuid = rungs_statement_dup_text (query, 0);
  expect_leaks (TRUE);
  rungs_secret_store (uuid, test->account->uuid, "Rungs: test", password, RUNGS_SECRET_TIMEOUT,
                      NULL, &error);
  expect_leaks (FALSE);
  g_assert_no_error (error);
}

static void
sign_in (Case *test)
{
  test->account->auth = RUNGS_SMTP_AUTH_PLAIN;
  g_free (test->account->username);
  test->account->username = g_strdup ("u1");
  save_account (test);
}

static void
forget_sender (RungsFixture *fixture,
               RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE account SET from_email = ''");
}

static void
test_no_sender (Case         *test,
                gconstpointer data)
{
  static const char *const MORE[] = { "more@example.org", "and-more@example.org", NULL };

  plan_many (test, 2);
  rungs_fixture_write (test->fixture, forget_sender);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 2);

  g_free (test->account->from_email);
  test->account->from_email = g_strdup ("shop@business.example");
  start_server (test, "");
  plan (test, MORE);
  rungs_fixture_write (test->fixture, forget_sender);
  run (test);
  g_assert_nonnull (strstr (test->report.trouble, "no address to send from"));
  g_assert_cmpint (count (test, "planned"), ==, 2);
}

/* As a sign-in in the browser leaves them, without what renews them. */
static void
keep_token (Case       *test,
            const char *token)
{
  gint64 hour = g_get_real_time () / 1000 + RUNGS_HOUR;
  RungsOAuthTokens tokens = { .provider = (char *) "google",
                              .client_id = (char *) "id",
                              .access_token = (char *) token,
                              .renew_at = hour,
                              .ends_at = hour };
  char *text = rungs_oauth_tokens_to_text (&tokens);

  keep_password (test, text);
  rungs_secret_free (text);
}

/* A sign-in that has ended stops the account before anything is claimed; signing in again mends
 * it. */
static void
test_ended_sign_in_pauses (Case         *test,
                           gconstpointer data)
{
  start_server (test, "--user u1 --password right --xoauth2");
  sign_in (test);
  test->account->auth = RUNGS_SMTP_AUTH_OAUTH;
  g_free (test->account->provider);
  test->account->provider = g_strdup ("google");
  save_account (test);
  plan_many (test, 20);

  keep_token (test, "wrong");
  run (test);
  g_assert_cmpstr (test->report.trouble, ==,
                   "The sign-in has ended, or was taken back: sign in again.");
  g_assert_cmpuint (count_lines (test, "!auth"), ==, 1);
  g_assert_cmpint (count (test, "planned"), ==, 20);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT paused_at > 0 FROM account"), ==,
                   1);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT max (attempts) FROM outbox"), ==,
                   0);

  keep_token (test, "right");
  save_account (test);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 20);
  g_assert_null (test->report.trouble);
}

static void
test_refused_password_pauses (Case         *test,
                              gconstpointer data)
{
  start_server (test, "--user u1 --password right");
  sign_in (test);
  plan_many (test, 50);

  run (test);
  g_test_message ("%s", test->report.trouble);
  g_assert_nonnull (strstr (test->report.trouble, "holds no password"));
  g_assert_cmpuint (count_lines (test, "!auth"), ==, 0);

  keep_password (test, "wrong");
  save_account (test);
  run (test);
  g_assert_nonnull (test->report.trouble);
  g_assert_cmpuint (count_lines (test, "!auth"), ==, 1);
  g_assert_cmpint (count (test, "planned"), ==, 50);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT paused_at > 0 FROM account"), ==,
                   1);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT max (attempts) FROM outbox"), ==,
                   0);

  run (test); /* stays paused */
  g_assert_cmpuint (count_lines (test, "!auth"), ==, 1);
  g_assert_cmpint (test->report.sent, ==, 0);

  keep_password (test, "right");
  save_account (test);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 50);
  g_assert_null (test->report.trouble);
}

static void
test_server_away (Case         *test,
                  gconstpointer data)
{
  gint64 now = rungs_fixture_now (test->fixture);

  start_server (test, "");
  plan_many (test, 50);
  g_clear_pointer (&test->server, rungs_test_server_stop);
  run (test);
  g_assert_cmpint (test->report.retried, ==, 0);
  g_assert_nonnull (strstr (test->report.waits_for, "connect"));
  g_assert_cmpint (test->report.next_at, ==, now + 2 * RUNGS_MINUTE);
  g_assert_null (test->report.trouble);
  g_assert_cmpint (count (test, "planned"), ==, 50);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT max (attempts) FROM outbox"), ==,
                   0);
}

static void
test_refused_always_pauses (Case         *test,
                            gconstpointer data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) to = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *address = g_strdup_printf ("rcpt.550.5.7.1.%u@example.org", i);

      g_strv_builder_add (builder, address);
    }
  to = g_strv_builder_end (builder);
  start_server (test, "");
  plan (test, (const char *const *) to);
  run (test);
  g_assert_nonnull (strstr (test->report.trouble, "20 messages in a row"));
  g_assert_cmpint (count (test, "failed"), <, 30);
  g_assert_cmpint (count (test, "planned"), >, 30);
}

/* What is cancelled, and by whom. */
typedef struct
{
  const char *path;
  GCancellable *cancellable;
} Stop;

/* A second after the one that takes half a minute was claimed. */
static gpointer
cancel_later (gpointer data)
{
  Stop *stop = data;
  g_autoptr (RungsDb) db = rungs_db_open (stop->path, RUNGS_DB_READ, NULL);
  gint64 claimed = 0;

  while (claimed == 0)
    {
      g_autoptr (RungsStatement) query
        = rungs_db_prepare (db,
                            "SELECT count (*) FROM outbox o JOIN lead l ON l.id = o.lead"
                            " WHERE l.email = 'slow.30000@example.org' AND o.state = 'claimed'",
                            NULL);

      g_usleep (G_USEC_PER_SEC / 20);
      g_assert_true (rungs_statement_get_number (query, 0, &claimed, NULL));
    }
  g_usleep (G_USEC_PER_SEC);
  g_cancellable_cancel (stop->cancellable);
  return NULL;
}

static void
test_cancel (Case         *test,
             gconstpointer data)
{
  static const char *const TO[] = {
    "hang@example.org",       "slow.300@example.org",  "slow.301@example.org",
    "slow.302@example.org",   "slow.303@example.org",  "slow.304@example.org",
    "slow.30000@example.org",  "slow.306@example.org",  "slow.307@example.org",
    "slow.1500@example.org",  "slow.1501@example.org", "slow.1502@example.org",
    "slow.1503@example.org",  "slow.1504@example.org", "slow.1505@example.org",
    NULL,
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { test->fixture->path, cancellable };
  GThread *thread;
  gint64 begun;

  start_server (test, "");
  plan (test, TO);
  thread = g_thread_new ("cancel", cancel_later, &stop);
  begun = g_get_monotonic_time ();
  run_with (test, test->fixture->clock, cancellable);
  g_thread_join (thread);

  g_assert_cmpint (g_get_monotonic_time () - begun, <, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (test->report.doubtful, ==, 2);
  g_assert_cmpint (test->report.sent, >=, 5);
  g_assert_cmpint (count (test, "planned"), >=, 1);
  g_assert_cmpint (test->report.sent + test->report.doubtful, ==, count_lines (test, "slow.") + 1);
}

static void
test_per_second (Case         *test,
                 gconstpointer data)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  gint64 begun;

  start_server (test, "");
  test->account->per_second = 5;
  save_account (test);
  plan_many (test, 12);
  begun = g_get_monotonic_time ();
  run_with (test, clock, NULL);
  g_assert_cmpint (test->report.sent, ==, 12);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 2 * G_USEC_PER_SEC);
}

static void
test_per_hour (Case         *test,
               gconstpointer data)
{
  gint64 begun = rungs_fixture_now (test->fixture);

  start_server (test, "");
  test->account->per_hour = 5;
  save_account (test);
  plan_many (test, 12);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 5);
  g_assert_cmpint (test->report.next_at, ==, begun + RUNGS_HOUR);
  run (test); /* as after a restart */
  g_assert_cmpint (test->report.sent, ==, 0);
  rungs_clock_set (test->fixture->clock, begun + RUNGS_HOUR);
  run (test);
  g_assert_cmpint (test->report.sent, ==, 5);
}

static void
test_test_message (Case         *test,
                   gconstpointer data)
{
  static const struct
  {
    const char *to;
    int code; /* -1: it goes */
  } TRIES[] = {
    { "lead@example.org", -1 },
    { "rcpt.550.5.1.1@example.org", RUNGS_ERROR_INVALID },
    { "rcpt.451.4.7.1@example.org", RUNGS_ERROR_NETWORK },
    { "rcpt.530.5.7.0@example.org", RUNGS_ERROR_AUTH },
    { "nobody", RUNGS_ERROR_INVALID },
  };

  start_server (test, "");
  for (gsize i = 0; i < G_N_ELEMENTS (TRIES); i++)
    {
      g_autoptr (GError) error = NULL;

      rungs_test_message_send (test->fixture->path, test->fixture->clock, test->account,
                               TRIES[i].to, NULL, NULL, &error);
      if (TRIES[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, RUNGS_ERROR, TRIES[i].code);
    }
  g_assert_cmpuint (count_lines (test, "lead@example.org"), ==, 1);
}

static void
add (const char *path,
     void (*test) (Case *, gconstpointer))
{
  g_test_add (path, Case, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  /* A keyring in a file, that needs no bus. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_test_init (&argc, &argv, NULL);
  rungs_test_install_npm ();
  add ("/sender/practice", test_practice);
  add ("/sender/each-once", test_each_once);
  add ("/sender/what-servers-say", test_what_servers_say);
  add ("/sender/no-sender", test_no_sender);
  add ("/sender/refused-password", test_refused_password_pauses);
  add ("/sender/ended-sign-in", test_ended_sign_in_pauses);
  add ("/sender/server-away", test_server_away);
  add ("/sender/refused-always", test_refused_always_pauses);
  add ("/sender/cancel", test_cancel);
  add ("/sender/per-second", test_per_second);
  add ("/sender/per-hour", test_per_hour);
  add ("/sender/test-message", test_test_message);
  status = g_test_run ();
  rungs_test_folder_remove (folder);
  return status;
}
