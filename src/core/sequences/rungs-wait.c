/* rungs-wait.c: when a step that waits has waited long enough. */

#include "sequences/rungs-wait.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

#define LATE_FOR_MINUTES (10 * RUNGS_MINUTE)
#define LATE_FOR_DAYS (12 * RUNGS_HOUR)

/* The plan, where it is not older than `late`. */
static gint64
count_from (const RungsWaitFrom *from,
            gint64               late)
{
  return from->now - from->due_at <= late ? from->due_at : from->now;
}

/* The same time of day so many days on. A time that summer time skips is taken for as much
 * later. */
static gint64
add_days (gint64     instant,
          GTimeZone *zone,
          gint64     days)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (instant, zone);
  g_autoptr (GDateTime) later = g_date_time_add_days (local, (int) days);

  return later ? rungs_time_from_date_time (later) : instant + days * RUNGS_DAY;
}

static gint64
end_of_length (RungsGraphStep      *step,
               const RungsWaitFrom *from)
{
  if (step->days == 0)
    return count_from (from, LATE_FOR_MINUTES) + step->minutes * RUNGS_MINUTE;
  return add_days (count_from (from, LATE_FOR_DAYS), from->lead_zone, step->days)
         + step->minutes * RUNGS_MINUTE;
}

/* The day in that year; a 29 February is the 28th in years that have none. */
static GDate
anniversary (const GDate *date,
             GDateYear    year)
{
  GDateDay day = g_date_get_day (date);
  GDateMonth month = g_date_get_month (date);
  GDate there;

  g_date_clear (&there, 1);
  if (!g_date_valid_dmy (day, month, year))
    day--;
  g_date_set_dmy (&there, day, month, year);
  return there;
}

static gint64
instant_of (RungsGraphStep *step,
            GDate           date,
            GTimeZone      *zone)
{
  if (step->days >= 0)
    g_date_add_days (&date, (guint) step->days);
  else
    g_date_subtract_days (&date, (guint) MIN (-step->days, (gint64) g_date_get_julian (&date) - 1));
  return rungs_time_of_minute (zone, &date, step->minute);
}

/* When the day comes round, not before `start`. */
static gint64
next_round (RungsGraphStep *step,
            const GDate    *date,
            gint64          start,
            GTimeZone      *zone)
{
  g_autoptr (GDateTime) local = rungs_time_in_zone (start, zone);
  int year = MAX (1, g_date_time_get_year (local) - 1);
  gint64 end = start;

  for (int tries = 0; tries < 4; tries++, year++)
    {
      end = instant_of (step, anniversary (date, (GDateYear) year), zone);
      if (end >= start)
        break;
    }
  return MAX (end, start);
}

static gint64
end_of_lead_date (RungsGraphStep      *step,
                  const RungsWaitFrom *from,
                  GTimeZone           *zone)
{
  if (!step->yearly)
    return instant_of (step, from->date, zone);
  return next_round (step, &from->date,
                     count_from (from, LATE_FOR_DAYS) + (from->after_time ? 1 : 0), zone);
}

static gint64
end_from (RungsGraphStep      *step,
          const RungsWaitFrom *from)
{
  GTimeZone *zone = step->business_zone ? from->business_zone : from->lead_zone;
  gint64 end = from->now;

  if (step->kind == RUNGS_GRAPH_WAIT || step->until == RUNGS_GRAPH_UNTIL_EVENT)
    return end_of_length (step, from);
  if (step->until == RUNGS_GRAPH_UNTIL_TIME)
    return rungs_time_next_minute_of_day (count_from (from, LATE_FOR_DAYS)
                                              + (from->after_time ? 1 : 0),
                                          zone, step->minute, step->weekdays);
  if (step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE)
    return end_of_lead_date (step, from, zone);
  rungs_time_parse (step->date, zone, &end, NULL);
  return end;
}

gboolean
rungs_wait_is_for_date (const RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_WAIT_UNTIL
         && (step->until == RUNGS_GRAPH_UNTIL_DATE || step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE);
}

gint64
rungs_wait_end (RungsGraphStep      *step,
                const RungsWaitFrom *from)
{
  gint64 end = end_from (step, from);
  RungsWaitFrom now = *from;

  if (end > from->now || !from->after_message || rungs_wait_is_for_date (step))
    return end;
  now.due_at = from->now;
  now.after_time = FALSE;
  return end_from (step, &now);
}
