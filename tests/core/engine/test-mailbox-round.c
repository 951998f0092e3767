/* test-mailbox-round.c: a mailbox of a real server is looked into: what came back does what it
 * means, once, and all else leaves no trace. */

#include <glib/gstdio.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-mailbox-case.h"

typedef struct
{
  char *folder;
  char *dovecot;
  RungsTestServer *server;
  RungsFixture *fixture;
  RungsMailbox *mailbox;
} Case;

static void
set_up (Case         *test,
        gconstpointer data)
{
  g_autofree char *cache = g_test_build_filename (G_TEST_BUILT, "tests", "dovecot", NULL);
  const char *argv[] = { "tests/journeys/dovecot.sh", cache, NULL, NULL };
  RungsMailbox *mailbox = rungs_mailbox_new ();

  test->folder = rungs_test_folder_new ();
  argv[2] = test->dovecot = g_build_filename (test->folder, "dovecot", NULL);
  test->server = rungs_test_server_start (argv);
  test->fixture = rungs_fixture_new ();
  test->mailbox = mailbox;
  g_free (mailbox->name);
  mailbox->name = g_strdup ("Shop");
  g_free (mailbox->host);
  mailbox->host = g_strdup ("localhost");
  mailbox->port = rungs_test_server_get_port (test->server, 1);
  g_free (mailbox->username);
  mailbox->username = g_strdup ("u1");
  g_free (mailbox->ca_file);
  mailbox->ca_file = g_build_filename (test->dovecot, "ca.pem", NULL);
  rungs_mailbox_case_begin (test->fixture, mailbox);
}

static void
tear_down (Case         *test,
           gconstpointer data)
{
  rungs_mailbox_free (test->mailbox);
  rungs_fixture_free (test->fixture);
  rungs_test_server_stop (test->server);
  rungs_test_folder_remove (test->folder);
  g_free (test->folder);
  g_free (test->dovecot);
}

static void
deliver (Case       *test,
         const char *name,
         const char *mail)
{
  g_autofree char *path = g_build_filename (test->dovecot, "mail", "new", name, NULL);

  g_assert_true (g_file_set_contents_full (path, mail, -1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
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

#define REPLY "From: " READER "\r\nIn-Reply-To: <" OURS ">\r\n\r\nYes please\r\n"

static void
test_round (Case         *test,
            gconstpointer data)
{
  RungsMailboxReport report;
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

  deliver (test, "1.a.host", PRIVATE);
  deliver (test, "2.b.host", REPLY);
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 2);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);

  deliver (test, "3.c.host", BOUNCE);
  deliver (test, "4.d.host", PRIVATE);
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 2);
  g_assert_cmpint (report.taken, ==, 1);
  g_assert_cmpint (look (test).looked_at, ==, 0);

  g_assert_true (rungs_suppression_check (test->fixture->db, READER, &reason, NULL));
  g_assert_cmpint (reason, ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT count (*) FROM mail_return"), ==,
                   2);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT looked_at IS NOT NULL"
                                                        "   AND trouble = '' FROM mailbox"),
                   ==, 1);
}

static gboolean
forget_validity (RungsDb *db,
                 gpointer data,
                 GError **error)
{
  return rungs_mailbox_note (db, *(gint64 *) data, 0, 0, error);
}

/* Where the server numbers its mails anew, all are looked at again, and none counts twice. */
static void
test_read_anew (Case         *test,
                gconstpointer data)
{
  RungsMailboxReport report;

  deliver (test, "1.a.host", REPLY);
  g_assert_cmpint (look (test).taken, ==, 1);
  g_assert_true (rungs_db_write (test->fixture->db, forget_validity, &test->mailbox->id, NULL));
  report = look (test);
  g_assert_cmpint (report.looked_at, ==, 1);
  g_assert_cmpint (report.taken, ==, 0);
  g_assert_cmpint (rungs_fixture_number (test->fixture, "SELECT count (*) FROM event"
                                                        " WHERE kind = 'mail.replied'"),
                   ==, 1);
}

static void
test_trouble (Case         *test,
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
  g_assert_cmpint (after->looked_at, ==, rungs_fixture_now (test->fixture));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mailbox-round/round", Case, NULL, set_up, test_round, tear_down);
  g_test_add ("/mailbox-round/read-anew", Case, NULL, set_up, test_read_anew, tear_down);
  g_test_add ("/mailbox-round/trouble", Case, NULL, set_up, test_trouble, tear_down);
  return g_test_run ();
}
