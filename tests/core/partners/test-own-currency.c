/* test-own-currency.c: partners who earn in a currency of their own. */

#include <string.h>

#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-order-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-commission-told.h"
#include "partners/rungs-credit-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-terms-trial-store.h"
#include "rungs-sale-case.h"

#define QUARTER "{\"hold_days\": 0, \"second\": 1000, \"rates\": [{\"rate\": 2500}]}"

static void
set_rate (RungsDb    *db,
          const char *base,
          const char *quote,
          const char *rate,
          const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  RungsExchangeRate one = { 0 };

  g_strlcpy (one.base, base, sizeof one.base);
  g_strlcpy (one.quote, quote, sizeof one.quote);
  g_strlcpy (one.day, day, sizeof one.day);
  g_assert_true (rungs_exchange_rate_parse (rate, &one.rate, &error));
  g_array_append_val (rates, one);
  g_assert_true (rungs_exchange_rates_set (db, rates, NULL, &error));
  g_assert_no_error (error);
}

static void
set_currency (RungsFixture *fixture,
              RungsDb      *db,
              gint64        partner,
              const char   *currency)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  g_strlcpy (who->currency, currency, sizeof who->currency);
  g_assert_true (rungs_partner_save (db, who, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
}

/* Anna, who is paid in EUR, and Bert, who recruited her, as sold: nothing is sold yet. */
typedef struct
{
  RungsSale sale; /* an order of nothing */
  gint64 bert;
} Case;

static Case
begin (RungsFixture *fixture,
       RungsDb      *db,
       const char   *terms)
{
  Case made = { .sale = rungs_sale_make (fixture, db, terms, 0) };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) bert = rungs_partner_new ("Bert", "");

  made.bert = rungs_partner_add (db, bert, 1, &error);
  g_assert_no_error (error);
  rungs_sale_set_recruiter (fixture, db, made.sale.partner, made.bert);
  return made;
}

static gint64
sell (RungsFixture *fixture,
      RungsDb      *db,
      const Case   *made,
      gint64        amount,
      const char   *currency)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  g_autoptr (RungsOrder) order = rungs_order_new (made->sale.lead, now);
  gint64 id;

  g_strlcpy (order->currency, currency, sizeof order->currency);
  rungs_order_add_line (order, made->sale.product, 1, amount);
  id = rungs_order_add (db, order, now, &error);
  g_assert_no_error (error);
  rungs_sale_follow (fixture, db);
  return id;
}

static void
assert_balance (RungsDb          *db,
                gint64            partner,
                RungsLedgerState  state,
                const char       *currency,
                gint64            expected)
{
  gint64 balance;

  g_assert_true (rungs_ledger_balance (db, partner, state, currency, &balance, NULL));
  g_assert_cmpint (balance, ==, expected);
}

/* The last words of the book about an order and a partner. */
static void
assert_words (RungsDb    *db,
              gint64      order,
              gint64      partner,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) told = rungs_commission_told_list (db, order, &error);
  const char *words = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < told->len; i++)
    if (((RungsCommissionTold *) told->pdata[i])->partner == partner)
      words = ((RungsCommissionTold *) told->pdata[i])->words;
  g_assert_cmpstr (words, ==, expected);
}

static void
assert_proof (RungsDb *db)
{
  g_auto (RungsLedgerProof) proof = { 0 };

  g_assert_true (rungs_ledger_verify (db, &proof, NULL));
  g_assert_cmpstr (proof.why, ==, NULL);
}

/* The rate and the currency of the first booking stay: not what comes later. */
static void
test_stays (RungsFixture *fixture,
            RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);
  gint64 first, second, refund;

  set_rate (db, "USD", "EUR", "0.9", "2026-01-01");
  set_rate (db, "USD", "EUR", "0.921", "2026-03-01");
  set_rate (db, "USD", "EUR", "5", "2026-03-03");
  first = sell (fixture, db, &made, 10000, "USD");
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -2302); /* 23.025 */
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "USD", 0);
  assert_words (db, first, made.sale.partner,
                "25 % of 100.00 USD · 25.00 USD at 1 USD = 0.921 EUR of 2026-03-01: 23.02 EUR");
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "USD", -1000);
  set_rate (db, "USD", "EUR", "7", "2026-03-01");
  set_currency (fixture, db, made.sale.partner, "JPY");
  set_currency (fixture, db, made.bert, "EUR");
  refund = rungs_sale_refund (fixture, db, first, 3333);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -1535); /* 15.350 of 66.67 */
  assert_words (db, first, made.sale.partner,
                "25 % of 66.67 USD · at 1 USD = 0.921 EUR of 2026-03-01: 15.35 EUR");
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "USD", -667);
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "EUR", 0);
  g_assert_true (rungs_refund_undo (db, refund, rungs_fixture_now (fixture), NULL));
  rungs_sale_follow (fixture, db);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -2302);
  rungs_sale_refund (fixture, db, first, 10000);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", 0);
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "USD", 0);

  set_rate (db, "EUR", "JPY", "160", "2026-01-01");
  set_rate (db, "JPY", "USD", "0.0064", "2026-01-01");
  second = sell (fixture, db, &made, 10001, "USD");
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "JPY", -3907); /* 25.0025 / 0.0064 */
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "EUR", -7001); /* by the rate entered last */
  assert_words (db, second, made.bert,
                "10 % of 100.01 USD · second tier · at 1 USD = 7 EUR of 2026-03-01: 70.01 EUR");
  assert_proof (db);
}

/* Where there is no rate it is as sold, for ever, and the book says so. */
static void
test_no_rate (RungsFixture *fixture,
              RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);
  gint64 order;

  set_rate (db, "USD", "EUR", "0.9", "2026-03-03");
  order = sell (fixture, db, &made, 10000, "USD");
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "USD", -2500);
  assert_words (db, order, made.sale.partner,
                "25 % of 100.00 USD · as sold: no rate to EUR was known on that day");
  set_rate (db, "USD", "EUR", "0.9", "2026-03-01");
  rungs_sale_refund (fixture, db, order, 5000);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "USD", -1250);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", 0);
  assert_words (db, order, made.sale.partner,
                "25 % of 50.00 USD · as sold: no rate to EUR was known on that day");
}

static void
test_fixed (RungsFixture *fixture,
            RungsDb      *db)
{
  Case made = begin (fixture, db,
                     "{\"hold_days\": 0, \"rates\": [{\"fixed\": 500, \"currency\": \"USD\"}]}");
  gint64 order;

  set_currency (fixture, db, made.sale.partner, "KWD");
  set_rate (db, "KWD", "USD", "3.25", "2026-01-01");
  order = sell (fixture, db, &made, 10000, "USD");
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "KWD", -1538); /* 1.53846 */
  assert_words (db, order, made.sale.partner,
                "fixed amount of 5.00 USD · 5.00 USD at 1 KWD = 3.25 USD of 2026-01-01: 1.538 KWD");
  rungs_sale_refund (fixture, db, order, 9999);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "KWD", -1538);
  rungs_sale_refund (fixture, db, order, 1);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "KWD", 0);
  assert_proof (db);
}

/* Who is credited by hand earns in its own currency; who was before keeps the one it had. */
static void
test_credit (RungsFixture *fixture,
             RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture), order;

  g_assert_true (rungs_programme_join (db, 1, made.bert, 0, &error));
  set_rate (db, "USD", "EUR", "0.5", "2026-01-01");
  order = sell (fixture, db, &made, 10000, "USD");
  set_currency (fixture, db, made.sale.partner, "");
  set_currency (fixture, db, made.bert, "EUR");
  entries = rungs_credit_rehearse (db, order, made.bert, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (((RungsLedgerEntry *) entries->pdata[0])->currency, ==, "EUR");
  g_assert_true (rungs_credit_set (db, order, made.bert, now, &error));
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", 0);
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "USD", -2500); /* as when it was second */
  g_assert_true (rungs_credit_set (db, order, made.sale.partner, now, &error));
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -1250);
  assert_balance (db, made.bert, RUNGS_LEDGER_HELD, "USD", -1000);
  assert_proof (db);
}

/* A trial of the same terms comes to what the book has, in the same currencies. */
static void
test_trial (RungsFixture *fixture,
            RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms = rungs_terms_parse (QUARTER, &error);
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_euro = FALSE;

  set_rate (db, "USD", "EUR", "0.921", "2026-01-01");
  sell (fixture, db, &made, 10000, "USD");
  set_currency (fixture, db, made.sale.partner, "JPY");
  set_rate (db, "USD", "JPY", "150", "2026-01-01");
  rows = rungs_terms_trial (db, 1, terms, 0, G_MAXINT64, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsTermsTrialRow *row = rows->pdata[i];

      g_assert_cmpint (row->would, ==, row->earned);
      g_assert_cmpstr (row->currency, !=, "JPY");
      has_euro |= row->partner == made.sale.partner && row->orders == 2 && row->earned == 2302;
    }
  g_assert_true (has_euro);
}

/* A lead is told at the rate of the day when it was earned. */
static void
test_lead (RungsFixture *fixture,
           RungsDb      *db)
{
  Case made = begin (fixture, db,
                     "{\"hold_days\": 0, \"rates\": [], \"leads\": {\"fixed\": 200,"
                     " \"currency\": \"USD\", \"when\": \"arrived\"}}");
  gint64 lead = rungs_fixture_add_lead (fixture, "new@example.com", NULL);
  g_autoptr (RungsAward) award = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);

  set_rate (db, "EUR", "USD", "1.25", "2026-03-01");
  rungs_sale_click (db, lead, made.sale.partner, now);
  rungs_sale_follow (fixture, db);
  award = rungs_award_load_of_lead (db, lead, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (award->words, ==,
                   "A lead who arrived · 2.00 USD at 1 EUR = 1.25 USD of 2026-03-01: 1.60 EUR");
  g_assert_cmpint (award->told_from, ==, 200);
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -160);
  g_assert_true (rungs_award_take_back (db, award->id, "No", now, &error));
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", 0);
  g_assert_true (rungs_award_give_again (db, award->id, now, &error));
  assert_balance (db, made.sale.partner, RUNGS_LEDGER_HELD, "EUR", -160);
  assert_proof (db);
}

/* The partner reads what was sold, and by which rate. */
static void
test_statement (RungsFixture *fixture,
                RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);
  g_autoptr (RungsPartnerStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *html = NULL, *german = NULL;
  gint64 payout;

  set_rate (db, "USD", "EUR", "0.921", "2026-03-01");
  sell (fixture, db, &made, 10000, "USD");
  rungs_fixture_pass (fixture, 60 * DAY);
  rungs_sale_release (fixture, db, 3);
  payout = rungs_sale_pay (fixture, db, 0);
  statement = rungs_partner_statement_load (db, payout, made.sale.partner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (statement->lines->len, ==, 1);
  html = rungs_partner_statement_to_html (statement, "en");
  g_assert_nonnull (strstr (html, "100.00 USD"));
  g_assert_nonnull (strstr (html, "at 1 USD = 0.921 EUR of 2026-03-01"));
  g_assert_nonnull (strstr (html, "23.02 EUR"));
  german = rungs_partner_statement_to_html (statement, "de");
  g_assert_nonnull (strstr (german, "zu 1 USD = 0,921 EUR vom 01.03.2026"));
}

/* ---- the chain */

/* An entry of which nothing was told in another currency is hashed as it was before there were such
 * entries. */
static void
test_old_text (void)
{
  g_autoptr (RungsLedgerEntry) entry = rungs_ledger_entry_new (RUNGS_LEDGER_ACCRUAL, 99, "EUR");
  const guint8 before[RUNGS_LEDGER_HASH_BYTES] = { 0 };
  g_autofree char *text = NULL, *told = NULL;

  entry->id = 1;
  entry->booked_at = 100;
  entry->order = 7;
  entry->base = 10000;
  entry->rate = 3000;
  g_free (entry->words);
  entry->words = g_strdup ("30 % of 100.00 EUR");
  rungs_ledger_entry_move (entry, 1, RUNGS_LEDGER_EXPENSE, RUNGS_LEDGER_HELD, 3000, NULL);
  text = rungs_ledger_entry_dup_text (entry, before);
  g_assert_cmpstr (text, ==,
                   "rungs ledger 1\nid 1\nkind accrual\nat 99\nbooked 100\ncurrency EUR\norder 7\n"
                   "line 0\nterms 0\ntouch 0\npayout 0\nreverses 0\nbase 10000\nrate 3000\n"
                   "posting 1 expense 3000 0\nposting 1 held -3000 0\n"
                   "words 18\n30 % of 100.00 EUR\nbefore "
                   "0000000000000000000000000000000000000000000000000000000000000000\n");
  entry->exchange = (RungsExchangeRate){ .base = "USD", .quote = "EUR", .rate = 92100000,
                                         .day = "2026-03-01" };
  told = rungs_ledger_entry_dup_text (entry, before);
  g_assert_nonnull (strstr (told, "rate 3000\nexchange 92100000 USD EUR 2026-03-01\nposting"));
  g_assert_cmpstr (rungs_ledger_entry_get_base_currency (entry), ==, "USD");
}

/* The book of a file of before, as an earlier Rungs wrote it, hash for hash. */
static const char *const OLD_BOOK[] = {
  "INSERT INTO ledger_account VALUES (1, 1, 'expense', 'EUR'), (2, 1, 'held', 'EUR')",
  "INSERT INTO posting VALUES (1, 1, 1, 3000, 3000), (2, 1, 1, -3000, -3000)",
  "INSERT INTO journal (id, kind, at, booked_at, currency, sales_order, order_line, terms, base,"
  " rate, touch, words, hash) VALUES (1, 'accrual', 99, 100, 'EUR', 7, 3, 1, 10000, 3000, 5,"
  " '30 % of 100.00 EUR',"
  " x'43e12d9bb3d45e543c3c432a6b5393b91f854ccbdd309b08ad3ca107d74028bb')",
  "INSERT INTO posting VALUES (1, 2, 2, -1500, 1500), (2, 2, 2, 1500, -1500)",
  "INSERT INTO journal (id, kind, at, booked_at, currency, sales_order, order_line, terms, base,"
  " rate, touch, words, hash) VALUES (2, 'reversal', 120, 121, 'EUR', 7, 3, 1, 5000, 3000, 0,"
  " '30 % of 50.00 EUR',"
  " x'f4eef0119c751ac9fa9ff63c1428b6a28b7420012bfd35d4cec1eec3b30314b8')",
};

static void
test_old_book (RungsFixture *fixture,
               RungsDb      *db)
{
  g_auto (RungsLedgerProof) proof = { 0 };
  g_autoptr (RungsPartner) anna = rungs_partner_new ("Anna", "EUR");

  g_assert_cmpint (rungs_partner_add (db, anna, 1, NULL), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (OLD_BOOK); i++)
    rungs_fixture_run (fixture, OLD_BOOK[i]);
  g_assert_true (rungs_ledger_verify (db, &proof, NULL));
  g_assert_cmpstr (proof.why, ==, NULL);
  g_assert_cmpint (proof.entries, ==, 2);
}

static const char *const FORGERIES[] = {
  "UPDATE journal SET exchange = exchange + 1",
  "UPDATE journal SET exchange = NULL",
  "UPDATE journal SET exchange = NULL, exchange_base = NULL, exchange_quote = NULL,"
  " exchange_day = NULL",
  "UPDATE journal SET exchange_base = NULL",
  "UPDATE journal SET exchange_base = 'EUR', exchange_quote = 'USD'",
  "UPDATE journal SET exchange_quote = 'EURO'",
  "UPDATE journal SET exchange_day = '2026-03-02'",
  "UPDATE journal SET exchange_day = exchange_day || 'x'",
  "UPDATE journal SET exchange_day = exchange_day || char (0)",
  "UPDATE journal SET exchange_base = exchange_base || char (0) || 'x'",
};

static void
test_forgeries (RungsFixture *fixture,
                RungsDb      *db)
{
  Case made = begin (fixture, db, QUARTER);

  set_rate (db, "USD", "EUR", "0.921", "2026-03-01");
  sell (fixture, db, &made, 10000, "USD");
  rungs_fixture_run (fixture, "DROP TRIGGER journal_is_not_changed");
  for (guint i = 0; i < G_N_ELEMENTS (FORGERIES); i++)
    {
      g_autofree char *forgery
          = g_strconcat (FORGERIES[i], " WHERE exchange IS NOT NULL", NULL);
      g_auto (RungsLedgerProof) proof = { 0 };

      rungs_fixture_run (fixture, "SAVEPOINT honest");
      rungs_fixture_run (fixture, forgery);
      g_assert_true (rungs_ledger_verify (db, &proof, NULL));
      if (proof.fault == 0)
        g_test_message ("%s", forgery);
      g_assert_cmpint (proof.fault, >, 0);
      rungs_fixture_run (fixture, "ROLLBACK TO honest");
      rungs_fixture_run (fixture, "RELEASE honest");
    }
  /* A rate where there was none. */
  rungs_fixture_run (fixture, "UPDATE journal SET exchange_day = '2026-03-01'"
                              " WHERE exchange IS NULL");
  {
    g_auto (RungsLedgerProof) proof = { 0 };

    g_assert_true (rungs_ledger_verify (db, &proof, NULL));
    g_assert_cmpint (proof.fault, >, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/own-currency/stays", test_stays);
  rungs_fixture_add_test ("/partners/own-currency/no-rate", test_no_rate);
  rungs_fixture_add_test ("/partners/own-currency/fixed", test_fixed);
  rungs_fixture_add_test ("/partners/own-currency/credit", test_credit);
  rungs_fixture_add_test ("/partners/own-currency/trial", test_trial);
  rungs_fixture_add_test ("/partners/own-currency/lead", test_lead);
  rungs_fixture_add_test ("/partners/own-currency/statement", test_statement);
  g_test_add_func ("/partners/own-currency/old-text", test_old_text);
  rungs_fixture_add_test ("/partners/own-currency/old-book", test_old_book);
  rungs_fixture_add_test ("/partners/own-currency/forgeries", test_forgeries);
  return g_test_run ();
}
