/* test-own-currency-histories.c: random histories of partners who earn in currencies of their own:
 * each line's entries are in the one that was decided first, and add up to the commission of what
 * the buyer has kept, told once by the rate that was known then; also where the program is killed.
 *
 * RUNGS_HISTORIES=2000 tries so many. */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-credit-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-terms-trial-store.h"
#include "rungs-fixture.h"

#define USUALLY 12
#define KILLED 6 /* one of so many is told again to a program that is killed */
#define STEPS 140
#define PARTNERS 4
#define ORDERS_MOST STEPS
#define RATES_MOST STEPS
#define REFUNDS_MOST 6
#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)
#define DAYS 12
#define SECOND 700

/* Two places, two, none, and three. */
static const char *const CURRENCIES[] = { "EUR", "USD", "JPY", "KWD" };
static const int DIGITS[] = { 2, 2, 0, 3 };
#define N_CURRENCIES 4
#define AS_SOLD N_CURRENCIES

/* Who recruited whom, counted from 1; 0: nobody. */
static const gint64 RECRUITERS[PARTNERS + 1] = { 0, 0, 1, 2, 1 };

#define TERMS                                                                                      \
  "{\"tax\": 1900, \"hold_days\": 1, \"second\": 700, \"rates\": ["                                \
  " {\"products\": [1], \"rate\": 3333}, {\"products\": [2], \"fixed\": 555, \"currency\":"        \
  " \"EUR\"}, {\"rate\": 1250}]}"

typedef enum
{
  RATE,
  CURRENCY,
  PLACE,
  GIVE_BACK,
  TAKE_AGAIN,
  CREDIT,
  RELEASE,
  PAY,
  MARK,
} Kind;

typedef struct
{
  Kind kind;
  gint64 now;
  gint64 subject; /* an order, a partner, a payout */
  gint64 partner;
  gint64 amount;  /* or a rate */
  guint currency; /* or a base */
  guint quote;
  int day;        /* since 2026-03-01 */
  gint64 product;
  RungsPayoutState state;
} Fact;

typedef struct
{
  guint base, quote;
  gint64 rate;
  int day;
} Rate;

/* What was decided of an order for a partner. */
typedef struct
{
  gboolean is_decided;
  guint currency;
  gboolean has_rate;
  Rate rate;
} Decision;

typedef struct
{
  gint64 partner;
  gint64 product;
  guint currency;
  int day;
  gint64 kept;
  gint64 refunds[REFUNDS_MOST];
  guint n_refunds;
  Decision decisions[PARTNERS + 1];
} Order;

/* What the test itself knows. */
typedef struct
{
  Fact facts[STEPS];
  Rate rates[RATES_MOST];
  guint n_rates;
  guint currencies[PARTNERS + 1];
  Order orders[ORDERS_MOST + 1]; /* from 1 */
  gint64 n_orders;
} History;

/* ---- the oracle */

static void
decide (History *self,
        Order   *order,
        gint64   partner)
{
  Decision *decision = &order->decisions[partner];
  guint own = self->currencies[partner];

  if (partner == 0 || decision->is_decided)
    return;
  *decision = (Decision){ .is_decided = TRUE, .currency = order->currency };
  if (own == AS_SOLD || own == order->currency)
    return;
  for (guint i = 0; i < self->n_rates; i++)
    {
      const Rate *rate = &self->rates[i];

      if (((rate->base == own && rate->quote == order->currency)
           || (rate->quote == own && rate->base == order->currency))
          && rate->day <= order->day && (!decision->has_rate || rate->day > decision->rate.day))
        {
          decision->has_rate = TRUE;
          decision->currency = own;
          decision->rate = *rate;
        }
    }
}

static void
credit (History *self,
        Order   *order,
        gint64   partner)
{
  order->partner = partner;
  decide (self, order, partner);
  decide (self, order, RECRUITERS[partner]);
}

/* above / below, half to even. */
static gint64
divide (__int128 above,
        __int128 below)
{
  __int128 whole = above / below, twice = (above - whole * below) * 2;

  return (gint64) (whole + (twice > below || (twice == below && whole % 2 == 1)));
}

static gint64
count_due (const Order *order,
           gint64       partner)
{
  const Decision *decision = &order->decisions[partner];
  gboolean sold = partner == order->partner;
  gboolean recruited = order->partner != 0 && RECRUITERS[order->partner] == partner;
  __int128 above = divide ((__int128) order->kept * 10000, 11900), below = 10000;

  if (partner == 0 || !(sold || recruited))
    return 0;
  if (order->product == 2 && order->currency != 0)
    above *= sold ? 1250 : SECOND;
  else if (order->product == 2 && sold)
    above = order->kept > 0 ? 555 * below : 0;
  else
    above *= !sold ? SECOND : order->product == 1 ? 3333 : 1250;
  if (decision->has_rate && decision->rate.quote == decision->currency)
    {
      above *= decision->rate.rate;
      below *= RUNGS_EXCHANGE_ONE;
    }
  else if (decision->has_rate)
    {
      above *= RUNGS_EXCHANGE_ONE;
      below *= decision->rate.rate;
    }
  for (int i = DIGITS[order->currency]; i < DIGITS[decision->currency]; i++)
    above *= 10;
  for (int i = DIGITS[decision->currency]; i < DIGITS[order->currency]; i++)
    below *= 10;
  return divide (above, below);
}

/* ---- making one up */

static Order *
any_order (History *self,
           Fact    *fact)
{
  fact->subject = self->n_orders > 0 ? g_test_rand_int_range (1, (gint32) self->n_orders + 1) : 0;
  return &self->orders[fact->subject];
}

static gboolean
make_rate (History *self,
           Fact    *fact)
{
  static const gint64 WORTH[] = { 100, 92, 15000, 31 }; /* roughly, for sizes */
  Rate rate = { .day = fact->day };
  guint i;

  rate.base = (guint) g_test_rand_int_range (0, N_CURRENCIES);
  rate.quote = (rate.base + (guint) g_test_rand_int_range (1, N_CURRENCIES)) % N_CURRENCIES;
  rate.rate = RUNGS_EXCHANGE_ONE / 100 * WORTH[rate.quote] / WORTH[rate.base] * 100
              + g_test_rand_int_range (1, 900000);
  for (i = 0; i < self->n_rates; i++)
    if (self->rates[i].day == rate.day
        && MIN (self->rates[i].base, self->rates[i].quote) == MIN (rate.base, rate.quote)
        && MAX (self->rates[i].base, self->rates[i].quote) == MAX (rate.base, rate.quote))
      break;
  self->rates[i] = rate;
  self->n_rates = MAX (self->n_rates, i + 1);
  fact->currency = rate.base;
  fact->quote = rate.quote;
  fact->amount = rate.rate;
  return TRUE;
}

static gboolean
make_order (History *self,
            Fact    *fact)
{
  Order *order = &self->orders[++self->n_orders];

  fact->partner = g_test_rand_int_range (1, PARTNERS + 1);
  fact->product = g_test_rand_int_range (1, 4);
  fact->currency = (guint) g_test_rand_int_range (0, N_CURRENCIES);
  fact->amount = g_test_rand_int_range (1, g_test_rand_int_range (0, 3) == 0 ? 30 : 90000);
  *order = (Order){ .product = fact->product, .currency = fact->currency, .day = fact->day,
                    .kept = fact->amount };
  credit (self, order, fact->partner);
  return TRUE;
}

static gboolean
make_refund (History *self,
             Fact    *fact)
{
  Order *order = any_order (self, fact);

  if (order->kept == 0 || order->n_refunds == REFUNDS_MOST)
    return FALSE;
  fact->amount = g_test_rand_int_range (0, 3) == 0
                     ? order->kept
                     : g_test_rand_int_range (1, (gint32) order->kept + 1);
  order->refunds[order->n_refunds++] = fact->amount;
  order->kept -= fact->amount;
  return TRUE;
}

/* A dispute is won. */
static gboolean
make_again (History *self,
            Fact    *fact)
{
  Order *order = any_order (self, fact);

  if (order->n_refunds == 0)
    return FALSE;
  order->kept += order->refunds[--order->n_refunds];
  return TRUE;
}

/* Returns: whether there is something to happen. */
static gboolean
make_fact (History *self,
           Fact    *fact)
{
  int dice = g_test_rand_int_range (0, 100);

  if (dice < 14)
    return fact->kind = RATE, make_rate (self, fact);
  if (dice < 22)
    {
      fact->kind = CURRENCY;
      fact->partner = g_test_rand_int_range (1, PARTNERS + 1);
      fact->currency = (guint) g_test_rand_int_range (0, N_CURRENCIES + 1);
      self->currencies[fact->partner] = fact->currency;
      return TRUE;
    }
  if (dice < 48 || self->n_orders == 0)
    return fact->kind = PLACE, make_order (self, fact);
  if (dice < 66)
    return fact->kind = GIVE_BACK, make_refund (self, fact);
  if (dice < 72)
    return fact->kind = TAKE_AGAIN, make_again (self, fact);
  if (dice < 80)
    {
      Order *order = any_order (self, fact);

      fact->kind = CREDIT;
      fact->partner = g_test_rand_int_range (0, PARTNERS + 1);
      credit (self, order, fact->partner);
      return TRUE;
    }
  fact->kind = dice < 88 ? RELEASE : dice < 94 ? PAY : MARK;
  fact->currency = (guint) g_test_rand_int_range (0, N_CURRENCIES);
  fact->subject = g_test_rand_int_range (1, 6);
  fact->partner = g_test_rand_int_range (1, PARTNERS + 1);
  fact->state = (RungsPayoutState) g_test_rand_int_range (RUNGS_PAYOUT_PAID,
                                                          RUNGS_PAYOUT_RETURNED + 1);
  return TRUE;
}

static void
make_up (History *self,
         gint64   begin)
{
  *self = (History){ .n_rates = 0 };
  for (guint i = 1; i <= PARTNERS; i++)
    self->currencies[i] = AS_SOLD;
  for (guint i = 0; i < STEPS; i++)
    {
      /* Of what happened up to two days ago is heard, too. */
      Fact fact = { .now = begin + (gint64) i * DAYS * 24 * HOUR / STEPS };

      fact.day = (int) ((fact.now - begin) / (24 * HOUR)) - g_test_rand_int_range (0, 3);
      fact.day = MAX (fact.day, 0);
      while (!make_fact (self, &fact))
        continue;
      self->facts[i] = fact;
    }
}

/* ---- it happens */

/* Noon of a day, by the business's clock. */
static gint64
noon_of (RungsFixture *fixture,
         int           day)
{
  return rungs_fixture_now (fixture) + ((gint64) day - 1) * 24 * HOUR + 2 * HOUR;
}

static void
set_rate (RungsDb    *db,
          const Fact *fact)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_autoptr (GError) error = NULL;
  RungsExchangeRate rate = { .rate = fact->amount };

  g_strlcpy (rate.base, CURRENCIES[fact->currency], sizeof rate.base);
  g_strlcpy (rate.quote, CURRENCIES[fact->quote], sizeof rate.quote);
  g_snprintf (rate.day, sizeof rate.day, "2026-03-%02d", fact->day + 1);
  g_array_append_val (rates, rate);
  rungs_exchange_rates_set (db, rates, NULL, &error);
  g_assert_no_error (error);
}

static void
set_currency (RungsDb    *db,
              const Fact *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, fact->partner, &error);

  g_strlcpy (partner->currency, fact->currency != AS_SOLD ? CURRENCIES[fact->currency] : "",
             sizeof partner->currency);
  rungs_partner_save (db, partner, fact->now, &error);
  g_assert_no_error (error);
}

/* Each partner has a lead, whose number is its own. */
static void
place (RungsFixture *fixture,
       RungsDb      *db,
       const Fact   *fact)
{
  g_autoptr (RungsOrder) order = rungs_order_new (fact->partner, noon_of (fixture, fact->day));
  g_autoptr (GError) error = NULL;

  g_strlcpy (order->currency, CURRENCIES[fact->currency], sizeof order->currency);
  rungs_order_add_line (order, fact->product, 1, fact->amount);
  rungs_order_add (db, order, fact->now, &error);
  g_assert_no_error (error);
}

static void
take_again (RungsDb    *db,
            const Fact *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refunds = rungs_refund_list (db, fact->subject, &error);
  gint64 last = 0;

  for (guint i = 0; i < refunds->len; i++)
    last = MAX (last, ((RungsRefund *) refunds->pdata[i])->id);
  rungs_refund_undo (db, last, fact->now, &error);
  g_assert_no_error (error);
}

static void
happen (RungsFixture *fixture,
        RungsDb      *db,
        const Fact   *fact)
{
  RungsPayoutRequest request = { .until = fact->now };
  g_autoptr (GError) error = NULL;
  gint64 released;

  g_strlcpy (request.currency, CURRENCIES[MIN (fact->currency, N_CURRENCIES - 1)], 4);
  if (fact->kind == RATE)
    set_rate (db, fact);
  else if (fact->kind == CURRENCY)
    set_currency (db, fact);
  else if (fact->kind == PLACE)
    place (fixture, db, fact);
  else if (fact->kind == GIVE_BACK)
    rungs_refund_add (db, fact->subject, 0, fact->amount, "", fact->now, fact->now, &error);
  else if (fact->kind == TAKE_AGAIN)
    take_again (db, fact);
  else if (fact->kind == CREDIT)
    rungs_credit_set (db, fact->subject, fact->partner, fact->now, &error);
  else if (fact->kind == RELEASE)
    rungs_commissions_release (db, fact->now, 0, &released, &error);
  else if (fact->kind == PAY) /* may be refused: nobody is to be paid … */
    rungs_payout_make (db, &request, fact->now, NULL);
  else /* … or there is no such payment */
    rungs_payout_mark (db, fact->subject, fact->partner, fact->state, fact->now, NULL);
  g_assert_no_error (error);
  g_assert_true (rungs_partners_follow (db, fact->now, &error));
}

static void
begin_file (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (TERMS, &error);

  g_assert_no_error (error);
  rungs_fixture_run (fixture, "CREATE TABLE told (facts INTEGER NOT NULL) STRICT");
  rungs_fixture_run (fixture, "INSERT INTO told VALUES (0)");
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *sku = g_strdup_printf ("P%d", i);

      g_assert_cmpint (rungs_fixture_add_product (fixture, sku, 1000), ==, i);
    }
  rungs_fixture_run (fixture, "UPDATE product SET refund_days = 0");
  g_assert_cmpint (rungs_programme_add (db, "Friends", 1, &error), ==, 1);
  g_assert_cmpint (rungs_programme_set_terms (db, 1, 0, terms, 1, &error), >, 0);
  for (gint64 i = 1; i <= PARTNERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner%" G_GINT64_FORMAT, i);
      g_autofree char *email = g_strdup_printf ("l%" G_GINT64_FORMAT "@example.com", i);
      g_autoptr (RungsPartner) partner = rungs_partner_new (name, "");

      partner->recruited_by = RECRUITERS[i];
      g_assert_cmpint (rungs_partner_add (db, partner, 1, &error), ==, i);
      g_assert_true (rungs_programme_join (db, 1, i, 0, &error));
      g_assert_cmpint (rungs_fixture_add_lead (fixture, email, NULL), ==, i);
      rungs_touch_add (db, i, partner->source, RUNGS_PATH_DIRECT,
                       noon_of (fixture, 0) - HOUR, NULL, &error);
    }
  g_assert_no_error (error);
}

/* ---- the book against the oracle */

/* What the book has of an order and a partner, in one currency. */
static gint64
ask_expense (RungsDb    *db,
             gint64      order,
             gint64      partner,
             const char *currency)
{
  static const char SQL[] = "SELECT coalesce (sum (p.amount), 0)"
                            "  FROM journal j JOIN posting p ON p.entry = j.id"
                            "  JOIN ledger_account a ON a.id = p.account"
                            " WHERE j.sales_order = :order AND a.partner = :partner"
                            "   AND a.state = 'expense' AND a.currency = :currency";
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL, NULL);
  gint64 sum;

  rungs_statement_bind_int64 (query, ":order", order);
  rungs_statement_bind_int64 (query, ":partner", partner);
  rungs_statement_bind_text (query, ":currency", currency);
  g_assert_true (rungs_statement_get_number (query, 0, &sum, NULL));
  return sum;
}

static void
check_orders (RungsDb       *db,
              const History *history)
{
  for (gint64 id = 1; id <= history->n_orders; id++)
    for (gint64 partner = 1; partner <= PARTNERS; partner++)
      for (guint i = 0; i < N_CURRENCIES; i++)
        {
          const Order *order = &history->orders[id];
          gint64 due = order->decisions[partner].currency == i ? count_due (order, partner) : 0;
          gint64 booked = ask_expense (db, id, partner, CURRENCIES[i]);

          if (booked != due)
            g_test_message ("order %" G_GINT64_FORMAT " of partner %" G_GINT64_FORMAT " in %s", id,
                            partner, CURRENCIES[i]);
          g_assert_cmpint (booked, ==, due);
        }
}

/* Nobody is paid less than nothing, and owes no less. */
static void
check_balances (RungsDb *db)
{
  g_autoptr (GArray) all = rungs_ledger_balances (db, 0, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const gint64 *states = g_array_index (all, RungsLedgerBalances, i).states;

      g_assert_cmpint (states[RUNGS_LEDGER_HELD], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_APPROVED], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAYABLE], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_PAID], <=, 0);
      g_assert_cmpint (states[RUNGS_LEDGER_CARRIED], >=, 0);
    }
}

/* By the same terms sales would have made what they did, in the same currencies. */
static void
check_trial (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (TERMS, &error);
  g_autoptr (GPtrArray) rows = rungs_terms_trial (db, 1, terms, 0, G_MAXINT64, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((RungsTermsTrialRow *) rows->pdata[i])->would, ==,
                     ((RungsTermsTrialRow *) rows->pdata[i])->earned);
}

/* Each payment has a statement: lines, payout and book agree to the minor unit. */
static void
check_statements (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payouts = rungs_payout_list (db, &error);

  for (guint i = 0; i < payouts->len; i++)
    {
      gint64 payout = ((RungsPayout *) payouts->pdata[i])->id;
      g_autoptr (GArray) items = rungs_payout_list_items (db, payout, &error);

      for (guint k = 0; k < items->len; k++)
        {
          g_autoptr (RungsPartnerStatement) statement = rungs_partner_statement_load (
              db, payout, g_array_index (items, RungsPayoutItem, k).partner, &error);

          g_assert_no_error (error);
          g_assert_nonnull (statement);
        }
    }
}

/* ---- a program that is killed */

static History history;
static guint next_fact;
static RungsFixture *told_to;

static gboolean
tell_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  g_autoptr (RungsStatement) count
      = rungs_db_prepare (db, "UPDATE told SET facts = facts + 1", error);

  happen (told_to, db, &history.facts[next_fact]);
  return count != NULL && rungs_statement_run (count, error);
}

static guint
count_told (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "SELECT facts FROM told", NULL);
  gint64 told = 0;

  g_assert_true (rungs_statement_get_number (query, 0, &told, NULL));
  return (guint) told;
}

static void
tell_rest (RungsDb *db)
{
  g_autoptr (GError) error = NULL;

  for (next_fact = count_told (db); next_fact < STEPS; next_fact++)
    if (!rungs_db_write (db, tell_cb, NULL, &error))
      g_error ("%s", error->message);
}

/* Returns: whether it came to its end before it was killed. */
static gboolean
tell_until_killed (const char *path,
                   gulong      most_useconds)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      tell_rest (rungs_db_open (path, RUNGS_DB_WRITE, NULL));
      _exit (0);
    }
  g_usleep ((gulong) g_test_rand_int_range (0, (gint32) most_useconds));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL : WEXITSTATUS (status) == 0);
  return WIFEXITED (status);
}

/* The book of a program that was killed is that of one that was not, hash for hash. */
static void
check_killed (RungsFixture *first,
              RungsFixture *whole)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);
  g_autoptr (GError) error = NULL;
  g_auto (RungsLedgerProof) proof = { 0 }, expected = { 0 };
  gulong useconds = 40000;

  rungs_fixture_write (fixture, begin_file);
  g_clear_pointer (&fixture->db, rungs_db_close);
  while (!tell_until_killed (fixture->path, useconds))
    useconds += useconds / 4;
  fixture->db = rungs_db_open (fixture->path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_told (fixture->db), ==, STEPS);
  g_assert_true (rungs_ledger_verify (whole->db, &expected, &error));
  g_assert_true (rungs_ledger_verify (fixture->db, &proof, &error));
  g_assert_cmpint (proof.entries, ==, expected.entries);
  g_assert_cmpmem (proof.hash, sizeof proof.hash, expected.hash, sizeof expected.hash);
}

/* ---- histories */

static void
check_book (RungsDb *db)
{
  g_auto (RungsLedgerProof) proof = { 0 };

  check_orders (db, &history);
  check_balances (db);
  check_trial (db);
  check_statements (db);
  g_assert_true (rungs_ledger_verify (db, &proof, NULL));
  g_assert_cmpstr (proof.why, ==, NULL);
}

static guint
count_histories (void)
{
  const char *wanted = g_getenv ("RUNGS_HISTORIES");

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : USUALLY;
}

static void
test_histories (void)
{
  g_autoptr (RungsFixture) first = rungs_fixture_new ();
  gint64 told = 0, as_sold = 0, paid = 0;

  for (guint i = 0; i < count_histories (); i++)
    {
      g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);

      make_up (&history, noon_of (first, 0));
      told_to = first;
      rungs_fixture_write (fixture, begin_file);
      tell_rest (fixture->db);
      check_book (fixture->db);
      if (i % KILLED == 0)
        check_killed (first, fixture);
      told += rungs_fixture_number (fixture,
                                    "SELECT count (*) FROM journal WHERE exchange IS NOT NULL");
      as_sold += rungs_fixture_number (fixture,
                                       "SELECT count (*) FROM commission"
                                       " WHERE no_rate_to IS NOT NULL");
      paid += rungs_fixture_number (fixture, "SELECT count (*) FROM payout_item");
    }
  g_test_message ("%" G_GINT64_FORMAT " entries told, %" G_GINT64_FORMAT " lines without a rate, %"
                  G_GINT64_FORMAT " payments", told, as_sold, paid);
  if (count_histories () >= USUALLY)
    g_assert_true (told > 0 && as_sold > 0 && paid > 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partners/own-currency-histories", test_histories);
  return g_test_run ();
}
