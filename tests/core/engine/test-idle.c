/* test-idle.c: who was not heard of for long is found and forgotten, and nobody else. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "engine/rungs-idle-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-suppression-store.h"
#include "process/rungs-task-store.h"
#include "rungs-fixture.h"

#define MONTHS 12
#define LONG_AGO (500 * RUNGS_DAY)

/* A lead of long ago, of whom nothing was heard since. */
static gint64
add_idle (RungsFixture *f,
          const char   *email)
{
  gint64 lead = rungs_fixture_add_lead (f, email, "Ann");
  g_autofree char *event = g_strdup_printf (
      "UPDATE event SET at = %" G_GINT64_FORMAT " WHERE lead = %" G_GINT64_FORMAT,
      rungs_fixture_now (f) - LONG_AGO, lead);
  g_autofree char *row = g_strdup_printf (
      "UPDATE lead SET created_at = %" G_GINT64_FORMAT ", updated_at = %" G_GINT64_FORMAT
      " WHERE id = %" G_GINT64_FORMAT, rungs_fixture_now (f) - LONG_AGO,
      rungs_fixture_now (f) - LONG_AGO, lead);

  rungs_fixture_run (f, event);
  rungs_fixture_run (f, row);
  return lead;
}

static char *
find (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) leads = rungs_idle_find (f->db, MONTHS, rungs_fixture_now (f), &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", g_array_index (leads, gint64, i));
  return g_string_free (text, FALSE);
}

static void
assert_found (RungsFixture *f,
              const char   *expected)
{
  g_autofree char *found = find (f);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_find (RungsFixture *f,
           RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 product = rungs_fixture_add_product (f, "book", 100);
  g_autoptr (GError) error = NULL;
  gint64 heard, bought, busy;

  add_idle (f, "one@example.com");
  heard = add_idle (f, "two@example.com");
  bought = add_idle (f, "three@example.com");
  busy = add_idle (f, "four@example.com");
  rungs_fixture_add_lead (f, "new@example.com", "New");
  assert_found (f, "1 2 3 4 ");
  rungs_event_add (db, heard, RUNGS_EVENT_FORM_SUBMITTED, now - 30 * RUNGS_DAY, 0, "x", NULL);
  rungs_fixture_add_order (f, bought, product);
  rungs_task_add (db, busy, "Call", now - LONG_AGO, now - LONG_AGO, NULL);
  assert_found (f, "1 ");
  g_assert_null (rungs_idle_find (db, 0, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static gboolean
forget (RungsFixture *f,
        gint64        lead,
        gboolean      nameless)
{
  g_autoptr (GError) error = NULL;
  gboolean forgotten = FALSE;

  rungs_idle_forget (f->db, lead, MONTHS, nameless, rungs_fixture_now (f), &forgotten, &error);
  g_assert_no_error (error);
  return forgotten;
}

/* The address may come again, unless it was on the do-not-send list; who came back meanwhile
 * stays. */
static void
test_forget (RungsFixture *f,
             RungsDb      *db)
{
  gint64 now = rungs_fixture_now (f);
  gint64 gone = add_idle (f, "gone@example.com");
  gint64 silent = add_idle (f, "silent@example.com");
  gint64 nameless = add_idle (f, "name@example.com");
  gint64 back = add_idle (f, "back@example.com");
  RungsSuppressed suppressed;

  rungs_suppression_add (db, "silent@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED, NULL, 1, NULL);
  rungs_event_add (db, back, RUNGS_EVENT_FORM_SUBMITTED, now, 0, "x", NULL);
  g_assert_true (forget (f, gone, FALSE));
  g_assert_true (forget (f, silent, FALSE));
  g_assert_true (forget (f, nameless, TRUE));
  g_assert_false (forget (f, back, FALSE));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead"), ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead WHERE email IS NULL"
                                            " AND first_name = ''"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM erasure"), ==, 3);
  g_assert_true (rungs_suppression_check (db, "gone@example.com", &suppressed, NULL));
  g_assert_cmpint (suppressed, ==, RUNGS_SUPPRESSED_NOT);
  g_assert_true (rungs_suppression_check (db, "silent@example.com", &suppressed, NULL));
  g_assert_cmpint (suppressed, ==, RUNGS_SUPPRESSED_ERASED);
  assert_found (f, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/engine/idle/find", test_find);
  rungs_fixture_add_test ("/engine/idle/forget", test_forget);
  return g_test_run ();
}
