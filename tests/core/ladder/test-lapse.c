/* test-lapse.c: subscriptions lapse when they do: over random payments, refunds and days of grace
 * the events are those of a naive model that asks at every instant who owns what. */

#include "base/rungs-clock.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-ownership-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-subscription-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"
#include "rungs-fixture.h"

#define LEADS 6
#define STEPS 400

typedef struct
{
  gint64 lead;
  gint64 product;
  gint64 at;
  gint64 until;    /* with the days of grace */
  gint64 order;
  gint64 given_back_at; /* 0: not */
} Payment;

static gint64
add_subscription (RungsFixture *f,
                  RungsDb      *db,
                  const char   *sku,
                  gint64        months,
                  gint64        lapse_days)
{
  gint64 id = rungs_fixture_add_product (f, sku, 1000);
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, NULL);

  product->period_months = months;
  product->lapse_days = lapse_days;
  g_assert_true (rungs_product_save (db, product, NULL));
  return id;
}

static void
turn (RungsFixture *f,
      RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  guint looked = 1;

  while (looked > 0)
    {
      rungs_subscriptions_turn (db, rungs_fixture_now (f), 3, &looked, &error);
      g_assert_no_error (error);
    }
}

static void
pay (RungsFixture *f,
     RungsDb      *db,
     GArray       *payments,
     gint64        lead,
     gint64        product,
     gint64        grace)
{
  g_autoptr (RungsOrder) stored = NULL;
  Payment payment = { .lead = lead, .product = product, .at = rungs_fixture_now (f) };

  payment.order = rungs_fixture_add_order (f, lead, product);
  stored = rungs_order_load (db, payment.order, NULL);
  payment.until = ((RungsOrderLine *) stored->lines->pdata[0])->paid_until + grace * RUNGS_DAY;
  g_array_append_val (payments, payment);
}

static void
give_back (RungsFixture *f,
           RungsDb      *db,
           GArray       *payments)
{
  Payment *payment;

  if (payments->len == 0)
    return;
  payment = &g_array_index (payments, Payment, g_test_rand_int_range (0, payments->len));
  if (payment->given_back_at != 0)
    return;
  payment->given_back_at = rungs_fixture_now (f);
  g_assert_cmpint (rungs_refund_add (db, payment->order, 0, RUNGS_AMOUNT_DEFAULT, "",
                                     rungs_fixture_now (f), rungs_fixture_now (f), NULL),
                   !=, 0);
}

/* Whether some payment holds at the instant. */
static gboolean
owns (GArray *payments,
      gint64  lead,
      gint64  product,
      gint64  at)
{
  for (guint i = 0; i < payments->len; i++)
    {
      const Payment *p = &g_array_index (payments, Payment, i);

      if (p->lead == lead && p->product == product && p->at <= at && at < p->until
          && (p->given_back_at == 0 || p->given_back_at > at))
        return TRUE;
    }
  return FALSE;
}

/* Each instant at which time alone ended what the lead owned, once. */
static guint
count_lapses (RungsFixture *f,
              GArray       *payments)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < payments->len; i++)
    {
      const Payment *p = &g_array_index (payments, Payment, i);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                              " %" G_GINT64_FORMAT,
                                              p->lead, p->product, p->until);

      if (p->until <= rungs_fixture_now (f) && owns (payments, p->lead, p->product, p->until - 1)
          && !owns (payments, p->lead, p->product, p->until))
        {
          g_autofree char *sql = g_strdup_printf (
              "SELECT count (*) FROM event WHERE kind = 'subscription.lapsed'"
              " AND lead = %" G_GINT64_FORMAT " AND at = %" G_GINT64_FORMAT
              " AND detail = (SELECT name FROM product WHERE id = %" G_GINT64_FORMAT ")",
              p->lead, p->until, p->product);

          g_assert_cmpint (rungs_fixture_number (f, sql), ==, 1);
          g_hash_table_add (told, g_steal_pointer (&key));
        }
    }
  return g_hash_table_size (told);
}

static void
test_random (RungsFixture *f,
             RungsDb      *db)
{
  static const gint64 GRACE[] = { 0, 5 };
  gint64 products[2] = { add_subscription (f, db, "CLUB", 1, GRACE[0]),
                         add_subscription (f, db, "YEAR", 2, GRACE[1]) };
  gint64 leads[LEADS];
  g_autoptr (GArray) payments = g_array_new (FALSE, FALSE, sizeof (Payment));

  for (guint i = 0; i < LEADS; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%u@example.com", i);

      leads[i] = rungs_fixture_add_lead (f, email, "Ann");
    }
  for (guint i = 0; i < STEPS; i++)
    {
      guint which = g_test_rand_int_range (0, 2);

      rungs_fixture_pass (f, g_test_rand_int_range (1, 4 * RUNGS_DAY));
      if (g_test_rand_bit ())
        turn (f, db);
      if (g_test_rand_int_range (0, 5) == 0)
        give_back (f, db, payments);
      else
        pay (f, db, payments, leads[g_test_rand_int_range (0, LEADS)], products[which],
             GRACE[which]);
    }
  turn (f, db);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'subscription.lapsed'"),
      ==, count_lapses (f, payments));
  for (guint i = 0; i < LEADS; i++)
    for (guint k = 0; k < 2; k++)
      {
        gboolean has;

        g_assert_true (rungs_ownership_has (db, leads[i], products[k], rungs_fixture_now (f), &has,
                                            NULL));
        g_assert_cmpint (has, ==, owns (payments, leads[i], products[k], rungs_fixture_now (f)));
      }
}

/* Told once, when it is due, with the days of grace; a renewal in time leaves nothing to tell. */
static void
test_once (RungsFixture *f,
           RungsDb      *db)
{
  gint64 club = add_subscription (f, db, "CLUB", 1, 3);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 next = 0;

  rungs_fixture_add_order (f, ann, club);
  g_assert_true (rungs_subscriptions_next_turn (db, &next, NULL));
  rungs_fixture_pass (f, 33 * RUNGS_DAY);
  turn (f, db);
  rungs_fixture_add_order (f, ann, club);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'subscription.lapsed'"),
      ==, 0);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'order.renewed'"), ==, 1);
  rungs_fixture_pass (f, 60 * RUNGS_DAY);
  turn (f, db);
  turn (f, db);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'subscription.lapsed'"),
      ==, 1);
  g_assert_true (rungs_subscriptions_next_turn (db, &next, NULL));
  g_assert_cmpint (next, ==, G_MAXINT64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/ladder/lapse/random", test_random);
  rungs_fixture_add_test ("/ladder/lapse/once", test_once);
  return g_test_run ();
}
