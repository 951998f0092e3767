/* rungs-zones.h: the time zones of a business and its leads, each read once, and their calendars.
 *
 * Reading a zone is reading a file, and asking GLib for a local time makes three objects. Whoever
 * asks for the zones of many leads, or for one time after the other, asks here. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A zone, and a stretch around the instant that was asked about last in which its clocks are not
 * moved: there a local time is a sum. */
typedef struct
{
  GTimeZone *zone; /* (owned) */
  gint64 from;     /* of the stretch … */
  gint64 to;       /* … up to before this; */
  gint64 offset;   /* what the clocks are ahead of UTC in it, milliseconds */
} RungsZone;

/* The zone of that name; UTC where it is empty or unknown here. */
RungsZone *rungs_zone_new (const char *name);
void rungs_zone_free (RungsZone *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsZone, rungs_zone_free)

/* What its clocks show at `instant`: days since 1 January 1970, minutes after midnight. */
void rungs_zone_look (RungsZone *self,
                      gint64     instant,
                      gint64    *day,
                      int       *minute);

/* Whether the whole local day, from midnight to midnight, is known to be even: no clock is moved in
 * it, or the day before or after. Then `begin` is its first instant. FALSE also where that was not
 * looked for far enough. */
gboolean rungs_zone_day_is_even (RungsZone *self,
                                 gint64     day,
                                 gint64    *begin);

typedef struct _RungsZones RungsZones;

/* `business` is the name of the zone that holds where a lead's is not known. */
RungsZones *rungs_zones_new (const char *business);
RungsZones *rungs_zones_ref (RungsZones *self);
void rungs_zones_unref (RungsZones *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsZones, rungs_zones_unref)

/* Returns: (transfer none): the zone of that name; the business's where it is empty, NULL, or
 * unknown here. On one thread at a time. */
RungsZone *rungs_zones_get (RungsZones *self,
                            const char *name);

G_END_DECLS
