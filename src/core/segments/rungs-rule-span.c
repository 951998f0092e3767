/* rungs-rule-span.c: the span of time that a comparison of dates stands for.
 *
 * Instants are compared with instants: "within the last 7 days" is the last 168 hours, "on" and
 * "days ago" are days of the business's zone. Days of the calendar have no zone and are compared
 * with the day that it is in the business's zone.
 *
 * What comes round every year is compared by month and day. Who is born on 29 February has their
 * day on the 28th in years that have no 29th. */

#include "segments/rungs-rule-node.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

/* What begins before all days, and ends after them; as text they sort so. */
#define FIRST_DAY "0000-00-00"
#define LAST_DAY "9999-99-99"

static void
set_day (char        *text,
         const GDate *today,
         gint64       days)
{
  GDate date = *today;

  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  g_date_strftime (text, 11, "%Y-%m-%d", &date);
}

/* From the month and day `from` days on to the one `to` days on. */
static void
set_year (RungsRuleSpan *span,
          const GDate   *today,
          gint64         from,
          gint64         to)
{
  char text[11];

  if (to - from >= 365)
    {
      g_strlcpy (span->first, "00-00", sizeof span->first);
      g_strlcpy (span->last, "99-99", sizeof span->last);
      return;
    }
  set_day (text, today, from);
  g_strlcpy (span->first, text + strlen ("YYYY-"), sizeof span->first);
  set_day (text, today, to);
  g_strlcpy (span->last, text + strlen ("YYYY-"), sizeof span->last);
  if (g_str_equal (span->last, "02-28") && !g_date_is_leap_year ((GDateYear) atoi (text)))
    g_strlcpy (span->last, "02-29", sizeof span->last);
}

static void
set_days (RungsRuleSpan *span,
          const char    *first,
          const char    *last)
{
  g_strlcpy (span->first, first, sizeof span->first);
  g_strlcpy (span->last, last, sizeof span->last);
}

static void
date_of (GDate     *date,
         gint64     instant,
         GTimeZone *zone)
{
  g_autofree char *text = rungs_time_format_day (instant, zone);

  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) atoi (text + 8), atoi (text + 5), (GDateYear) atoi (text));
}

static void
span_of_calendar (const char *op,
                  gint64 days,
                  const GDate *day,
                  const GDate *today,
                  RungsRuleSpan *span)
{
  char first[11] = FIRST_DAY;
  char last[11] = LAST_DAY;

  if (g_str_equal (op, "before"))
    set_day (last, day, 0);
  else if (g_str_equal (op, "since"))
    set_day (first, day, 0);
  else if (g_str_equal (op, "on"))
    {
      set_day (first, day, 0);
      set_day (last, day, 1);
    }
  else if (g_str_equal (op, "over_days_ago"))
    set_day (last, today, -days);
  else if (g_str_equal (op, "in_days"))
    {
      set_day (first, today, 0);
      set_day (last, today, days + 1);
    }
  else
    {
      set_day (first, today, -days);
      set_day (last, today, g_str_equal (op, "days_ago") ? 1 - days : 1);
    }
  set_days (span, first, last);
}

static void
span_of_instants (const char *op,
                  gint64 days,
                  gint64 instant,
                  GTimeZone *zone,
                  gint64 now,
                  RungsRuleSpan *span)
{
  span->from = G_MININT64;
  span->to = G_MAXINT64;
  if (g_str_equal (op, "before"))
    span->to = instant;
  else if (g_str_equal (op, "since"))
    span->from = instant;
  else if (g_str_equal (op, "on"))
    {
      span->from = rungs_time_day_start (instant, zone, 0);
      span->to = rungs_time_day_start (instant, zone, 1);
    }
  else if (g_str_equal (op, "over_days_ago"))
    span->to = now - days * RUNGS_DAY;
  else if (g_str_equal (op, "in_days"))
    {
      span->from = now;
      span->to = now + days * RUNGS_DAY + 1;
    }
  else if (g_str_equal (op, "days_ago"))
    {
      span->from = rungs_time_day_start (now, zone, (int) -days);
      span->to = rungs_time_day_start (now, zone, (int) (1 - days));
    }
  else
    rungs_rule_span_of_days (days, now, span);
}

void
rungs_rule_span_of_days (gint64         days,
                         gint64         now,
                         RungsRuleSpan *span)
{
  span->from = now - days * RUNGS_DAY;
  span->to = now + 1;
}

void
rungs_rule_span_of_value (RungsRuleNode *leaf,
                          RungsRuleValue *value,
                          GTimeZone *zone,
                          gint64 now,
                          RungsRuleSpan *span)
{
  const char *op = leaf->operator->name;
  gboolean day = !rungs_rule_leaf_compares_instants (leaf);
  gint64 instant = now;
  GDate today, date;

  if (leaf->operator->shape == RUNGS_SHAPE_DATE)
    rungs_time_parse (value->text, day ? NULL : zone, &instant, NULL);
  memset (span, 0, sizeof *span);
  if (!day)
    {
      span_of_instants (op, value->number, instant, zone, now, span);
      return;
    }
  date_of (&today, now, zone);
  date_of (&date, instant, NULL);
  if (g_str_equal (op, "yearly_in_days"))
    set_year (span, &today, 0, value->number);
  else if (g_str_equal (op, "yearly_within_days"))
    set_year (span, &today, -value->number, 0);
  else
    span_of_calendar (op, value->number, &date, &today, span);
}
