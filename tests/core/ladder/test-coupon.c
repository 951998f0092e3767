/* test-coupon.c: coupons are kept, found however they are written, and given to leads. */

#include "base/rungs-error.h"
#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-list-store.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-merge-store.h"
#include "rungs-fixture.h"

static gint64
add (RungsDb    *db,
     const char *code,
     GError    **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

  rungs_coupon_set (&coupon->code, code);
  return rungs_coupon_add (db, coupon, 5, error);
}

static void
test_keys (void)
{
  static const struct
  {
    const char *code;
    const char *key;
  } CASES[] = {
    { "SPRING10", "spring10" },        { " Spring 10 ", "spring10" },
    { "sPrInG\t1\xc2\xa0" "0", "spring10" }, { "GRÜN-Ä", "grün-ä" },
    { "STRASSE", "strasse" },          { "Straße", "strasse" },
    { "", "" },                        { " \t", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *key = rungs_coupon_key (CASES[i].code);

      g_assert_cmpstr (key, ==, CASES[i].key);
    }
}

static void
test_split (void)
{
  g_auto (GStrv) several = rungs_coupon_split (" Ten, spring 10 ,, SPRING10,TEN2 ");
  g_auto (GStrv) none = rungs_coupon_split (NULL);

  g_assert_cmpuint (g_strv_length (several), ==, 3);
  g_assert_cmpstr (several[0], ==, "Ten");
  g_assert_cmpstr (several[1], ==, "spring 10");
  g_assert_cmpstr (several[2], ==, "TEN2");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_keep (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  g_autoptr (RungsCoupon) stored = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id, same;

  rungs_coupon_set (&coupon->code, " Spring 10 ");
  rungs_coupon_set (&coupon->discount, "10 € off");
  rungs_coupon_set (&coupon->valid_from, "1.3.2026");
  rungs_coupon_set (&coupon->valid_until, "2026-03-31");
  coupon->source = rungs_source_add (db, RUNGS_SOURCE_JV, "Sue", 5, NULL);
  coupon->path = RUNGS_PATH_OPT_IN;
  coupon->product = rungs_fixture_add_product (f, "kit", 100);
  coupon->most_uses = 5;
  coupon->most_per_lead = 1;
  id = rungs_coupon_add (db, coupon, 7, &error);
  g_assert_no_error (error);
  stored = rungs_coupon_load_by_code (db, "SPRING10", &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->id, ==, id);
  g_assert_cmpstr (stored->code, ==, "Spring 10");
  g_assert_cmpstr (stored->valid_from, ==, "2026-03-01");
  g_assert_cmpstr (stored->source_name, ==, "Sue");
  g_assert_cmpstr (rungs_coupon_get_partner (stored), ==, "Sue");
  g_assert_cmpint (stored->path, ==, RUNGS_PATH_OPT_IN);
  g_assert_cmpstr (stored->product_name, ==, "Product kit");
  g_assert_cmpint (stored->most_uses, ==, 5);

  rungs_coupon_set (&stored->code, "Summer");
  rungs_coupon_set (&stored->valid_until, NULL);
  stored->source = 0;
  g_assert_true (rungs_coupon_save (db, stored, 9, &error));
  g_assert_true (rungs_coupon_find (db, "sum mer", &same, &error));
  g_assert_cmpint (same, ==, id);
  g_clear_pointer (&stored, rungs_coupon_free);
  stored = rungs_coupon_load (db, id, NULL);
  g_assert_null (rungs_coupon_get_partner (stored));
  g_assert_cmpstr (stored->valid_until, ==, "");
  g_assert_cmpint (stored->updated_at, ==, 9);
  g_assert_true (rungs_coupon_retire (db, id, 11, NULL));
  g_assert_true (rungs_coupon_delete (db, id, &error));
  g_assert_true (rungs_coupon_find (db, "summer", &same, NULL));
  g_assert_cmpint (same, ==, 0);
}

static void
assert_refused (RungsDb    *db,
                const char *code,
                const char *from,
                const char *until,
                gint64      product,
                RungsError  why)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  g_autoptr (GError) error = NULL;

  rungs_coupon_set (&coupon->code, code);
  rungs_coupon_set (&coupon->valid_from, from);
  rungs_coupon_set (&coupon->valid_until, until);
  coupon->product = product;
  g_assert_cmpint (rungs_coupon_add (db, coupon, 5, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (gint) why);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  g_autofree char *long_code = g_strnfill (RUNGS_COUPON_CODE_MAX + 1, 'x');

  g_assert_cmpint (add (db, "Ten", NULL), !=, 0);
  assert_refused (db, " ", NULL, NULL, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, "A,B", NULL, NULL, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, long_code, NULL, NULL, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, "T E N", NULL, NULL, 0, RUNGS_ERROR_CONFLICT);
  assert_refused (db, "x", "soon", NULL, 0, RUNGS_ERROR_INVALID);
  assert_refused (db, "x", "2026-03-02", "2026-03-01", 0, RUNGS_ERROR_INVALID);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon"), ==, 1);
}

/* What a coupon names stays. */
static void
test_names (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  gint64 kit = rungs_fixture_add_product (f, "kit", 100);
  gint64 ads = rungs_source_add (db, RUNGS_SOURCE_PPC, "Ads", 5, NULL);
  g_autoptr (GError) error = NULL;

  rungs_coupon_set (&coupon->code, "Ten");
  coupon->source = ads;
  coupon->product = kit;
  coupon->id = rungs_coupon_add (db, coupon, 5, NULL);
  g_assert_false (rungs_product_delete (db, kit, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_source_delete (db, ads, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_true (rungs_coupon_delete (db, coupon->id, NULL));
  g_assert_true (rungs_product_delete (db, kit, NULL));
  g_assert_true (rungs_source_delete (db, ads, NULL));
}

/* ---- given */

static gint64
give (RungsFixture *f,
      gint64        lead,
      gint64        coupon,
      GError      **error)
{
  g_autoptr (RungsCouponGiven) given
      = rungs_coupon_given_new (lead, coupon, rungs_fixture_now (f));

  g_free (given->who);
  given->who = g_strdup ("Mia");
  g_free (given->note);
  given->note = g_strdup ("asked for a better price");
  return rungs_coupon_give (f->db, given, rungs_fixture_now (f), error);
}

static void
test_given (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 coupon = add (db, "Ten", NULL);
  gint64 id = give (f, ann, coupon, NULL);
  g_autoptr (GPtrArray) list = rungs_coupon_given_list (db, ann, 0, 10, NULL);
  g_autoptr (GPtrArray) page = rungs_timeline_page (db, ann, NULL, 1, NULL);
  const RungsCouponGiven *given = list->pdata[0];
  const RungsEvent *event = page->pdata[0];
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (given->id, ==, id);
  g_assert_cmpstr (given->code, ==, "Ten");
  g_assert_cmpstr (given->who, ==, "Mia");
  g_assert_cmpint (given->how, ==, RUNGS_COUPON_BY_PHONE);
  g_assert_cmpint (given->used_at, ==, 0);
  g_assert_cmpstr (event->kind, ==, RUNGS_EVENT_COUPON_GIVEN);
  g_assert_cmpint (event->ref, ==, id);
  g_assert_cmpstr (event->detail, ==,
                   "{\"code\":\"Ten\",\"how\":\"phone\",\"who\":\"Mia\","
                   "\"note\":\"asked for a better price\"}");
  g_assert_false (rungs_coupon_delete (db, coupon, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);

  g_assert_true (rungs_coupon_given_undo (db, id, rungs_fixture_now (f), NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_given"), ==, 0);
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind = 'coupon.given'"), ==, 0);
  g_assert_true (rungs_coupon_delete (db, coupon, NULL));
}

/* One that is over is given to nobody; one that is not valid yet may be. */
static void
test_given_when (RungsFixture *f,
                 RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  g_autoptr (GError) error = NULL;

  rungs_coupon_set (&coupon->code, "Ten");
  rungs_coupon_set (&coupon->valid_until, "2026-03-01");
  coupon->id = rungs_coupon_add (db, coupon, 5, NULL);
  g_assert_cmpint (give (f, ann, coupon->id, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  rungs_coupon_set (&coupon->valid_from, "2026-04-01");
  rungs_coupon_set (&coupon->valid_until, "");
  g_assert_true (rungs_coupon_save (db, coupon, 6, NULL));
  g_assert_cmpint (give (f, ann, coupon->id, NULL), !=, 0);
  g_assert_true (rungs_coupon_retire (db, coupon->id, 7, NULL));
  g_assert_cmpint (give (f, ann, coupon->id, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_deleted (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 coupon = add (db, "Ten", NULL);
  gint64 id = give (f, ann, coupon, NULL);
  g_autoptr (RungsLeadSnapshot) snapshot = rungs_lead_delete (db, ann, 9, NULL);
  gint64 taken = give (f, bob, coupon, NULL);
  g_autoptr (RungsErasure) erasure = NULL;

  g_assert_cmpint (taken, ==, id);
  g_assert_cmpint (rungs_lead_restore (db, snapshot, 9, NULL), ==, ann);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_given g"
                                            " JOIN event e ON e.kind = 'coupon.given'"
                                            "  AND e.ref = g.id AND e.lead = g.lead"),
                   ==, 2);
  erasure = rungs_lead_erase (db, bob, "asked", 9, NULL);
  g_assert_nonnull (erasure);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_given"), ==, 1);
}

static void
test_merged (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 ann2 = rungs_fixture_add_lead (f, "ann@example.org", "Ann");
  gint64 coupon = add (db, "Ten", NULL);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  RungsMergeResult result;
  g_autoptr (GPtrArray) list = NULL;

  give (f, ann2, coupon, NULL);
  g_array_append_val (leads, ann);
  g_array_append_val (leads, ann2);
  plan = rungs_merge_plan_load (db, leads, NULL);
  g_assert_true (rungs_leads_merge (db, plan, rungs_fixture_now (f), &result, &error));
  g_assert_no_error (error);
  list = rungs_coupon_given_list (db, ann, 0, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_clear_pointer (&list, g_ptr_array_unref);
  g_assert_true (rungs_merge_undo (db, result.merge, rungs_fixture_now (f), NULL, &error));
  g_assert_no_error (error);
  list = rungs_coupon_given_list (db, ann2, 0, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
}

/* ---- the list */

static void
assert_found (RungsDb          *db,
              RungsCouponFilter filter,
              const char       *words,
              RungsCouponSort   sort,
              gboolean          descending,
              const char       *wanted)
{
  /* Noon of 2026-03-02 in Berlin. */
  const RungsCouponQuery query
      = { filter, (char *) words, sort, descending, G_GINT64_CONSTANT (1772449200000) };
  g_autoptr (GPtrArray) rows = rungs_coupon_list (db, &query, NULL);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "",
                            ((RungsCouponRow *) rows->pdata[i])->coupon->code);
  g_assert_cmpstr (codes->str, ==, wanted);
}

static void
test_list (RungsFixture *f,
           RungsDb      *db)
{
  rungs_fixture_run (f, "INSERT INTO source (id, kind, name, created_at)"
                        " VALUES (1, 'jv', 'Sue', 0), (2, 'ppc', 'Ads', 0)");
  rungs_fixture_run (
      f, "INSERT INTO coupon (id, code, code_key, name, source, path, discount, valid_from,"
         " valid_until, retired_at, created_at, updated_at) VALUES"
         " (1, 'A1', 'a1', 'Fair', 1, 'phone', '', NULL, '2026-03-02', NULL, 0, 0),"
         " (2, 'B2', 'b2', '', 2, 'direct', 'five off', NULL, '2026-03-01', NULL, 0, 0),"
         " (3, 'C3', 'c3', '', NULL, NULL, '', '2026-03-03', NULL, NULL, 0, 0),"
         " (4, 'D4', 'd4', '', NULL, NULL, '', NULL, NULL, 5, 0, 0)");
  assert_found (db, RUNGS_COUPONS_ALL, NULL, RUNGS_COUPONS_BY_CODE, FALSE, "A1 B2 C3 D4");
  assert_found (db, RUNGS_COUPONS_ALL, NULL, RUNGS_COUPONS_BY_CODE, TRUE, "D4 C3 B2 A1");
  assert_found (db, RUNGS_COUPONS_ALL, NULL, RUNGS_COUPONS_BY_SOURCE, FALSE, "B2 A1 C3 D4");
  assert_found (db, RUNGS_COUPONS_ALL, NULL, RUNGS_COUPONS_BY_END, FALSE, "B2 A1 C3 D4");
  assert_found (db, RUNGS_COUPONS_GOOD, NULL, RUNGS_COUPONS_BY_CODE, FALSE, "A1");
  assert_found (db, RUNGS_COUPONS_ENDED, NULL, RUNGS_COUPONS_BY_CODE, FALSE, "B2 D4");
  assert_found (db, RUNGS_COUPONS_PARTNER, NULL, RUNGS_COUPONS_BY_CODE, FALSE, "A1");
  assert_found (db, RUNGS_COUPONS_ALL, "fAIR", RUNGS_COUPONS_BY_CODE, FALSE, "A1");
  assert_found (db, RUNGS_COUPONS_ALL, "FIVE", RUNGS_COUPONS_BY_CODE, FALSE, "B2");
  assert_found (db, RUNGS_COUPONS_ALL, "c 3", RUNGS_COUPONS_BY_CODE, FALSE, "C3");
  assert_found (db, RUNGS_COUPONS_ALL, "ads", RUNGS_COUPONS_BY_USES, TRUE, "B2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder/coupon/keys", test_keys);
  g_test_add_func ("/ladder/coupon/split", test_split);
  rungs_fixture_add_test ("/ladder/coupon/keep", test_keep);
  rungs_fixture_add_test ("/ladder/coupon/refused", test_refused);
  rungs_fixture_add_test ("/ladder/coupon/names", test_names);
  rungs_fixture_add_test ("/ladder/coupon/given", test_given);
  rungs_fixture_add_test ("/ladder/coupon/given-when", test_given_when);
  rungs_fixture_add_test ("/ladder/coupon/deleted", test_deleted);
  rungs_fixture_add_test ("/ladder/coupon/merged", test_merged);
  rungs_fixture_add_test ("/ladder/coupon/list", test_list);
  return g_test_run ();
}
