/* test-credit.c: an order is credited by hand, what comes of it is told before, and it is
 * undone. */

#include "base/rungs-error.h"
#include "partners/rungs-credit-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-fixture.h"

typedef struct
{
  gint64 anna;
  gint64 bert;
  gint64 order;
} World;

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db,
             const char   *name,
             gint64        programme)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  g_assert_true (rungs_programme_join (db, programme, id, 0, &error));
  return id;
}

/* Half of what is sold is earned. */
static World
begin (RungsFixture *fixture,
       RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse ("{\"rates\": [{\"rate\": 5000}]}", &error);
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  gint64 product = rungs_fixture_add_product (fixture, "A", 1000);
  World world = { 0 };

  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  world.anna = add_partner (fixture, db, "Anna", programme);
  world.bert = add_partner (fixture, db, "Bert", programme);
  world.order = rungs_fixture_add_order (fixture, lead, product);
  return world;
}

static void
assert_held (RungsDb *db,
             gint64   partner,
             gint64   expected)
{
  g_autoptr (GError) error = NULL;
  gint64 balance;

  g_assert_true (
      rungs_ledger_balance (db, partner, RUNGS_LEDGER_HELD, "EUR", &balance, &error));
  g_assert_cmpint (-balance, ==, expected);
}

static void
set (RungsFixture *fixture,
     RungsDb      *db,
     gint64        order,
     gint64        partner)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_credit_set (db, order, partner, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

static void
test_rehearse (RungsFixture *fixture,
               RungsDb      *db)
{
  World world = begin (fixture, db);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) other = NULL;
  const RungsLedgerEntry *entry;

  first = rungs_credit_rehearse (db, world.order, world.anna, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 1);
  assert_held (db, world.anna, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM referral"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM commission"), ==, 0);

  set (fixture, db, world.order, world.anna);
  assert_held (db, world.anna, 500);
  other = rungs_credit_rehearse (db, world.order, world.bert, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->len, ==, 2);
  entry = other->pdata[0];
  g_assert_cmpint (entry->kind, ==, RUNGS_LEDGER_REVERSAL);
  g_assert_cmpint (g_array_index (entry->postings, RungsPosting, 0).partner, ==, world.anna);
  entry = other->pdata[1];
  g_assert_cmpint (entry->kind, ==, RUNGS_LEDGER_ACCRUAL);
  g_assert_cmpint (g_array_index (entry->postings, RungsPosting, 0).partner, ==, world.bert);
  assert_held (db, world.anna, 500);
  assert_held (db, world.bert, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM journal"), ==, 1);
}

/* The book only gets new entries, and comes to what it was; what was decided is as it was, or not
 * there where nothing had been. */
static void
test_put_back (RungsFixture *fixture,
               RungsDb      *db)
{
  World world = begin (fixture, db);
  gint64 now = rungs_fixture_now (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsReferral) was = NULL;
  g_autoptr (RungsReferral) is = NULL;

  set (fixture, db, world.order, world.anna);
  was = rungs_referral_load (db, world.order, &error);
  g_assert_no_error (error);
  rungs_fixture_pass (fixture, 1000);
  set (fixture, db, world.order, 0);
  assert_held (db, world.anna, 0);
  g_assert_true (rungs_credit_put_back (db, world.order, was, now, &error));
  g_assert_no_error (error);
  is = rungs_referral_load (db, world.order, &error);
  g_assert_cmpint (is->partner, ==, world.anna);
  g_assert_cmpint (is->decided_at, ==, was->decided_at);
  assert_held (db, world.anna, 500);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM journal"), ==, 3);
  g_assert_true (rungs_credit_put_back (db, world.order, NULL, now, &error));
  g_assert_no_error (error);
  assert_held (db, world.anna, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count(*) FROM referral"), ==, 0);
}

static void
test_missing (RungsFixture *fixture,
              RungsDb      *db)
{
  World world = begin (fixture, db);
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_credit_rehearse (db, 4711, world.anna, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/credit/rehearse", test_rehearse);
  rungs_fixture_add_test ("/partners/credit/put-back", test_put_back);
  rungs_fixture_add_test ("/partners/credit/missing", test_missing);
  return g_test_run ();
}
