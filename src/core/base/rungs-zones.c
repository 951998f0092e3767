/* rungs-zones.c: the time zones of a business and its leads, each read once, and their calendars.
 *
 * GLib numbers the times between two moves of a zone's clocks. Where it gives two instants the same
 * number, no clock is moved between them: so the stretch around an instant is found by halving, and
 * holds for the questions that follow. */

#include "base/rungs-zones.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

/* How far on each side it is looked for. */
#define MOST (100 * RUNGS_DAY)

struct _RungsZones
{
  gatomicrefcount references;
  RungsZone *business; /* (owned) */
  GHashTable *by_name; /* (owned): text → RungsZone, both owned */
};

static RungsZone *
zone_new_take (GTimeZone *zone)
{
  RungsZone *self = g_new0 (RungsZone, 1);

  self->zone = zone;
  return self;
}

RungsZone *
rungs_zone_new (const char *name)
{
  return zone_new_take (rungs_time_zone (name));
}

void
rungs_zone_free (RungsZone *self)
{
  g_time_zone_unref (self->zone);
  g_free (self);
}

static gint64
divide_down (gint64 number,
             gint64 by)
{
  return number / by - (number % by < 0 ? 1 : 0);
}

static int
find_interval (RungsZone *self,
               gint64     instant)
{
  return g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL,
                                    divide_down (instant, RUNGS_SECOND));
}

/* The last instant, up to MOST away in that direction, that has the same number. */
static gint64
feel (RungsZone *self,
      gint64     instant,
      int        interval,
      int        direction)
{
  gint64 same = 0;
  gint64 other = MOST;

  if (find_interval (self, instant + direction * MOST) == interval)
    return instant + direction * MOST;
  while (other - same > 1)
    {
      gint64 middle = same + (other - same) / 2;

      if (find_interval (self, instant + direction * middle) == interval)
        same = middle;
      else
        other = middle;
    }
  return instant + direction * same;
}

static void
come_to (RungsZone *self,
         gint64     instant)
{
  int interval;

  if (instant >= self->from && instant < self->to)
    return;
  interval = find_interval (self, instant);
  self->offset = g_time_zone_get_offset (self->zone, interval) * RUNGS_SECOND;
  self->from = feel (self, instant, interval, -1);
  self->to = feel (self, instant, interval, 1) + 1;
}

void
rungs_zone_look (RungsZone *self,
                 gint64     instant,
                 gint64    *day,
                 int       *minute)
{
  gint64 local;

  g_return_if_fail (self != NULL && day != NULL && minute != NULL);

  come_to (self, instant);
  local = instant + self->offset;
  *day = divide_down (local, RUNGS_DAY);
  *minute = (int) ((local - *day * RUNGS_DAY) / RUNGS_MINUTE);
}

gboolean
rungs_zone_day_is_even (RungsZone *self,
                        gint64     day,
                        gint64    *begin)
{
  g_return_val_if_fail (self != NULL && begin != NULL, FALSE);

  *begin = day * RUNGS_DAY - self->offset;
  come_to (self, *begin);
  return *begin == day * RUNGS_DAY - self->offset && *begin - RUNGS_DAY >= self->from
         && *begin + 2 * RUNGS_DAY <= self->to;
}

RungsZones *
rungs_zones_new (const char *business)
{
  RungsZones *self = g_new0 (RungsZones, 1);

  g_atomic_ref_count_init (&self->references);
  self->business = rungs_zone_new (business);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) rungs_zone_free);
  return self;
}

RungsZones *
rungs_zones_ref (RungsZones *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_zones_unref (RungsZones *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  rungs_zone_free (self->business);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

RungsZone *
rungs_zones_get (RungsZones *self,
                 const char *name)
{
  RungsZone *zone;

  g_return_val_if_fail (self != NULL, NULL);

  if (name == NULL || *name == '\0')
    return self->business;
  zone = g_hash_table_lookup (self->by_name, name);
  if (zone == NULL)
    {
      zone = rungs_time_zone_is_known (name)
               ? rungs_zone_new (name)
               : zone_new_take (g_time_zone_ref (self->business->zone));
      g_hash_table_insert (self->by_name, g_strdup (name), zone);
    }
  return zone;
}
