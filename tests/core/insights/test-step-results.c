/* test-step-results.c: of the messages of a step it is told in how many a link was followed, and
 * after how many what the sequence sells was ordered in time. */

#include "insights/rungs-step-results-store.h"

#include "db/rungs-statement.h"
#include "rungs-fixture.h"

static void
run (RungsDb    *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  rungs_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
test_results (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) results = NULL;
  const RungsStepResult *result;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@example.org", i);

      rungs_fixture_add_lead (fixture, email, NULL);
    }
  run (db, "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'S', 'draft', 0)");
  run (db, "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
           " VALUES (1, 1, 1, '{}', 0)");
  run (db, "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
           " VALUES (1, 'M', 'p', 'v', 'marketing', 0, 0)");
  run (db, "INSERT INTO enrolment (id, sequence, version, lead, step, entered_at, arrived_at)"
           " SELECT l.id, 1, 1, l.id, 'm', 0, 0 FROM lead l");
  run (db, "INSERT INTO outbox (id, lead, message, enrolment, step, state, due_at, created_at,"
           "                    ended_at, message_id)"
           " SELECT l.id, l.id, 1, l.id, 'm', 'sent', 0, 0, 1000, 'x' || l.id FROM lead l");
  run (db, "INSERT INTO event (lead, kind, at, ref) SELECT min (l.id), 'mail.clicked', 2000,"
           " min (l.id) FROM lead l");
  /* a day after it, and a day too late */
  run (db, "INSERT INTO sales_order (lead, at, currency, created_at)"
           " SELECT max (l.id), 1000 + 86400000, 'EUR', 0 FROM lead l");
  run (db, "INSERT INTO sales_order (lead, at, currency, created_at)"
           " SELECT min (l.id), 1001 + 7 * 86400000, 'EUR', 0 FROM lead l");
  results = rungs_step_results (db, 1, &error);
  g_assert_no_error (error);
  result = g_hash_table_lookup (results, "m");
  g_assert_nonnull (result);
  g_assert_cmpint (result->sent, ==, 3);
  g_assert_cmpint (result->clicked, ==, 1);
  g_assert_cmpint (result->ordered, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/insights/step-results", test_results);
  return g_test_run ();
}
