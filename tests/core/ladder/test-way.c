/* test-way.c: the ways in, which are refused, and what the linter makes of them. */

#include "base/rungs-error.h"
#include "insights/rungs-ladder-fault.h"
#include "ladder/rungs-sales-letter-store.h"
#include "ladder/rungs-way-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "rungs-fixture.h"

static gint64
add (RungsDb         *db,
     gint64           source,
     RungsSourceKind  kind,
     RungsPath        path,
     gint64           letter,
     gint64           product,
     GError         **error)
{
  g_autoptr (RungsWay) way = rungs_way_new ();

  way->source = source;
  way->kind = kind;
  way->path = path;
  way->letter = letter;
  way->product = product;
  return rungs_way_add (db, way, 5, error);
}

static gint64
add_letter (RungsDb *db,
            gint64   product)
{
  g_autoptr (RungsSalesLetter) letter = rungs_sales_letter_new (product, RUNGS_LETTER_PPC);

  g_free (letter->name);
  letter->name = g_strdup ("Wheel page");
  return rungs_sales_letter_add (db, letter, 5, NULL);
}

static void
assert_refused (RungsDb    *db,
                gint64      source,
                RungsPath   path,
                gint64      letter,
                gint64      product,
                RungsError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (add (db, source, RUNGS_SOURCE_PPC, path, letter, product, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (gint) code);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 5, NULL);
  gint64 page = add_letter (db, kit);

  assert_refused (db, ads, RUNGS_PATH_OPT_IN, page, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, ads, RUNGS_PATH_OPT_IN, 0, kit, RUNGS_ERROR_INVALID);
  assert_refused (db, ads, RUNGS_PATH_DIRECT, 0, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, ads, RUNGS_PATH_DIRECT, page, kit, RUNGS_ERROR_INVALID);
  assert_refused (db, 99, RUNGS_PATH_OPT_IN, 0, 0, RUNGS_ERROR_NOT_FOUND);
  assert_refused (db, ads, RUNGS_PATH_DIRECT, 99, 0, RUNGS_ERROR_NOT_FOUND);
  assert_refused (db, ads, RUNGS_PATH_DIRECT, 0, 99, RUNGS_ERROR_NOT_FOUND);
  g_assert_cmpint (add (db, ads, 0, RUNGS_PATH_DIRECT, page, 0, NULL), !=, 0);
  assert_refused (db, ads, RUNGS_PATH_DIRECT, page, 0, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (add (db, ads, 0, RUNGS_PATH_PHONE, page, 0, NULL), !=, 0);
  g_assert_cmpint (add (db, 0, RUNGS_SOURCE_JV, RUNGS_PATH_OPT_IN, 0, 0, NULL), !=, 0);
  g_assert_cmpint (add (db, 0, RUNGS_SOURCE_SEO, RUNGS_PATH_OPT_IN, 0, 0, NULL), !=, 0);
}

static void
test_list (RungsFixture *f,
           RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  gint64 club = rungs_fixture_add_product (f, "club", 1);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 5, NULL);
  gint64 page = add_letter (db, kit);
  gint64 direct = add (db, ads, 0, RUNGS_PATH_DIRECT, page, 0, NULL);
  gint64 phone = add (db, 0, RUNGS_SOURCE_PPC, RUNGS_PATH_PHONE, 0, club, NULL);
  gint64 opt_in = add (db, 0, RUNGS_SOURCE_CUSTOMERS, RUNGS_PATH_OPT_IN, 0, 0, NULL);
  g_autoptr (GPtrArray) all = rungs_way_list (db, 0, NULL);
  g_autoptr (GPtrArray) to_kit = rungs_way_list (db, kit, NULL);
  const RungsWay *way;

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpint (((RungsWay *) all->pdata[0])->id, ==, opt_in);
  g_assert_cmpint (((RungsWay *) all->pdata[1])->id, ==, phone);
  g_assert_cmpuint (to_kit->len, ==, 1);
  way = to_kit->pdata[0];
  g_assert_cmpint (way->id, ==, direct);
  g_assert_cmpint (way->sells, ==, kit);
  g_assert_cmpstr (way->source_name, ==, "Ads");
  g_assert_cmpstr (way->target_name, ==, "Wheel page");
  g_assert_true (rungs_way_delete (db, direct, NULL));
  g_assert_false (rungs_way_delete (db, direct, NULL));
}

static gboolean
lacks_way_in (RungsDb *db,
              gint64   product)
{
  g_autoptr (GPtrArray) faults = rungs_ladder_find_faults (db, 9, NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const RungsLadderFault *fault = faults->pdata[i];

      if (fault->product == product && fault->code == RUNGS_LADDER_NO_WAY_IN)
        return TRUE;
    }
  return FALSE;
}

static void
test_fault (RungsFixture *f,
            RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 5, NULL);
  gint64 page = add_letter (db, kit);

  g_assert_true (lacks_way_in (db, kit));
  add (db, ads, 0, RUNGS_PATH_OPT_IN, 0, 0, NULL);
  g_assert_true (lacks_way_in (db, kit));
  add (db, ads, 0, RUNGS_PATH_DIRECT, page, 0, NULL);
  g_assert_false (lacks_way_in (db, kit));
  rungs_sales_letter_retire (db, page, 9, NULL);
  g_assert_true (lacks_way_in (db, kit));
  rungs_sales_letter_retire (db, page, 0, NULL);
  rungs_source_retire (db, ads, 9, NULL);
  g_assert_true (lacks_way_in (db, kit));
  add (db, 0, RUNGS_SOURCE_SEO, RUNGS_PATH_DIRECT, 0, kit, NULL);
  g_assert_false (lacks_way_in (db, kit));
}

/* To which letter a lead came is kept with the touch, also of one that is deleted and put back. */
static void
test_touch (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = rungs_fixture_add_product (f, "kit", 1);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 5, NULL);
  gint64 page = add_letter (db, kit);
  gint64 touch = rungs_touch_add (db, ann, ads, RUNGS_PATH_DIRECT, 5, NULL, NULL);
  g_autoptr (RungsLeadSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) touches = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_touch_set_letter (db, touch, 99, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_true (rungs_touch_set_letter (db, touch, page, NULL));
  snapshot = rungs_lead_delete (db, ann, 9, NULL);
  g_assert_cmpint (rungs_lead_restore (db, snapshot, 9, NULL), ==, ann);
  touches = rungs_touch_list (db, ann, NULL);
  g_assert_cmpint (((RungsTouch *) touches->pdata[0])->letter, ==, page);
  g_clear_error (&error);
  g_assert_false (rungs_sales_letter_delete (db, page, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/way/refused", test_refused);
  rungs_fixture_add_test ("/way/list", test_list);
  rungs_fixture_add_test ("/way/fault", test_fault);
  rungs_fixture_add_test ("/way/touch", test_touch);
  return g_test_run ();
}
