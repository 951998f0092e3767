/* test-partner-status.c: whether a partner earns is what was said before, at each moment. */

#include "base/rungs-error.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-fixture.h"

static gint64
add_partner (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna", "EUR");
  gint64 id = rungs_partner_add (db, partner, 5, &error);

  g_assert_no_error (error);
  return id;
}

static void
say (RungsDb            *db,
     gint64              partner,
     RungsPartnerStatus  status,
     gint64              at)
{
  g_autoptr (GError) error = NULL;

  rungs_partner_set_status (db, partner, status, "so", at, &error);
  g_assert_no_error (error);
}

static void
assert_now (RungsDb            *db,
            gint64              partner,
            RungsPartnerStatus  status,
            gint64              ended_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) loaded = rungs_partner_load (db, partner, &error);

  g_assert_no_error (error);
  g_assert_cmpint (loaded->status, ==, status);
  g_assert_cmpint (loaded->ended_at, ==, ended_at);
}

/* Whether an order of that moment, after a click on the partner's link, is the partner's. */
static void
assert_credited (RungsFixture *fixture,
                 RungsDb      *db,
                 gint64        partner,
                 gint64        at,
                 gboolean      credited)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsAttributionFacts) facts = NULL;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO sales_order (id, lead, at, currency, created_at)"
      " SELECT 1000 + %" G_GINT64_FORMAT ", 1, %" G_GINT64_FORMAT ", 'EUR', 1",
      at, at);
  gint64 lead;

  rungs_fixture_run (fixture, sql);
  facts = rungs_referral_facts (db, 1000 + at, &lead, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->touches->len, ==, 1);
  g_assert_cmpint (g_array_index (facts->touches, RungsAttributionTouch, 0).partner, ==, partner);
  g_assert_cmpint (g_array_index (facts->touches, RungsAttributionTouch, 0).is_idle, ==, !credited);
}

static void
add_click (RungsFixture *fixture,
           RungsDb      *db,
           gint64        partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) loaded = rungs_partner_load (db, partner, &error);
  gint64 lead = rungs_fixture_add_lead (fixture, "linus@example.com", "Linus");

  g_assert_cmpint (lead, ==, 1);
  rungs_touch_add (db, lead, loaded->source, RUNGS_PATH_DIRECT, 1, NULL, &error);
  g_assert_no_error (error);
}

/* A pause begins with its moment, and its end is no part of it; what was before is as it was. */
static void
test_paused (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 anna = add_partner (db);

  add_click (fixture, db, anna);
  say (db, anna, RUNGS_PARTNER_PAUSED, 100);
  assert_now (db, anna, RUNGS_PARTNER_PAUSED, 0);
  say (db, anna, RUNGS_PARTNER_ACTIVE, 200);
  say (db, anna, RUNGS_PARTNER_ENDED, 300);
  assert_now (db, anna, RUNGS_PARTNER_ENDED, 300);
  assert_credited (fixture, db, anna, 99, TRUE);
  assert_credited (fixture, db, anna, 100, FALSE);
  assert_credited (fixture, db, anna, 199, FALSE);
  assert_credited (fixture, db, anna, 200, TRUE);
  assert_credited (fixture, db, anna, 299, TRUE);
  assert_credited (fixture, db, anna, 300, FALSE);
  assert_credited (fixture, db, anna, 9000, FALSE);
}

/* Who applies is credited with nothing that was before either, and is once it is agreed. */
static void
test_applied (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (db);

  add_click (fixture, db, anna);
  g_assert_true (rungs_partner_apply (db, anna, 50, &error));
  assert_now (db, anna, RUNGS_PARTNER_APPLIED, 0);
  say (db, anna, RUNGS_PARTNER_ACTIVE, 100);
  assert_credited (fixture, db, anna, 20, FALSE);
  assert_credited (fixture, db, anna, 99, FALSE);
  assert_credited (fixture, db, anna, 100, TRUE);
  g_assert_false (rungs_partner_set_status (db, anna, RUNGS_PARTNER_APPLIED, NULL, 200, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

/* What was said is kept, the newest first; taken back, it was never said; and not twice, nor where
 * something else was said meanwhile. A clock that went back changes no order. */
static void
test_words (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = NULL;
  gint64 anna = add_partner (db);

  say (db, anna, RUNGS_PARTNER_PAUSED, 100);
  g_assert_false (rungs_partner_set_status (db, anna, RUNGS_PARTNER_PAUSED, NULL, 150, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  say (db, anna, RUNGS_PARTNER_ENDED, 90);
  words = rungs_partner_list_words (db, anna, &error);
  g_assert_cmpuint (words->len, ==, 2);
  g_assert_cmpint (((RungsPartnerWord *) words->pdata[0])->status, ==, RUNGS_PARTNER_ENDED);
  g_assert_cmpint (((RungsPartnerWord *) words->pdata[0])->at, ==, 100);
  g_assert_cmpint (((RungsPartnerWord *) words->pdata[0])->said_at, ==, 90);
  g_assert_cmpstr (((RungsPartnerWord *) words->pdata[1])->why, ==, "so");
  g_assert_false (rungs_partner_take_back_status (db, anna, RUNGS_PARTNER_PAUSED, 200, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_partner_take_back_status (db, anna, RUNGS_PARTNER_ENDED, 200, &error));
  assert_now (db, anna, RUNGS_PARTNER_PAUSED, 0);
  g_assert_true (rungs_partner_take_back_status (db, anna, RUNGS_PARTNER_PAUSED, 200, &error));
  assert_now (db, anna, RUNGS_PARTNER_ACTIVE, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/status/paused", test_paused);
  rungs_fixture_add_test ("/partners/status/applied", test_applied);
  rungs_fixture_add_test ("/partners/status/words", test_words);
  return g_test_run ();
}
