/* test-ladder-fault.c: each fault of the ladder is found where it is, and nowhere else. */

#include "insights/rungs-ladder-fault.h"
#include "insights/rungs-wilson.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-fixture.h"

/* A product that a live sequence and a sales letter sell. */
static gint64
add_rung (RungsFixture *f,
          const char   *sku,
          int           rung,
          gint64        price)
{
  gint64 id = rungs_fixture_add_product (f, sku, price);
  g_autofree char *place
    = g_strdup_printf ("UPDATE product SET rung = %d WHERE id = %d", rung, (int) id);
  g_autofree char *selling = g_strdup_printf (
    "INSERT INTO sequence (name, sells, state, created_at) VALUES ('Sell %s', %d, 'live', 1)",
    sku, (int) id);

  rungs_fixture_run (f, place);
  rungs_fixture_run (f, selling);
  rungs_fixture_run (f, "INSERT INTO sales_letter (product, path, name, created_at, updated_at)"
                        " SELECT max (id), 'email', 'Page', 1, 1 FROM product");
  return id;
}

static gint64
add_offer (RungsDb        *db,
           gint64          from,
           gint64          to,
           RungsOfferKind  kind)
{
  g_autoptr (RungsOffer) offer = rungs_offer_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  offer->from_product = from;
  offer->to_product = to;
  offer->kind = kind;
  id = rungs_offer_add (db, offer, 5, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
add_buyer (RungsFixture *f,
           const char   *email,
           gint64        product)
{
  return rungs_fixture_add_order (f, rungs_fixture_add_lead (f, email, "Ann"), product);
}

/* "CODE PRODUCT OTHER" of each fault, after each other. */
static char *
faults (RungsFixture *f,
        RungsDb      *db)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rungs_ladder_find_faults (db, rungs_fixture_now (f), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const RungsLadderFault *fault = g_ptr_array_index (found, i);
      g_autofree char *sentence = rungs_ladder_fault_to_words (fault);

      g_assert_true (g_str_has_suffix (sentence, "."));
      g_string_append_printf (words, "%s%s %d %d", i > 0 ? ", " : "",
                              rungs_ladder_fault_code_to_text (fault->code), (int) fault->product,
                              (int) fault->other);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
assert_faults (RungsFixture *f,
               RungsDb      *db,
               const char   *expected)
{
  g_autofree char *found = faults (f, db);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_sound (RungsFixture *f,
            RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);

  assert_faults (f, db, "");
  add_offer (db, 0, foot, RUNGS_OFFER_NEXT);
  add_offer (db, foot, top, RUNGS_OFFER_NEXT);
  add_offer (db, top, foot, RUNGS_OFFER_CROSS);
  add_buyer (f, "ann@example.com", foot);
  add_buyer (f, "bob@example.com", top);
  assert_faults (f, db, "");
}

static void
test_way_in (RungsFixture *f,
             RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);

  rungs_fixture_run (f, "UPDATE sequence SET state = 'paused' WHERE sells = 2");
  assert_faults (f, db, "no-way-in 2 0");
  add_offer (db, foot, top, RUNGS_OFFER_UPSELL);
  assert_faults (f, db, "no-sequence 2 0");
  rungs_fixture_run (f, "UPDATE product SET price = 0 WHERE id = 2");
  assert_faults (f, db, "");
  rungs_fixture_run (f, "UPDATE product SET retired_at = 5 WHERE id = 2");
  assert_faults (f, db, "no-longer-sold 1 2");
}

static void
test_next (RungsFixture *f,
           RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);
  gint64 order = add_buyer (f, "ann@example.com", foot);

  add_buyer (f, "bob@example.com", top);
  assert_faults (f, db, "no-next 1 0");
  rungs_fixture_run (f, "DELETE FROM order_line WHERE sales_order = 1");
  g_assert_cmpint (order, ==, 1);
  assert_faults (f, db, "");
}

static void
test_owned_by_all (RungsFixture *f,
                   RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  add_offer (db, foot, top, RUNGS_OFFER_NEXT);
  rungs_fixture_add_order (f, ann, foot);
  rungs_fixture_add_order (f, ann, top);
  assert_faults (f, db, "owned-by-all 1 2");
  add_buyer (f, "bob@example.com", foot);
  assert_faults (f, db, "");
}

static void
test_prices (RungsFixture *f,
             RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 5000);
  gint64 middle = add_rung (f, "MIDDLE", 2, 4900);
  gint64 top = add_rung (f, "TOP", 3, 9900);

  add_offer (db, foot, middle, RUNGS_OFFER_NEXT);
  add_offer (db, top, foot, RUNGS_OFFER_DOWNSELL);
  assert_faults (f, db, "cheaper-offer 1 2, cheaper-rung 2 1");
  rungs_fixture_run (f, "UPDATE product SET period_months = 1 WHERE id = 2");
  assert_faults (f, db, "");
  rungs_fixture_run (f, "UPDATE product SET period_months = NULL, currency = 'USD' WHERE id = 2");
  assert_faults (f, db, "");
}

static void
test_cycle (RungsFixture *f,
            RungsDb      *db)
{
  gint64 a = add_rung (f, "A", 1, 100);
  gint64 b = add_rung (f, "B", 2, 100);
  gint64 c = add_rung (f, "C", 3, 100);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  add_offer (db, a, b, RUNGS_OFFER_NEXT);
  add_offer (db, b, c, RUNGS_OFFER_UPSELL);
  add_offer (db, a, c, RUNGS_OFFER_NEXT);
  assert_faults (f, db, "");
  add_offer (db, c, b, RUNGS_OFFER_NEXT);
  found = rungs_ladder_find_faults (db, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((RungsLadderFault *) g_ptr_array_index (found, 0))->text, ==,
                   "Product B → Product C → Product B");
}

/* `n` sales, of which `refunded` are given back. */
static void
sell (RungsFixture *f,
      RungsDb      *db,
      gint64        product,
      const char   *domain,
      int           n,
      int           refunded)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *email = g_strdup_printf ("lead%d@%s", i, domain);
      gint64 order = add_buyer (f, email, product);
      g_autoptr (GError) error = NULL;

      if (i < refunded)
        rungs_refund_add (db, order, 0, 100, "", rungs_fixture_now (f), rungs_fixture_now (f),
                          &error);
      g_assert_no_error (error);
    }
}

static void
test_refunds (RungsFixture *f,
              RungsDb      *db)
{
  gint64 low = add_rung (f, "LOW", 0, 4900);
  gint64 high = add_rung (f, "HIGH", 0, 4900);

  sell (f, db, low, "low.example", 100, 3);
  sell (f, db, high, "high.example", 19, 19);
  assert_faults (f, db, "");
  sell (f, db, high, "more.example", 1, 0);
  assert_faults (f, db, "refunds 2 0");
  sell (f, db, high, "many.example", 180, 0);
  assert_faults (f, db, "");
}

/* Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3. */
static void
test_wilson (void)
{
  static const struct
  {
    gint64 hits, n;
    double low, high;
  } CASES[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
    { 0, 0, 0, 1 },
    { 5, 5, 0.5655, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const RungsInterval found = rungs_wilson (CASES[i].hits, CASES[i].n);

      g_assert_cmpfloat_with_epsilon (found.low, CASES[i].low, 0.00005);
      g_assert_cmpfloat_with_epsilon (found.high, CASES[i].high, 0.00005);
    }
}

static void
test_letter_and_delivery (RungsFixture *f,
                          RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);

  add_offer (db, 0, foot, RUNGS_OFFER_NEXT);
  add_offer (db, foot, top, RUNGS_OFFER_NEXT);
  rungs_fixture_run (f, "UPDATE sales_letter SET retired_at = 5");
  assert_faults (f, db, "no-letter 2 0");
  rungs_fixture_run (f, "UPDATE sales_letter SET retired_at = NULL");
  rungs_fixture_run (f, "UPDATE product SET delivery_kind = 'shipping' WHERE id = 2");
  assert_faults (f, db, "no-deliverer 2 0");
  rungs_fixture_run (f, "UPDATE product SET delivery_by = 'Mia' WHERE id = 2");
  assert_faults (f, db, "");
  rungs_fixture_run (f, "UPDATE product SET delivery_kind = 'link' WHERE id = 2");
  assert_faults (f, db, "nothing-sent 2 0");
  rungs_fixture_run (f, "UPDATE product SET delivery_link = 'https://a.example' WHERE id = 2");
  assert_faults (f, db, "");
  rungs_fixture_run (f, "UPDATE product SET delivery_kind = 'message' WHERE id = 2");
  assert_faults (f, db, "nothing-sent 2 0");
}

static void
test_over (RungsFixture *f,
           RungsDb      *db)
{
  gint64 foot = add_rung (f, "FOOT", 1, 0);
  gint64 top = add_rung (f, "TOP", 2, 9900);
  g_autoptr (RungsOffer) offer = NULL;

  add_offer (db, 0, foot, RUNGS_OFFER_NEXT);
  offer = rungs_offer_load (db, add_offer (db, foot, top, RUNGS_OFFER_NEXT), NULL);
  offer->valid_until = rungs_fixture_now (f) + 1;
  g_assert_true (rungs_offer_save (db, offer, NULL));
  assert_faults (f, db, "");
  rungs_fixture_pass (f, 1);
  assert_faults (f, db, "over 1 2");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  rungs_fixture_add_test ("/insights/ladder-fault/sound", test_sound);
  rungs_fixture_add_test ("/insights/ladder-fault/way-in", test_way_in);
  rungs_fixture_add_test ("/insights/ladder-fault/next", test_next);
  rungs_fixture_add_test ("/insights/ladder-fault/owned-by-all", test_owned_by_all);
  rungs_fixture_add_test ("/insights/ladder-fault/prices", test_prices);
  rungs_fixture_add_test ("/insights/ladder-fault/cycle", test_cycle);
  rungs_fixture_add_test ("/insights/ladder-fault/refunds", test_refunds);
  g_test_add_func ("/insights/wilson", test_wilson);
  rungs_fixture_add_test ("/ladder-fault/letter-and-delivery", test_letter_and_delivery);
  rungs_fixture_add_test ("/ladder-fault/over", test_over);
  return g_test_run ();
}
