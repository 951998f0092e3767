/* rungs-time.c: instants as text, and the calendar of a named zone. */

#include "base/rungs-time.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"

#define MINUTES_A_DAY (24 * 60)

/* The years 1 and 10000 in UTC, in seconds. */
#define BEGINNING_OF_CALENDAR G_GINT64_CONSTANT (-62135596800)
#define END_OF_CALENDAR G_GINT64_CONSTANT (253402300800)

gint64
rungs_time_from_date_time (GDateTime *date_time)
{
  return g_date_time_to_unix (date_time) * RUNGS_SECOND
         + g_date_time_get_microsecond (date_time) / 1000;
}

GDateTime *
rungs_time_in_zone (gint64     instant,
                    GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) exact = NULL;
  gint64 seconds = instant / RUNGS_SECOND;
  gint64 rest = instant % RUNGS_SECOND;

  if (rest < 0)
    {
      rest += RUNGS_SECOND;
      seconds--;
    }

  /* GDateTime ends with the year 9999; what lies outside is shown as the nearest it has. */
  seconds = CLAMP (seconds, BEGINNING_OF_CALENDAR, END_OF_CALENDAR - 24 * 60 * 60);
  utc = g_date_time_new_from_unix_utc (seconds);
  exact = rest > 0 ? g_date_time_add (utc, rest * 1000) : g_date_time_ref (utc);
  return zone ? g_date_time_to_timezone (exact, zone) : g_steal_pointer (&exact);
}

gboolean
rungs_time_parse (const char *text,
                  GTimeZone  *zone,
                  gint64     *instant,
                  GError    **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *full = NULL;
  g_autoptr (GDateTime) date_time = NULL;
  size_t length;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (instant != NULL, FALSE);

  length = strlen (text);
  if (length == strlen ("YYYY-MM-DD"))
    full = g_strconcat (text, "T00:00:00", NULL);
  else if (length == strlen ("YYYY-MM-DD HH:MM"))
    full = g_strconcat (text, ":00", NULL);
  else if (length == strlen ("YYYY-MM-DD HH:MMZ") && text[length - 1] == 'Z')
    full = g_strdup_printf ("%.*s:00Z", (int) length - 1, text);
  else
    full = g_strdup (text);
  if (strlen (full) > 10 && full[10] == ' ')
    full[10] = 'T';

  date_time = g_date_time_new_from_iso8601 (full, zone ? zone : utc);
  if (date_time == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not a time such as 2026-11-21 or 2026-11-21T09:30:00Z"), text);
      return FALSE;
    }

  *instant = rungs_time_from_date_time (date_time);
  return TRUE;
}

char *
rungs_time_format (gint64 instant)
{
  g_autoptr (GDateTime) utc = rungs_time_in_zone (instant, NULL);
  int milliseconds = g_date_time_get_microsecond (utc) / 1000;
  g_autofree char *head = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");

  if (milliseconds == 0)
    return g_strconcat (head, "Z", NULL);
  return g_strdup_printf ("%s.%03dZ", head, milliseconds);
}

char *
rungs_time_format_day (gint64     instant,
                       GTimeZone *zone)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone);

  return g_date_time_format (local, "%Y-%m-%d");
}

char *
rungs_time_format_minute (gint64     instant,
                          GTimeZone *zone)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

GTimeZone *
rungs_time_zone (const char *name)
{
  GTimeZone *zone = NULL;

  if (name != NULL && *name != '\0')
    zone = g_time_zone_new_identifier (name);
  return zone ? zone : g_time_zone_new_utc ();
}

gboolean
rungs_time_zone_is_known (const char *name)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (name == NULL || *name == '\0')
    return FALSE;
  zone = g_time_zone_new_identifier (name);
  return zone != NULL;
}

/* A time that comes twice: GDateTime takes the second, we want the first. It lies as much earlier
 * as the clock was put back, which the offset of some hours before tells. */
static gint64
first_of_two (GTimeZone *zone,
              GDateTime *local)
{
  gint64 second = rungs_time_from_date_time (local);
  g_autoptr (GDateTime) before = rungs_time_in_zone (second - 4 * RUNGS_HOUR, zone);
  GTimeSpan back = g_date_time_get_utc_offset (before) - g_date_time_get_utc_offset (local);
  gint64 first = second - back / 1000;
  g_autoptr (GDateTime) there = rungs_time_in_zone (first, zone);

  return back > 0 && g_date_time_get_utc_offset (there) == g_date_time_get_utc_offset (before)
             ? first
             : second;
}

/* The instant at which a clock in `zone` shows that minute of that day, or, where it never does,
 * the first instant after the gap; of a day that GDateTime does not have, the end of those it has.
 * GDateTime takes a skipped time for one with the offset from before the gap, that is as much later
 * as the gap is long: the end of the gap is found by halving. */
static gint64
instant_of_minute (GTimeZone *zone,
                   int        year,
                   int        month,
                   int        day,
                   int        minute)
{
  g_autoptr (GDateTime) local
      = g_date_time_new (zone, year, month, day, minute / 60, minute % 60, 0);
  gint64 late;
  gint64 early;
  GTimeSpan offset;

  if (local == NULL)
    return (year > 9999 ? END_OF_CALENDAR : BEGINNING_OF_CALENDAR) * RUNGS_SECOND;
  late = rungs_time_from_date_time (local);
  if (g_date_time_get_hour (local) == minute / 60 && g_date_time_get_minute (local) == minute % 60)
    return first_of_two (zone, local);

  early = late - RUNGS_DAY;
  offset = g_date_time_get_utc_offset (local);
  while (late - early > 1)
    {
      gint64 middle = early + (late - early) / 2;
      g_autoptr (GDateTime) there = rungs_time_in_zone (middle, zone);

      if (g_date_time_get_utc_offset (there) == offset)
        late = middle;
      else
        early = middle;
    }
  return late;
}

gint64
rungs_time_of_minute (GTimeZone   *zone,
                      const GDate *day,
                      int          minute)
{
  g_return_val_if_fail (zone != NULL, 0);
  g_return_val_if_fail (day != NULL && g_date_valid (day), 0);
  g_return_val_if_fail (minute >= 0 && minute < MINUTES_A_DAY, 0);

  return instant_of_minute (zone, g_date_get_year (day), g_date_get_month (day),
                            g_date_get_day (day), minute);
}

gint64
rungs_time_day_start (gint64     instant,
                      GTimeZone *zone,
                      int        days)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone ? zone : utc);
  GDate date;

  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  if (days >= 0)
    g_date_add_days (&date, days);
  else
    g_date_subtract_days (&date, -days);
  return instant_of_minute (zone ? zone : utc, g_date_get_year (&date), g_date_get_month (&date),
                            g_date_get_day (&date), 0);
}

gint64
rungs_time_next_minute_of_day (gint64     instant,
                               GTimeZone *zone,
                               int        minute,
                               guint      weekdays)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone);
  GDate date;

  g_return_val_if_fail (zone != NULL, instant);
  g_return_val_if_fail (minute >= 0 && minute < MINUTES_A_DAY, instant);

  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  for (int tries = 0; tries < 16; tries++, g_date_add_days (&date, 1))
    {
      g_autoptr (GDateTime) shown = NULL;
      gint64 there;

      if (weekdays != 0 && (weekdays & (1u << (g_date_get_weekday (&date) - 1))) == 0)
        continue;
      there = instant_of_minute (zone, g_date_get_year (&date), g_date_get_month (&date),
                                 g_date_get_day (&date), minute);
      shown = rungs_time_in_zone (there, zone);
      /* a day that the calendar of the zone lacks (Samoa, 30 December 2011) has no such minute */
      if (there >= instant && g_date_time_get_day_of_month (shown) == g_date_get_day (&date))
        return there;
    }
  return instant;
}
