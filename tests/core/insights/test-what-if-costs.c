/* test-what-if-costs.c: what partners earn in the next twelve months. */

#include "insights/rungs-what-if.h"

#include <math.h>

#include "partners/rungs-ledger-store.h"
#include "rungs-chance-ladder.h"
#include "rungs-fixture.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define ID "%" G_GINT64_FORMAT
#define MONTHS RUNGS_WHAT_IF_MONTHS

enum
{
  SPRING = 2,
  KIT = 3,
  SUE = 9
};

G_GNUC_PRINTF (2, 3)
static gint64
number (RungsFixture *f,
        const char   *format,
        ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return rungs_fixture_number (f, sql);
}

static RungsWhatIf *
load (RungsFixture *f)
{
  g_autoptr (GError) error = NULL;
  RungsWhatIf *what_if = rungs_what_if_load (f->db, 0, rungs_fixture_now (f), &error);

  g_assert_no_error (error);
  return what_if;
}

/* The year, with a change where `value` is not 0. */
static RungsWhatIfYear *
year_of (const RungsWhatIf *what_if,
         RungsWhatIfChange  change,
         gint64             value)
{
  g_autoptr (GArray) changes = rungs_what_if_changes_new ();
  g_autoptr (GError) error = NULL;
  RungsWhatIfYear *year;

  if (value != 0)
    {
      rungs_what_if_present (what_if, &change);
      change.value = value;
      rungs_what_if_changes_set (changes, &change);
    }
  year = rungs_what_if_year (what_if, changes, &error);
  g_assert_no_error (error);
  return year;
}

/* Partner 1, who is Sue, earns so much by a line; below 0: it is taken back. */
static void
earn (RungsFixture *f,
      gint64        line,
      gint64        minor)
{
  g_autoptr (RungsLedgerEntry) entry
    = rungs_ledger_entry_new (minor > 0 ? RUNGS_LEDGER_ACCRUAL : RUNGS_LEDGER_REVERSAL,
                              rungs_fixture_now (f), "EUR");
  g_autoptr (GError) error = NULL;

  entry->order_line = line;
  rungs_ledger_entry_move (entry, 1, minor > 0 ? RUNGS_LEDGER_EXPENSE : RUNGS_LEDGER_HELD,
                           minor > 0 ? RUNGS_LEDGER_HELD : RUNGS_LEDGER_EXPENSE, ABS (minor),
                           &error);
  rungs_ledger_add (f->db, entry, rungs_fixture_now (f), &error);
  g_assert_no_error (error);
}

/* Twenty leads come by a source 61 days ago, and ten of them buy the kit for 29.00. */
static void
arrive (RungsFixture *f,
        int           source)
{
  gint64 at = rungs_fixture_now (f) - 61 * DAY;
  g_autofree char *touch = g_strdup_printf (
    "INSERT INTO touch (lead, source, path, at) SELECT max (id), %d, 'direct', " ID " FROM lead",
    source, at);
  g_autofree char *order = g_strdup_printf (
    "INSERT INTO sales_order (lead, at, currency, created_at)"
    " SELECT max (id), " ID ", 'EUR', 0 FROM lead", at);

  for (int i = 0; i < 20; i++)
    {
      rungs_fixture_add_lead (f, NULL, "Ann");
      rungs_fixture_run (f, touch);
      if (i % 2 > 0)
        continue;
      rungs_fixture_run (f, order);
      rungs_fixture_run (f, "INSERT INTO order_line (sales_order, product, amount)"
                            " SELECT max (id), 3, 2900 FROM sales_order");
    }
}

static const RungsWhatIfAccount *
euros (const RungsWhatIfYear *year)
{
  return rungs_what_if_get_account (year->accounts, "EUR");
}

/* What a tenth of the revenue comes to, whatever the month, beside `monthly`. */
static void
assert_share (const RungsWhatIfYear *year,
              double                 share,
              gint64                 monthly)
{
  const RungsWhatIfAccount *account = euros (year);

  for (guint month = 0; month < MONTHS; month++)
    {
      double expected = (double) account->revenue[month] * share + (double) monthly;

      g_assert_cmpint (account->revenue[month], >, 0);
      g_assert_cmpfloat (fabs ((double) account->commission[month] - expected), <=, 1);
      g_assert_cmpint (account->left[month], ==,
                       account->revenue[month] - account->commission[month]
                         - account->spend[month]);
    }
}

/* Of a source by whom all came the base earns partners what they earned in the period: a tenth of
 * the sales, and six euros otherwise. */
static void
test_by_hand (RungsFixture *f,
              RungsDb      *db)
{
  RungsWhatIfChange price = rungs_what_if_change (
    RUNGS_WHAT_IF_PRICE, rungs_ladder_place (RUNGS_LADDER_PRODUCT, KIT));
  RungsWhatIfChange spend = rungs_what_if_change (
    RUNGS_WHAT_IF_SPEND, rungs_ladder_place (RUNGS_LADDER_SOURCE, SUE));
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (RungsWhatIfYear) dear = NULL;
  g_autoptr (RungsWhatIfYear) spent = NULL;
  const RungsWhatIfSourceYear *sue;
  gint64 monthly;
  double days;

  rungs_chance_add_catalogue (f);
  rungs_fixture_run (f, "INSERT INTO source_spend (source, day, amount, currency)"
                        " VALUES (9, '2026-02-01', 2000, 'EUR')");
  arrive (f, SUE);
  earn (f, 1, 4000);
  earn (f, 1, -1100);
  earn (f, -1, 600);

  what_if = load (f);
  monthly = llrint (600 / rungs_what_if_months (what_if->basis));
  base = year_of (what_if, price, 0);
  assert_share (base, 0.1, monthly);
  dear = year_of (what_if, price, 5800);
  assert_share (dear, 0.1, monthly);
  g_assert_cmpint (euros (dear)->commission[3] - monthly, >,
                   euros (base)->commission[3] - monthly + 100);
  spent = year_of (what_if, spend, 2 * euros (base)->spend[0]);
  assert_share (spent, 0.1, llrint (1200 / rungs_what_if_months (what_if->basis)));

  /* what the first leads pay comes evenly, and a tenth of it is Sue's */
  sue = base->sources->pdata[rungs_what_if_basis_find_source (what_if->basis, SUE)];
  g_assert_true (sue->can_pay_back);
  days = (double) (euros (base)->spend[0] + monthly)
         / ((double) euros (base)->revenue[0] * 0.9) * 30.4375;
  g_assert_cmpfloat (fabs ((double) (sue->paid_back - rungs_fixture_now (f)) / (double) DAY - days),
                     <, 0.01);
}

/* By coupons partners earn by leads of others, and by more than their own paid: then it is a share
 * of what everybody pays. */
static void
test_coupons (RungsFixture *f,
              RungsDb      *db)
{
  RungsWhatIfChange none = { 0 };
  g_autoptr (RungsWhatIf) what_if = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;

  rungs_chance_add_catalogue (f);
  arrive (f, SPRING);
  for (gint64 line = 1; line <= 10; line++)
    earn (f, line, 580);
  what_if = load (f);
  base = year_of (what_if, none, 0);
  assert_share (base, 0.2, 0);
}

/* Without a book the product's own rate counts, of what leads pay who were referred; with one, what
 * is there. */
static void
test_own_rate (RungsFixture *f,
               RungsDb      *db)
{
  RungsWhatIfChange none = { 0 };
  g_autoptr (RungsWhatIf) without = NULL;
  g_autoptr (RungsWhatIf) with = NULL;
  g_autoptr (RungsWhatIfYear) base = NULL;
  g_autoptr (RungsWhatIfYear) booked = NULL;

  rungs_chance_add_catalogue (f);
  rungs_fixture_run (f, "UPDATE product SET affiliate_rate = 5000");
  arrive (f, SUE);
  arrive (f, SPRING);
  without = load (f);
  base = year_of (without, none, 0);
  assert_share (base, 0.25, 0);
  earn (f, 1, 2900);
  with = load (f);
  booked = year_of (with, none, 0);
  assert_share (booked, 0.05, 0);
}

/* Whatever happened, what partners earned in the period is in the basis once. */
static void
test_chance (RungsFixture *f,
             RungsDb      *db)
{
  static const char *const CURRENCIES[] = { "EUR", "USD" };
  g_autoptr (RungsWhatIf) what_if = NULL;
  gint64 sums[G_N_ELEMENTS (CURRENCIES)] = { 0 };

  rungs_chance_add_catalogue (f);
  for (int i = 0; i < 40; i++)
    rungs_chance_add_history (f, rungs_fixture_add_lead (f, NULL, "Ann"));
  rungs_chance_add_commissions (f);
  what_if = load (f);
  for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
    {
      for (guint i = 0; i < what_if->basis->products->len; i++)
        {
          GArray *sales = rungs_what_if_basis_get_product (what_if->basis, i)->sales;

          for (guint j = 0; j < sales->len; j++)
            if (g_str_equal (g_array_index (sales, RungsWhatIfSales, j).currency, CURRENCIES[c]))
              sums[c] += g_array_index (sales, RungsWhatIfSales, j).commission;
        }
      for (guint i = 0; i < what_if->basis->sources->len; i++)
        {
          GArray *awards = rungs_what_if_basis_get_source (what_if->basis, i)->awards;

          for (guint j = 0; j < awards->len; j++)
            if (g_str_equal (g_array_index (awards, RungsMoney, j).currency, CURRENCIES[c]))
              sums[c] += g_array_index (awards, RungsMoney, j).minor;
        }
      g_assert_cmpint (sums[c], ==,
                       number (f,
                               "SELECT coalesce (sum (p.amount), 0)"
                               "  FROM posting p, ledger_account a, journal j"
                               " WHERE a.id = p.account AND j.id = p.entry AND a.state = 'expense'"
                               "   AND a.currency = '%s' AND j.at >= " ID " AND j.at <= " ID,
                               CURRENCIES[c], what_if->basis->from, what_if->basis->now));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/what-if-costs/by-hand", test_by_hand);
  rungs_fixture_add_test ("/what-if-costs/coupons", test_coupons);
  rungs_fixture_add_test ("/what-if-costs/own-rate", test_own_rate);
  rungs_fixture_add_test ("/what-if-costs/chance", test_chance);
  return g_test_run ();
}
