/* test-order-amount.c: amounts as shops write them, and what is none. */

#include "ladder/rungs-order-amount.h"

#define NONE G_MININT64

static const struct
{
  const char *text;
  const char *currency;
  gint64 minor; /* NONE: refused */
} CASES[] = {
  { "149.00", "EUR", 14900 },
  { "149", "EUR", 14900 },
  { "149.5", "EUR", 14950 },
  { "1,190.00", "USD", 119000 },
  { "1.190,00", "EUR", 119000 },
  { "1190,00", "EUR", 119000 },
  { "1 190,00 €", "EUR", 119000 },
  { "1\302\240190,00\302\240€", "EUR", 119000 },
  { "1'190.00", "CHF", 119000 },
  { "1,234,567.89", "USD", 123456789 },
  { "1.234.567", "EUR", 123456700 },
  { "12,34,567.89", "INR", 123456789 },
  { "1,234", "USD", 123400 },
  { "1.234", "EUR", 123400 },
  { "1.234", "KWD", 1234 },
  { "1,234.500", "KWD", 1234500 },
  { "0.500", "KWD", 500 },
  { "4900", "JPY", 4900 },
  { "4,900", "JPY", 4900 },
  { "4900.00", "JPY", 4900 },
  { "4900.50", "JPY", NONE },
  { "-41,00", "EUR", -4100 },
  { "41,00-", "EUR", -4100 },
  { "\342\210\22241.00", "EUR", -4100 },
  { "(41.00)", "USD", -4100 },
  { "$5", "USD", 500 },
  { "US$ 5.00", "USD", 500 },
  { "5.00 EUR", "EUR", 500 },
  { ".5", "USD", 50 },
  { "5.", "USD", 500 },
  { "0.0", "USD", 0 },
  { "92233720368547758.07", "EUR", G_MAXINT64 },
  { "92233720368547758.08", "EUR", NONE },
  { "1.005", "EUR", 100500 },
  { "0.990", "EUR", 99 },
  { "0,990", "EUR", 99 },
  { "-0.500", "USD", -50 },
  { "0.995", "EUR", NONE },
  { "10-20", "EUR", NONE },
  { "5(3)", "EUR", NONE },
  { "12345.678", "EUR", NONE },
  { "1.2.3", "EUR", NONE },
  { "1,23,4", "EUR", NONE },
  { "", "EUR", NONE },
  { "-", "EUR", NONE },
  { ".", "EUR", NONE },
  { "free", "EUR", NONE },
  { "12 monkeys", "EUR", NONE },
  { "1e5", "EUR", NONE },
  { "0x10", "EUR", NONE },
  { "12/3", "EUR", NONE },
  { "\xff", "EUR", NONE },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gint64 minor = NONE;
      gboolean read = rungs_order_amount_parse (CASES[i].text, CASES[i].currency, &minor);

      g_test_message ("%s %s", CASES[i].text, CASES[i].currency);
      g_assert_cmpint (read ? minor : NONE, ==, CASES[i].minor);
    }
}

/* Whatever is in it: what is read of an amount in one way of writing is what was written. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      gint64 whole = g_test_rand_int_range (0, 1 << (i % 30 + 1));
      int cents = g_test_rand_int_range (0, 100);
      gboolean negative = g_test_rand_bit ();
      g_autofree char *text
          = g_strdup_printf ("%s%" G_GINT64_FORMAT "%c%02d", negative ? "-" : "", whole,
                             i % 2 ? '.' : ',', cents);
      gint64 minor;

      g_assert_true (rungs_order_amount_parse (text, "EUR", &minor));
      g_assert_cmpint (minor, ==, (whole * 100 + cents) * (negative ? -1 : 1));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder/order-amount/cases", test_cases);
  g_test_add_func ("/ladder/order-amount/round-trip", test_round_trip);
  return g_test_run ();
}
