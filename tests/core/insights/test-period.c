/* test-period.c: what happened between two moments. */

#include "insights/rungs-period-store.h"
#include "ladder/rungs-order-store.h"
#include "rungs-fixture.h"

static void
assert_revenue (RungsPeriod *period,
                guint        position,
                gint64       minor,
                const char  *currency)
{
  RungsMoney money = g_array_index (period->revenue, RungsMoney, position);

  g_assert_cmpint (money.minor, ==, minor);
  g_assert_cmpstr (money.currency, ==, currency);
}

static RungsPeriod *
load (RungsFixture *f,
      gint64        from,
      gint64        until)
{
  g_autoptr (GError) error = NULL;
  RungsPeriod *period = rungs_period_load (f->db, from, until, NULL, &error);

  g_assert_no_error (error);
  return period;
}

static void
test_counts (RungsFixture *f,
             RungsDb      *db)
{
  gint64 from = rungs_fixture_now (f);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = rungs_fixture_add_product (f, "KIT", 4900);
  gint64 order = rungs_fixture_add_order (f, ann, kit);
  g_autoptr (RungsPeriod) first = NULL;
  g_autoptr (RungsPeriod) second = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_pass (f, RUNGS_DAY);
  rungs_fixture_add_order (f, ann, kit);
  rungs_refund_add (db, order, 0, 1000, "", rungs_fixture_now (f), rungs_fixture_now (f), &error);
  g_assert_no_error (error);

  first = load (f, from, from + RUNGS_DAY);
  g_assert_cmpint (first->leads, ==, 1);
  g_assert_cmpint (first->orders, ==, 1);
  g_assert_cmpint (first->messages, ==, 0);
  assert_revenue (first, 0, 4900, "EUR");

  second = load (f, from + RUNGS_DAY, from + 2 * RUNGS_DAY);
  g_assert_cmpint (second->leads, ==, 0);
  g_assert_cmpint (second->orders, ==, 1);
  assert_revenue (second, 0, 3900, "EUR");
}

static void
test_currencies (RungsFixture *f,
                 RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = rungs_fixture_add_product (f, "KIT", 4900);
  g_autoptr (RungsPeriod) period = NULL;

  rungs_fixture_run (f, "INSERT INTO product (id, sku, name, price, currency, created_at)"
                        " VALUES (99, 'USA', 'Usa', 700, 'USD', 1)");
  rungs_fixture_add_order (f, ann, kit);
  rungs_fixture_add_order (f, ann, 99);
  period = load (f, 0, G_MAXINT64);
  g_assert_cmpuint (period->revenue->len, ==, 2);
  assert_revenue (period, 0, 4900, "EUR");
  assert_revenue (period, 1, 700, "USD");
}

static void
test_empty (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (RungsPeriod) period = load (f, 0, G_MAXINT64);
  RungsExtent extent = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (period->leads, ==, 0);
  g_assert_cmpuint (period->revenue->len, ==, 0);
  g_assert_true (rungs_extent_load (db, &extent, &error));
  g_assert_no_error (error);
  g_assert_cmpint (extent.leads + extent.products + extent.messages + extent.sequences, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/insights/period/counts", test_counts);
  rungs_fixture_add_test ("/insights/period/currencies", test_currencies);
  rungs_fixture_add_test ("/insights/period/empty", test_empty);
  return g_test_run ();
}
