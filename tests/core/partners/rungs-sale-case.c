/* rungs-sale-case.c: sales of partners, for the tests of what they earn. */

#include "rungs-sale-case.h"

#include "base/rungs-error.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"

gint64
rungs_sale_add_partner (RungsFixture *fixture,
                        RungsDb      *db,
                        const char   *name,
                        gint64        programme)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  g_assert_true (rungs_programme_join (db, programme, id, 0, &error));
  return id;
}

gint64
rungs_sale_add_programme (RungsDb    *db,
                          const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (json, &error);
  gint64 programme;

  g_assert_no_error (error);
  programme = rungs_programme_add (db, "Friends", 1, &error);
  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  g_assert_no_error (error);
  return programme;
}

void
rungs_sale_set_recruiter (RungsFixture *fixture,
                          RungsDb      *db,
                          gint64        partner,
                          gint64        recruiter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  who->recruited_by = recruiter;
  g_assert_true (rungs_partner_save (db, who, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

void
rungs_sale_click (RungsDb *db,
                  gint64   lead,
                  gint64   partner,
                  gint64   at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  g_assert_cmpint (rungs_touch_add (db, lead, who->source, RUNGS_PATH_DIRECT, at, NULL, &error), >,
                   0);
}

void
rungs_sale_follow (RungsFixture *fixture,
                   RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_partners_follow (db, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

gint64
rungs_sale_refund (RungsFixture *fixture,
                   RungsDb      *db,
                   gint64        order,
                   gint64        amount)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 id = rungs_refund_add (db, order, 0, amount, "", now, now, &error);

  g_assert_no_error (error);
  rungs_sale_follow (fixture, db);
  return id;
}

void
rungs_sale_assert_balance (RungsDb         *db,
                           gint64           partner,
                           RungsLedgerState state,
                           gint64           expected)
{
  g_autoptr (GError) error = NULL;
  gint64 balance;

  g_assert_true (rungs_ledger_balance (db, partner, state, "EUR", &balance, &error));
  g_assert_cmpint (balance, ==, expected);
}

void
rungs_sale_release (RungsFixture *fixture,
                    RungsDb      *db,
                    gint64        expected)
{
  g_autoptr (GError) error = NULL;
  gint64 released;

  g_assert_true (rungs_commissions_release (db, rungs_fixture_now (fixture), 0, &released, &error));
  g_assert_no_error (error);
  g_assert_cmpint (released, ==, expected);
}

gint64
rungs_sale_pay (RungsFixture *fixture,
                RungsDb      *db,
                gint64        minimum)
{
  RungsPayoutRequest request = { "EUR", rungs_fixture_now (fixture), minimum, NULL };
  g_autoptr (GError) error = NULL;
  gint64 payout = rungs_payout_make (db, &request, rungs_fixture_now (fixture), &error);

  if (payout == 0)
    g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  return payout;
}

RungsSale
rungs_sale_make (RungsFixture *fixture,
                 RungsDb      *db,
                 const char   *terms,
                 gint64        price)
{
  RungsSale sale = { .lead = rungs_fixture_add_lead (fixture, "b@example.com", "B"),
                     .product = rungs_fixture_add_product (fixture, "A", price) };

  sale.partner = rungs_sale_add_partner (fixture, db, "Anna", rungs_sale_add_programme (db, terms));
  rungs_sale_click (db, sale.lead, sale.partner, rungs_fixture_now (fixture) - DAY);
  sale.order = rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_sale_follow (fixture, db);
  return sale;
}
