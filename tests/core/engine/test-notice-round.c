/* test-notice-round.c: staff get their mail by the account that can send, once. */

#include "engine/rungs-notice-round.h"

#include <string.h>

#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-practice-transport.h"
#include "process/rungs-notice-mail-store.h"
#include "process/rungs-notice-store.h"
#include "rungs-fixture.h"

static void
write_facts (RungsFixture *f,
             RungsDb      *db)
{
  rungs_fixture_run (f, "INSERT INTO account (id, uuid, name, kind, from_email, is_default,"
                        "                     created_at)"
                        " VALUES (1, 'account-1', 'Shop', 'practice', 'shop@b.example', 1, 0)");
  rungs_fixture_run (f, "INSERT INTO notice_rule (kind, desktop, today, mail)"
                        " VALUES ('', 0, 0,"
                        "         'mia@shop.example' || char (10) || 'tim@shop.example')");
}

static void
capture (RungsFixture *f,
         RungsDb      *db)
{
  g_autoptr (RungsLead) lead = rungs_lead_new ();

  rungs_lead_set (lead, "email", "ann@a.example");
  rungs_lead_set (lead, "first_name", "Anne");
  g_assert_cmpint (rungs_lead_add (db, lead, "form", rungs_fixture_now (f), NULL), !=, 0);
  g_assert_true (rungs_notices_follow (db, rungs_fixture_now (f), NULL));
}

static guint
run (RungsFixture *f,
     gint64       *next_at)
{
  g_autoptr (GError) error = NULL;
  guint sent = 0;

  g_assert_true (rungs_notice_round (f->db, f->clock, NULL, &sent, next_at, &error));
  g_assert_no_error (error);
  return sent;
}

/* All that is in the practice folder. */
static char *
read_mail (RungsFixture *f,
           guint        *n)
{
  g_autofree char *folder = rungs_practice_get_folder (f->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  const char *name;

  *n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        g_string_append (all, text);
      *n += 1;
    }
  return g_strdup (all->str);
}

static void
test_sent (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autofree char *mail = NULL;
  gint64 next_at = 0;
  guint n;

  rungs_fixture_write (f, write_facts);
  g_assert_cmpuint (run (f, &next_at), ==, 0);
  g_assert_cmpint (next_at, ==, G_MAXINT64);
  rungs_fixture_write (f, capture);
  g_assert_cmpuint (run (f, &next_at), ==, 2);
  g_assert_cmpuint (run (f, &next_at), ==, 0);
  mail = read_mail (f, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_nonnull (strstr (mail, "mia@shop.example"));
  g_assert_nonnull (strstr (mail, "tim@shop.example"));
  g_assert_nonnull (strstr (mail, "ann@a.example"));
  g_assert_null (strstr (mail, "text/html"));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM outbox"), ==, 0);
}

static void
pause_account (RungsFixture *f,
               RungsDb      *db)
{
  rungs_fixture_run (f, "UPDATE account SET paused_at = 1");
}

static void
resume_account (RungsFixture *f,
                RungsDb      *db)
{
  rungs_fixture_run (f, "UPDATE account SET paused_at = NULL");
}

/* Nothing is lost where no account can send, and it is said. */
static void
test_paused (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  gint64 next_at = 0;

  rungs_fixture_write (f, write_facts);
  rungs_fixture_write (f, pause_account);
  rungs_fixture_write (f, capture);
  g_assert_cmpuint (run (f, &next_at), ==, 0);
  g_assert_cmpint (next_at, ==, rungs_fixture_now (f) + RUNGS_MINUTE);
  g_assert_cmpint (
    rungs_fixture_number (f, "SELECT count (*) FROM notice_address WHERE trouble <> ''"), ==, 2);
  rungs_fixture_write (f, resume_account);
  rungs_fixture_pass (f, RUNGS_MINUTE);
  g_assert_cmpuint (run (f, &next_at), ==, 2);
  g_assert_cmpint (
    rungs_fixture_number (f, "SELECT count (*) FROM notice_address WHERE trouble <> ''"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-round/sent", test_sent);
  g_test_add_func ("/notice-round/paused", test_paused);
  return g_test_run ();
}
