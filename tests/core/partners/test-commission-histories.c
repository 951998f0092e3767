/* test-commission-histories.c: random histories of sales, refunds, disputes and payouts: an order's
 * entries add up to the commission of what the buyer has kept. */

#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-sale-case.h"

#define SEEDS 40
#define STEPS 120
#define N_PARTNERS 5
#define N_PRODUCTS 4
#define SECOND 500
#define NOBODY N_PARTNERS

/* Who recruited whom. The last one has ended, and earns nothing by whom they recruited. */
static const guint RECRUITERS[N_PARTNERS] = { NOBODY, 0, 1, N_PARTNERS - 1, NOBODY };

#define TERMS                                                                                      \
  "{\"tax\": 700, \"before_discount\": true, \"second\": 500, \"rates\": ["                        \
  " {\"products\": [1], \"sale\": \"first\", \"rate\": 4000},"                                     \
  " {\"products\": [1], \"rate\": 1234},"                                                          \
  " {\"products\": [2], \"fixed\": 555, \"currency\": \"EUR\"},"                                   \
  " {\"products\": [4], \"profit\": 5000},"                                                        \
  " {\"products\": [3],"                                                                           \
  "  \"tiers\": [{\"from\": 0, \"rate\": 1000}, {\"from\": 2, \"rate\": 2500}],"                   \
  "  \"by\": \"month\", \"of\": \"orders\"}]}"

/* What the test itself knows of an order. */
typedef struct
{
  gint64 id;
  gint64 partner; /* 0: nobody */
  gint64 product;
  gint64 quantity;
  gint64 price;
  gint64 kept;
  gint64 tax;     /* that the price holds; RUNGS_TAX_UNKNOWN */
  gint64 discount;
  gint64 cost;    /* of all pieces, of product 4 */
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
  gint64 cost; /* of one of product 4; RUNGS_PRODUCT_UNSAID: not said */
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
  if (product == 4)
    return 5000;
  return -1;
}

static void
place (History *history)
{
  guint lead = (guint) g_rand_int_range (history->random, 0, G_N_ELEMENTS (history->leads));
  Sold sold = { .product = g_rand_int_range (history->random, 1, N_PRODUCTS + 1),
                .partner = history->last_click[lead],
                .quantity = g_rand_int_range (history->random, 1, 4),
                .price = g_rand_int_range (history->random, 1, 20000) };
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (history->fixture);
  g_autoptr (RungsOrder) order = rungs_order_new (history->leads[lead], now);
  RungsOrderLine *line;

  sold.tax = g_rand_boolean (history->random)
                 ? g_rand_int_range (history->random, 0, (gint32) sold.price + 1)
                 : RUNGS_TAX_UNKNOWN;
  sold.discount = g_rand_boolean (history->random) ? g_rand_int_range (history->random, 0, 5000)
                                                   : 0;
  rungs_order_add_line (order, sold.product, sold.quantity, sold.price);
  line = order->lines->pdata[0];
  line->tax = sold.tax;
  line->discount = sold.discount;
  sold.id = rungs_order_add (history->db, order, now, &error);
  g_assert_no_error (error);
  sold.kept = sold.price;
  sold.cost = MAX (history->cost, 0) * sold.quantity;
  sold.share = share_of (history, lead, sold.product, sold.partner);
  sold.refunds = g_array_new (FALSE, FALSE, sizeof (gint64));
  history->orders_of[lead]++;
  g_array_append_val (history->sold, sold);
}

static void
touch (History *history)
{
  guint lead = (guint) g_rand_int_range (history->random, 0, G_N_ELEMENTS (history->leads));
  gint64 partner = history->partners[g_rand_int_range (history->random, 0, N_PARTNERS - 1)];

  rungs_sale_click (history->db, history->leads[lead], partner,
                    rungs_fixture_now (history->fixture));
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

  if (sold == NULL || sold->product >= 3)
    return;
  rungs_sale_follow (history->fixture, history->db);
  sold->partner = g_rand_boolean (history->random)
                      ? history->partners[g_rand_int_range (history->random, 0, N_PARTNERS)]
                      : 0;
  g_assert_true (rungs_referral_set (history->db, sold->id, sold->partner, now, &error));
  g_assert_true (rungs_commission_settle (history->db, sold->id, now, &error));
}

/* What was sold before keeps what it cost then. */
static void
change_cost (History *history)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProduct) product = rungs_product_load (history->db, 4, &error);

  rungs_sale_follow (history->fixture, history->db);
  history->cost = g_rand_int_range (history->random, RUNGS_PRODUCT_UNSAID, 4000);
  product->cost = history->cost;
  g_assert_true (rungs_product_save (history->db, product, &error));
  g_assert_no_error (error);
}

/* A payout, and what became of payments of earlier ones. */
static void
pay_out (History *history)
{
  g_autoptr (GError) error = NULL;
  gint64 released, payout, last;
  gint64 now = rungs_fixture_now (history->fixture);

  g_assert_true (rungs_commissions_release (history->db, now + 60 * DAY, 0, &released, &error));
  rungs_sale_pay (history->fixture, history->db, g_rand_int_range (history->random, 0, 2000));
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
base_of (const Sold *sold)
{
  gint64 price = sold->kept + naive_times (sold->discount, sold->kept, sold->price);
  gint64 base = sold->tax == RUNGS_TAX_UNKNOWN
                    ? naive_times (price, 10000, 10700)
                    : naive_times (price, sold->price - sold->tax, sold->price);

  if (sold->product == 4)
    base = MAX (base - naive_times (sold->cost, sold->kept, sold->price), 0);
  return base;
}

static gint64
due_of (const Sold *sold)
{
  if (sold->share < 0)
    return sold->kept > 0 ? 555 * sold->quantity : 0;
  return naive_times (base_of (sold), sold->share, 10000);
}

/* By whoever sold it, and by whoever recruited them. */
static gint64
due_to (History    *history,
        const Sold *sold,
        guint       place)
{
  if (sold->partner == 0)
    return 0;
  if (sold->partner == history->partners[place])
    return due_of (sold);
  for (guint i = 0; i < N_PARTNERS; i++)
    if (sold->partner == history->partners[i] && RECRUITERS[i] == place
        && place != N_PARTNERS - 1)
      return naive_times (base_of (sold), SECOND, 10000);
  return 0;
}

static void
check_order (History    *history,
             const Sold *sold)
{
  for (guint i = 0; i < N_PARTNERS; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT coalesce (sum (p.amount), 0) FROM journal j JOIN posting p ON p.entry = j.id"
          "  JOIN ledger_account a ON a.id = p.account"
          " WHERE a.state = 'expense' AND j.sales_order = %" G_GINT64_FORMAT
          "   AND a.partner = %" G_GINT64_FORMAT,
          sold->id, history->partners[i]);

      g_assert_cmpint (rungs_fixture_number (history->fixture, sql), ==,
                       due_to (history, sold, i));
    }
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
end (History *history,
     gint64   partner)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (history->fixture);

  g_assert_true (rungs_partner_set_status (history->db, partner, RUNGS_PARTNER_ENDED, NULL, now,
                                           &error));
  g_assert_no_error (error);
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
  programme = rungs_sale_add_programme (db, TERMS);
  for (guint i = 0; i < N_PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %u", i);

      history->partners[i] = rungs_sale_add_partner (fixture, db, name, programme);
    }
  for (guint i = 0; i < N_PARTNERS; i++)
    if (RECRUITERS[i] != NOBODY)
      rungs_sale_set_recruiter (fixture, db, history->partners[i],
                                history->partners[RECRUITERS[i]]);
  end (history, history->partners[N_PARTNERS - 1]);
  for (guint i = 0; i < G_N_ELEMENTS (history->leads); i++)
    {
      g_autofree char *email = g_strdup_printf ("l%u@example.com", i);

      history->leads[i] = rungs_fixture_add_lead (fixture, email, NULL);
    }
}

static void
step (History *history)
{
  switch (g_rand_int_range (history->random, 0, 10))
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
    case 8:
      change_cost (history);
      break;
    default:
      credit_by_hand (history);
    }
  if (g_rand_int_range (history->random, 0, 3) > 0)
    rungs_sale_follow (history->fixture, history->db);
  rungs_fixture_pass (history->fixture, 1000);
}

static void
run_history (RungsFixture *fixture,
             RungsDb      *db)
{
  guint32 seed = (guint32) g_test_rand_int_range (0, G_MAXINT32);
  History history = { .fixture = fixture, .db = db, .random = g_rand_new_with_seed (seed),
                      .cost = RUNGS_PRODUCT_UNSAID,
                      .sold = g_array_new (FALSE, FALSE, sizeof (Sold)) };

  g_test_message ("seed %u", seed);
  g_array_set_clear_func (history.sold, sold_clear);
  begin (&history, fixture, db);
  for (guint i = 0; i < STEPS; i++)
    step (&history);
  rungs_sale_follow (fixture, db);
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
  g_test_add_func ("/partners/commission-histories", test_histories);
  return g_test_run ();
}
