/* test-offer.c: the arrows of the ladder, and which are refused. */

#include "base/rungs-error.h"
#include "ladder/rungs-offer-store.h"
#include "rungs-fixture.h"

static gint64
add (RungsDb    *db,
     gint64      from,
     gint64      to,
     gint64      days,
     const char *condition,
     GError    **error)
{
  g_autoptr (RungsOffer) offer = rungs_offer_new ();

  offer->from_product = from;
  offer->to_product = to;
  offer->after_days = days;
  offer->condition = g_strdup (condition);
  return rungs_offer_add (db, offer, 5, error);
}

static void
assert_refused (RungsDb    *db,
                gint64      from,
                gint64      to,
                gint64      days,
                const char *condition,
                RungsError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (add (db, from, to, days, condition, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, (gint) code);
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 b = rungs_fixture_add_product (f, "b", 1);

  assert_refused (db, a, a, 0, NULL, RUNGS_ERROR_INVALID);
  assert_refused (db, a, b, -1, NULL, RUNGS_ERROR_INVALID);
  assert_refused (db, a, 99, 0, NULL, RUNGS_ERROR_NOT_FOUND);
  assert_refused (db, 99, b, 0, NULL, RUNGS_ERROR_NOT_FOUND);
  assert_refused (db, a, b, 0, "{", RUNGS_ERROR_INVALID);
  assert_refused (db, a, b, 0, "{\"field\": \"shoe_size\", \"op\": \"is\", \"value\": 3}",
                  RUNGS_ERROR_INVALID);
  g_assert_cmpint (add (db, a, b, 0, NULL, NULL), !=, 0);
  assert_refused (db, a, b, 3, NULL, RUNGS_ERROR_CONFLICT);
  g_assert_cmpint (add (db, 0, b, 0, NULL, NULL), !=, 0);
  assert_refused (db, 0, b, 3, NULL, RUNGS_ERROR_CONFLICT);
}

static void
test_change (RungsFixture *f,
             RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 b = rungs_fixture_add_product (f, "b", 1);
  gint64 id
    = add (db, a, b, 14, "{\"field\": \"country\", \"op\": \"is\", \"value\": \"DE\"}", NULL);
  gint64 first = add (db, 0, a, 0, NULL, NULL);
  g_autoptr (RungsOffer) offer = NULL;
  g_autoptr (RungsOffer) stored = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) standing = NULL;
  g_autoptr (GError) error = NULL;

  offer = rungs_offer_load (db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (offer->after_days, ==, 14);
  g_assert_nonnull (offer->condition);
  g_clear_pointer (&offer->condition, g_free);
  offer->kind = RUNGS_OFFER_DOWNSELL;
  offer->priority = -3;
  g_assert_true (rungs_offer_save (db, offer, &error));
  stored = rungs_offer_load (db, id, NULL);
  g_assert_cmpint (stored->kind, ==, RUNGS_OFFER_DOWNSELL);
  g_assert_cmpint (stored->priority, ==, -3);
  g_assert_null (stored->condition);

  all = rungs_offer_list (db, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (((RungsOffer *) all->pdata[0])->id, ==, first);
  g_assert_true (rungs_offer_retire (db, first, 9, &error));
  standing = rungs_offer_list (db, NULL);
  g_assert_cmpuint (standing->len, ==, 1);
  g_assert_true (rungs_offer_delete (db, id, &error));
  g_assert_no_error (error);
  g_assert_false (rungs_offer_save (db, offer, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/offer/refused", test_refused);
  rungs_fixture_add_test ("/offer/change", test_change);
  return g_test_run ();
}
