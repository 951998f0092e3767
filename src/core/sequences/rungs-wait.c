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
  rungs_time_parse (step->date, zone, &end, NULL);
  return MAX (end, from->now);
}

gint64
rungs_wait_end (RungsGraphStep      *step,
                const RungsWaitFrom *from)
{
  gint64 end = end_from (step, from);
  RungsWaitFrom now = *from;

  if (end > from->now || !from->after_message || step->until == RUNGS_GRAPH_UNTIL_DATE)
    return end;
  now.due_at = from->now;
  now.after_time = FALSE;
  return end_from (step, &now);
}
