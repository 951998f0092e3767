/* rungs-earner.c: partners who earn something without a sale. */

#include "rungs-earner.h"

#include "leads/rungs-touch-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-sale-case.h"

gint64
rungs_earner_add (RungsFixture *fixture,
                  RungsDb      *db,
                  const char   *name,
                  const char   *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  g_autoptr (RungsTerms) terms = rungs_terms_parse (json, &error);
  gint64 id = rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);
  gint64 programme = rungs_programme_add (db, name, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  g_assert_true (rungs_programme_join (db, programme, id, 0, &error));
  return id;
}

void
rungs_earner_click (RungsFixture *fixture,
                    RungsDb      *db,
                    gint64        lead,
                    gint64        partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  g_assert_cmpint (rungs_touch_add (db, lead, who->source, RUNGS_PATH_OPT_IN,
                                    rungs_fixture_now (fixture), NULL, &error),
                   >, 0);
}

gint64
rungs_earner_arrive (RungsFixture *fixture,
                     RungsDb      *db,
                     const char   *email,
                     gint64        partner)
{
  gint64 lead = rungs_fixture_add_lead (fixture, email, NULL);

  rungs_earner_click (fixture, db, lead, partner);
  rungs_sale_follow (fixture, db);
  return lead;
}

void
rungs_earner_mark (RungsFixture    *fixture,
                   RungsDb         *db,
                   gint64           payout,
                   gint64           partner,
                   RungsPayoutState state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      rungs_payout_mark (db, payout, partner, state, rungs_fixture_now (fixture), &error));
}

gint64
rungs_earner_give (RungsFixture *fixture,
                   RungsDb      *db,
                   gint64        partner,
                   gint64        minor)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_award_add_bonus (db, partner, rungs_money (minor, "EUR"), "Best of the month",
                                     rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  return id;
}
