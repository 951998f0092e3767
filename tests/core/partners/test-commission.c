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
#include "rungs-fixture.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64
add_partner (RungsFixture *fixture,
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

static gint64
add_programme (RungsDb    *db,
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

/* A click of the lead on a link of the partner's. */
static void
click (RungsDb *db,
       gint64   lead,
       gint64   partner,
       gint64   at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  g_assert_cmpint (rungs_touch_add (db, lead, who->source, RUNGS_PATH_DIRECT, at, NULL, &error), >,
                   0);
}

static void
follow (RungsFixture *fixture,
        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_partners_follow (db, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

static gint64
refund (RungsFixture *fixture,
        RungsDb      *db,
        gint64        order,
        gint64        amount)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  gint64 id = rungs_refund_add (db, order, 0, amount, "", now, now, &error);

  g_assert_no_error (error);
  follow (fixture, db);
  return id;
}

static void
assert_balance (RungsDb          *db,
                gint64            partner,
                RungsLedgerState  state,
                gint64            expected)
{
  g_autoptr (GError) error = NULL;
  gint64 balance;

  g_assert_true (rungs_ledger_balance (db, partner, state, "EUR", &balance, &error));
  g_assert_cmpint (balance, ==, expected);
}

static void
release (RungsFixture *fixture,
         RungsDb      *db,
         gint64        expected)
{
  g_autoptr (GError) error = NULL;
  gint64 released;

  g_assert_true (rungs_commissions_release (db, rungs_fixture_now (fixture), 0, &released, &error));
  g_assert_no_error (error);
  g_assert_cmpint (released, ==, expected);
}

/* ---- one order */

typedef struct
{
  gint64 partner;
  gint64 lead;
  gint64 product;
  gint64 order;
} Sale;

static Sale
sell (RungsFixture *fixture,
      RungsDb      *db,
      const char   *terms,
      gint64        price)
{
  Sale sale = { .lead = rungs_fixture_add_lead (fixture, "b@example.com", "B"),
                .product = rungs_fixture_add_product (fixture, "A", price) };

  sale.partner = add_partner (fixture, db, "Anna", add_programme (db, terms));
  click (db, sale.lead, sale.partner, rungs_fixture_now (fixture) - DAY);
  sale.order = rungs_fixture_add_order (fixture, sale.lead, sale.product);
  follow (fixture, db);
  return sale;
}

static void
test_share (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"tax\": 1900, \"rates\": [{\"rate\": 3000}]}", 11900);
  g_autoptr (RungsReferral) referral = rungs_referral_load (db, sale.order, &error);
  g_autoptr (GPtrArray) entries = NULL;
  const RungsLedgerEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpint (referral->partner, ==, sale.partner);
  g_assert_cmpuint (referral->saw->len, ==, 2);
  g_assert_cmpint (referral->touch, >, 0);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -3000);
  assert_balance (db, sale.partner, RUNGS_LEDGER_EXPENSE, 3000);
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
  Sale sale = sell (fixture, db, "{\"rates\": [{\"rate\": 5000}]}", 1000);

  rungs_fixture_pass (fixture, 30 * DAY - 1);
  release (fixture, db, 0);
  rungs_fixture_pass (fixture, 1);
  release (fixture, db, 1);
  release (fixture, db, 0);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  refund (fixture, db, sale.order, 333);
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -334);
  assert_balance (db, sale.partner, RUNGS_LEDGER_EXPENSE, 334);
}

/* Thirds that are given back one after the other leave no cent behind. */
static void
test_never_drifts (RungsFixture *fixture,
                   RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"rates\": [{\"rate\": 333}]}", 1001);
  gint64 first, now = rungs_fixture_now (fixture);

  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -33);
  first = refund (fixture, db, sale.order, 333);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -22);
  refund (fixture, db, sale.order, 333);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -11);
  refund (fixture, db, sale.order, 335);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  g_assert_true (rungs_refund_undo (db, first, now, &error));
  follow (fixture, db);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -11);
}

static void
test_fixed (RungsFixture *fixture,
            RungsDb      *db)
{
  Sale sale = sell (fixture, db, "{\"rates\": [{\"fixed\": 700, \"currency\": \"EUR\"}]}", 1000);

  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -700);
  refund (fixture, db, sale.order, 999);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -700);
  refund (fixture, db, sale.order, 1);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
}

static void
test_by_hand (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"approve\": \"hand\", \"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (GPtrArray) list = rungs_commission_list_of_order (db, sale.order, &error);
  gint64 line = ((RungsCommission *) list->pdata[0])->order_line;
  gint64 now;

  rungs_fixture_pass (fixture, 40 * DAY);
  now = rungs_fixture_now (fixture);
  release (fixture, db, 0);
  g_assert_true (rungs_commission_approve (db, line, sale.partner, TRUE, now, &error));
  release (fixture, db, 1);
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_true (rungs_commission_approve (db, line, sale.partner, FALSE, now, &error));
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, 0);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -500);
  release (fixture, db, 0);
}

/* Somebody else is credited by hand: the one loses it, the other has it. */
static void
test_credited_by_hand (RungsFixture *fixture,
                       RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (RungsProgramme) programme = rungs_programme_load_by_name (db, "Friends", 1, &error);
  gint64 bert = add_partner (fixture, db, "Bert", programme->id);

  g_assert_true (rungs_referral_set (db, sale.order, bert, 5, &error));
  g_assert_true (rungs_commission_settle (db, sale.order, 5, &error));
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, 0);
  assert_balance (db, bert, RUNGS_LEDGER_HELD, -500);
  g_assert_true (rungs_referral_set (db, sale.order, 0, 5, &error));
  g_assert_true (rungs_commission_settle (db, sale.order, 5, &error));
  assert_balance (db, bert, RUNGS_LEDGER_HELD, 0);
}

/* New terms do not reach back. */
static void
test_terms_in_force (RungsFixture *fixture,
                     RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"rates\": [{\"rate\": 5000}]}", 1000);
  g_autoptr (RungsProgramme) programme = rungs_programme_load_by_name (db, "Friends", 1, &error);
  g_autoptr (RungsTerms) terms = rungs_terms_parse ("{\"rates\": [{\"rate\": 1000}]}", &error);
  gint64 now = rungs_fixture_now (fixture);

  g_assert_cmpint (rungs_programme_set_terms (db, programme->id, now + DAY, terms, now, &error), >,
                   0);
  rungs_fixture_pass (fixture, 2 * DAY);
  refund (fixture, db, sale.order, 500);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -250);
  rungs_fixture_add_order (fixture, sale.lead, sale.product);
  follow (fixture, db);
  assert_balance (db, sale.partner, RUNGS_LEDGER_HELD, -350);
}

/* ---- payouts */

static gint64
pay (RungsFixture *fixture,
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
  Sale sale = sell (fixture, db, "{\"hold_days\": 1, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 order, payout;

  rungs_fixture_pass (fixture, 2 * DAY);
  release (fixture, db, 1);
  g_assert_cmpint (pay (fixture, db, 501), ==, 0);
  payout = pay (fixture, db, 500);
  g_assert_cmpint (payout, >, 0);
  g_assert_cmpint (pay (fixture, db, 0), ==, 0);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_PAID);
  assert_balance (db, sale.partner, RUNGS_LEDGER_PAID, -500);

  refund (fixture, db, sale.order, 400);
  assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 200);
  order = rungs_fixture_add_order (fixture, sale.lead, sale.product);
  follow (fixture, db);
  rungs_fixture_pass (fixture, 2 * DAY);
  release (fixture, db, 1);
  payout = pay (fixture, db, 0);
  items = rungs_payout_list_items (db, payout, &error);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).approved, ==, 500);
  g_assert_cmpint (g_array_index (items, RungsPayoutItem, 0).set_off, ==, 200);
  assert_balance (db, sale.partner, RUNGS_LEDGER_PAYABLE, -300);
  assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 0);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_PAID);
  mark (fixture, db, payout, sale.partner, RUNGS_PAYOUT_RETURNED);
  assert_balance (db, sale.partner, RUNGS_LEDGER_PAID, -500);
  assert_balance (db, sale.partner, RUNGS_LEDGER_CARRIED, 200);
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  refund (fixture, db, order, 1000);
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, 0);
  g_assert_cmpint (pay (fixture, db, 0), ==, 0);
}

static void
test_marks (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  Sale sale = sell (fixture, db, "{\"hold_days\": 0, \"rates\": [{\"rate\": 5000}]}", 1000);
  gint64 payout, now = rungs_fixture_now (fixture);

  release (fixture, db, 1);
  payout = pay (fixture, db, 0);
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
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_true (rungs_payout_reverse (db, payout, now, &error));
  assert_balance (db, sale.partner, RUNGS_LEDGER_APPROVED, -500);
  g_assert_cmpint (pay (fixture, db, 0), >, payout);
}

/* ---- random histories */

#define SEEDS 40
#define STEPS 120
#define N_PARTNERS 3
#define N_PRODUCTS 3

#define TERMS                                                                                      \
  "{\"tax\": 700, \"rates\": ["                                                                    \
  " {\"products\": [1], \"sale\": \"first\", \"rate\": 4000},"                                     \
  " {\"products\": [1], \"rate\": 1234},"                                                          \
  " {\"products\": [2], \"fixed\": 555, \"currency\": \"EUR\"}," \
  " {\"products\": [3]," \
  "  \"tiers\": [{\"from\": 0, \"rate\": 1000}, {\"from\": 2, \"rate\": 2500}]," \
  "  \"by\": \"month\", \"of\": \"orders\"}]}"

/* What the test itself knows of an order. */
typedef struct
{
  gint64 id;
  gint64 partner; /* 0: nobody */
  gint64 product;
  gint64 price;
  gint64 kept;
  gint64 share;   /* basis points; -1: fixed */
  GArray *refunds;
} Sold;

typedef struct
{
  RungsFixture *fixture;
  RungsDb *db;
  GRand *random;
  gint64 leads[6];
  gint64 orders_of[6];
  gint64 last_click[6];
  gint64 partners[N_PARTNERS];
  GArray *sold; /* (element-type Sold) */
} History;

static void
sold_clear (gpointer data)
{
  g_array_unref (((Sold *) data)->refunds);
}

/* How many orders the partner had before in this month. The clock of a history stays in one day, so
 * that it is the same month for all. */
static gint64
count_before (History *history,
              gint64   partner)
{
  gint64 count = 0;

  for (guint i = 0; i < history->sold->len; i++)
    if (g_array_index (history->sold, Sold, i).partner == partner)
      count++;
  return count;
}

static gint64
share_of (History *history,
          guint    lead,
          gint64   product,
          gint64   partner)
{
  if (product == 1)
    return history->orders_of[lead] == 0 ? 4000 : 1234;
  if (product == 3)
    return count_before (history, partner) >= 2 ? 2500 : 1000;
  return -1;
}

static void
place (History *history)
{
  guint lead = (guint) g_rand_int_range (history->random, 0, G_N_ELEMENTS (history->leads));
  Sold sold = { .product = g_rand_int_range (history->random, 1, N_PRODUCTS + 1),
                .partner = history->last_click[lead],
                .price = g_rand_int_range (history->random, 1, 20000) };
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (history->fixture);
  g_autoptr (RungsOrder) order = rungs_order_new (history->leads[lead], now);

  rungs_order_add_line (order, sold.product, 1, sold.price);
  sold.id = rungs_order_add (history->db, order, now, &error);
  g_assert_no_error (error);
  sold.kept = sold.price;
  sold.share = share_of (history, lead, sold.product, sold.partner);
  sold.refunds = g_array_new (FALSE, FALSE, sizeof (gint64));
  history->orders_of[lead]++;
  g_array_append_val (history->sold, sold);
}

static void
touch (History *history)
{
  guint lead = (guint) g_rand_int_range (history->random, 0, G_N_ELEMENTS (history->leads));
  gint64 partner = history->partners[g_rand_int_range (history->random, 0, N_PARTNERS)];

  click (history->db, history->leads[lead], partner, rungs_fixture_now (history->fixture));
  history->last_click[lead] = partner;
}

static Sold *
pick (History *history)
{
  guint n = history->sold->len;

  return n > 0 ? &g_array_index (history->sold, Sold,
                                 (guint) g_rand_int_range (history->random, 0, (gint32) n))
               : NULL;
}

static void
give_back (History *history)
{
  Sold *sold = pick (history);
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (history->fixture);
  gint64 amount, id;

  if (sold == NULL || sold->kept == 0)
    return;
  amount = g_rand_boolean (history->random)
               ? sold->kept
               : g_rand_int_range (history->random, 1, (gint32) sold->kept + 1);
  id = rungs_refund_add (history->db, sold->id, 0, amount, "", now, now, &error);
  g_assert_no_error (error);
  sold->kept -= amount;
  g_array_append_val (sold->refunds, id);
}

/* The last refund was a mistake, or a dispute is won. */
static void
take_again (History *history)
{
  Sold *sold = pick (history);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refunds = NULL;
  const RungsRefund *last;

  if (sold == NULL || sold->refunds->len == 0)
    return;
  refunds = rungs_refund_list (history->db, sold->id, &error);
  last = refunds->pdata[refunds->len - 1];
  sold->kept += last->amount.minor;
  g_array_set_size (sold->refunds, sold->refunds->len - 1);
  g_assert_true (rungs_refund_undo (history->db, last->id, rungs_fixture_now (history->fixture),
                                    &error));
  g_assert_no_error (error);
}

static void
credit_by_hand (History *history)
{
  Sold *sold = pick (history);
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (history->fixture);

  if (sold == NULL || sold->product == 3)
    return;
  follow (history->fixture, history->db);
  sold->partner = g_rand_boolean (history->random)
                      ? history->partners[g_rand_int_range (history->random, 0, N_PARTNERS)]
                      : 0;
  g_assert_true (rungs_referral_set (history->db, sold->id, sold->partner, now, &error));
  g_assert_true (rungs_commission_settle (history->db, sold->id, now, &error));
}

/* A payout, and what became of payments of earlier ones. */
static void
pay_out (History *history)
{
  g_autoptr (GError) error = NULL;
  gint64 released, payout, last;
  gint64 now = rungs_fixture_now (history->fixture);

  g_assert_true (rungs_commissions_release (history->db, now + 60 * DAY, 0, &released, &error));
  pay (history->fixture, history->db, g_rand_int_range (history->random, 0, 2000));
  last = rungs_fixture_number (history->fixture, "SELECT coalesce (max (id), 0) FROM payout");
  if (last == 0)
    return;
  payout = g_rand_int_range (history->random, 1, (gint32) last + 1);
  if (g_rand_int_range (history->random, 0, 5) == 0)
    g_assert_true (rungs_payout_reverse (history->db, payout, now, &error));
  else
    rungs_payout_mark (history->db, payout,
                       history->partners[g_rand_int_range (history->random, 0, N_PARTNERS)],
                       g_rand_int_range (history->random, RUNGS_PAYOUT_PAID,
                                         RUNGS_PAYOUT_RETURNED + 1),
                       now, NULL);
}

/* The share of what is kept without tax, each time rounded half to even, by long division. */
static gint64
naive_times (gint64 minor,
             gint64 by,
             gint64 over)
{
  gint64 whole = minor * by / over, rest = minor * by % over;

  if (rest * 2 > over || (rest * 2 == over && whole % 2 == 1))
    whole++;
  return whole;
}

static gint64
due_of (const Sold *sold)
{
  if (sold->share < 0)
    return sold->kept > 0 ? 555 : 0;
  return naive_times (naive_times (sold->kept, 10000, 10700), sold->share, 10000);
}

static void
check_order (History    *history,
             const Sold *sold)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce (sum (p.amount), 0) FROM journal j JOIN posting p ON p.entry = j.id"
      "  JOIN ledger_account a ON a.id = p.account"
      " WHERE a.state = 'expense' AND j.sales_order = %" G_GINT64_FORMAT,
      sold->id);

  g_assert_cmpint (rungs_fixture_number (history->fixture, sql), ==,
                   sold->partner != 0 ? due_of (sold) : 0);
}

/* Each partner can be told what each payout was of, to the cent, whatever came later. */
static void
check_statements (History *history)
{
  gint64 last = rungs_fixture_number (history->fixture, "SELECT max (id) FROM payout");

  for (gint64 id = 1; id <= last; id++)
    {
      g_autoptr (GArray) items = rungs_payout_list_items (history->db, id, NULL);

      for (guint i = 0; i < items->len; i++)
        {
          gint64 partner = g_array_index (items, RungsPayoutItem, i).partner;
          g_autoptr (RungsPartnerStatement) told
              = rungs_partner_statement_load (history->db, id, partner, NULL);

          g_assert_nonnull (told);
        }
    }
}

/* What the book has of payouts is what they are; nothing is in two of them; settling once more
 * finds nothing to do. */
static void
check_payouts (History *history)
{
  g_autoptr (GError) error = NULL;
  gint64 entries = rungs_fixture_number (history->fixture, "SELECT count (*) FROM journal");

  check_statements (history);
  g_assert_cmpint (rungs_fixture_number (
                       history->fixture,
                       "SELECT count (*) FROM partner t JOIN (SELECT 'paid' AS state"
                       " UNION SELECT 'payable') s"
                       " WHERE coalesce ((SELECT sum (approved - set_off) FROM payout_item i"
                       "                   WHERE i.partner = t.id AND i.state = s.state), 0)"
                       "    <> -coalesce ((SELECT sum (p.amount) FROM posting p"
                       "                     JOIN ledger_account a ON a.id = p.account"
                       "                    WHERE a.partner = t.id AND a.state = s.state), 0)"),
                   ==, 0);
  g_assert_cmpint (rungs_fixture_number (
                       history->fixture,
                       "SELECT count (*) FROM (SELECT sum (amount) AS paid, order_line, partner"
                       "                         FROM paid_line GROUP BY order_line, partner) l"
                       " WHERE paid > (SELECT -sum (p.amount) FROM journal j"
                       "                 JOIN posting p ON p.entry = j.id"
                       "                 JOIN ledger_account a ON a.id = p.account"
                       "                WHERE j.order_line = l.order_line"
                       "                  AND a.partner = l.partner AND a.state = 'approved')"),
                   ==, 0);
  for (guint i = 0; i < history->sold->len; i++)
    g_assert_true (rungs_commission_settle (history->db,
                                            g_array_index (history->sold, Sold, i).id,
                                            rungs_fixture_now (history->fixture), &error));
  g_assert_cmpint (rungs_fixture_number (history->fixture, "SELECT count (*) FROM journal"), ==,
                   entries);
}

static void
check_book (History *history)
{
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) balances = rungs_ledger_balances (history->db, 0, &error);

  for (guint i = 0; i < history->sold->len; i++)
    check_order (history, &g_array_index (history->sold, Sold, i));
  for (guint i = 0; i < balances->len; i++)
    {
      const gint64 *states = g_array_index (balances, RungsLedgerBalances, i).states;

      g_assert_cmpint (states[RUNGS_LEDGER_EXPENSE], >=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_HELD], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_APPROVED], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAYABLE], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAID], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_CARRIED], >=, 0);
    }
  check_payouts (history);
  g_assert_true (rungs_ledger_verify (history->db, &proof, &error));
  g_assert_cmpint (proof.fault, ==, 0);
}

static void
begin (History      *history,
       RungsFixture *fixture,
       RungsDb      *db)
{
  gint64 programme;

  for (guint i = 1; i <= N_PRODUCTS; i++)
    {
      g_autofree char *sku = g_strdup_printf ("P%u", i);

      g_assert_cmpint (rungs_fixture_add_product (fixture, sku, 1000), ==, i);
    }
  programme = add_programme (db, TERMS);
  for (guint i = 0; i < N_PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %u", i);

      history->partners[i] = add_partner (fixture, db, name, programme);
    }
  for (guint i = 0; i < G_N_ELEMENTS (history->leads); i++)
    {
      g_autofree char *email = g_strdup_printf ("l%u@example.com", i);

      history->leads[i] = rungs_fixture_add_lead (fixture, email, NULL);
    }
}

static void
step (History *history)
{
  switch (g_rand_int_range (history->random, 0, 9))
    {
    case 0:
    case 1:
      touch (history);
      break;
    case 2:
    case 3:
      place (history);
      break;
    case 4:
    case 5:
      give_back (history);
      break;
    case 6:
      take_again (history);
      break;
    case 7:
      pay_out (history);
      break;
    default:
      credit_by_hand (history);
    }
  if (g_rand_int_range (history->random, 0, 3) > 0)
    follow (history->fixture, history->db);
  rungs_fixture_pass (history->fixture, 1000);
}

static void
run_history (RungsFixture *fixture,
             RungsDb      *db)
{
  guint32 seed = (guint32) g_test_rand_int_range (0, G_MAXINT32);
  History history = { .fixture = fixture, .db = db, .random = g_rand_new_with_seed (seed),
                      .sold = g_array_new (FALSE, FALSE, sizeof (Sold)) };

  g_test_message ("seed %u", seed);
  g_array_set_clear_func (history.sold, sold_clear);
  begin (&history, fixture, db);
  for (guint i = 0; i < STEPS; i++)
    step (&history);
  follow (fixture, db);
  check_book (&history);
  g_array_unref (history.sold);
  g_rand_free (history.random);
}

static void
test_histories (void)
{
  g_autoptr (RungsFixture) first = rungs_fixture_new ();

  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);

      rungs_fixture_write (fixture, run_history);
    }
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
  rungs_fixture_add_test ("/partners/commission/marks", test_marks);
  g_test_add_func ("/partners/commission/histories", test_histories);
  return g_test_run ();
}
