/* test-sales-letter.c: what sells the products, and what could be better about it. */

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "rungs-fixture.h"

static RungsSalesLetter *
letter_new (gint64          product,
            RungsLetterPath path,
            const char     *name)
{
  RungsSalesLetter *letter = rungs_sales_letter_new (product, path);

  g_free (letter->name);
  letter->name = g_strdup (name);
  return letter;
}

static gint64
add (RungsDb        *db,
     gint64          product,
     RungsLetterPath path,
     const char     *name)
{
  g_autoptr (RungsSalesLetter) letter = letter_new (product, path, name);
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_sales_letter_add (db, letter, 7, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_change (RungsFixture *f,
             RungsDb      *db)
{
  gint64 product = rungs_fixture_add_product (f, "a", 1);
  gint64 id = add (db, product, RUNGS_LETTER_PHONE, "Script");
  g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_load (db, id, NULL);
  g_autoptr (RungsSalesLetter) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (letter->path, ==, RUNGS_LETTER_PHONE);
  letter->path = RUNGS_LETTER_EMAIL;
  g_free (letter->address);
  letter->address = g_strdup ("https://example.com/a");
  g_free (letter->text);
  letter->text = g_strdup ("Words");
  g_assert_true (rungs_sales_letter_save (db, letter, 9, &error));
  g_assert_true (rungs_sales_letter_retire (db, id, 11, &error));
  stored = rungs_sales_letter_load (db, id, NULL);
  g_assert_cmpstr (stored->address, ==, "https://example.com/a");
  g_assert_cmpstr (stored->text, ==, "Words");
  g_assert_cmpint (stored->path, ==, RUNGS_LETTER_EMAIL);
  g_assert_cmpint (stored->created_at, ==, 7);
  g_assert_cmpint (stored->updated_at, ==, 9);
  g_assert_cmpint (stored->retired_at, ==, 11);

  g_assert_true (rungs_sales_letter_delete (db, id, &error));
  g_assert_no_error (error);
  g_assert_false (rungs_sales_letter_save (db, letter, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* By path, in the order in which they are always shown; what is no longer used comes last. */
static void
test_list (RungsFixture *f,
           RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 b = rungs_fixture_add_product (f, "b", 2);
  gint64 phone = add (db, a, RUNGS_LETTER_PHONE, "Script");
  gint64 gone = add (db, a, RUNGS_LETTER_PPC, "Old");
  gint64 ppc = add (db, a, RUNGS_LETTER_PPC, "New");
  gint64 other = add (db, b, RUNGS_LETTER_PAGE, "Of b");
  gint64 expected[] = { ppc, phone, gone, other };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) own = NULL;

  g_assert_true (rungs_sales_letter_retire (db, gone, 5, NULL));
  all = rungs_sales_letter_list (db, 0, NULL);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpint (((RungsSalesLetter *) all->pdata[i])->id, ==, expected[i]);
  own = rungs_sales_letter_list (db, b, NULL);
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_true (rungs_product_delete (db, a, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_letter"), ==, 1);
}

/* By which letter leads came is not forgotten with it. */
static void
test_used (RungsFixture *f,
           RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 page = add (db, a, RUNGS_LETTER_PAGE, "Page");
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  rungs_fixture_run (f, "INSERT INTO source (id, kind, name, created_at)"
                        " VALUES (1, 'ppc', 'Ads', 0)");
  rungs_fixture_run (f, "INSERT INTO touch (lead, source, path, at, letter)"
                        " SELECT l.id, 1, 'direct', 1, s.id FROM lead l, sales_letter s");
  g_assert_false (rungs_sales_letter_delete (db, page, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_product_delete (db, a, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  static const char *const WRONG[] = { "example.com/a", "https://example.com/a b", "just words" };
  gint64 product = rungs_fixture_add_product (f, "a", 1);
  g_autoptr (RungsSalesLetter) nameless = letter_new (product, RUNGS_LETTER_PPC, "");
  g_autoptr (RungsSalesLetter) stray = letter_new (99, RUNGS_LETTER_PPC, "Stray");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_sales_letter_add (db, nameless, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_sales_letter_add (db, stray, 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (RungsSalesLetter) letter = letter_new (product, RUNGS_LETTER_PPC, "a");

      g_clear_error (&error);
      g_free (letter->address);
      letter->address = g_strdup (WRONG[i]);
      g_assert_cmpint (rungs_sales_letter_add (db, letter, 1, &error), ==, 0);
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static void
test_hints (void)
{
  static const struct
  {
    RungsLetterPath path;
    const char *address;
    const char *text;
    RungsLetterHint hint;
  } CASES[] = {
    { RUNGS_LETTER_PPC, "", "", RUNGS_LETTER_EMPTY },
    { RUNGS_LETTER_PPC, "https://a.example", "", RUNGS_LETTER_FINE },
    { RUNGS_LETTER_PPC, "https://a.example", "Words", RUNGS_LETTER_LACKS_LINKS },
    { RUNGS_LETTER_PPC, "", "See https://a.example/glazes.", RUNGS_LETTER_FINE },
    { RUNGS_LETTER_EMAIL, "", "Order: https://a.example/order", RUNGS_LETTER_FINE },
    { RUNGS_LETTER_EMAIL, "", "https://a.example https://b.example", RUNGS_LETTER_DISTRACTS },
    { RUNGS_LETTER_PHONE, "https://a.example", "", RUNGS_LETTER_EMPTY },
    { RUNGS_LETTER_PHONE, "", "Good morning", RUNGS_LETTER_FINE },
    { RUNGS_LETTER_PAGE, "", "https://a.example https://b.example", RUNGS_LETTER_FINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsSalesLetter) letter = letter_new (1, CASES[i].path, "a");
      RungsLetterHint hint;

      g_free (letter->address);
      g_free (letter->text);
      letter->address = g_strdup (CASES[i].address);
      letter->text = g_strdup (CASES[i].text);
      hint = rungs_sales_letter_get_hint (letter);
      g_assert_cmpint (hint, ==, CASES[i].hint);
      g_assert_true ((rungs_letter_hint_to_words (hint) == NULL) == (hint == RUNGS_LETTER_FINE));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/sales-letter/change", test_change);
  rungs_fixture_add_test ("/sales-letter/list", test_list);
  rungs_fixture_add_test ("/sales-letter/used", test_used);
  rungs_fixture_add_test ("/sales-letter/refused", test_refused);
  g_test_add_func ("/sales-letter/hints", test_hints);
  return g_test_run ();
}
