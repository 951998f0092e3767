/* test-suppression.c: who said no gets nothing more, however the address is written. */

#include "base/rungs-error.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-fixture.h"

static void
add (RungsDb        *db,
     const char     *email,
     RungsSuppressed reason)
{
  g_autoptr (GError) error = NULL;

  rungs_suppression_add (db, email, reason, "note", 7, &error);
  g_assert_no_error (error);
}

static void
assert_reason (RungsDb        *db,
               const char     *email,
               RungsSuppressed expected)
{
  g_autoptr (GError) error = NULL;
  RungsSuppressed reason;

  rungs_suppression_check (db, email, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reason, ==, expected);
}

static void
test_check (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSuppressed reason;

  rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  add (db, "Ann@Example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
  assert_reason (db, "ann@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
  assert_reason (db, "bob@example.com", RUNGS_SUPPRESSED_NOT);
  g_assert_false (rungs_suppression_check (db, "bob", &reason, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event WHERE lead = 1"
                                            " AND kind = 'lead.suppressed'"
                                            " AND detail = 'unsubscribed'"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT length (hash) FROM suppression"), ==, 64);
}

static void
test_weights (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (GPtrArray) list = NULL;
  RungsSuppression *only;

  add (db, "ann@example.com", RUNGS_SUPPRESSED_BOUNCED);
  add (db, "ann@example.com", RUNGS_SUPPRESSED_BY_HAND);
  assert_reason (db, "ann@example.com", RUNGS_SUPPRESSED_BOUNCED);
  add (db, "ann@example.com", RUNGS_SUPPRESSED_COMPLAINED);
  add (db, "ann@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
  assert_reason (db, "ann@example.com", RUNGS_SUPPRESSED_COMPLAINED);
  add (db, "ann@example.com", RUNGS_SUPPRESSED_ERASED);
  add (db, "ann@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
  assert_reason (db, "ann@example.com", RUNGS_SUPPRESSED_ERASED);
  list = rungs_suppression_list (db, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  only = list->pdata[0];
  g_assert_null (only->email);
}

static void
test_lift (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  add (db, "ann@example.com", RUNGS_SUPPRESSED_BOUNCED);
  add (db, "bob@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
  g_assert_true (rungs_suppression_lift (db, "ANN@example.com", 8, &error));
  g_assert_no_error (error);
  assert_reason (db, "ann@example.com", RUNGS_SUPPRESSED_NOT);
  g_assert_false (rungs_suppression_lift (db, "ann@example.com", 8, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rungs_suppression_lift (db, "bob@example.com", 8, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  assert_reason (db, "bob@example.com", RUNGS_SUPPRESSED_UNSUBSCRIBED);
}

/* The same address has another hash in another business. */
static void
test_salt (void)
{
  g_autoptr (RungsFixture) a = rungs_fixture_new ();
  g_autoptr (RungsFixture) b = rungs_fixture_new ();
  g_autofree char *in_a = rungs_suppression_hash (a->db, "ann@example.com", NULL);
  g_autofree char *again = rungs_suppression_hash (a->db, "ann@example.com", NULL);
  g_autofree char *in_b = rungs_suppression_hash (b->db, "ann@example.com", NULL);

  g_assert_cmpstr (in_a, ==, again);
  g_assert_cmpstr (in_a, !=, in_b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/suppression/check", test_check);
  rungs_fixture_add_test ("/suppression/weights", test_weights);
  rungs_fixture_add_test ("/suppression/lift", test_lift);
  g_test_add_func ("/suppression/salt", test_salt);
  return g_test_run ();
}
