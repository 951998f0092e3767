/* test-money.c: amounts are read, written, rounded and split exactly. */

#include "base/rungs-error.h"
#include "base/rungs-money.h"

static const struct
{
  const char *text;
  const char *fallback;
  gint64 minor;
  const char *shown; /* NULL: refused */
} READS[] = {
  { "49.00EUR", NULL, 4900, "49.00 EUR" },
  { "49 eur", NULL, 4900, "49.00 EUR" },
  { "49,5", "EUR", 4950, "49.50 EUR" },
  { "-0.05USD", NULL, -5, "-0.05 USD" },
  { "1200JPY", NULL, 1200, "1200 JPY" },
  { "1.234KWD", NULL, 1234, "1.234 KWD" },
  { "92233720368547758.07USD", NULL, G_MAXINT64, "92233720368547758.07 USD" },
  { "92233720368547758.08USD", NULL, 0, NULL },
  { "12.345EUR", NULL, 0, NULL },
  { "1.5JPY", NULL, 0, NULL },
  { "49", NULL, 0, NULL },
  { "EUR", NULL, 0, NULL },
  { "4 9EUR", NULL, 0, NULL },
  { "1.2.3EUR", NULL, 0, NULL },
  { "", "EUR", 0, NULL },
};

static void
test_parse (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (READS); i++)
    {
      RungsMoney money;
      g_autoptr (GError) error = NULL;
      gboolean taken = rungs_money_parse (READS[i].text, READS[i].fallback, &money, &error);

      g_assert_cmpint (taken, ==, READS[i].shown != NULL);
      if (taken)
        {
          g_autofree char *shown = rungs_money_format (money);

          g_assert_cmpint (money.minor, ==, READS[i].minor);
          g_assert_cmpstr (shown, ==, READS[i].shown);
        }
      else
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

static const struct
{
  gint64 minor, basis_points, share;
} SHARES[] = {
  { 1000, 5000, 500 }, { 25, 1000, 2 }, { 35, 1000, 4 }, { 15, 1000, 2 }, { -25, 1000, -2 },
  { -35, 1000, -4 },   { 1, 5000, 0 },  { 3, 5000, 2 },  { 999, 3333, 333 },
};

static void
test_share_rounds_half_to_even (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (SHARES); i++)
    {
      RungsMoney share;
      g_autoptr (GError) error = NULL;

      g_assert_true (rungs_money_share (rungs_money (SHARES[i].minor, "EUR"),
                                        SHARES[i].basis_points, &share, &error));
      g_assert_cmpint (share.minor, ==, SHARES[i].share);
    }
}

static void
test_overflow_is_an_error (void)
{
  RungsMoney result;
  g_autoptr (GError) sum_error = NULL;
  g_autoptr (GError) share_error = NULL;
  g_autoptr (GError) mixed_error = NULL;

  g_assert_false (rungs_money_add (rungs_money (G_MAXINT64, "EUR"), rungs_money (1, "EUR"), &result,
                                   &sum_error));
  g_assert_error (sum_error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_false (
      rungs_money_share (rungs_money (G_MAXINT64, "EUR"), 20000, &result, &share_error));
  g_assert_error (share_error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_false (
      rungs_money_add (rungs_money (1, "EUR"), rungs_money (1, "USD"), &result, &mixed_error));
  g_assert_error (mixed_error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_splits_sum_to_the_cent (void)
{
  for (int round = 0; round < 10000; round++)
    {
      gint64 weights[7], parts[7], sum = 0;
      gint64 minor = g_test_rand_int_range (-1000000, 1000000);

      for (int i = 0; i < 7; i++)
        weights[i] = g_test_rand_int_range (0, 5000);
      rungs_money_split (minor, weights, 7, parts);
      for (int i = 0; i < 7; i++)
        sum += parts[i];
      g_assert_cmpint (sum, ==, minor);
    }
}

static void
test_split_by_largest_remainder (void)
{
  const gint64 weights[] = { 1, 1, 1 };
  gint64 parts[3];

  rungs_money_split (100, weights, 3, parts);
  g_assert_cmpint (parts[0], ==, 34);
  g_assert_cmpint (parts[1], ==, 33);
  g_assert_cmpint (parts[2], ==, 33);
  rungs_money_split (-100, NULL, 3, parts);
  g_assert_cmpint (parts[0], ==, -34);
}

static void
test_units (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency;
    const char *estimate;
  } CASES[] = {
    { 123456, "EUR", "1235 EUR" }, { 123450, "EUR", "1234 EUR" }, { -123456, "EUR", "-1235 EUR" },
    { 49, "EUR", "0.49 EUR" },     { 999, "EUR", "9.99 EUR" },    { 1000, "EUR", "10 EUR" },
    { 300, "EUR", "3 EUR" },       { 7, "JPY", "7 JPY" },         { 12345, "KWD", "12 KWD" },
    { 0, "EUR", "0 EUR" },
  };
  gint64 units;

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text
        = rungs_money_format_estimate (rungs_money (CASES[i].minor, CASES[i].currency));

      g_assert_cmpstr (text, ==, CASES[i].estimate);
    }
  g_assert_false (rungs_money_to_units (rungs_money (9999, "EUR"), 100, &units));
  g_assert_true (rungs_money_to_units (rungs_money (10050, "EUR"), 100, &units));
  g_assert_cmpint (units, ==, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/units", test_units);
  g_test_add_func ("/money/share", test_share_rounds_half_to_even);
  g_test_add_func ("/money/overflow", test_overflow_is_an_error);
  g_test_add_func ("/money/split-sums", test_splits_sum_to_the_cent);
  g_test_add_func ("/money/split-largest-remainder", test_split_by_largest_remainder);
  return g_test_run ();
}
