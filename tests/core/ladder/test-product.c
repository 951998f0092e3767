/* test-product.c: products, what bundles hold, and what was earned. */

#include "base/rungs-error.h"
#include "insights/rungs-product-figures.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-fixture.h"

static RungsProduct *
sound_product (void)
{
  RungsProduct *product = rungs_product_new ();

  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup ("KIT");
  product->name = g_strdup ("Starter kit");
  product->price = rungs_money (4900, "EUR");
  return product;
}

static void
test_add_and_save (RungsFixture *f,
                   RungsDb      *db)
{
  g_autoptr (RungsProduct) product = sound_product ();
  g_autoptr (RungsProduct) stored = NULL;
  g_autoptr (GError) error = NULL;

  product->rung = 2;
  product->refund_days = 30;
  product->period_months = 12;
  product->id = rungs_product_add (db, product, 7, &error);
  g_assert_no_error (error);
  stored = rungs_product_load (db, product->id, &error);
  g_assert_cmpint (stored->cost, ==, RUNGS_PRODUCT_UNSAID);
  g_assert_cmpint (stored->affiliate_rate, ==, RUNGS_PRODUCT_UNSAID);
  g_assert_cmpint (stored->delivery_kind, ==, RUNGS_DELIVERY_NONE);
  g_clear_pointer (&stored, rungs_product_free);
  product->price.minor = 5900;
  g_assert_true (rungs_product_save (db, product, &error));
  g_assert_true (rungs_product_retire (db, product->id, 9, &error));
  g_assert_no_error (error);

  stored = rungs_product_load_by_sku (db, "kit", &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->id, ==, product->id);
  g_assert_cmpint (stored->price.minor, ==, 5900);
  g_assert_cmpstr (stored->price.currency, ==, "EUR");
  g_assert_cmpint (stored->rung, ==, 2);
  g_assert_cmpint (stored->refund_days, ==, 30);
  g_assert_cmpint (stored->period_months, ==, 12);
  g_assert_cmpint (stored->created_at, ==, 7);
  g_assert_cmpint (stored->retired_at, ==, 9);
  g_assert_null (rungs_product_load_by_sku (db, "none", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_facets (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (RungsProduct) product = sound_product ();
  g_autoptr (RungsProduct) stored = NULL;
  g_autoptr (GError) error = NULL;
  RungsMoney margin;

  product->cost = 1250;
  product->lapse_days = 5;
  product->delivery_kind = RUNGS_DELIVERY_SHIPPING;
  g_free (product->delivery_link);
  product->delivery_link = g_strdup ("https://example.com/kit.zip");
  g_free (product->delivery_by);
  product->delivery_by = g_strdup ("Mia");
  product->affiliate_rate = 750;
  product->id = rungs_product_add (db, product, 7, &error);
  g_assert_no_error (error);

  stored = rungs_product_load (db, product->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->cost, ==, 1250);
  g_assert_cmpint (stored->lapse_days, ==, 5);
  g_assert_cmpint (stored->delivery_kind, ==, RUNGS_DELIVERY_SHIPPING);
  g_assert_true (rungs_delivery_kind_needs_person (stored->delivery_kind));
  g_assert_cmpstr (stored->delivery_link, ==, "https://example.com/kit.zip");
  g_assert_cmpint (stored->delivery_message, ==, 0);
  g_assert_cmpstr (stored->delivery_by, ==, "Mia");
  g_assert_cmpint (stored->affiliate_rate, ==, 750);
  g_assert_true (rungs_product_margin (stored, &margin));
  g_assert_cmpint (margin.minor, ==, 3650);
  stored->cost = RUNGS_PRODUCT_UNSAID;
  g_assert_true (rungs_product_save (db, stored, &error));
  g_assert_false (rungs_product_margin (stored, &margin));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT cost IS NULL FROM product"), ==, 1);
}

static void
assert_refused (RungsDb            *db,
                const RungsProduct *product,
                RungsError          code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_product_add (db, product, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (gint) code);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsProduct) product = sound_product ();

  rungs_fixture_add_product (f, "Kit", 1);
  assert_refused (db, product, RUNGS_ERROR_CONFLICT);
  product->sku[0] = 'B';
  product->price.minor = -1;
  assert_refused (db, product, RUNGS_ERROR_INVALID);
  product->price = rungs_money (1, "");
  assert_refused (db, product, RUNGS_ERROR_INVALID);
  product->price = rungs_money (1, "EUR");
  product->period_months = -1;
  assert_refused (db, product, RUNGS_ERROR_INVALID);
  product->period_months = 0;
  product->cost = -2;
  assert_refused (db, product, RUNGS_ERROR_INVALID);
  product->cost = 0;
  product->affiliate_rate = 10001;
  assert_refused (db, product, RUNGS_ERROR_INVALID);
  product->affiliate_rate = 10000;
  product->delivery_message = 99;
  assert_refused (db, product, RUNGS_ERROR_NOT_FOUND);
  product->delivery_message = 0;
  product->name[0] = '\0';
  assert_refused (db, product, RUNGS_ERROR_INVALID);
}

static void
test_list (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GPtrArray) all = NULL;

  rungs_fixture_add_product (f, "beside", 1);
  rungs_fixture_add_product (f, "gone", 1);
  rungs_fixture_add_product (f, "top", 1);
  rungs_fixture_add_product (f, "foot", 1);
  rungs_fixture_run (f, "UPDATE product SET rung = 9 WHERE sku = 'top'");
  rungs_fixture_run (f, "UPDATE product SET rung = 1 WHERE sku IN ('foot', 'gone')");
  rungs_fixture_run (f, "UPDATE product SET retired_at = 1 WHERE sku = 'gone'");
  all = rungs_product_list (db, NULL);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (order, "%s ", ((RungsProduct *) all->pdata[i])->sku);
  g_assert_cmpstr (order->str, ==, "foot top beside gone ");
}

static void
test_bundles (RungsFixture *f,
              RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "book", 1);
  gint64 film = rungs_fixture_add_product (f, "film", 1);
  gint64 pack = rungs_fixture_add_product (f, "pack", 1);
  gint64 chest = rungs_fixture_add_product (f, "chest", 1);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_product_set_parts (db, pack, (gint64[]) { book, film, book }, 3, &error));
  g_assert_true (rungs_product_set_parts (db, chest, (gint64[]) { pack }, 1, &error));
  g_assert_no_error (error);
  parts = rungs_product_parts (db, pack, NULL);
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product_holds"), ==, 4 + 2 + 3);

  g_assert_false (rungs_product_set_parts (db, pack, &chest, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_product_set_parts (db, pack, &pack, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_product_set_parts (db, pack, (gint64[]) { 99 }, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (rungs_product_set_parts (db, pack, &film, 1, &error));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product_holds"), ==, 4 + 1 + 2);
  g_assert_true (rungs_product_set_parts (db, pack, NULL, 0, &error));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product_holds"), ==, 4 + 1);
  g_assert_no_error (error);
}

static void
test_delete (RungsFixture *f,
             RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "book", 1);
  gint64 film = rungs_fixture_add_product (f, "film", 1);
  gint64 pack = rungs_fixture_add_product (f, "pack", 1);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsOffer) offer = rungs_offer_new ();
  g_autoptr (GError) error = NULL;

  offer->from_product = book;
  offer->to_product = pack;
  g_assert_cmpint (rungs_offer_add (db, offer, 1, NULL), !=, 0);
  g_assert_true (rungs_product_set_parts (db, pack, &film, 1, NULL));
  rungs_fixture_add_order (f, ann, book);
  g_assert_false (rungs_product_delete (db, book, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_product_delete (db, film, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_product_delete (db, pack, &error));
  g_assert_true (rungs_product_delete (db, film, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM offer"), ==, 0);
  g_assert_false (rungs_product_delete (db, film, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static RungsProductFigures *
of (GHashTable *figures,
    gint64      product)
{
  return g_hash_table_lookup (figures, &product);
}

static void
test_figures (RungsFixture *f,
              RungsDb      *db)
{
  gint64 book = rungs_fixture_add_product (f, "book", 1000);
  gint64 pack = rungs_fixture_add_product (f, "pack", 3000);
  gint64 none = rungs_fixture_add_product (f, "none", 1);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  g_autoptr (RungsOrder) yen = rungs_order_new (bob, rungs_fixture_now (f));
  g_autoptr (GHashTable) figures = NULL;
  g_autoptr (GError) error = NULL;
  gint64 of_bob;

  g_assert_true (rungs_product_set_parts (db, pack, &book, 1, NULL));
  rungs_fixture_add_order (f, ann, book);
  rungs_fixture_add_order (f, ann, pack);
  of_bob = rungs_fixture_add_order (f, bob, book);
  g_strlcpy (yen->currency, "JPY", sizeof yen->currency);
  rungs_order_add_line (yen, book, 3, 500);
  g_assert_cmpint (rungs_order_add (db, yen, 1, &error), !=, 0);
  g_assert_cmpint (rungs_refund_add (db, of_bob, 0, 400, "", 1, 1, &error), !=, 0);
  g_assert_no_error (error);

  figures = rungs_product_figures (db, rungs_fixture_now (f), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (of (figures, book)->owners, ==, 2);
  g_assert_cmpint (of (figures, book)->sold, ==, 5);
  g_assert_cmpuint (of (figures, book)->revenue->len, ==, 2);
  g_assert_cmpint (g_array_index (of (figures, book)->revenue, RungsMoney, 0).minor, ==, 2000);
  g_assert_cmpstr (g_array_index (of (figures, book)->revenue, RungsMoney, 1).currency, ==, "JPY");
  g_assert_cmpint (g_array_index (of (figures, book)->revenue, RungsMoney, 1).minor, ==, 500);
  g_assert_cmpuint (of (figures, book)->refunded->len, ==, 1);
  g_assert_cmpint (g_array_index (of (figures, book)->refunded, RungsMoney, 0).minor, ==, 400);
  g_assert_cmpint (of (figures, pack)->owners, ==, 1);
  g_assert_cmpint (of (figures, none)->owners, ==, 0);
  g_assert_cmpuint (of (figures, none)->revenue->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/product/facets", test_facets);
  rungs_fixture_add_test ("/product/add-and-save", test_add_and_save);
  rungs_fixture_add_test ("/product/refused", test_refused);
  rungs_fixture_add_test ("/product/list", test_list);
  rungs_fixture_add_test ("/product/bundles", test_bundles);
  rungs_fixture_add_test ("/product/delete", test_delete);
  rungs_fixture_add_test ("/product/figures", test_figures);
  return g_test_run ();
}
