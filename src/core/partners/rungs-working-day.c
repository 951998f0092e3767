/* rungs-working-day.c: days on which banks pay in euro. */

#include "partners/rungs-working-day.h"

void
rungs_working_day_easter (guint  year,
                          GDate *easter)
{
  guint a = year % 19, b = year / 100, c = year % 100;
  guint h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  guint l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  guint m = (a + 11 * h + 22 * l) / 451;
  guint n = h + l - 7 * m + 114;

  g_return_if_fail (easter != NULL);

  g_date_set_dmy (easter, (GDateDay) (n % 31 + 1), (GDateMonth) (n / 31), (GDateYear) year);
}

gboolean
rungs_working_day_is (const GDate *day)
{
  GDate easter;
  gint after;
  guint date;

  g_return_val_if_fail (day != NULL && g_date_valid (day), FALSE);

  g_date_clear (&easter, 1);
  rungs_working_day_easter (g_date_get_year (day), &easter);
  after = g_date_days_between (&easter, day);
  date = (guint) g_date_get_month (day) * 100 + g_date_get_day (day);
  return g_date_get_weekday (day) < G_DATE_SATURDAY && after != -2 && after != 1 && date != 101
         && date != 501 && date != 1225 && date != 1226;
}

void
rungs_working_day_find (GDate *day)
{
  g_return_if_fail (day != NULL && g_date_valid (day));

  while (!rungs_working_day_is (day))
    g_date_add_days (day, 1);
}
