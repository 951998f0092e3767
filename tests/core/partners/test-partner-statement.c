/* test-partner-statement.c: what was paid of a line before stands in the next statement of it. */

#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-order-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-statement.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-fixture.h"

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 0, \"rates\": [{\"rate\": 5000}]}", &error);
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna", "EUR");
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);

  rungs_programme_set_terms (db, programme, 0, terms, 1, &error);
  g_assert_no_error (error);
  rungs_partner_set (&partner->country, "US");
  rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error);
  rungs_programme_join (db, programme, partner->id, 0, &error);
  g_assert_no_error (error);
  return partner->id;
}

static void
follow (RungsFixture *fixture,
        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture), released;

  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_true (rungs_commissions_release (db, now, 0, &released, &error));
  g_assert_no_error (error);
}

static gint64
pay (RungsFixture *fixture,
     RungsDb      *db,
     gint64        partner)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture), payout;
  RungsPayoutRequest request = { "EUR", now, 0, NULL };

  follow (fixture, db);
  payout = rungs_payout_make (db, &request, now, &error);
  g_assert_no_error (error);
  g_assert_true (rungs_payout_mark (db, payout, partner, RUNGS_PAYOUT_PAID, now, &error));
  return payout;
}

/* A part is given back before it is paid, and that is undone afterwards. */
static void
test_paid_before (RungsFixture *fixture,
                  RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartnerStatement) first = NULL, second = NULL;
  g_autoptr (RungsPaper) paper = NULL;
  g_autofree char *page = NULL;
  gint64 now = rungs_fixture_now (fixture), partner = add_partner (fixture, db);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  gint64 order = rungs_fixture_add_order (fixture, lead,
                                          rungs_fixture_add_product (fixture, "A", 1000));
  gint64 refund, payout;
  const RungsPaperRow *row;

  follow (fixture, db);
  g_assert_true (rungs_referral_set (db, order, partner, now, &error));
  refund = rungs_refund_add (db, order, 0, 400, "", now, now, &error);
  g_assert_no_error (error);
  first = rungs_partner_statement_load (db, pay (fixture, db, partner), partner, &error);
  g_assert_no_error (error);
  page = rungs_partner_statement_to_html (first, "en");
  g_assert_null (strstr (page, "Paid before"));
  g_clear_pointer (&page, g_free);

  rungs_fixture_pass (fixture, 1000);
  g_assert_true (rungs_refund_undo (db, refund, rungs_fixture_now (fixture), &error));
  payout = pay (fixture, db, partner);
  second = rungs_partner_statement_load (db, payout, partner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->lines->len, ==, 1);
  paper = rungs_partner_statement_to_paper (second, "en");
  g_assert_true (paper->letter);
  g_assert_cmpuint (paper->columns->len, ==, 8);
  row = paper->rows->pdata[0];
  g_assert_cmpstr (row->cells[4], ==, "10.00 EUR");
  g_assert_cmpstr (row->cells[6], ==, "3.00 EUR");
  g_assert_cmpstr (row->cells[7], ==, "2.00 EUR");
  g_assert_cmpstr (row->so_far, ==, "2.00 EUR");
  page = rungs_partner_statement_to_html (second, "en");
  g_assert_nonnull (strstr (page, "<th scope=\"col\" class=\"n\">Paid before</th>"));
  g_assert_nonnull (strstr (page, "colspan=\"7\">You are paid"));

  /* What came back was not paid. */
  g_clear_pointer (&second, rungs_partner_statement_free);
  g_assert_true (rungs_payout_mark (db, first->item.payout, partner, RUNGS_PAYOUT_RETURNED,
                                    rungs_fixture_now (fixture), &error));
  second = rungs_partner_statement_load (db, payout, partner, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((RungsPartnerStatementLine *) second->lines->pdata[0])->earlier, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partner-statement/paid-before", test_paid_before);
  return g_test_run ();
}
