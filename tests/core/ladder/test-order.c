/* test-order.c: orders and refunds are exact, and each is told once. */

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-event-store.h"
#include "rungs-fixture.h"

static char *
newest_event (RungsDb *db,
              gint64   lead)
{
  g_autoptr (GPtrArray) page = rungs_timeline_page (db, lead, NULL, 1, NULL);

  return g_strdup (((RungsEvent *) page->pdata[0])->detail);
}

static void
test_add (RungsFixture *f,
          RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 book = rungs_fixture_add_product (f, "book", 1999);
  gint64 film = rungs_fixture_add_product (f, "film", 500);
  g_autoptr (RungsOrder) order = rungs_order_new (ann, rungs_fixture_now (f));
  g_autoptr (RungsOrder) stored = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;
  RungsOrderLine *line;
  gint64 id;

  g_free (order->coupon);
  order->coupon = g_strdup ("SPRING");
  order->anyway = TRUE;
  order->external = g_strdup ("1001");
  rungs_order_add_line (order, book, 2, RUNGS_AMOUNT_DEFAULT);
  rungs_order_add_line (order, film, 1, 0);
  id = rungs_order_add (db, order, rungs_fixture_now (f), &error);
  g_assert_no_error (error);

  stored = rungs_order_load (db, id, &error);
  g_assert_cmpstr (stored->currency, ==, "EUR");
  g_assert_cmpstr (stored->coupon, ==, "SPRING");
  g_assert_cmpstr (stored->external, ==, "1001");
  g_assert_cmpint (rungs_order_total (stored).minor, ==, 3998);
  g_assert_cmpuint (stored->lines->len, ==, 2);
  line = stored->lines->pdata[0];
  g_assert_cmpstr (line->name, ==, "Product book");
  g_assert_cmpint (line->quantity, ==, 2);
  g_assert_cmpint (line->paid_until, ==, 0);
  event = newest_event (db, ann);
  g_assert_cmpstr (event, ==,
                   "{\"products\":[\"Product book\",\"Product film\"],\"amount\":3998,"
                   "\"currency\":\"EUR\",\"coupon\":\"SPRING\"}");
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'order.placed'"), ==, 1);
  all = rungs_order_list_of_lead (db, ann, NULL);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = rungs_order_list (db, 1, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = rungs_order_list (db, 100, NULL);
  g_assert_cmpuint (all->len, ==, 1);

  g_assert_cmpint (rungs_order_add (db, order, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

typedef struct
{
  gint64 lead, product;
  gint64 quantity, amount;
  const char *currency;
  RungsError code;
} Refused;

static const Refused REFUSED[] = {
  { 99, 1, 1, 1, "", RUNGS_ERROR_NOT_FOUND },
  { 1, 99, 1, 1, "", RUNGS_ERROR_NOT_FOUND },
  { 1, 1, 0, 1, "", RUNGS_ERROR_INVALID },
  { 1, 1, 1, -5, "", RUNGS_ERROR_INVALID },
  { 1, 1, 1, RUNGS_AMOUNT_DEFAULT, "USD", RUNGS_ERROR_INVALID },
  { 1, 1, 1, 1, "usd", RUNGS_ERROR_INVALID },
  { 1, 1, G_MAXINT64, RUNGS_AMOUNT_DEFAULT, "", RUNGS_ERROR_INVALID },
};

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsOrder) empty = rungs_order_new (1, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_fixture_add_lead (f, "ann@example.com", "Ann"), ==, 1);
  g_assert_cmpint (rungs_fixture_add_product (f, "book", 100), ==, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (RungsOrder) order = rungs_order_new (REFUSED[i].lead, 0);
      g_autoptr (GError) failure = NULL;

      g_strlcpy (order->currency, REFUSED[i].currency, sizeof order->currency);
      rungs_order_add_line (order, REFUSED[i].product, REFUSED[i].quantity, REFUSED[i].amount);
      g_assert_cmpint (rungs_order_add (db, order, 0, &failure), ==, 0);
      g_assert_error (failure, RUNGS_ERROR, (gint) REFUSED[i].code);
    }
  g_assert_cmpint (rungs_order_add (db, empty, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM order_line"), ==, 0);
}

static gint64
paid_until (RungsDb *db,
            gint64   order)
{
  g_autoptr (RungsOrder) stored = rungs_order_load (db, order, NULL);

  return ((RungsOrderLine *) stored->lines->pdata[0])->paid_until;
}

static gint64
instant (const char *text)
{
  gint64 at;

  g_assert_true (rungs_time_parse (text, NULL, &at, NULL));
  return at;
}

/* A month is a calendar month in Berlin: the clock there changed between 2 March and 2 April. */
static void
test_subscription (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 club = rungs_fixture_add_product (f, "club", 900);
  g_autoptr (RungsOrder) three = NULL;
  gint64 first, second, third;

  rungs_fixture_run (f, "UPDATE product SET period_months = 1");
  first = rungs_fixture_add_order (f, ann, club);
  g_assert_cmpint (paid_until (db, first), ==, instant ("2026-04-02T08:00:00Z"));
  rungs_fixture_pass (f, 10 * RUNGS_DAY);
  second = rungs_fixture_add_order (f, ann, club);
  g_assert_cmpint (paid_until (db, second), ==, instant ("2026-05-02T08:00:00Z"));

  rungs_fixture_pass (f, 100 * RUNGS_DAY);
  three = rungs_order_new (ann, instant ("2026-08-31T12:00:00Z"));
  rungs_order_add_line (three, club, 6, RUNGS_AMOUNT_DEFAULT);
  third = rungs_order_add (db, three, 0, NULL);
  g_assert_cmpint (paid_until (db, third), ==, instant ("2027-02-28T13:00:00Z"));
}

static void
test_refund_split (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 book = rungs_fixture_add_product (f, "book", 1);
  g_autoptr (RungsOrder) order = rungs_order_new (ann, 1);
  g_autoptr (RungsOrder) half = NULL;
  g_autoptr (RungsOrder) whole = NULL;
  g_autoptr (GPtrArray) refunds = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;
  gint64 id;

  rungs_order_add_line (order, book, 1, 1000);
  rungs_order_add_line (order, book, 1, 1000);
  rungs_order_add_line (order, book, 1, 1);
  rungs_order_add_line (order, book, 1, 0);
  id = rungs_order_add (db, order, 1, &error);
  g_assert_cmpint (rungs_refund_add (db, id, 0, 1001, "late", 2, 3, &error), !=, 0);
  g_assert_no_error (error);
  half = rungs_order_load (db, id, NULL);
  g_assert_cmpint (((RungsOrderLine *) half->lines->pdata[0])->refunded, ==, 500);
  g_assert_cmpint (((RungsOrderLine *) half->lines->pdata[1])->refunded, ==, 500);
  g_assert_cmpint (((RungsOrderLine *) half->lines->pdata[2])->refunded, ==, 1);
  g_assert_cmpint (rungs_order_refunded (half).minor, ==, 1001);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM owned"), ==, 3);

  g_assert_cmpint (rungs_refund_add (db, id, 0, 1001, "", 4, 5, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_refund_add (db, id, 0, 0, "", 4, 5, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  rungs_fixture_pass (f, 1);
  g_assert_cmpint (rungs_refund_add (db, id, 0, RUNGS_AMOUNT_DEFAULT, "all", rungs_fixture_now (f),
                                     5, &error),
                   !=, 0);
  whole = rungs_order_load (db, id, NULL);
  g_assert_cmpint (rungs_order_refunded (whole).minor, ==, 2001);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM owned"), ==, 0);
  event = newest_event (db, ann);
  g_assert_cmpstr (
      event, ==,
      "{\"order\":1,\"amount\":1000,\"currency\":\"EUR\",\"whole\":true,\"reason\":\"all\"}");

  g_assert_cmpint (rungs_refund_add (db, id, 0, RUNGS_AMOUNT_DEFAULT, "", 9, 9, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  refunds = rungs_refund_list (db, id, NULL);
  g_assert_cmpuint (refunds->len, ==, 2);
  g_assert_cmpint (((RungsRefund *) refunds->pdata[0])->amount.minor, ==, 1001);
  g_assert_cmpstr (((RungsRefund *) refunds->pdata[0])->reason, ==, "late");
}

/* Refunds of every size of an order of odd amounts sum to the cent, and end with nothing left. */
static void
test_refund_sums (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 book = rungs_fixture_add_product (f, "book", 1);
  g_autoptr (RungsOrder) order = rungs_order_new (ann, 1);
  g_autoptr (GError) error = NULL;
  gint64 left = 333 + 77 + 1 + 589;
  gint64 id;

  rungs_order_add_line (order, book, 1, 333);
  rungs_order_add_line (order, book, 1, 77);
  rungs_order_add_line (order, book, 1, 1);
  rungs_order_add_line (order, book, 1, 589);
  id = rungs_order_add (db, order, 1, &error);
  for (gint64 amount = 1; left > 0; amount = MIN (amount + 1, left))
    {
      g_autoptr (RungsOrder) now = NULL;

      g_assert_cmpint (rungs_refund_add (db, id, 0, amount, "", 1, 1, &error), !=, 0);
      g_assert_no_error (error);
      left -= amount;
      now = rungs_order_load (db, id, NULL);
      g_assert_cmpint (rungs_order_total (now).minor - rungs_order_refunded (now).minor, ==, left);
      for (guint i = 0; i < now->lines->len; i++)
        {
          RungsOrderLine *line = now->lines->pdata[i];

          g_assert_cmpint (line->refunded, <=, line->amount);
        }
    }
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM owned"), ==, 0);
}

static void
test_refund_line (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 book = rungs_fixture_add_product (f, "book", 1000);
  gint64 gift = rungs_fixture_add_product (f, "gift", 0);
  g_autoptr (RungsOrder) order = rungs_order_new (ann, 1);
  g_autoptr (GError) error = NULL;
  gint64 id;

  rungs_order_add_line (order, book, 1, RUNGS_AMOUNT_DEFAULT);
  rungs_order_add_line (order, gift, 1, RUNGS_AMOUNT_DEFAULT);
  id = rungs_order_add (db, order, 1, &error);
  g_assert_cmpint (rungs_refund_add (db, id, 1, RUNGS_AMOUNT_DEFAULT, "", 1, 1, &error), !=, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM owned"), ==, 1);
  g_assert_cmpint (rungs_refund_add (db, id, 99, RUNGS_AMOUNT_DEFAULT, "", 1, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (rungs_refund_add (db, id, 2, RUNGS_AMOUNT_DEFAULT, "", 1, 1, &error), !=, 0);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM owned"), ==, 0);
  g_assert_cmpint (rungs_refund_add (db, id, 2, RUNGS_AMOUNT_DEFAULT, "", 1, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/order/add", test_add);
  rungs_fixture_add_test ("/order/refused", test_refused);
  rungs_fixture_add_test ("/order/subscription", test_subscription);
  rungs_fixture_add_test ("/order/refund-split", test_refund_split);
  rungs_fixture_add_test ("/order/refund-sums", test_refund_sums);
  rungs_fixture_add_test ("/order/refund-line", test_refund_line);
  return g_test_run ();
}
