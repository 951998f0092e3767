/* test-source.c: sources in their order, what they cost, and who came by them. */

#include "base/rungs-error.h"
#include "leads/rungs-touch-store.h"
#include "rungs-fixture.h"

static void
test_parse (void)
{
  g_autofree char *name = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;
  RungsSourceKind kind;

  g_assert_true (rungs_source_parse ("ppc: Spring: ads ", &kind, &name, NULL));
  g_assert_cmpint (kind, ==, RUNGS_SOURCE_PPC);
  g_assert_cmpstr (name, ==, "Spring: ads");
  g_assert_false (rungs_source_parse ("radio:x", &kind, &none, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_source_parse ("ppc", &kind, &none, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_source_parse ("ppc: ", &kind, &none, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_order (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  for (int kind = RUNGS_SOURCE_KINDS - 1; kind >= 0; kind--)
    g_assert_cmpint (rungs_source_add (db, kind, "b", 1, NULL), !=, 0);
  g_assert_cmpint (rungs_source_add (db, RUNGS_SOURCE_SEO, "A", 1, NULL), !=, 0);
  all = rungs_source_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 7);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (((RungsSource *) all->pdata[i])->kind, ==, i);
  g_assert_cmpstr (((RungsSource *) all->pdata[3])->name, ==, "A");
  g_assert_cmpint (((RungsSource *) all->pdata[6])->kind, ==, RUNGS_SOURCE_AFFILIATE);
}

static void
test_change (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 bids = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Bids", 1, NULL);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsSource) stored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads ", 1, NULL), ==, ads);
  g_assert_cmpint (rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 1, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_source_rename (db, ads, "Bids", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_source_rename (db, ads, "Search ads", NULL));
  g_assert_true (rungs_source_retire (db, ads, 9, NULL));
  stored = rungs_source_load (db, ads, NULL);
  g_assert_cmpstr (stored->name, ==, "Search ads");
  g_assert_cmpint (stored->retired_at, ==, 9);

  g_assert_cmpint (rungs_touch_add (db, ann, ads, RUNGS_PATH_DIRECT, 1, NULL, NULL), !=, 0);
  g_assert_false (rungs_source_delete (db, ads, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_source_delete (db, bids, NULL));
  g_assert_null (rungs_source_load (db, bids, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_spend (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  g_autoptr (GPtrArray) spends = NULL;
  g_autoptr (GError) error = NULL;
  RungsSpend *newest;

  rungs_spend_add (db, ads, "2026-01-31", rungs_money (1000, "EUR"), NULL, &error);
  rungs_spend_add (db, ads, "28.02.2026", rungs_money (999, "JPY"), "banner", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_spend_add (db, ads, "2026-02-30", rungs_money (1, "EUR"), "", &error), ==,
                   0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_spend_add (db, 99, "2026-02-01", rungs_money (1, "EUR"), "", &error), ==,
                   0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  spends = rungs_spend_list (db, ads, NULL);
  g_assert_cmpuint (spends->len, ==, 2);
  newest = spends->pdata[0];
  g_assert_cmpstr (newest->day, ==, "2026-02-28");
  g_assert_cmpstr (newest->amount.currency, ==, "JPY");
  g_assert_cmpstr (newest->note, ==, "banner");
  g_assert_true (rungs_spend_delete (db, newest->id, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sum (amount) FROM source_spend"), ==, 1000);
}

static void
test_touches (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ads = rungs_source_ensure (db, RUNGS_SOURCE_PPC, "Ads", 1, NULL);
  gint64 fair = rungs_source_ensure (db, RUNGS_SOURCE_OTHER, "Fair", 1, NULL);
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (GPtrArray) touches = NULL;
  g_autoptr (GError) error = NULL;
  RungsTouch *first;

  rungs_touch_add (db, ann, ads, RUNGS_PATH_OPT_IN, 20, "/start", &error);
  rungs_touch_add (db, ann, fair, RUNGS_PATH_IN_PERSON, 10, NULL, &error);
  g_assert_no_error (error);
  touches = rungs_touch_list (db, ann, &error);
  g_assert_cmpuint (touches->len, ==, 2);
  first = touches->pdata[0];
  g_assert_cmpint (first->path, ==, RUNGS_PATH_IN_PERSON);
  g_assert_cmpint (first->source_kind, ==, RUNGS_SOURCE_OTHER);
  g_assert_cmpstr (first->source_name, ==, "Fair");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'touch.made'"
                                            " AND detail IN ('ppc:Ads', 'other:Fair')"),
                   ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source/parse", test_parse);
  rungs_fixture_add_test ("/source/order", test_order);
  rungs_fixture_add_test ("/source/change", test_change);
  rungs_fixture_add_test ("/source/spend", test_spend);
  rungs_fixture_add_test ("/source/touches", test_touches);
  return g_test_run ();
}
