/* rungs-ladder-payback.c: on which day what a source cost was paid back.
 *
 * Income is added up day by day, and what is given back taken off on its day. The day that is told
 * is the one since which the sum has never been below the spend again: a source whose customers
 * asked for their money later has not paid back. */

#include "insights/rungs-ladder-payback.h"

#include "base/rungs-time.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define MOST_DAYS (20 * 366)

struct _RungsLadderDays
{
  GArray *starts; /* (owned) (element-type gint64) */
  GTimeZone *zone;
};

RungsLadderDays *
rungs_ladder_days_new (gint64     first,
                       gint64     now,
                       GTimeZone *zone)
{
  RungsLadderDays *self = g_new0 (RungsLadderDays, 1);
  gint64 start = rungs_time_day_start (MAX (MIN (first, now), now - MOST_DAYS * DAY), zone, 0);

  self->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->zone = g_time_zone_ref (zone);
  for (; start <= now; start = rungs_time_day_start (start, zone, 1))
    g_array_append_val (self->starts, start);
  return self;
}

void
rungs_ladder_days_free (RungsLadderDays *self)
{
  g_array_unref (self->starts);
  g_time_zone_unref (self->zone);
  g_free (self);
}

guint
rungs_ladder_days_count (const RungsLadderDays *self)
{
  return self->starts->len;
}

/* Days have 24 hours but for two in a year: the guess is one day off at most. */
guint
rungs_ladder_days_find (const RungsLadderDays *self,
                        gint64                 at)
{
  const gint64 *starts = (const gint64 *) (gpointer) self->starts->data;
  gint64 last = (gint64) self->starts->len - 1;
  gint64 guess = CLAMP ((at - starts[0]) / DAY, 0, last);

  while (guess > 0 && starts[guess] > at)
    guess--;
  while (guess < last && starts[guess + 1] <= at)
    guess++;
  return (guint) guess;
}

void
rungs_ladder_days_pay_back (const RungsLadderDays *self,
                            const gint64          *amounts,
                            gint64                 spend,
                            char                   day[11])
{
  g_autofree char *text = NULL;
  gint64 sum = 0;
  int since = -1;

  for (guint i = 0; i < self->starts->len; i++)
    {
      sum += amounts[i];
      if (sum < spend)
        since = -1;
      else if (since < 0)
        since = (int) i;
    }
  if (since >= 0)
    text = rungs_time_format_day (g_array_index (self->starts, gint64, since), self->zone);
  g_strlcpy (day, text != NULL ? text : "", 11);
}
