/* test-ownership.c: a lead owns what was ordered, with its parts, until it is refunded or
 * lapses. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-ownership-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-fixture.h"

static gboolean
has (RungsFixture *f,
     gint64        lead,
     gint64        product,
     gint64        later)
{
  g_autoptr (GError) error = NULL;
  gboolean owns;

  rungs_ownership_has (f->db, lead, product, rungs_fixture_now (f) + later, &owns, &error);
  g_assert_no_error (error);
  return owns;
}

static void
test_refund_ends_it (RungsFixture *f,
                     RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 book = rungs_fixture_add_product (f, "book", 1000);
  gint64 order;

  g_assert_false (has (f, ann, book, 0));
  order = rungs_fixture_add_order (f, ann, book);
  g_assert_true (has (f, ann, book, 0));
  g_assert_false (has (f, ann, book, -1));
  g_assert_false (has (f, bob, book, 0));
  rungs_refund_add (db, order, 0, 999, "", 0, 0, NULL);
  g_assert_true (has (f, ann, book, 0));
  rungs_refund_add (db, order, 0, 1, "", 0, 0, NULL);
  g_assert_false (has (f, ann, book, 0));
}

static void
test_lapse (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 club = rungs_fixture_add_product (f, "club", 900);

  rungs_fixture_run (f, "UPDATE product SET period_months = 1");
  rungs_fixture_add_order (f, ann, club);
  g_assert_true (has (f, ann, club, 31 * RUNGS_DAY - RUNGS_HOUR - 1));
  g_assert_false (has (f, ann, club, 31 * RUNGS_DAY - RUNGS_HOUR));
}

/* Days of grace are days on which it is owned; what was paid for stays as it was. */
static void
test_grace (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 club = rungs_fixture_add_product (f, "club", 900);
  gint64 month = 31 * RUNGS_DAY - RUNGS_HOUR;
  gint64 paid_until;

  rungs_fixture_run (f, "UPDATE product SET period_months = 1, lapse_days = 7");
  rungs_fixture_add_order (f, ann, club);
  g_assert_true (has (f, ann, club, month + 7 * RUNGS_DAY - 1));
  g_assert_false (has (f, ann, club, month + 7 * RUNGS_DAY));
  paid_until = rungs_fixture_number (f, "SELECT paid_until FROM order_line");
  g_assert_cmpint (paid_until, ==, rungs_fixture_now (f) + month);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT paid_until FROM owned"), ==,
                   paid_until + 7 * RUNGS_DAY);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM name_change"), ==, 2);
}

static void
test_bundles (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 book = rungs_fixture_add_product (f, "book", 1000);
  gint64 film = rungs_fixture_add_product (f, "film", 1000);
  gint64 pack = rungs_fixture_add_product (f, "pack", 1500);
  g_autoptr (GPtrArray) in_bundle = NULL;
  g_autoptr (GPtrArray) both = NULL;
  RungsOwned *first;

  g_assert_true (rungs_product_set_parts (db, pack, (gint64[]) { book, film }, 2, NULL));
  rungs_fixture_add_order (f, ann, pack);
  g_assert_true (has (f, ann, book, 0));
  g_assert_true (has (f, ann, pack, 0));
  in_bundle = rungs_ownership_list (db, ann, rungs_fixture_now (f), NULL);
  g_assert_cmpuint (in_bundle->len, ==, 3);
  first = in_bundle->pdata[0];
  g_assert_cmpint (first->product, ==, pack);
  g_assert_true (first->direct);
  first = in_bundle->pdata[1];
  g_assert_cmpint (first->product, ==, book);
  g_assert_false (first->direct);
  g_assert_cmpint (first->through, ==, pack);
  g_assert_cmpstr (first->through_name, ==, "Product pack");

  rungs_fixture_pass (f, RUNGS_DAY);
  rungs_fixture_add_order (f, ann, book);
  both = rungs_ownership_list (db, ann, rungs_fixture_now (f), NULL);
  g_assert_cmpuint (both->len, ==, 3);
  first = both->pdata[1];
  g_assert_cmpint (first->product, ==, book);
  g_assert_true (first->direct);
  g_assert_null (first->through_name);
  g_assert_cmpint (first->since, ==, rungs_fixture_now (f) - RUNGS_DAY);
}

/* The question must begin at the lead: a product has many owners, a lead few orders. */
static void
test_plan (RungsFixture *f,
           RungsDb      *db)
{
  g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", rungs_ownership_get_sql (), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) plan = rungs_db_prepare (db, sql, &error);
  const char *first;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_statement_step (plan, &error), ==, RUNGS_ROW);
  first = rungs_statement_get_text (plan, 3);
  g_assert_true (g_str_has_prefix (first, "SEARCH o USING "));
  g_assert_true (g_str_has_suffix (first, "INDEX sales_order_lead (lead=?)"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/ownership/refund-ends-it", test_refund_ends_it);
  rungs_fixture_add_test ("/ownership/lapse", test_lapse);
  rungs_fixture_add_test ("/ownership/grace", test_grace);
  rungs_fixture_add_test ("/ownership/bundles", test_bundles);
  rungs_fixture_add_test ("/ownership/plan", test_plan);
  return g_test_run ();
}
