/* test-ladder-edit.c: whatever is done to the ladder is undone so that the file is as it was before
 * it, and done again so that it is as it was after; refused where somebody came between. */

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-ladder-edit-store.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "ladder/rungs-way-store.h"
#include "rungs-fixture.h"

#define EDITS 60

/* All of the ladder as text, and what is derived from it. */
#define DUMP(table, columns)                                                                       \
  "(SELECT coalesce (group_concat (row, char (10)), '') FROM"                                      \
  " (SELECT json_array (" columns ") AS row FROM " table " ORDER BY 1))"

static const char SQL_DUMP[] = "SELECT " DUMP (
    "product", "id, sku, name, price, currency, rung, refund_days, period_months, delivery,"
               " created_at, retired_at") " || '/' || "
  DUMP ("product_part", "bundle, part") " || '/' || "
  DUMP ("product_holds", "whole, part") " || '/' || "
  DUMP ("offer", "id, from_product, to_product, kind, after_days, priority, condition, created_at,"
                 " retired_at") " || '/' || "
  DUMP ("sales_letter", "id, product, path, name, address, text, created_at, updated_at,"
                        " retired_at") " || '/' || "
  DUMP ("source", "id, kind, name, created_at, retired_at") " || '/' || "
  DUMP ("source_spend", "id, source, day, amount, currency, note") " || '/' || "
  DUMP ("way_in", "id, source, kind, path, sequence, letter, product, created_at");

static char *
dump (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUMP, NULL);
  char *text;

  g_assert_nonnull (query);
  g_assert_cmpint (rungs_statement_step (query, NULL), ==, RUNGS_ROW);
  text = rungs_statement_dup_text (query, 0);
  rungs_statement_reset (query);
  return text;
}

/* ---- random edits */

static gint64
pick (RungsDb    *db,
      const char *table,
      int         random)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s ORDER BY (id * 7919 + %d) %% 101, id"
                                          " LIMIT 1", table, random);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, NULL);
  gint64 id = 0;

  g_assert_true (rungs_statement_get_number (query, 0, &id, NULL));
  return id;
}

static gint64
pick_any (RungsDb    *db,
          const char *table)
{
  return pick (db, table, g_test_rand_int_range (0, 1000));
}

static void
add_product (RungsDb *db)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();
  g_autofree char *sku = g_strdup_printf ("P%d", g_test_rand_int_range (0, 1000000));

  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup (sku);
  product->name = g_strdup ("A “product”,\nof two lines");
  product->price = rungs_money (g_test_rand_int_range (0, 99999), "EUR");
  product->rung = g_test_rand_int_range (0, 6);
  rungs_product_add (db, product, 7, NULL);
}

static void
change_product (RungsDb *db)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, pick_any (db, "product"), NULL);

  if (product == NULL)
    return;
  product->rung = g_test_rand_int_range (0, 9);
  product->price.minor = g_test_rand_int_range (0, 99999);
  rungs_product_save (db, product, NULL);
}

static void
set_parts (RungsDb *db)
{
  gint64 parts[] = { pick_any (db, "product"), pick_any (db, "product") };

  rungs_product_set_parts (db, pick_any (db, "product"), parts,
                           (guint) g_test_rand_int_range (0, 3), NULL);
}

static void
add_offer (RungsDb *db)
{
  g_autoptr (RungsOffer) offer = rungs_offer_new ();

  offer->from_product = g_test_rand_int_range (0, 4) ? pick_any (db, "product") : 0;
  offer->to_product = pick_any (db, "product");
  offer->kind = (RungsOfferKind) g_test_rand_int_range (0, 4);
  rungs_offer_add (db, offer, 8, NULL);
}

static void
add_letter (RungsDb *db)
{
  g_autoptr (RungsSalesLetter) letter
    = rungs_sales_letter_new (pick_any (db, "product"), RUNGS_LETTER_PAGE);

  g_free (letter->name);
  letter->name = g_strdup ("Page");
  rungs_sales_letter_add (db, letter, 9, NULL);
}

static void
add_source (RungsDb *db)
{
  g_autofree char *name = g_strdup_printf ("S%d", g_test_rand_int_range (0, 1000000));
  gint64 id = rungs_source_add (db, (RungsSourceKind) g_test_rand_int_range (0, 6), name, 7, NULL);

  rungs_spend_add (db, id, "2026-02-01", rungs_money (g_test_rand_int_range (1, 999), "EUR"), "",
                   NULL);
}

static void
add_way (RungsDb *db)
{
  g_autoptr (RungsWay) way = rungs_way_new ();

  way->source = pick_any (db, "source");
  way->path = (RungsPath) g_test_rand_int_range (0, 4);
  if (way->path != RUNGS_PATH_OPT_IN && g_test_rand_bit ())
    way->letter = pick_any (db, "sales_letter");
  else if (way->path != RUNGS_PATH_OPT_IN)
    way->product = pick_any (db, "product");
  rungs_way_add (db, way, 11, NULL);
}

/* One to three changes; some are refused, and some are of one row. */
static gboolean
change (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    switch (g_test_rand_int_range (0, 13))
      {
      case 0: case 1: add_product (db); break;
      case 2: change_product (db); break;
      case 3: set_parts (db); break;
      case 4: case 5: add_offer (db); break;
      case 6: add_letter (db); break;
      case 7: add_source (db); break;
      case 8: add_way (db); break;
      case 9: rungs_product_delete (db, pick_any (db, "product"), NULL); break;
      case 10: rungs_offer_retire (db, pick_any (db, "offer"), 12, NULL); break;
      case 11: rungs_source_delete (db, pick_any (db, "source"), NULL); break;
      default: rungs_way_delete (db, pick_any (db, "way_in"), NULL); break;
      }
  return TRUE;
}

static void
test_random (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (GPtrArray) edits
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_ladder_edit_free);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (states, dump (db));
  for (int i = 0; i < EDITS; i++)
    {
      RungsLadderEdit *edit = rungs_ladder_edit_do (db, change, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (edits, edit);
      g_ptr_array_add (states, dump (db));
      g_assert_cmpint (rungs_ladder_edit_is_empty (edit), ==,
                       g_str_equal (states->pdata[i], states->pdata[i + 1]));
    }
  for (int round = 0; round < 2; round++)
    {
      for (int i = EDITS - 1; i >= 0; i--)
        {
          g_autofree char *now = NULL;

          rungs_ladder_edit_undo (db, edits->pdata[i], &error);
          g_assert_no_error (error);
          now = dump (db);
          g_assert_cmpstr (now, ==, states->pdata[i]);
        }
      for (int i = 0; i < EDITS; i++)
        {
          g_autofree char *now = NULL;

          rungs_ladder_edit_redo (db, edits->pdata[i], &error);
          g_assert_no_error (error);
          now = dump (db);
          g_assert_cmpstr (now, ==, states->pdata[i + 1]);
        }
    }
}

/* ---- somebody else came between */

static gboolean
add_one (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  add_product (db);
  return TRUE;
}

static void
assert_refused (RungsDb               *db,
                const RungsLadderEdit *edit)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_ladder_edit_undo (db, edit, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_changed (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (RungsLadderEdit) edit = rungs_ladder_edit_do (db, add_one, NULL, NULL);
  gint64 id = rungs_ladder_edit_find_added (edit, "product");
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, NULL);

  g_assert_cmpint (rungs_ladder_edit_find_added (edit, "offer"), ==, 0);
  g_free (product->name);
  product->name = g_strdup ("Another name");
  rungs_product_save (db, product, NULL);
  assert_refused (db, edit);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product"), ==, 1);
}

/* What stands by a product goes with it: then it does not go. */
static void
test_stood_by (RungsFixture *f,
               RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  g_autoptr (RungsLadderEdit) edit = rungs_ladder_edit_do (db, add_one, NULL, NULL);
  g_autoptr (RungsOffer) offer = rungs_offer_new ();

  offer->from_product = kit;
  offer->to_product = rungs_ladder_edit_find_added (edit, "product");
  g_assert_cmpint (rungs_offer_add (db, offer, 5, NULL), !=, 0);
  assert_refused (db, edit);
}

static gboolean
add_one_letter (RungsDb   *db,
                gpointer   data,
                GError   **error)
{
  g_autoptr (RungsSalesLetter) letter
      = rungs_sales_letter_new (*(gint64 *) data, RUNGS_LETTER_PAGE);

  g_free (letter->name);
  letter->name = g_strdup ("Long");
  return rungs_sales_letter_add (db, letter, 1, error) != 0;
}

/* What leads came by, and what a shop's product was said to be, does not go with an undo. */
static void
test_used (RungsFixture *f,
           RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  g_autoptr (RungsLadderEdit) letter = rungs_ladder_edit_do (db, add_one_letter, &kit, NULL);
  g_autoptr (RungsLadderEdit) product = rungs_ladder_edit_do (db, add_one, NULL, NULL);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  g_assert_true (rungs_ladder_edit_undo (db, letter, NULL));
  g_assert_true (rungs_ladder_edit_redo (db, letter, NULL));
  rungs_fixture_run (f, "INSERT INTO source (id, kind, name, created_at)"
                        " VALUES (1, 'ppc', 'Ads', 0)");
  rungs_fixture_run (f, "INSERT INTO touch (lead, source, path, at, letter)"
                        " SELECT l.id, 1, 'direct', 1, s.id FROM lead l, sales_letter s");
  rungs_fixture_run (f, "INSERT INTO product_alias (seller, alias, product, used_at)"
                        " SELECT 'Stripe', 'name:x', max (id), 1 FROM product");
  g_assert_cmpint (ann, !=, 0);
  assert_refused (db, letter);
  assert_refused (db, product);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"
                                            " WHERE letter IS NOT NULL"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product_alias"), ==, 1);
}

static gboolean
undo_cb (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  return rungs_ladder_edit_undo (db, data, error);
}

static gboolean
add_one_cb (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  RungsLadderEdit **edit = data;

  *edit = rungs_ladder_edit_do (db, add_one, NULL, error);
  return *edit != NULL;
}

static gint64 ordered;

static void
order_it (RungsFixture *f,
          RungsDb      *db)
{
  rungs_fixture_add_order (f, rungs_fixture_add_lead (f, "ann@example.com", "Ann"), ordered);
}

/* A product that was ordered since is not undone, and the order stays. */
static void
test_ordered (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_autoptr (RungsLadderEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_db_write (f->db, add_one_cb, &edit, NULL));
  ordered = rungs_ladder_edit_find_added (edit, "product");
  rungs_fixture_write (f, order_it);
  g_assert_false (rungs_db_write (f->db, undo_cb, edit, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM product"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM order_line"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/ladder-edit/random", test_random);
  g_test_add_func ("/ladder-edit/ordered", test_ordered);
  rungs_fixture_add_test ("/ladder-edit/changed", test_changed);
  rungs_fixture_add_test ("/ladder-edit/stood-by", test_stood_by);
  rungs_fixture_add_test ("/ladder-edit/used", test_used);
  return g_test_run ();
}
