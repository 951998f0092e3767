/* test-partner-list.c: partners are found, and what is known of each is read. */

#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-csv.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-list-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-fixture.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64
add_partner (RungsFixture    *fixture,
             RungsDb         *db,
             const char      *name,
             RungsSourceKind  kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

  partner->kind = kind;
  rungs_partner_set (&partner->manager, "Kim");
  g_assert_cmpint (rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error), >, 0);
  g_assert_no_error (error);
  return partner->id;
}

/* Half of what it sells is the partner's, and may be paid at once. */
static void
join (RungsDb *db,
      gint64   partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 0, \"rates\": [{\"rate\": 5000}]}", &error);
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);

  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  g_assert_true (rungs_programme_join (db, programme, partner, 0, &error));
  g_assert_no_error (error);
}

static gint64
sell (RungsFixture *fixture,
      RungsDb      *db,
      gint64        lead,
      gint64        partner,
      const char   *sku)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);
  gint64 now = rungs_fixture_now (fixture);
  gint64 order;

  g_assert_cmpint (rungs_touch_add (db, lead, who->source, RUNGS_PATH_DIRECT, now, NULL, &error),
                   >, 0);
  order = rungs_fixture_add_order (fixture, lead, rungs_fixture_add_product (fixture, sku, 1000));
  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_no_error (error);
  return order;
}

/* The names of what a query finds, parted by blanks. */
static void
assert_found (RungsDb            *db,
              RungsPartnerFilter  filter,
              RungsPartnerSort    sort,
              gboolean            descending,
              const char         *words,
              const char         *expected)
{
  g_autoptr (GError) error = NULL;
  RungsPartnerQuery query = { filter, (char *) words, sort, descending };
  g_autoptr (GArray) ids = rungs_partner_find (db, &query, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RungsPartner) partner
          = rungs_partner_load (db, g_array_index (ids, gint64, i), &error);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", partner->name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_found (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", RUNGS_SOURCE_AFFILIATE);
  gint64 bert = add_partner (fixture, db, "Bert", RUNGS_SOURCE_JV);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");

  join (db, bert);
  sell (fixture, db, lead, bert, "A");
  g_assert_true (rungs_partner_set_status (db, anna, RUNGS_PARTNER_ENDED, NULL, 5, &error));

  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Anna Bert");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_NAME, TRUE, " ", "Bert Anna");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_SALES, TRUE, "", "Bert Anna");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_HELD, TRUE, "", "Bert Anna");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_HELD, FALSE, "", "Anna Bert");
  assert_found (db, RUNGS_PARTNERS_EARNING, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Bert");
  assert_found (db, RUNGS_PARTNERS_ENDED, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Anna");
  assert_found (db, RUNGS_PARTNERS_OWED, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Bert");
  assert_found (db, RUNGS_PARTNERS_CARRIED, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "");
  assert_found (db, RUNGS_PARTNERS_AFFILIATE, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Anna");
  assert_found (db, RUNGS_PARTNERS_JV, RUNGS_PARTNERS_BY_NAME, FALSE, NULL, "Bert");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_NAME, FALSE, "NN", "Anna");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_NAME, FALSE, "kim", "Anna Bert");
}

static void
test_row (RungsFixture *fixture,
          RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 anna = add_partner (fixture, db, "Anna", RUNGS_SOURCE_AFFILIATE);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  g_autoptr (RungsPartnerRow) row = NULL;
  g_autoptr (GArray) orders = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 first, last;

  join (db, anna);
  first = sell (fixture, db, lead, anna, "A");
  rungs_fixture_pass (fixture, DAY);
  last = sell (fixture, db, lead, anna, "C");
  g_assert_cmpint (rungs_refund_add (db, first, 0, 400, "", now, now, &error), >, 0);
  g_assert_true (rungs_partners_follow (db, now, &error));

  row = rungs_partner_row_load (db, anna, now, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->programme, ==, "Friends");
  g_assert_cmpint (row->sales, ==, 2);
  g_assert_cmpint (row->refunds, ==, 1);
  g_assert_cmpuint (row->balances->len, ==, 1);
  g_assert_cmpint (
      g_array_index (row->balances, RungsLedgerBalances, 0).states[RUNGS_LEDGER_EXPENSE], ==, 800);

  orders = rungs_partner_list_orders (db, anna, 1, &error);
  g_assert_cmpuint (orders->len, ==, 1);
  g_assert_cmpint (g_array_index (orders, gint64, 0), ==, last);
  entries = rungs_partner_list_entries (db, anna, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (((RungsLedgerEntry *) entries->pdata[0])->kind, ==, RUNGS_LEDGER_REVERSAL);
  g_assert_cmpint (((RungsLedgerEntry *) entries->pdata[1])->order, ==, last);
}

static void
test_payouts_and_coupons (RungsFixture *fixture,
                          RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", RUNGS_SOURCE_AFFILIATE);
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, anna, &error);
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();
  RungsPayoutRequest request = { .currency = "EUR" };
  g_autoptr (GArray) payouts = NULL;
  g_auto (GStrv) codes = NULL;
  g_autoptr (GArray) open = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (RungsPayoutRow) row = NULL;
  const RungsPartnerPayout *payout;
  gint64 now, id, released;

  join (db, anna);
  sell (fixture, db, lead, anna, "A");
  rungs_fixture_pass (fixture, 100 * DAY);
  now = rungs_fixture_now (fixture);
  g_assert_true (rungs_commissions_release (db, now, 0, &released, &error));
  request.until = now;
  id = rungs_payout_make (db, &request, now, &error);
  g_assert_no_error (error);
  payouts = rungs_partner_list_payouts (db, anna, 5, &error);
  g_assert_cmpuint (payouts->len, ==, 1);
  payout = &g_array_index (payouts, RungsPartnerPayout, 0);
  g_assert_cmpint (payout->item.payout, ==, id);
  g_assert_cmpint (payout->item.approved, ==, 500);
  g_assert_cmpint (payout->item.state, ==, RUNGS_PAYOUT_PAYABLE);
  g_assert_cmpstr (payout->currency, ==, "EUR");
  g_assert_cmpint (payout->made_at, ==, now);

  open = rungs_payout_find (db, TRUE, &error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_true (rungs_payout_mark (db, id, anna, RUNGS_PAYOUT_PAID, now, &error));
  none = rungs_payout_find (db, TRUE, &error);
  g_assert_cmpuint (none->len, ==, 0);
  all = rungs_payout_find (db, FALSE, &error);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, id);
  row = rungs_payout_row_load (db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->payout->amount, ==, 500);
  g_assert_cmpint (row->counts[RUNGS_PAYOUT_PAID], ==, 1);
  g_assert_cmpint (row->counts[RUNGS_PAYOUT_PAYABLE], ==, 0);

  rungs_coupon_set (&coupon->code, "ANNA10");
  coupon->source = partner->source;
  g_assert_cmpint (rungs_coupon_add (db, coupon, now, &error), >, 0);
  codes = rungs_partner_list_coupons (db, anna, &error);
  g_assert_cmpuint (g_strv_length (codes), ==, 1);
  g_assert_cmpstr (codes[0], ==, "ANNA10");
}

/* Who came by the partner and paid for something afterwards; what is free is not bought. */
static void
test_quality (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 anna = add_partner (fixture, db, "Anna, \"A\"", RUNGS_SOURCE_AFFILIATE);
  gint64 bert = add_partner (fixture, db, "Bert", RUNGS_SOURCE_JV);
  gint64 buyer = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  gint64 given = rungs_fixture_add_lead (fixture, "g@example.com", "G");
  gint64 before = rungs_fixture_add_lead (fixture, "o@example.com", "O");
  gint64 gift = rungs_fixture_add_product (fixture, "GIFT", 0);
  g_autoptr (RungsPartner) who = rungs_partner_load (db, anna, &error);
  g_autoptr (RungsPartnerRow) row = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *csv = NULL;

  join (db, anna);
  rungs_fixture_add_order (fixture, before, rungs_fixture_add_product (fixture, "OLD", 500));
  rungs_fixture_pass (fixture, DAY);
  now = rungs_fixture_now (fixture);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (rungs_touch_add (db, i == 0 ? given : before, who->source, RUNGS_PATH_DIRECT,
                                      now, NULL, &error),
                     >, 0);
  sell (fixture, db, buyer, anna, "A");
  rungs_fixture_add_order (fixture, given, gift);
  row = rungs_partner_row_load (db, anna, now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->leads, ==, 3);
  g_assert_cmpint (row->buyers, ==, 1);
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_QUALITY, TRUE, NULL, "Anna, \"A\" Bert");
  assert_found (db, RUNGS_PARTNERS_ALL, RUNGS_PARTNERS_BY_QUALITY, FALSE, NULL, "Bert Anna, \"A\"");

  g_array_append_val (ids, anna);
  g_array_append_val (ids, bert);
  csv = rungs_partners_to_csv (db, ids, now, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      csv, ==,
      "name,kind,programme,manager,email,phone,country,status,ended,sales,refunds,leads,buyers,"
      "currency,held,approved,payable,paid,carried\r\n"
      "\"Anna, \"\"A\"\"\",affiliate,Friends,Kim,,,,active,,1,0,3,1,"
      "EUR,5.00,0.00,0.00,0.00,0.00\r\n"
      "Bert,jv,,Kim,,,,active,,0,0,0,0,EUR,0.00,0.00,0.00,0.00,0.00\r\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/partner-list/found", test_found);
  rungs_fixture_add_test ("/partners/partner-list/row", test_row);
  rungs_fixture_add_test ("/partners/partner-list/payouts-and-coupons", test_payouts_and_coupons);
  rungs_fixture_add_test ("/partners/partner-list/quality", test_quality);
  return g_test_run ();
}
