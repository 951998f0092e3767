/* test-provider-round.c: providers are asked what became of mail; what they tell does what it
 * means, once, and they are not asked more often than they like. */

#include "engine/rungs-provider-round.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../../support/rungs-test-provider.h"
#include "../../support/rungs-test-server.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-account-pull-store.h"
#include "rungs-fixture.h"

static const char *const WHO[] = { "ann", "bob", "cleo", "dora" };

typedef struct
{
  RungsFixture *fixture;
  char *folder;
  char *log;
  RungsTestServer *server;
  RungsAccount *account;
} Case;

/* ---- a business that has sent four messages by a provider */

/* What the provider calls the n-th message, where that is not our Message-ID. */
static char *
dup_provider_id (const char *provider,
                 int         n)
{
  if (strcmp (provider, "postmark") == 0)
    return g_strdup_printf ("pm-%d", n);
  if (strcmp (provider, "brevo") == 0)
    return g_strdup_printf ("b%d@smtp-relay.mailin.fr", n);
  if (strcmp (provider, "resend") == 0)
    return g_strdup_printf ("re-%d", n);
  return g_strdup ("");
}

static void
add_sent (RungsFixture *fixture,
          const char   *provider,
          int           n)
{
  g_autofree char *email = g_strconcat (WHO[n - 1], "@inbox.example", NULL);
  gint64 lead = rungs_fixture_add_lead (fixture, email, WHO[n - 1]);
  g_autofree char *id = dup_provider_id (provider, n);
  g_autofree char *row = g_strdup_printf (
    "INSERT INTO outbox (id, lead, message, account, state, due_at, ended_at, message_id, email,"
    "   provider_id, created_at)"
    " VALUES (%d, %" G_GINT64_FORMAT ", 1, 1, 'sent', 0, 1772440000000,"
    "   '%d@business.example', '%s', '%s', 0)",
    n, lead, n, email, id);

  rungs_fixture_run (fixture, row);
}

static gboolean
write_facts (RungsDb  *db,
             gpointer  data,
             GError  **error)
{
  Case *test = data;

  if (!rungs_account_add (db, test->account, rungs_fixture_now (test->fixture), error))
    return FALSE;
  rungs_fixture_run (test->fixture,
                     "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
                     " VALUES (1, 'Offer', 'p', 'v', 0, 0)");
  for (int n = 1; n <= (int) G_N_ELEMENTS (WHO); n++)
    add_sent (test->fixture, test->account->provider, n);
  return TRUE;
}

/* The provider's file, with the address of the server, in the user's own folder. */
static void
put_provider (Case       *test,
              const char *provider)
{
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u",
                                           rungs_test_server_get_port (test->server, 0));
  g_autofree char *text = rungs_test_provider_dup_text (provider, base);
  g_autofree char *folder = rungs_provider_get_own_folder ();
  g_autofree char *name = g_strconcat (provider, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static RungsAccount *
make_account (const char *provider)
{
  g_autoptr (RungsProvider) read = rungs_provider_load (provider, NULL);
  g_autoptr (JsonObject) options = rungs_test_provider_new_options (read);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  RungsAccount *account = rungs_account_new (RUNGS_ACCOUNT_HTTP);

  json_node_set_object (node, options);
  g_free (account->name);
  g_free (account->from_email);
  g_free (account->provider);
  g_free (account->options);
  account->name = g_strdup ("Shop");
  account->from_email = g_strdup ("shop@business.example");
  account->provider = g_strdup (provider);
  account->options = json_to_string (node, FALSE);
  return account;
}

/* `events` is the file of answers; NULL: that of the tests. */
static void
begin (Case       *test,
       const char *provider,
       const char *events)
{
  const char *argv[] = { "node",     "tests/support/provider-server.js", "--log", NULL, "--events",
                         events ? events : "tests/support/provider-events.json", NULL };
  g_autoptr (GError) error = NULL;

  *test = (Case){ .fixture = rungs_fixture_new (), .folder = rungs_test_folder_new () };
  test->log = g_build_filename (test->folder, "log", NULL);
  argv[3] = test->log;
  test->server = rungs_test_server_start (argv);
  put_provider (test, provider);
  test->account = make_account (provider);
  rungs_db_write (test->fixture->db, write_facts, test, &error);
  g_assert_no_error (error);
}

static void
end (Case *test)
{
  rungs_test_server_stop (test->server);
  rungs_test_folder_remove (test->folder);
  rungs_account_free (test->account);
  rungs_fixture_free (test->fixture);
  g_free (test->folder);
  g_free (test->log);
}

static RungsMailboxReport
look (Case     *test,
      gboolean  only_due,
      gint64   *next_at)
{
  RungsMailboxReport report = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 next = 0;

  rungs_provider_round (test->fixture->db, test->fixture->clock, test->account,
                        RUNGS_TEST_PROVIDER_KEY, only_due, NULL, &report, &next, &error);
  g_assert_no_error (error);
  if (next_at != NULL)
    *next_at = next;
  return report;
}

static RungsSuppressed
get_suppressed (Case       *test,
                const char *who)
{
  g_autofree char *email = g_strconcat (who, "@inbox.example", NULL);
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;
  g_autoptr (GError) error = NULL;

  rungs_suppression_check (test->fixture->db, email, &reason, &error);
  g_assert_no_error (error);
  return reason;
}

static guint
count_asked (Case *test)
{
  g_auto (GStrv) lines = rungs_test_read_lines (test->log, "!ask");

  return g_strv_length (lines);
}

/* All came with the key, each the way the provider wants it. */
static void
assert_all_signed_in (Case *test)
{
  g_auto (GStrv) lines = rungs_test_read_lines (test->log, "!ask");

  g_assert_nonnull (lines[0]);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], " nobody"))
      g_error ("%s", lines[i]);
}

static void
assert_no_trouble (Case *test)
{
  g_autoptr (GPtrArray) pulls
    = rungs_account_pull_list (test->fixture->db, test->account->id, NULL);

  g_assert_cmpuint (pulls->len, >, 0);
  for (guint i = 0; i < pulls->len; i++)
    g_assert_cmpstr (((RungsAccountPull *) pulls->pdata[i])->trouble, ==, "");
}

/* ---- what is told */

typedef struct
{
  const char *provider;
  gint64 taken;
  gboolean tells_unsubscribes;
  gboolean tells_blocked;
} Provider;

static const Provider PROVIDERS[] = {
  { "postmark", 4, TRUE, TRUE }, { "mailgun", 4, TRUE, TRUE },    { "ses", 2, FALSE, FALSE },
  { "sendgrid", 3, TRUE, FALSE }, { "brevo", 4, TRUE, TRUE }, { "resend", 2, FALSE, FALSE },
};

static void
test_told (gconstpointer data)
{
  const Provider *provider = data;
  RungsMailboxReport first, again;
  Case test;

  begin (&test, provider->provider, NULL);
  first = look (&test, FALSE, NULL);
  assert_no_trouble (&test);
  assert_all_signed_in (&test);
  g_assert_cmpint (first.taken, ==, provider->taken);
  g_assert_cmpint (get_suppressed (&test, "ann"), ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_cmpint (get_suppressed (&test, "bob"), ==, RUNGS_SUPPRESSED_COMPLAINED);
  g_assert_cmpint (get_suppressed (&test, "cleo"), ==, RUNGS_SUPPRESSED_NOT);
  g_assert_cmpint (get_suppressed (&test, "dora"), ==,
                   provider->tells_unsubscribes ? RUNGS_SUPPRESSED_UNSUBSCRIBED
                                                : RUNGS_SUPPRESSED_NOT);
  g_assert_cmpint (get_suppressed (&test, "stranger"), ==, RUNGS_SUPPRESSED_NOT);
  /* Each stands in the timeline with its message. */
  g_assert_cmpint (rungs_fixture_number (test.fixture, "SELECT count (*) FROM event"
                                                       " WHERE kind = 'mail.bounced' AND ref = 1"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (test.fixture,
                                         "SELECT count (*) FROM event"
                                         " WHERE kind = 'mail.complained' AND ref = 2"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (test.fixture, "SELECT count (*) FROM event"
                                                       " WHERE kind = 'mail.blocked' AND ref = 3"),
                   ==, provider->tells_blocked ? 1 : 0);

  again = look (&test, FALSE, NULL);
  g_assert_cmpint (again.taken, ==, 0);
  g_assert_cmpint (
    rungs_fixture_number (test.fixture, "SELECT count (*) FROM event WHERE kind LIKE 'mail.%'"),
    ==, provider->taken - (provider->tells_unsubscribes ? 1 : 0));
  end (&test);
}

/* ---- how often */

static void
test_due (void)
{
  gint64 next_at = 0;
  guint asked;
  Case test;

  begin (&test, "postmark", NULL);
  look (&test, TRUE, &next_at);
  asked = count_asked (&test);
  g_assert_cmpuint (asked, ==, 2);
  g_assert_cmpint (next_at, ==, rungs_fixture_now (test.fixture) + 5 * RUNGS_MINUTE);
  look (&test, TRUE, NULL);
  g_assert_cmpuint (count_asked (&test), ==, asked);
  rungs_fixture_pass (test.fixture, 5 * RUNGS_MINUTE);
  look (&test, TRUE, NULL);
  g_assert_cmpuint (count_asked (&test), ==, 2 * asked);
  end (&test);
}

static char *
put_events (const char *text)
{
  g_autofree char *folder = rungs_provider_get_own_folder ();
  char *path = g_build_filename (folder, "events", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Answers that are trouble: it is told, nothing is lost, and the next look asks for the same. */
static void
test_trouble (gconstpointer data)
{
  const char *const *answer = data;
  g_autofree char *events
    = put_events (answer[1]);
  g_autoptr (RungsAccountPull) pull = NULL;
  gint64 next_at = 0;
  RungsMailboxReport report;
  Case test;

  begin (&test, "postmark", events);
  report = look (&test, TRUE, &next_at);
  g_assert_cmpint (report.taken, ==, 0);
  pull = rungs_account_pull_load (test.fixture->db, test.account->id, "bounces", NULL);
  g_test_message ("%s", pull->trouble);
  g_assert_nonnull (strstr (pull->trouble, answer[2]));
  g_assert_null (strstr (pull->trouble, RUNGS_TEST_PROVIDER_KEY));
  g_assert_cmpint (pull->since, ==, 0);
  if (strcmp (answer[0], "throttled") == 0)
    {
      g_assert_cmpint (pull->wait_until, ==,
                       rungs_fixture_now (test.fixture) + 2 * RUNGS_HOUR);
      rungs_fixture_pass (test.fixture, RUNGS_HOUR);
      look (&test, TRUE, NULL);
      g_assert_cmpint (
        rungs_fixture_number (test.fixture, "SELECT looked_at FROM account_pull"
                                            " WHERE name = 'bounces'"),
        ==, rungs_fixture_now (test.fixture) - RUNGS_HOUR);
    }
  end (&test);
}

static const char *const TROUBLES[][3] = {
  { "throttled",
    "{\"GET /bounces\": {\"status\": 429, \"headers\": {\"Retry-After\": \"7200\"},"
    " \"body\": {\"Message\": \"Slow down\"}}}",
    "Slow down" },
  { "refused-key",
    "{\"GET /bounces\": {\"status\": 401, \"body\": {\"Message\": \"no secret-key-of-the-test\"}}}",
    "401" },
  { "no-json", "{\"GET /bounces\": {\"status\": 200, \"body\": \"<html>\"}}", "understood" },
  { "no-list", "{\"GET /bounces\": {\"status\": 200, \"body\": {\"Bounces\": 7}}}", "understood" },
  { "elsewhere", "{\"GET /bounces\": {\"status\": 302, \"headers\": {\"Location\": \"http://x/\"},"
                 " \"body\": \"\"}}",
    "elsewhere" },
};

/* The next page may only be where the first one was: the key goes there. */
static void
test_page_elsewhere (void)
{
  g_autofree char *events = put_events (
    "{\"GET /v3/mg.business.example/events\": {\"status\": 200, \"body\": {\"items\": [{}],"
    " \"paging\": {\"next\": \"http://localhost:1/steal\"}}}}");
  g_autoptr (RungsAccountPull) pull = NULL;
  Case test;

  begin (&test, "mailgun", events);
  look (&test, TRUE, NULL);
  pull = rungs_account_pull_load (test.fixture->db, test.account->id, "events", NULL);
  g_assert_nonnull (strstr (pull->trouble, "elsewhere"));
  end (&test);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = rungs_test_folder_new ();
  int status;

  /* In folders of its own the test has no settings of the desktop to ask about a proxy. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (PROVIDERS); i++)
    {
      g_autofree char *name = g_strconcat ("/provider-round/told/", PROVIDERS[i].provider, NULL);

      g_test_add_data_func (name, &PROVIDERS[i], test_told);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (TROUBLES); i++)
    {
      g_autofree char *name = g_strconcat ("/provider-round/trouble/", TROUBLES[i][0], NULL);

      g_test_add_data_func (name, TROUBLES[i], test_trouble);
    }
  g_test_add_func ("/provider-round/due", test_due);
  g_test_add_func ("/provider-round/page-elsewhere", test_page_elsewhere);
  status = g_test_run ();
  rungs_test_folder_remove (folder);
  return status;
}
