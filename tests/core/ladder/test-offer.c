/* test-offer.c: the arrows of the ladder, and which are refused. */

#include "base/rungs-error.h"
#include "ladder/rungs-ladder-change-store.h"
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

static RungsOffer *
saved (RungsDb *db,
       gint64   id)
{
  return rungs_offer_load (db, id, NULL);
}

static void
assert_not_saved (RungsDb          *db,
                  const RungsOffer *offer,
                  RungsError        code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_offer_save (db, offer, &error));
  g_assert_error (error, RUNGS_ERROR, (gint) code);
}

static void
test_limits (RungsFixture *f,
             RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 b = rungs_fixture_add_product (f, "b", 1);
  gint64 c = rungs_fixture_add_product (f, "c", 1);
  gint64 first = add (db, a, b, 0, NULL, NULL);
  gint64 second = add (db, a, c, 0, NULL, NULL);
  gint64 elsewhere = add (db, b, c, 0, NULL, NULL);
  g_autoptr (RungsOffer) offer = saved (db, first);
  g_autoptr (RungsOffer) stored = NULL;
  g_autoptr (RungsOffer) other = saved (db, second);
  g_autoptr (GError) error = NULL;

  offer->valid_from = 10;
  offer->valid_until = 20;
  offer->cap = 2;
  offer->fallback = second;
  g_assert_true (rungs_offer_save (db, offer, &error));
  stored = saved (db, first);
  g_assert_cmpint (stored->valid_from, ==, 10);
  g_assert_cmpint (stored->valid_until, ==, 20);
  g_assert_cmpint (stored->cap, ==, 2);
  g_assert_cmpint (stored->fallback, ==, second);

  offer->valid_until = 10;
  assert_not_saved (db, offer, RUNGS_ERROR_INVALID);
  offer->valid_until = 0;
  offer->cap = -1;
  assert_not_saved (db, offer, RUNGS_ERROR_INVALID);
  offer->cap = 0;
  offer->fallback = elsewhere;
  assert_not_saved (db, offer, RUNGS_ERROR_CONFLICT);
  offer->fallback = first;
  assert_not_saved (db, offer, RUNGS_ERROR_CONFLICT);
  offer->fallback = 99;
  assert_not_saved (db, offer, RUNGS_ERROR_NOT_FOUND);

  other->fallback = first;
  assert_not_saved (db, other, RUNGS_ERROR_CONFLICT);
  other->fallback = 0;
  other->from_product = b;
  other->to_product = a;
  assert_not_saved (db, other, RUNGS_ERROR_CONFLICT);

  g_assert_true (rungs_offer_delete (db, second, &error));
  g_assert_no_error (error);
  rungs_offer_free (g_steal_pointer (&stored));
  stored = saved (db, first);
  g_assert_cmpint (stored->fallback, ==, 0);
}

static gint64
ended_at (RungsDb *db,
          gint64   id)
{
  g_autoptr (RungsOffer) offer = rungs_offer_load (db, id, NULL);

  return offer->retired_at;
}

/* What ended with a product begins again with it; what had ended before, and what somebody has made
 * anew, does not. */
static void
test_given_up (RungsFixture *f,
               RungsDb      *db)
{
  gint64 a = rungs_fixture_add_product (f, "a", 1);
  gint64 b = rungs_fixture_add_product (f, "b", 1);
  gint64 c = rungs_fixture_add_product (f, "c", 1);
  gint64 there = add (db, a, b, 0, NULL, NULL);
  gint64 back = add (db, b, c, 0, NULL, NULL);
  gint64 before = add (db, c, b, 0, NULL, NULL);
  g_autoptr (GPtrArray) ended = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_assert_true (rungs_offer_retire (db, before, 3, NULL));
  g_assert_true (rungs_ladder_give_up_product (db, b, 9, NULL));
  ended = rungs_offer_list_ended (db, NULL);
  g_assert_cmpuint (ended->len, ==, 3);
  g_assert_cmpint (((RungsOffer *) ended->pdata[2])->id, ==, before);
  g_assert_cmpint (add (db, b, c, 5, NULL, NULL), !=, 0);
  g_assert_true (rungs_ladder_take_up_product (db, b, NULL));
  g_assert_cmpint (ended_at (db, there), ==, 0);
  g_assert_cmpint (ended_at (db, back), ==, 9);
  g_assert_cmpint (ended_at (db, before), ==, 3);

  g_assert_true (rungs_ladder_give_up_product (db, a, 11, NULL));
  g_assert_true (rungs_ladder_give_up_product (db, b, 11, NULL));
  g_assert_true (rungs_ladder_take_up_product (db, a, NULL));
  all = rungs_offer_list (db, NULL);
  g_assert_cmpuint (all->len, ==, 0); /* the other end is not sold */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/offer/refused", test_refused);
  rungs_fixture_add_test ("/offer/change", test_change);
  rungs_fixture_add_test ("/offer/limits", test_limits);
  rungs_fixture_add_test ("/offer/given-up", test_given_up);
  return g_test_run ();
}
