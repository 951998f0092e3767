/* test-commission.c: an order's entries add up to the commission of what the buyer has kept. */

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-sale-case.h"

/* ---- one order */

static void
test_share (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"tax\": 1900, \"rates\": [{\"rate\": 3000}]}", 11900);
  g_autoptr (RungsReferral) referral = rungs_referral_load (db, sale.order, &error);
  g_autoptr (GPtrArray) entries = NULL;
  const RungsLedgerEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpint (referral->partner, ==, sale.partner);
  g_assert_cmpuint (referral->saw->len, ==, 2);
  g_assert_cmpint (referral->touch, >, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -3000);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_EXPENSE, 3000);
  entries = rungs_ledger_list_of_order (db, sale.order, &error);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->base, ==, 10000);
  g_assert_cmpint (entry->rate, ==, 3000);
  g_assert_cmpint (entry->terms, >, 0);
  g_assert_cmpstr (entry->words, ==, "30 % of 100.00 EUR");
}

/* Held for 30 days, then payable; what is given back later comes out of what is payable. */
static void
test_held (RungsFixture *fixture,
           RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"rates\": [{\"rate\": 5000}]}", 1000);

  rungs_fixture_pass (fixture, 30 * DAY - 1);
  rungs_sale_release (fixture, db, 0);
  rungs_fixture_pass (fixture, 1);
  rungs_sale_release (fixture, db, 1);
  rungs_sale_release (fixture, db, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  rungs_sale_refund (fixture, db, sale.order, 333);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -334);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_EXPENSE, 334);
}

/* Thirds that are given back one after the other leave no cent behind. */
static void
test_never_drifts (RungsFixture *fixture,
                   RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"rates\": [{\"rate\": 333}]}", 1001);
  gint64 first, now = rungs_fixture_now (fixture);

  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -33);
  first = rungs_sale_refund (fixture, db, sale.order, 333);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -22);
  rungs_sale_refund (fixture, db, sale.order, 333);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -11);
  rungs_sale_refund (fixture, db, sale.order, 335);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  g_assert_true (rungs_refund_undo (db, first, now, &error));
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -11);
}

static void
test_fixed (RungsFixture *fixture,
            RungsDb      *db)
{
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"rates\": [{\"fixed\": 700, \"currency\": \"EUR\"}]}", 1000);

  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -700);
  rungs_sale_refund (fixture, db, sale.order, 999);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -700);
  rungs_sale_refund (fixture, db, sale.order, 1);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
}

static void
test_by_hand (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"approve\": \"hand\", \"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (GPtrArray) list = rungs_commission_list_of_order (db, sale.order, &error);
  gint64 line = ((RungsCommission *) list->pdata[0])->order_line;
  gint64 now;

  rungs_fixture_pass (fixture, 40 * DAY);
  now = rungs_fixture_now (fixture);
  rungs_sale_release (fixture, db, 0);
  g_assert_true (rungs_commission_approve (db, line, sale.partner, TRUE, now, &error));
  rungs_sale_release (fixture, db, 1);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_true (rungs_commission_approve (db, line, sale.partner, FALSE, now, &error));
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -500);
  rungs_sale_release (fixture, db, 0);
}

/* Somebody else is credited by hand: the one loses it, the other has it. */
static void
test_credited_by_hand (RungsFixture *fixture,
                       RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (RungsProgramme) programme = rungs_programme_load_by_name (db, "Friends", 1, &error);
  gint64 bert = rungs_sale_add_partner (fixture, db, "Bert", programme->id);

  g_assert_true (rungs_referral_set (db, sale.order, bert, 5, &error));
  g_assert_true (rungs_commission_settle (db, sale.order, 5, &error));
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  rungs_sale_assert_balance (db, bert, RUNGS_LEDGER_HELD, -500);
  g_assert_true (rungs_referral_set (db, sale.order, 0, 5, &error));
  g_assert_true (rungs_commission_settle (db, sale.order, 5, &error));
  rungs_sale_assert_balance (db, bert, RUNGS_LEDGER_HELD, 0);
}

/* New terms do not reach back. */
static void
test_terms_in_force (RungsFixture *fixture,
                     RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (RungsProgramme) programme = rungs_programme_load_by_name (db, "Friends", 1, &error);
  g_autoptr (RungsTerms) terms = rungs_terms_parse ("{\"rates\": [{\"rate\": 1000}]}", &error);
  gint64 now = rungs_fixture_now (fixture);

  g_assert_cmpint (rungs_programme_set_terms (db, programme->id, now + DAY, terms, now, &error), >,
                   0);
  rungs_fixture_pass (fixture, 2 * DAY);
  rungs_sale_refund (fixture, db, sale.order, 500);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -250);
  rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_sale_follow (fixture, db);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -350);
}

/* ---- payouts */

static void
mark (RungsFixture     *fixture,
      RungsDb          *db,
      gint64            payout,
      gint64            partner,
      RungsPayoutState  state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_payout_mark (db, payout, partner, state, rungs_fixture_now (fixture),
                                    &error));
  g_assert_no_error (error);
}

/* What was paid and is given back is carried over, and set off against what is paid next. */
static void
test_carried (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"hold_days\": 1, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 order, payout;

  rungs_fixture_pass (fixture, 2 * DAY);
  rungs_sale_release (fixture, db, 1);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 501), ==, 0);
  payout = rungs_sale_pay (fixture, db, 500);
  g_assert_cmpint (payout, >, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), ==, 0);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_PAID);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_PAID, -500);

  rungs_sale_refund (fixture, db, sale.order, 400);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 200);
  order = rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_sale_follow (fixture, db);
  rungs_fixture_pass (fixture, 2 * DAY);
  rungs_sale_release (fixture, db, 1);
  payout = rungs_sale_pay (fixture, db, 0);
  items = rungs_payout_list_items (db, payout, &error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).approved, ==, 500);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).set_off, ==, 200);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_PAYABLE, -300);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 0);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_PAID);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_RETURNED);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_PAID, -500);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 200);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  rungs_sale_refund (fixture, db, order, 1000);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, 0);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), ==, 0);
}

/* What the payout of orders between two moments would be of its one partner: how much may be paid,
 * and what is set off; 0 where it pays nobody. */
static void
assert_payout_of (RungsDb *db,
                  gint64   from,
                  gint64   until,
                  gint64   approved,
                  gint64   set_off)
{
  RungsPayoutRequest request = { .currency = "EUR", .from = from, .until = until };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = rungs_payout_preview (db, &request, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, approved > 0);
  if (approved == 0)
    return;
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).approved, ==, approved);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).set_off, ==, set_off);
}

/* The days are those of the orders; what has to be given back counts for all of them. */
static void
test_period (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPayout) payout = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"hold_days\": 1, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 first = rungs_fixture_now (fixture), second, third;
  RungsPayoutRequest request = { .currency = "EUR" };

  rungs_fixture_pass (fixture, 2 * DAY);
  rungs_sale_release (fixture, db, 1);
  mark (fixture, db, rungs_sale_pay (fixture, db, 0), sale.partner, RUNGS_PAYOUT_PAID);
  rungs_sale_refund (fixture, db, sale.order, 200);
  second = rungs_fixture_now (fixture);
  rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_fixture_pass (fixture, DAY);
  third = rungs_fixture_now (fixture);
  rungs_fixture_add_order (fixture, sale.lead, sale.product);
  rungs_sale_follow (fixture, db);
  rungs_fixture_pass (fixture, 2 * DAY);
  rungs_sale_release (fixture, db, 2);

  assert_payout_of (db, 0, third, 1000, 100);
  assert_payout_of (db, first, second, 500, 100);
  assert_payout_of (db, second, second, 500, 100);
  assert_payout_of (db, second + 1, third, 500, 100);
  assert_payout_of (db, third + 1, third + DAY, 0, 0);
  request.from = third;
  request.until = second;
  g_assert_null (rungs_payout_preview (db, &request, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  request.until = third;
  payout = rungs_payout_load (
      db, rungs_payout_make (db, &request, rungs_fixture_now (fixture), &error), &error);
  g_assert_no_error (error);
  g_assert_cmpint (payout->from, ==, third);
  g_assert_cmpint (payout->amount, ==, 400);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  assert_payout_of (db, 0, third, 500, 0);
  assert_payout_of (db, third, third, 0, 0);
}

static void
test_marks (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"hold_days\": 0, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 payout, now = rungs_fixture_now (fixture);

  rungs_sale_release (fixture, db, 1);
  payout = rungs_sale_pay (fixture, db, 0);
  g_assert_false (rungs_payout_mark (db, payout, sale.partner, RUNGS_PAYOUT_RETURNED, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (rungs_payout_mark (db, payout, 4711, RUNGS_PAYOUT_PAID, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_PAID);
  g_assert_false (rungs_payout_mark (db, payout, sale.partner, RUNGS_PAYOUT_PAID, now, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (rungs_payout_reverse (db, payout, now, &error));
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_true (rungs_payout_reverse (db, payout, now, &error));
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), >, payout);
}

/* An import that brought an order is taken back after the commission was paid, and the payment
 * comes back later: what was set off for it meanwhile is paid after all. The order's number and
 * that of its line are not those of the next one. */
static void
test_gone_and_returned (RungsFixture *fixture,
                        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  RungsSale sale = rungs_sale_make (fixture, db,
                                    "{\"hold_days\": 0, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 line = rungs_fixture_number (fixture, "SELECT max (id) FROM order_line");
  gint64 paid, second;

  rungs_fixture_pass (fixture, 30 * DAY);
  rungs_sale_release (fixture, db, 1);
  paid = rungs_sale_pay (fixture, db, 0);
  mark (fixture, db, paid, sale.partner, RUNGS_PAYOUT_PAID);
  rungs_fixture_run (fixture, "DELETE FROM sales_order");
  g_assert_true (rungs_commissions_forget_gone (db, rungs_fixture_now (fixture), &error));
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_EXPENSE, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 500);

  rungs_sale_click (db, sale.lead, sale.partner, rungs_fixture_now (fixture));
  second = rungs_fixture_add_order (fixture, sale.lead, sale.product);
  g_assert_cmpint (second, ==, sale.order + 1);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT id FROM order_line"), ==, line + 1);
  rungs_sale_follow (fixture, db);
  rungs_fixture_pass (fixture, 30 * DAY);
  rungs_sale_release (fixture, db, 1);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), ==, 0);
  mark (fixture, db, paid, sale.partner, RUNGS_PAYOUT_RETURNED);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -1000);
  g_assert_cmpint (rungs_sale_pay (fixture, db, 0), >, paid);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_PAYABLE, -500);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, 0);
  rungs_sale_assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/commission/share", test_share);
  rungs_fixture_add_test ("/partners/commission/held", test_held);
  rungs_fixture_add_test ("/partners/commission/never-drifts", test_never_drifts);
  rungs_fixture_add_test ("/partners/commission/fixed", test_fixed);
  rungs_fixture_add_test ("/partners/commission/by-hand", test_by_hand);
  rungs_fixture_add_test ("/partners/commission/credited-by-hand", test_credited_by_hand);
  rungs_fixture_add_test ("/partners/commission/terms-in-force", test_terms_in_force);
  rungs_fixture_add_test ("/partners/commission/carried", test_carried);
  rungs_fixture_add_test ("/partners/commission/period", test_period);
  rungs_fixture_add_test ("/partners/commission/marks", test_marks);
  rungs_fixture_add_test ("/partners/commission/gone-and-returned", test_gone_and_returned);
  return g_test_run ();
}
