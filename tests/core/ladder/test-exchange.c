/* test-exchange.c: amounts told in another currency are exact, whatever the digits and rates. */

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "insights/rungs-period-store.h"
#include "insights/rungs-product-figures.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-exchange-table.h"
#include "ladder/rungs-offer-ladder-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-business-store.h"
#include "rungs-fixture.h"

/* ---- numbers of as many digits as they need, by the methods of a school */

#define MOST 80

typedef struct
{
  int digits[MOST]; /* the last one first */
} Big;

static Big
big (guint64 value)
{
  Big self = { 0 };

  for (int i = 0; value > 0; i++, value /= 10)
    self.digits[i] = (int) (value % 10);
  return self;
}

static Big
times (Big a,
       Big b)
{
  Big product = { 0 };

  for (int i = 0; i < MOST; i++)
    for (int k = 0; k + i < MOST; k++)
      product.digits[i + k] += a.digits[i] * b.digits[k];
  for (int i = 0; i + 1 < MOST; i++)
    {
      product.digits[i + 1] += product.digits[i] / 10;
      product.digits[i] %= 10;
    }
  return product;
}

static Big
power (int exponent)
{
  Big self = { 0 };

  self.digits[exponent] = 1;
  return self;
}

static int
compare (Big a,
         Big b)
{
  for (int i = MOST; i-- > 0;)
    if (a.digits[i] != b.digits[i])
      return a.digits[i] - b.digits[i];
  return 0;
}

/* |a - b| */
static Big
apart (Big a,
       Big b)
{
  Big larger = compare (a, b) >= 0 ? a : b;
  Big smaller = compare (a, b) >= 0 ? b : a;

  for (int i = 0; i < MOST; i++)
    {
      larger.digits[i] -= smaller.digits[i];
      if (larger.digits[i] < 0)
        {
          larger.digits[i] += 10;
          larger.digits[i + 1]--;
        }
    }
  return larger;
}

/* ---- exactness */

static guint64
size_of (gint64 minor)
{
  return minor < 0 ? -(guint64) minor : (guint64) minor;
}

/* That `told` is the nearest to above / below, or the even one of two as near. */
static void
assert_nearest (Big    above,
                Big    below,
                gint64 told)
{
  Big off = times (apart (above, times (big (size_of (told)), below)), big (2));
  int than = compare (off, below);

  g_assert_cmpint (than, <=, 0);
  g_assert_true (than < 0 || told % 2 == 0);
}

/* That it really is too large for 64 bits: 2^63 - 1/2 or more, below 0 more than 2^63 + 1/2. */
static void
assert_too_large (Big      above,
                  Big      below,
                  gboolean negative)
{
  Big limit = big (G_MAXUINT64);
  int than;

  if (negative)
    limit = apart (times (big (G_MAXUINT64), big (3)), times (big (G_MAXINT64), big (4)));
  than = compare (times (above, big (2)), times (limit, below));
  g_assert_true (negative ? than > 0 : than >= 0);
}

static const char *const CURRENCIES[] = { "JPY", "EUR", "USD", "KWD", "CLF" };

/* Of any size: as many small ones as large ones. */
static gint64
random_size (void)
{
  guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return (gint64) (bits >> g_test_rand_int_range (1, 63));
}

static RungsExchange *
exchange_of (const char *currency,
             const char *base,
             const char *quote,
             gint64      rate)
{
  RungsExchangeRate one = { .rate = rate, .day = "2026-03-01" };
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof one);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_strlcpy (one.base, base, sizeof one.base);
  g_strlcpy (one.quote, quote, sizeof one.quote);
  g_array_append_val (rates, one);
  return rungs_exchange_new (currency, utc, rates);
}

static void
test_exact (void)
{
  guint done = 0, too_large = 0;

  for (int i = 0; i < 30000; i++)
    {
      const char *from = CURRENCIES[g_test_rand_int_range (0, G_N_ELEMENTS (CURRENCIES))];
      const char *to = CURRENCIES[g_test_rand_int_range (0, G_N_ELEMENTS (CURRENCIES))];
      gboolean straight = g_test_rand_bit ();
      gint64 rate = random_size () | 1;
      gint64 minor = g_test_rand_bit () ? random_size () : -random_size ();
      g_autoptr (RungsExchange) exchange = NULL;
      RungsMoney told;
      Big above, below;
      RungsExchanged exchanged;

      if (from == to)
        continue;
      exchange = exchange_of (to, straight ? from : to, straight ? to : from, rate);
      above = times (big (size_of (minor)), power (rungs_currency_digits (to)));
      below = power (rungs_currency_digits (from));
      above = times (above, straight ? big ((guint64) rate) : power (8));
      below = times (below, straight ? power (8) : big ((guint64) rate));
      exchanged = rungs_exchange_convert_day (exchange, rungs_money (minor, from), "2026-03-01",
                                              &told);
      g_assert_cmpint (exchanged, !=, RUNGS_EXCHANGE_NO_RATE);
      if (exchanged == RUNGS_EXCHANGED)
        {
          g_assert_true (told.minor == 0 || (told.minor < 0) == (minor < 0));
          g_assert_cmpstr (told.currency, ==, to);
          assert_nearest (above, below, told.minor);
          done++;
        }
      else
        {
          assert_too_large (above, below, minor < 0);
          too_large++;
        }
    }
  g_assert_cmpuint (done, >, 1000);
  g_assert_cmpuint (too_large, >, 1000);
}

/* Half a cent goes to the even one, on both sides of nothing, and of both directions. */
static void
test_halves (void)
{
  static const struct
  {
    gint64 minor, rate, straight, turned;
  } CASES[] = {
    { 1, 50000000, 0, 2 },      { 3, 50000000, 2, 6 },     { 5, 50000000, 2, 10 },
    { -1, 50000000, 0, -2 },    { -3, 50000000, -2, -6 },  { 1, 200000000, 2, 0 },
    { 3, 200000000, 6, 2 },     { 4900, 92000000, 4508, 5326 },
    { 10000, 108760000, 10876, 9195 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsExchange) straight = exchange_of ("EUR", "USD", "EUR", CASES[i].rate);
      g_autoptr (RungsExchange) turned = exchange_of ("EUR", "EUR", "USD", CASES[i].rate);
      RungsMoney money = rungs_money (CASES[i].minor, "USD"), told;

      rungs_exchange_convert_day (straight, money, "2026-03-01", &told);
      g_assert_cmpint (told.minor, ==, CASES[i].straight);
      rungs_exchange_convert_day (turned, money, "2026-03-01", &told);
      g_assert_cmpint (told.minor, ==, CASES[i].turned);
    }
}

/* However a sum is given back, the parts come to what the whole was told as. */
static void
test_parts (void)
{
  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (RungsExchange) exchange
        = exchange_of ("EUR", "USD", "EUR", g_test_rand_int_range (1, 1000000000));
      gint64 whole = g_test_rand_int_range (1, 100000), given = 0, sum = 0;
      RungsMoney told;

      while (given < whole)
        {
          gint64 most = g_test_rand_int_range (1, 40000);
          gint64 part = MIN (most, whole - given);

          g_assert_cmpint (rungs_exchange_convert_part (exchange, rungs_money (part, "USD"), given,
                                                        G_MAXINT64, &told),
                           ==, RUNGS_EXCHANGED);
          given += part;
          sum += told.minor;
        }
      rungs_exchange_convert (exchange, rungs_money (whole, "USD"), G_MAXINT64, &told);
      g_assert_cmpint (sum, ==, told.minor);
    }
}

/* ---- days */

static void
add_rate (GArray     *rates,
          const char *base,
          const char *rate,
          const char *quote,
          const char *day)
{
  RungsExchangeRate one = { 0 };

  g_assert_true (rungs_exchange_rate_parse (rate, &one.rate, NULL));
  g_strlcpy (one.base, base, sizeof one.base);
  g_strlcpy (one.quote, quote, sizeof one.quote);
  g_strlcpy (one.day, day, sizeof one.day);
  g_array_append_val (rates, one);
}

static void
assert_told (const RungsExchange *exchange,
             const char          *at,
             gint64               minor)
{
  RungsMoney told = rungs_money (-1, "");
  gint64 instant;
  RungsExchanged exchanged;

  g_assert_true (rungs_time_parse (at, NULL, &instant, NULL));
  exchanged = rungs_exchange_convert (exchange, rungs_money (10000, "USD"), instant, &told);
  g_assert_cmpint (exchanged, ==, minor < 0 ? RUNGS_EXCHANGE_NO_RATE : RUNGS_EXCHANGED);
  if (minor >= 0)
    g_assert_cmpint (told.minor, ==, minor);
}

static void
test_days (void)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_autoptr (GTimeZone) berlin = rungs_time_zone ("Europe/Berlin");
  g_autoptr (RungsExchange) exchange = NULL;
  RungsMoney told;

  add_rate (rates, "USD", "0.9", "EUR", "2026-03-01");
  add_rate (rates, "USD", "5", "GBP", "2026-03-02");
  add_rate (rates, "EUR", "2", "USD", "2026-03-30");
  exchange = rungs_exchange_new ("EUR", berlin, rates);
  assert_told (exchange, "2026-02-28T22:59:59.999Z", -1);
  assert_told (exchange, "2026-02-28T23:00:00Z", 9000);
  assert_told (exchange, "2026-03-29T21:59:59.999Z", 9000);
  assert_told (exchange, "2026-03-29T22:00:00Z", 5000);
  assert_told (exchange, "2036-01-01T00:00:00Z", 5000);
  g_assert_cmpstr (rungs_exchange_get_first_day (exchange, "USD"), ==, "2026-03-01");
  g_assert_null (rungs_exchange_get_first_day (exchange, "GBP"));
  g_assert_cmpint (
    rungs_exchange_convert_day (exchange, rungs_money (10000, "USD"), "2026-02-28", &told), ==,
    RUNGS_EXCHANGE_NO_RATE);
  rungs_exchange_convert_day (exchange, rungs_money (10000, "USD"), "2026-03-29", &told);
  g_assert_cmpint (told.minor, ==, 9000);
  rungs_exchange_convert_day (exchange, rungs_money (77, "EUR"), "1999-01-01", &told);
  g_assert_cmpint (told.minor, ==, 77);
  g_assert_cmpstr (told.currency, ==, "EUR");
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *shown; /* NULL: refused */
  } CASES[] = {
    { "0.92", "0.92" },     { "0,92", "0.92" },       { " 1.0876 ", "1.0876" },
    { "1", "1" },           { "17400.12", "17400.12" }, { "0.00000001", "0.00000001" },
    { "92233720368.54775807", "92233720368.54775807" }, { "92233720368.54775808", NULL },
    { "0.000000001", NULL }, { "0", NULL },           { "-1", NULL },
    { "1,234.5", NULL },    { "", NULL },             { "1e3", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gint64 rate = 0;
      g_autoptr (GError) error = NULL;
      gboolean read = rungs_exchange_rate_parse (CASES[i].text, &rate, &error);
      g_autofree char *shown = read ? rungs_exchange_rate_format (rate) : NULL;

      g_assert_cmpstr (shown, ==, CASES[i].shown);
      if (!read)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* ---- the store */

static void
test_store (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_autoptr (GArray) turned = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) stored = NULL;
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (GError) error = NULL;

  add_rate (rates, "USD", "0.9", "EUR", "2026-03-01");
  add_rate (rates, "USD", "0.8", "EUR", "2026-03-02");
  g_assert_true (rungs_exchange_rates_set (db, rates, NULL, &error));
  add_rate (turned, "EUR", "1.25", "USD", "2026-03-02");
  g_assert_true (rungs_exchange_rates_set (db, turned, &before, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpint (g_array_index (before, RungsExchangeRate, 0).rate, ==, 80000000);
  stored = rungs_exchange_rates_list (db, "USD", &error);
  g_assert_cmpuint (stored->len, ==, 2);
  g_assert_cmpstr (g_array_index (stored, RungsExchangeRate, 0).base, ==, "EUR");
  g_assert_cmpstr (g_array_index (stored, RungsExchangeRate, 1).day, ==, "2026-03-01");

  g_assert_true (rungs_exchange_load (db, NULL, &exchange, &error));
  g_assert_null (exchange);
  business = rungs_business_load (db, &error);
  g_strlcpy (business->report_currency, "EUR", 4);
  g_assert_true (rungs_business_save (db, business, &error));
  g_assert_true (rungs_exchange_load (db, NULL, &exchange, &error));
  g_assert_no_error (error);
  assert_told (exchange, "2026-03-02", 8000);
  assert_told (exchange, "2026-03-01", 9000);

  g_clear_pointer (&before, g_array_unref);
  g_assert_true (rungs_exchange_rates_remove (db, rates, &before, &error));
  g_assert_cmpuint (before->len, ==, 2);
  g_clear_pointer (&stored, g_array_unref);
  stored = rungs_exchange_rates_list (db, NULL, &error);
  g_assert_cmpuint (stored->len, ==, 0);
}

static void
test_unsound (RungsFixture *f,
              RungsDb      *db)
{
  static const char *const CASES[][4] = {
    { "USD", "1", "USD", "2026-03-01" },
    { "usd", "1", "EUR", "2026-03-01" },
    { "USD", "1", "EUR", "2026-02-30" },
    { "USD", "1", "EUR", "1.3.2026" },
    { "USD", "1", "", "2026-03-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
      g_autoptr (GError) error = NULL;

      add_rate (rates, CASES[i][0], CASES[i][1], CASES[i][2], CASES[i][3]);
      g_assert_false (rungs_exchange_rates_set (db, rates, NULL, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* ---- what is told */

static void
report_in_euros (RungsDb    *db,
                 const char *rate)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, NULL);
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  g_autoptr (GError) error = NULL;

  g_strlcpy (business->report_currency, "EUR", 4);
  rungs_business_save (db, business, &error);
  add_rate (rates, "USD", rate, "EUR", "2020-01-01");
  rungs_exchange_rates_set (db, rates, NULL, &error);
  g_assert_no_error (error);
}

/* The product and the currency of the margin of the offer that is tried first. */
static void
assert_first (RungsFixture *f,
              gint64        product,
              gint64        margin,
              const char   *currency)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOfferLadder) ladder
    = rungs_offer_ladder_load (f->db, rungs_fixture_now (f), &error);
  const RungsArrow *arrow = rungs_offer_ladder_get_arrow (ladder, 0);

  g_assert_no_error (error);
  g_assert_cmpint (arrow->to_product, ==, product);
  g_assert_cmpint (arrow->expected.margin.minor, ==, margin);
  g_assert_cmpstr (arrow->expected.margin.currency, ==, currency);
}

/* Margins of several currencies are ranked once there is a rate. */
static void
test_margins (RungsFixture *f,
              RungsDb      *db)
{
  gint64 kit = rungs_fixture_add_product (f, "KIT", 1000);
  gint64 before;

  rungs_fixture_run (f, "INSERT INTO product (id, sku, name, price, currency, created_at)"
                        " VALUES (99, 'USA', 'Usa', 2000, 'USD', 1)");
  rungs_fixture_run (f, "INSERT INTO offer (to_product, kind, created_at)"
                        " SELECT id, 'next', 0 FROM product");
  assert_first (f, kit, 1000, "EUR");
  before = rungs_fixture_number (f, "SELECT count (*) FROM name_change");
  report_in_euros (db, "0.9");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM name_change"), ==, before + 2);
  assert_first (f, 99, 1800, "EUR");
  report_in_euros (db, "0.4");
  assert_first (f, kit, 1000, "EUR");
}

/* A dollar of 0.333 euros: what is given back in three parts comes to what was sold. */
static void
test_sums (RungsFixture *f,
           RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 from = rungs_fixture_now (f), order;
  g_autoptr (RungsExchange) exchange = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_run (f, "INSERT INTO product (id, sku, name, price, currency, created_at)"
                        " VALUES (99, 'USA', 'Usa', 1000, 'USD', 1)");
  report_in_euros (db, "0.333");
  rungs_exchange_load (db, NULL, &exchange, &error);
  order = rungs_fixture_add_order (f, ann, 99);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (RungsPeriod) day = NULL;
      g_autoptr (GHashTable) figures = NULL;
      const RungsProductFigures *usa;
      gint64 at = from + (i + 1) * RUNGS_DAY;

      rungs_fixture_pass (f, RUNGS_DAY);
      rungs_refund_add (db, order, 0, i < 2 ? 333 : 334, "", at, at, &error);
      day = rungs_period_load (db, at, at + RUNGS_DAY, exchange, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_array_index (day->revenue, RungsMoney, 0).minor, ==, -111);
      g_assert_cmpstr (g_array_index (day->revenue, RungsMoney, 0).currency, ==, "EUR");
      g_assert_cmpint (g_array_index (day->converted, RungsMoney, 0).minor, ==,
                       i < 2 ? -333 : -334);
      figures = rungs_product_figures (db, at, exchange, &error);
      usa = g_hash_table_lookup (figures, &(gint64) { 99 });
      g_assert_cmpint (g_array_index (usa->revenue, RungsMoney, 0).minor, ==, 333);
      g_assert_cmpint (g_array_index (usa->refunded, RungsMoney, 0).minor, ==, 111 * (i + 1));
      g_assert_cmpint (g_array_index (usa->converted, RungsMoney, 0).minor, ==, 1000);
    }
}

/* ---- tables */

static char *
dup_words (const RungsExchangeTable *table)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < table->rates->len; i++)
    {
      const RungsExchangeRate *rate = &g_array_index (table->rates, RungsExchangeRate, i);
      g_autofree char *number = rungs_exchange_rate_format (rate->rate);

      g_string_append_printf (words, "%s 1 %s = %s %s; ", rate->day, rate->base, number,
                              rate->quote);
    }
  for (guint i = 0; i < table->faults->len; i++)
    g_string_append_printf (
      words, "!%" G_GINT64_FORMAT " ",
      ((const RungsExchangeFault *) g_ptr_array_index (table->faults, i))->line);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
test_tables (void)
{
  static const struct
  {
    const char *text, *base, *quote;
    const char *words; /* NULL: the direction is refused */
  } CASES[] = {
    { "Date,USD,JPY,BGN,\n2026-03-02,1.08,161.2,1.9558,\n2026-03-01,N/A,160,,\n", "EUR", "",
      "2026-03-02 1 EUR = 1.08 USD; 2026-03-02 1 EUR = 161.2 JPY; 2026-03-02 1 EUR = 1.9558 BGN; "
      "2026-03-01 1 EUR = 160 JPY; " },
    { "Date, USD, EUR, \n02 March 2026, 0.7, 0.8, \n", "", "GBP",
      "2026-03-02 1 USD = 0.7 GBP; 2026-03-02 1 EUR = 0.8 GBP; " },
    { "Date,USD,EUR\n2026-03-02,1.08,1\n", "EUR", "", "2026-03-02 1 EUR = 1.08 USD; " },
    { "Date,USD\n2026-03-02,1.08\n", "", "", NULL },
    { "Date,USD\n2026-03-02,1.08\n", "EUR", "EUR", NULL },
    { "day;base;quote;rate\n2026-03-02;USD;EUR;0,92\n", "", "",
      "2026-03-02 1 USD = 0.92 EUR; " },
    { "day;base;quote;rate\n2026-03-02;USD;EUR;0,92\n2026-03-02;EUR;USD;2\nx;EUR;USD;1\n"
      "2026-03-03;Euro;USD;1\n2026-03-03;EUR;USD;-\n2026-03-03;EUR;USD;zwei\n",
      "", "", "2026-03-02 1 USD = 0.92 EUR; !3 !4 !5 !7 " },
    { "day;base;quote;rate\n2026-03-02;USD;EUR;0,92\n", "USD", "", NULL },
    { "2026-03-02\t0,92\n3.3.2026\t0,93\n", "USD", "EUR",
      "2026-03-02 1 USD = 0.92 EUR; 2026-03-03 1 USD = 0.93 EUR; " },
    { "2026-03-02 0.92\n\n2026-03-03 0.93", "USD", "EUR",
      "2026-03-02 1 USD = 0.92 EUR; 2026-03-03 1 USD = 0.93 EUR; " },
    { "2026-03-02 0,92\n2. März 2027 0,93", "USD", "EUR",
      "2026-03-02 1 USD = 0.92 EUR; 2027-03-02 1 USD = 0.93 EUR; " },
    { "02 March 2026, 0.92\n3 March 2026,0.93", "USD", "EUR",
      "2026-03-02 1 USD = 0.92 EUR; 2026-03-03 1 USD = 0.93 EUR; " },
    { "2026-03-02 0.92", "USD", "", NULL },
    { "2026-03-02\n", "USD", "EUR", "!1 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsExchangeTable) table = rungs_exchange_table_parse (CASES[i].text, &error);
      g_autofree char *words = NULL;
      gboolean stated;

      g_assert_no_error (error);
      stated = rungs_exchange_table_state (table, CASES[i].base, CASES[i].quote, &error);
      g_assert_cmpint (stated, ==, CASES[i].words != NULL);
      words = stated ? dup_words (table) : NULL;
      g_assert_cmpstr (words, ==, CASES[i].words);
      if (!stated)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* Only the file of the European Central Bank is known to say what one euro is worth. */
static void
test_recognised (void)
{
  g_autoptr (RungsExchangeTable) bank
    = rungs_exchange_table_parse ("Date,USD,JPY,GBP\n2026-03-02,1.08,160,0.8\n", NULL);
  g_autoptr (RungsExchangeTable) other
    = rungs_exchange_table_parse ("Date,USD,JPY,EUR\n2026-03-02,1.08,160,1\n", NULL);
  g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  RungsMoney usd = rungs_money (3, "USD");
  g_autofree char *words = NULL;

  g_assert_cmpstr (bank->base, ==, "EUR");
  g_assert_cmpstr (other->base, ==, "");
  g_array_append_val (used, usd);
  g_assert_true (rungs_exchange_table_state (bank, bank->base, "", NULL));
  g_assert_cmpuint (rungs_exchange_table_keep (bank, used, "EUR"), ==, 2);
  words = dup_words (bank);
  g_assert_cmpstr (words, ==, "2026-03-02 1 EUR = 1.08 USD; ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/exact", test_exact);
  g_test_add_func ("/exchange/halves", test_halves);
  g_test_add_func ("/exchange/parts", test_parts);
  g_test_add_func ("/exchange/days", test_days);
  g_test_add_func ("/exchange/text", test_text);
  g_test_add_func ("/exchange/tables", test_tables);
  g_test_add_func ("/exchange/recognised", test_recognised);
  rungs_fixture_add_test ("/exchange/store", test_store);
  rungs_fixture_add_test ("/exchange/margins", test_margins);
  rungs_fixture_add_test ("/exchange/sums", test_sums);
  rungs_fixture_add_test ("/exchange/unsound", test_unsound);
  return g_test_run ();
}
