/* test-mailbox-jmap.c: a JMAP mailbox is looked into: what came back does what it means, once,
 * whatever the server does wrong, and all else leaves no trace. */

#include "../../support/rungs-fake-jmap.h"
#include "base/rungs-error.h"
#include "rungs-mailbox-case.h"

typedef struct
{
  RungsFakeJmap *server;
  RungsFixture *fixture;
  RungsMailbox *mailbox;
} Case;

static void
replace (char      **text,
         const char *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

static void
set_up (Case         *test,
        gconstpointer data)
{
  RungsMailbox *mailbox = rungs_mailbox_new ();

  test->server = rungs_fake_jmap_start ();
  test->fixture = rungs_fixture_new ();
  test->mailbox = mailbox;
  mailbox->kind = RUNGS_MAILBOX_JMAP;
  replace (&mailbox->name, "Shop");
  replace (&mailbox->url, rungs_fake_jmap_get_url (test->server));
  replace (&mailbox->username, "u1@shop.example");
  rungs_mailbox_case_begin (test->fixture, mailbox);
}

static void
tear_down (Case         *test,
           gconstpointer data)
{
  rungs_mailbox_free (test->mailbox);
  rungs_fixture_free (test->fixture);
  rungs_fake_jmap_stop (test->server);
}

static RungsMailboxReport
look (Case *test)
{
  g_autoptr (GError) error = NULL;
  RungsMailboxReport report;

  rungs_mailbox_case_look (test->fixture, test->mailbox, &report, &error);
  g_assert_no_error (error);
  return report;
}

static gint64
count (Case       *test,
       const char *kind)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = '%s'", kind);

  return rungs_fixture_number (test->fixture, sql);
}

#define REPLY "From: " READER "\r\nIn-Reply-To: <" OURS ">\r\nMessage-ID: <r1@x>\r\n\r\nYes\r\n"

static void
test_round (Case         *test,
            gconstpointer data)
{
  RungsMailboxReport report;

  rungs_fake_jmap_deliver (test->server, PRIVATE);
  rungs_fake_jmap_deliver (test->server, REPLY);
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 2);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);

  rungs_fake_jmap_deliver (test->server, BOUNCE);
  rungs_fake_jmap_deliver (test->server, PRIVATE);
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 2);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);
  g_assert_cmpint (count (test, "mail.replied"), ==, 1);
  g_assert_cmpint (count (test, "mail.bounced"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT count (*) FROM mail_return"), ==,
                   2);
}

/* What lies elsewhere is none of ours, until it is moved into the folder. */
static void
test_moved (Case         *test,
            gconstpointer data)
{
  look (test);
  rungs_fake_jmap_deliver (test->server, REPLY);
  rungs_fake_jmap_control (test->server, "{'move': ['inbox', 'drafts']}");
  g_assert_cmpint (look (test).looked_at, ==, 0);
  rungs_fake_jmap_control (test->server, "{'move': ['drafts', 'inbox']}");
  g_assert_cmpint (look (test).taken, ==, 1);
  g_assert_cmpint (count (test, "mail.replied"), ==, 1);
}

/* Where the server does not know any more what has changed, all is looked at, and none counts
 * twice. */
static void
test_forgotten (Case         *test,
                gconstpointer data)
{
  RungsMailboxReport report;

  rungs_fake_jmap_deliver (test->server, REPLY);
  g_assert_cmpint (look (test).taken, ==, 1);
  rungs_fake_jmap_deliver (test->server, BOUNCE);
  rungs_fake_jmap_control (test->server, "{'forget': true}");
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 2);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);
  g_assert_cmpint (count (test, "mail.replied"), ==, 1);
}

/* In parts, where the server tells only so many at once. */
static void
test_parts (Case         *test,
            gconstpointer data)
{
  RungsMailboxReport report;

  rungs_fake_jmap_control (test->server, "{'options': {'maxObjectsInGet': 3}}");
  look (test);
  for (int i = 0; i < 10; i++)
    rungs_fake_jmap_deliver (test->server, PRIVATE);
  rungs_fake_jmap_deliver (test->server, REPLY);
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 11);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);
}

static void
test_folder (Case         *test,
             gconstpointer data)
{
  RungsDb *db = test->fixture->db;
  g_autoptr (GError) error = NULL;
  RungsMailboxReport report = { 0 };

  replace (&test->mailbox->folder, "Returns");
  g_assert_false (rungs_mailbox_round (db, test->fixture->clock, test->mailbox, PASSWORD,
                                       NULL, &report, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
  g_clear_error (&error);
  rungs_fake_jmap_deliver (test->server, REPLY);
  rungs_fake_jmap_control (test->server, "{'move': ['inbox', 'sent']}");
  replace (&test->mailbox->folder, "Sent");
  g_assert_true (rungs_mailbox_round (db, test->fixture->clock, test->mailbox, PASSWORD,
                                      NULL, &report, &error));
  g_assert_cmpint (report.taken, ==, 1);
}

static void
test_wrong_password (Case         *test,
                     gconstpointer data)
{
  RungsDb *db = test->fixture->db;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMailbox) after = NULL;
  RungsMailboxReport report = { 0 };

  g_assert_false (rungs_mailbox_round (db, test->fixture->clock, test->mailbox, "wrong", NULL,
                                       &report, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  after = rungs_mailbox_load (db, test->mailbox->id, NULL);
  g_assert_cmpstr (after->trouble, ==, error->message);
}

typedef struct
{
  const char *at;
  const char *does;
} Fault;

static const Fault FAULTS[] = {
  { "session", "status:503" },  { "session", "garbage" },
  { "Mailbox/get", "cut" },     { "Mailbox/get", "refuse:serverUnavailable" },
  { "Email/query", "cut" },     { "Email/query", "half" },
  { "Email/get", "cut" },       { "Email/get", "half" },
  { "Email/get", "deep" },      { "Email/get", "garbage" },
  { "Email/get", "status:500" }, { "Email/get", "status:429" },
  { "Email/get", "refuse:serverFail" }, { "download", "cut" },
  { "download", "half" },       { "download", "status:503" },
};

/* It fails with an error that says why, and not as the file's; when the server is well again all
 * is found, once. */
static void
test_fault (Case         *test,
            gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *control = g_strdup_printf (
      "{'faults': [{'at': '%s', 'do': '%s', 'times': 99}]}", fault->at, fault->does);
  g_autoptr (GError) error = NULL;
  RungsMailboxReport report;

  for (int i = 0; i < 3; i++)
    rungs_fake_jmap_deliver (test->server, PRIVATE);
  rungs_fake_jmap_deliver (test->server, REPLY);
  rungs_fake_jmap_deliver (test->server, BOUNCE);
  rungs_fake_jmap_control (test->server, control);
  g_assert_false (rungs_mailbox_case_look (test->fixture, test->mailbox, &report, &error));
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY));
  g_test_message ("%s", error->message);

  rungs_fake_jmap_control (test->server, "{'faults': []}");
  look (test);
  look (test);
  g_assert_cmpint (count (test, "mail.replied"), ==, 1);
  g_assert_cmpint (count (test, "mail.bounced"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mailbox-jmap/round", Case, NULL, set_up, test_round, tear_down);
  g_test_add ("/mailbox-jmap/moved", Case, NULL, set_up, test_moved, tear_down);
  g_test_add ("/mailbox-jmap/forgotten", Case, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/mailbox-jmap/parts", Case, NULL, set_up, test_parts, tear_down);
  g_test_add ("/mailbox-jmap/folder", Case, NULL, set_up, test_folder, tear_down);
  g_test_add ("/mailbox-jmap/wrong-password", Case, NULL, set_up, test_wrong_password, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    {
      g_autofree char *name
          = g_strdup_printf ("/mailbox-jmap/fault/%s/%s", FAULTS[i].at, FAULTS[i].does);

      g_test_add (name, Case, &FAULTS[i], set_up, test_fault, tear_down);
    }
  return g_test_run ();
}
