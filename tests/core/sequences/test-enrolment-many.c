/* test-enrolment-many.c: many leads enter a sequence or are taken out; taking that back leaves the
 * file as it was, but for the timeline. */

#include "sequences/rungs-enrolment-many-store.h"

#include "db/rungs-statement.h"
#include "rungs-shop.h"

#define LEADS 30

static char *
dump (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (
      db,
      "SELECT group_concat (x, '; ') FROM ("
      "SELECT 'e ' || json_array (id, lead, sequence, version, step, visit, due_at, waits_for,"
      "   outcome, why, entered_at, arrived_at, ended_at) AS x FROM enrolment"
      " UNION ALL SELECT 's ' || json_array (enrolment, visit, step, at, result)"
      "   FROM enrolment_step"
      " UNION ALL SELECT 'o ' || json_array (id, lead, enrolment, step, visit, state, due_at,"
      "   reason, ended_at) FROM outbox ORDER BY 1)",
      NULL);

  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  return rungs_statement_dup_text (query, 0);
}

static GArray *
add_leads (RungsFixture *f)
{
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (int i = 0; i < LEADS; i++)
    {
      g_autofree char *name = g_strdup_printf ("lead%d", i);
      gint64 lead = rungs_shop_add_lead (f, name);

      g_array_append_val (leads, lead);
    }
  return leads;
}

static gint64
add_steps (RungsFixture *f)
{
  rungs_shop_add_message (f, "A", TRUE);
  rungs_shop_add_message (f, "B", TRUE);
  return rungs_shop_add_steps (f, "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"
                                  "'w': {'kind': 'wait', 'days': 3, 'next': 'b'},"
                                  "'b': {'kind': 'message', 'message': 'B'}");
}

static void
test_enter (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (GArray) leads = add_leads (f);
  g_autoptr (GArray) entered = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 counts[RUNGS_ENROL_SUPPRESSED + 1] = { 0 };
  gint64 sequence = add_steps (f);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < LEADS; i += 3)
    rungs_shop_enrol (f, g_array_index (leads, gint64, i), sequence);
  before = dump (db);
  g_assert_true (rungs_enrolments_enter (db, leads, sequence, "by hand", rungs_fixture_now (f),
                                         counts, entered, &error));
  g_assert_no_error (error);
  g_assert_cmpint (counts[RUNGS_ENROL_OK], ==, 20);
  g_assert_cmpint (counts[RUNGS_ENROL_ACTIVE], ==, 10);
  g_assert_cmpuint (entered->len, ==, 20);
  g_assert_true (rungs_enrolments_unmake (db, entered, 0, 5, rungs_fixture_now (f), &error));
  g_assert_true (rungs_enrolments_unmake (db, entered, 5, 15, rungs_fixture_now (f), &error));
  g_assert_no_error (error);
  after = dump (db);
  g_assert_cmpstr (after, ==, before);
}

/* What was planned goes with the enrolment; one of which something was sent is stopped. */
static void
test_unmake_walked (RungsFixture *f,
                    RungsDb      *db)
{
  g_autoptr (GArray) leads = add_leads (f);
  g_autoptr (GArray) entered = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 counts[RUNGS_ENROL_SUPPRESSED + 1] = { 0 };
  gint64 sequence = add_steps (f);
  g_autofree char *sql = NULL;

  g_assert_true (rungs_enrolments_enter (db, leads, sequence, "by hand", rungs_fixture_now (f),
                                         counts, entered, &error));
  rungs_shop_run (f, 1);
  sql = g_strdup_printf ("UPDATE outbox SET state = 'sent', ended_at = 1 WHERE lead = %d",
                         (int) g_array_index (leads, gint64, 7));
  rungs_fixture_run (f, sql);
  g_assert_true (rungs_enrolments_unmake (db, entered, 0, LEADS, rungs_fixture_now (f), &error));
  g_assert_no_error (error);
  rungs_shop_assert_walks (f, g_array_index (leads, gint64, 0), "");
  rungs_shop_assert_mails (f, g_array_index (leads, gint64, 0), "");
  rungs_shop_assert_walks (f, g_array_index (leads, gint64, 7), "stopped (undone)");
  /* who never entered may enter */
  g_assert_cmpstr (rungs_shop_enrol (f, g_array_index (leads, gint64, 0), sequence), ==, "ok");
}

static void
test_stop (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (GArray) leads = add_leads (f);
  g_autoptr (GArray) stopped = g_array_new (FALSE, FALSE, sizeof (RungsEnrolmentStop));
  g_autoptr (GError) error = NULL;
  gint64 sequence = add_steps (f);
  gint64 other = rungs_shop_add_sequence (f, "{'name': 'Other', 'start': 'a', 'steps': {"
                                             "'a': {'kind': 'wait', 'days': 9}}}");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < LEADS; i += 2)
    rungs_shop_enrol (f, g_array_index (leads, gint64, i), sequence);
  for (guint i = 0; i < LEADS; i += 5)
    rungs_shop_enrol (f, g_array_index (leads, gint64, i), other);
  rungs_shop_run (f, 1);
  before = dump (db);
  g_assert_true (rungs_enrolments_stop (db, leads, sequence, "by hand", rungs_fixture_now (f),
                                        stopped, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stopped->len, ==, 15);
  g_assert_true (rungs_enrolments_stop (db, leads, 0, "by hand", rungs_fixture_now (f), stopped,
                                        &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stopped->len, ==, 21);
  rungs_shop_assert_walks (f, g_array_index (leads, gint64, 2), "stopped (by hand)");
  g_assert_true (rungs_enrolments_resume (db, stopped, 0, 21, rungs_fixture_now (f), &error));
  g_assert_no_error (error);
  after = dump (db);
  g_assert_cmpstr (after, ==, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/enrolment-many/enter", test_enter);
  rungs_fixture_add_test ("/enrolment-many/unmake-walked", test_unmake_walked);
  rungs_fixture_add_test ("/enrolment-many/stop", test_stop);
  return g_test_run ();
}
