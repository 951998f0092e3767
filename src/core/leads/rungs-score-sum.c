/* rungs-score-sum.c: what the rules make of the events of one lead, on a day and on later days.
 *
 * Events are kept as a number of points for each rule and day, for that is what the cap is about
 * and what ages together. The sum of a day is what is left of those above nothing less what is left
 * of those below.
 *
 * When the rounded sum changes next: both parts only ever grow smaller, so that until a day D the
 * sum lies between (the upper part of D less the lower part of today) and (the upper part of today
 * less the lower part of D). While both round to what the sum is now, nothing changes; the first
 * day on which they do not is found by doubling the step and halving it again. Where all points
 * have one sign that is the day. Otherwise the sum of that day says; if it is still the same, the
 * search goes on from there. */

#include "leads/rungs-score-sum.h"

#include <math.h>

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

/* How many ages of a rule are remembered; older ones are computed each time. */
#define AGES 1024

/* The zone's offset is remembered for so many days of UTC, in a place that their number says. */
#define OFFSETS 4096

#define SECONDS_A_DAY 86400

/* What one rule makes of one day. */
typedef struct
{
  guint rule;
  int day;
  gint64 events;
  gint64 points; /* capped */
} Share;

typedef struct
{
  gint64 day; /* of UTC */
  int offset;
  gboolean known;
} Offset;

struct _RungsScoreSum
{
  GPtrArray *rules;   /* (unowned) */
  GTimeZone *zone;    /* (owned) */
  gint64 now;
  int today;
  double *decays;     /* (owned): AGES for each rule; 0: not known yet */
  GArray *shares;     /* (owned) (element-type Share) */
  Offset *offsets;    /* (owned) */
  GHashTable *starts; /* (owned): day → its first instant */
};

RungsScoreSum *
rungs_score_sum_new (GPtrArray *rules,
                     GTimeZone *zone,
                     gint64     now)
{
  RungsScoreSum *self;

  g_return_val_if_fail (rules != NULL && zone != NULL, NULL);

  self = g_new0 (RungsScoreSum, 1);
  self->rules = rules;
  self->zone = g_time_zone_ref (zone);
  self->now = now;
  self->decays = g_new0 (double, MAX (1, rules->len) * AGES);
  self->shares = g_array_new (FALSE, FALSE, sizeof (Share));
  self->offsets = g_new0 (Offset, OFFSETS);
  self->starts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->today = rungs_score_sum_day_of (self, now);
  return self;
}

void
rungs_score_sum_free (RungsScoreSum *self)
{
  g_time_zone_unref (self->zone);
  g_free (self->decays);
  g_array_unref (self->shares);
  g_free (self->offsets);
  g_hash_table_unref (self->starts);
  g_free (self);
}

/* ---- days */

static gint64
floor_divide (gint64 number,
              gint64 by)
{
  return number / by - (number % by < 0);
}

static int
offset_at (RungsScoreSum *self,
           gint64         seconds)
{
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return g_time_zone_get_offset (self->zone, MAX (0, interval));
}

/* A day of UTC that begins and ends with one offset has it all along. */
static int
find_offset (RungsScoreSum *self,
             gint64         seconds)
{
  gint64 day = floor_divide (seconds, SECONDS_A_DAY);
  Offset *offset = &self->offsets[(day % OFFSETS + OFFSETS) % OFFSETS];
  int first, last;

  if (offset->known && offset->day == day)
    return offset->offset;
  first = offset_at (self, day * SECONDS_A_DAY);
  last = offset_at (self, day * SECONDS_A_DAY + SECONDS_A_DAY - 1);
  if (first != last)
    return offset_at (self, seconds);
  *offset = (Offset){ day, first, TRUE };
  return first;
}

int
rungs_score_sum_day_of (RungsScoreSum *self,
                        gint64         at)
{
  gint64 seconds;

  g_return_val_if_fail (self != NULL, 0);

  seconds = floor_divide (at, RUNGS_SECOND);
  return floor_divide (seconds + find_offset (self, seconds), SECONDS_A_DAY);
}

int
rungs_score_sum_get_today (RungsScoreSum *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->today;
}

gint64
rungs_score_sum_day_start (RungsScoreSum *self,
                           int            day)
{
  gint64 *start;

  g_return_val_if_fail (self != NULL, 0);

  start = g_hash_table_lookup (self->starts, GINT_TO_POINTER (day));
  if (start == NULL)
    {
      start = g_new (gint64, 1);
      *start = rungs_time_day_start (self->now, self->zone, day - self->today);
      g_hash_table_insert (self->starts, GINT_TO_POINTER (day), start);
    }
  return *start;
}

/* ---- sums */

void
rungs_score_sum_clear (RungsScoreSum *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->shares, 0);
}

static void
count (RungsScoreSum *self,
       Share         *share)
{
  const RungsScoreRule *rule = g_ptr_array_index (self->rules, share->rule);

  share->events++;
  share->points += rule->points;
  if (rule->day_cap > 0)
    share->points = CLAMP (share->points, -rule->day_cap, rule->day_cap);
}

void
rungs_score_sum_add (RungsScoreSum *self,
                     guint          rule,
                     gint64         at)
{
  Share *last = NULL;
  int day;

  g_return_if_fail (self != NULL && rule < self->rules->len);

  day = rungs_score_sum_day_of (self, at);
  if (self->shares->len > 0)
    last = &g_array_index (self->shares, Share, self->shares->len - 1);
  if (last == NULL || last->rule != rule || last->day != day)
    {
      Share share = { .rule = rule, .day = day };

      g_array_append_val (self->shares, share);
      last = &g_array_index (self->shares, Share, self->shares->len - 1);
    }
  count (self, last);
}

static double
compute_decay (const RungsScoreRule *rule,
               int                   age)
{
  return rule->half_life == 0 ? 1.0 : exp2 (-(double) age / rule->half_life);
}

/* What is left of a point on that day. */
static double
decay (RungsScoreSum *self,
       const Share   *share,
       int            day)
{
  const RungsScoreRule *rule = g_ptr_array_index (self->rules, share->rule);
  double *known;
  int age;

  if (day == RUNGS_SCORE_FOREVER)
    return rule->half_life == 0 ? 1.0 : 0.0;
  age = MAX (0, day - share->day);
  if (age >= AGES)
    return compute_decay (rule, age);
  known = &self->decays[share->rule * AGES + age];
  if (*known == 0)
    *known = compute_decay (rule, age);
  return *known;
}

/* The upper and the lower part of the sum, both above nothing. */
typedef struct
{
  double upper;
  double lower;
} Parts;

static Parts
parts_of (RungsScoreSum *self,
          guint          rule,
          int            day)
{
  Parts parts = { 0 };

  for (guint i = 0; i < self->shares->len; i++)
    {
      const Share *share = &g_array_index (self->shares, Share, i);
      double left;

      if (rule != G_MAXUINT && share->rule != rule)
        continue;
      left = share->points * decay (self, share, day);
      if (left > 0)
        parts.upper += left;
      else
        parts.lower -= left;
    }
  return parts;
}

double
rungs_score_sum_get_exact (RungsScoreSum *self,
                           guint          rule,
                           int            day)
{
  Parts parts;

  g_return_val_if_fail (self != NULL, 0);

  parts = parts_of (self, rule, day);
  return parts.upper - parts.lower;
}

gint64
rungs_score_sum_get (RungsScoreSum *self,
                     int            day)
{
  return (gint64) round (rungs_score_sum_get_exact (self, G_MAXUINT, day));
}

gint64
rungs_score_sum_count (RungsScoreSum *self,
                       guint          rule,
                       gint64        *points,
                       int           *last_day)
{
  gint64 events = 0;

  g_return_val_if_fail (self != NULL, 0);

  *points = 0;
  *last_day = 0;
  for (guint i = 0; i < self->shares->len; i++)
    {
      const Share *share = &g_array_index (self->shares, Share, i);

      if (share->rule != rule)
        continue;
      events += share->events;
      *points += share->points;
      *last_day = share->day;
    }
  return events;
}

/* Whether the rounded sum may have become another than `sum` by that day. */
static gboolean
may_differ (RungsScoreSum *self,
            const Parts   *then,
            gint64         sum,
            int            day)
{
  Parts parts = parts_of (self, G_MAXUINT, day);

  return (gint64) round (parts.upper - then->lower) != sum
         || (gint64) round (then->upper - parts.lower) != sum;
}

/* The first day after `day` by which it may; it may at some time. */
static int
find_doubt (RungsScoreSum *self,
            const Parts   *then,
            gint64         sum,
            int            day)
{
  int low = day;
  int step = 1;
  int high;

  while (!may_differ (self, then, sum, day + step))
    {
      low = day + step;
      step *= 2;
    }
  high = day + step;
  while (high - low > 1)
    {
      int middle = low + (high - low) / 2;

      if (may_differ (self, then, sum, middle))
        high = middle;
      else
        low = middle;
    }
  return high;
}

int
rungs_score_sum_next (RungsScoreSum *self,
                      int            day)
{
  gint64 sum;

  g_return_val_if_fail (self != NULL, RUNGS_SCORE_FOREVER);

  sum = rungs_score_sum_get (self, day);
  while (TRUE)
    {
      Parts then = parts_of (self, G_MAXUINT, day);

      if (!may_differ (self, &then, sum, RUNGS_SCORE_FOREVER))
        return RUNGS_SCORE_FOREVER;
      day = find_doubt (self, &then, sum, day);
      if (rungs_score_sum_get (self, day) != sum)
        return day;
    }
}
