/* rungs-display.c: amounts, numbers and times as the user reads them. */

#include "rungs-display.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "base/rungs-clock.h"

/* Currencies that are better known by their sign. */
static const struct
{
  const char *currency;
  const char *sign;
} SIGNS[] = {
  { "EUR", "€" }, { "USD", "$" }, { "GBP", "£" }, { "JPY", "¥" }, { "INR", "₹" },
};

static const char *
sign_of (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    if (g_str_equal (SIGNS[i].currency, currency))
      return SIGNS[i].sign;
  return NULL;
}

static char *
amount_of (RungsMoney money)
{
  int digits = rungs_currency_digits (money.currency);
  guint64 minor = money.minor < 0 ? -(guint64) money.minor : (guint64) money.minor;
  guint64 unit = 1;

  for (int i = 0; i < digits; i++)
    unit *= 10;
  if (digits == 0)
    return g_strdup_printf ("%'" G_GUINT64_FORMAT, minor);
  return g_strdup_printf ("%'" G_GUINT64_FORMAT "%s%0*" G_GUINT64_FORMAT, minor / unit,
                          localeconv ()->decimal_point, digits, minor % unit);
}

static GDateTime *
local_time (gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / RUNGS_SECOND);

  return utc != NULL ? g_date_time_to_local (utc) : g_date_time_new_now_local ();
}

/* Finding the local zone takes longer than all the rest: once for two times is enough. */
static GDateTime *
in_zone_of (GDateTime *other,
            gint64     instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / RUNGS_SECOND);

  return utc != NULL ? g_date_time_to_timezone (utc, g_date_time_get_timezone (other))
                     : g_date_time_ref (other);
}

/* How many midnights lie between. */
static int
days_between (GDateTime *earlier,
              GDateTime *later)
{
  GDate a, b;

  g_date_set_dmy (&a, g_date_time_get_day_of_month (earlier), g_date_time_get_month (earlier),
                  g_date_time_get_year (earlier));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (later), g_date_time_get_month (later),
                  g_date_time_get_year (later));
  return g_date_days_between (&a, &b);
}

static char *
with_currency (RungsMoney  money,
               const char *amount)
{
  const char *sign = sign_of (money.currency);
  const char *minus = money.minor < 0 ? "−" : "";

  if (sign == NULL)
    return g_strdup_printf ("%s%s\u00a0%s", minus, amount, money.currency);
  if (localeconv ()->p_cs_precedes == 0)
    return g_strdup_printf ("%s%s\u00a0%s", minus, amount, sign);
  return g_strdup_printf ("%s%s%s", minus, sign, amount);
}

char *
rungs_display_money (RungsMoney money)
{
  g_autofree char *amount = amount_of (money);

  return with_currency (money, amount);
}

char *
rungs_display_money_short (RungsMoney money,
                           gint64     from)
{
  g_autofree char *amount = NULL;
  gint64 units;

  if (!rungs_money_to_units (money, from, &units))
    return rungs_display_money (money);
  amount = rungs_display_number (ABS (units));
  return with_currency (money, amount);
}

char *
rungs_display_estimate (RungsMoney money)
{
  return rungs_display_money_short (money, RUNGS_ESTIMATE_FROM);
}

char *
rungs_display_number (gint64 number)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

char *
rungs_display_moment (gint64 instant,
                      gint64 now)
{
  g_autoptr (GDateTime) today = local_time (now);
  g_autoptr (GDateTime) time = in_zone_of (today, instant);
  int days = days_between (time, today);

  if (days == 0)
    return g_date_time_format (time, "%H:%M");
  if (days == 1)
    /* Translators: a time of yesterday. */
    return g_date_time_format (time, _ ("Yesterday %H:%M"));
  if (days == -1)
    /* Translators: a time of tomorrow. */
    return g_date_time_format (time, _ ("Tomorrow %H:%M"));
  if (ABS (days) < 180)
    /* Translators: day, month and time, of a day not long ago. */
    return g_date_time_format (time, _ ("%-d %b %H:%M"));
  /* Translators: day, month and year. */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

char *
rungs_display_time (gint64 instant)
{
  g_autoptr (GDateTime) time = local_time (instant);

  /* Translators: a date and a time in full. */
  return g_date_time_format (time, _ ("%-d %B %Y, %H:%M"));
}

char *
rungs_display_day (gint64 instant)
{
  g_autoptr (GDateTime) time = local_time (instant);

  /* Translators: a date in full. */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

char *
rungs_display_calendar_day (const char *day)
{
  g_autofree char *noon = NULL;
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (day != NULL, NULL);

  noon = g_strconcat (day, "T12:00:00", NULL);
  time = g_date_time_new_from_iso8601 (noon, here);
  return time != NULL ? rungs_display_day (g_date_time_to_unix (time) * 1000) : g_strdup (day);
}

char *
rungs_display_span (gint64 milliseconds)
{
  gint64 seconds = (milliseconds + RUNGS_SECOND / 2) / RUNGS_SECOND;
  gint64 minutes = (milliseconds + RUNGS_MINUTE / 2) / RUNGS_MINUTE;
  gint64 hours = (milliseconds + RUNGS_HOUR / 2) / RUNGS_HOUR;
  gint64 days = (milliseconds + RUNGS_DAY / 2) / RUNGS_DAY;

  if (seconds < 90)
    return g_strdup_printf (ngettext ("%d second", "%d seconds", seconds), (int) seconds);
  if (minutes < 90)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), (int) minutes);
  if (hours < 36)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", hours), (int) hours);
  return g_strdup_printf (ngettext ("%d day", "%d days", days), (int) days);
}

gint64
rungs_display_now (void)
{
  return g_get_real_time () / 1000;
}
