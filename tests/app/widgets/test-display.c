/* test-display.c: amounts, numbers and times as the user reads them. */

#include <locale.h>

#include "base/rungs-clock.h"
#include "widgets/rungs-display.h"

static void
test_money (void)
{
  const struct
  {
    gint64 minor;
    const char *currency;
    const char *text;
  } cases[] = {
    { 123450, "EUR", "€1234.50" },
    { -5, "USD", "−$0.05" },
    { 0, "GBP", "£0.00" },
    { 1200, "JPY", "¥1200" },
    { 1234567, "KWD", "1234.567\u00a0KWD" },
    { 900, "CHF", "9.00\u00a0CHF" },
    { G_MININT64, "JPY", "−¥9223372036854775808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rungs_display_money (rungs_money (cases[i].minor, cases[i].currency));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_moment (void)
{
  const gint64 now = 1795262400 * RUNGS_SECOND; /* 2026-11-21 12:00 UTC */
  const struct
  {
    gint64 ago;
    const char *text;
  } cases[] = {
    { 5 * RUNGS_MINUTE, "11:55" },
    { -RUNGS_HOUR, "13:00" },
    { RUNGS_DAY, "Yesterday 12:00" },
    { 13 * RUNGS_HOUR, "Yesterday 23:00" },
    { -RUNGS_DAY, "Tomorrow 12:00" },
    { 10 * RUNGS_DAY, "11 Nov 12:00" },
    { 400 * RUNGS_DAY, "17 Oct 2025" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rungs_display_moment (now - cases[i].ago, now);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_span (void)
{
  const struct
  {
    gint64 span;
    const char *text;
  } cases[] = {
    { RUNGS_SECOND, "1 second" },
    { 45 * RUNGS_SECOND, "45 seconds" },
    { 100 * RUNGS_SECOND, "2 minutes" },
    { 3 * RUNGS_HOUR, "3 hours" },
    { 48 * RUNGS_HOUR, "2 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rungs_display_span (cases[i].span);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/display/money", test_money);
  g_test_add_func ("/app/display/moment", test_moment);
  g_test_add_func ("/app/display/span", test_span);
  return g_test_run ();
}
