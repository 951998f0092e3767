/* test-terms-trial.c: what other terms would have made of sales that were. */

#include "base/rungs-time.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-terms-trial-store.h"
#include "rungs-sale-case.h"

#define OLD "{\"tax\": 1900, \"rates\": [{\"rate\": 2000}]}"

/* Of all orders until now. */
static GPtrArray *
try_terms (RungsFixture *fixture,
           RungsDb      *db,
           const char   *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (json, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = rungs_terms_trial (db, 1, terms, 0, rungs_fixture_now (fixture) + 1, NULL, &error);
  g_assert_no_error (error);
  return rows;
}

static void
assert_row (GPtrArray  *rows,
            guint       place,
            const char *name,
            gint64      orders,
            gint64      earned,
            gint64      would)
{
  const RungsTermsTrialRow *row = rows->pdata[place];

  g_assert_cmpstr (row->name, ==, name);
  g_assert_cmpstr (row->currency, ==, "EUR");
  g_assert_cmpint (row->orders, ==, orders);
  g_assert_cmpint (row->earned, ==, earned);
  g_assert_cmpint (row->would, ==, would);
}

/* 100 without tax by Anna, 50 of it given back, and 200 by Bert. */
static RungsSale
sell_two (RungsFixture *fixture,
          RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (fixture, db, OLD, 11900);
  gint64 bert = rungs_sale_add_partner (fixture, db, "Bert", 1);
  gint64 lead = rungs_fixture_add_lead (fixture, "c@example.com", "C");
  gint64 product = rungs_fixture_add_product (fixture, "B", 23800);

  rungs_sale_click (db, lead, bert, rungs_fixture_now (fixture) - DAY);
  rungs_fixture_add_order (fixture, lead, product);
  rungs_sale_follow (fixture, db);
  rungs_sale_refund (fixture, db, sale.order, 5950);
  return sale;
}

static void
test_equal (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 entries;

  sell_two (fixture, db);
  entries = rungs_fixture_number (fixture, "SELECT count (*) FROM journal");
  rows = try_terms (fixture, db, OLD);
  g_assert_cmpuint (rows->len, ==, 3);
  assert_row (rows, 0, "Anna", 1, 1000, 1000);
  assert_row (rows, 1, "Bert", 1, 4000, 4000);
  assert_row (rows, 2, NULL, 2, 5000, 5000);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM journal"), ==, entries);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM commission"), ==, 2);
}

static void
test_doubled (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GPtrArray) rows = NULL;

  sell_two (fixture, db);
  rows = try_terms (fixture, db, "{\"tax\": 1900, \"rates\": [{\"rate\": 4000}]}");
  assert_row (rows, 0, "Anna", 1, 1000, 2000);
  assert_row (rows, 1, "Bert", 1, 4000, 8000);
  assert_row (rows, 2, NULL, 2, 5000, 10000);
}

/* A fixed amount, tiers of what was sold before, nothing at all, and what a recruiter gets. */
static void
test_others (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GPtrArray) fixed = NULL, tiers = NULL, none = NULL, second = NULL;
  RungsSale sale = sell_two (fixture, db);

  rungs_fixture_pass (fixture, 1000);
  rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_sale_follow (fixture, db);
  fixed = try_terms (fixture, db, "{\"rates\": [{\"fixed\": 300, \"currency\": \"EUR\"}]}");
  assert_row (fixed, 0, "Anna", 2, 3000, 600);
  tiers = try_terms (fixture, db, "{\"rates\": [{\"tiers\": [{\"from\": 0, \"rate\": 1000},"
                                  " {\"from\": 1, \"rate\": 3000}],"
                                  " \"by\": \"ever\", \"of\": \"orders\"}]}");
  assert_row (tiers, 0, "Anna", 2, 3000, 595 + 3570);
  none = try_terms (fixture, db, "{\"rates\": []}");
  assert_row (none, 2, NULL, 3, 7000, 0);
  rungs_sale_set_recruiter (fixture, db, sale.partner, 2);
  second = try_terms (fixture, db, "{\"rates\": [{\"rate\": 1000}], \"second\": 500}");
  assert_row (second, 0, "Anna", 2, 3000, 595 + 1190);
  assert_row (second, 1, "Bert", 1, 4000, 2380 + 298 + 595);
}

/* Sales of another time, and of somebody who was in another programme then. */
static void
test_left_out (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (OLD, &error);
  g_autoptr (GPtrArray) before = NULL, after = NULL, others = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 other;

  sell_two (fixture, db);
  before = rungs_terms_trial (db, 1, terms, 0, now, NULL, &error);
  after = rungs_terms_trial (db, 1, terms, now + 1, G_MAXINT64, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 0);
  other = rungs_programme_add (db, "Others", 1, &error);
  g_assert_true (rungs_programme_join (db, other, 2, now, &error));
  others = rungs_terms_trial (db, 1, terms, 0, now + 1, NULL, &error);
  g_assert_cmpuint (others->len, ==, 2);
  assert_row (others, 0, "Anna", 1, 1000, 1000);
}

static void
test_cancelled (RungsFixture *fixture,
                RungsDb      *db)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_new ();

  sell_two (fixture, db);
  g_cancellable_cancel (cancellable);
  g_assert_null (rungs_terms_trial (db, 1, terms, 0, G_MAXINT64, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_quarter (void)
{
  static const struct
  {
    const char *now;
    const char *from;
    const char *until;
  } CASES[] = {
    { "2026-11-23 12:00", "2026-07-01", "2026-10-01" },
    { "2026-01-01 00:00", "2025-10-01", "2026-01-01" },
    { "2026-03-31 23:59", "2025-10-01", "2026-01-01" },
    { "2026-06-30 23:59", "2026-01-01", "2026-04-01" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gint64 now, from, until, expected_from, expected_until;

      g_assert_true (rungs_time_parse (CASES[i].now, zone, &now, NULL));
      g_assert_true (rungs_time_parse (CASES[i].from, zone, &expected_from, NULL));
      g_assert_true (rungs_time_parse (CASES[i].until, zone, &expected_until, NULL));
      rungs_terms_trial_last_quarter (zone, now, &from, &until);
      g_assert_cmpint (from, ==, expected_from);
      g_assert_cmpint (until, ==, expected_until);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/terms-trial/equal", test_equal);
  rungs_fixture_add_test ("/partners/terms-trial/doubled", test_doubled);
  rungs_fixture_add_test ("/partners/terms-trial/others", test_others);
  rungs_fixture_add_test ("/partners/terms-trial/left-out", test_left_out);
  rungs_fixture_add_test ("/partners/terms-trial/cancelled", test_cancelled);
  g_test_add_func ("/partners/terms-trial/quarter", test_quarter);
  return g_test_run ();
}
