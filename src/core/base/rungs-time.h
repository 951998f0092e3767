/* rungs-time.h: instants as text, and the calendar of a named zone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads an instant written as RFC 3339 / ISO 8601: "2026-11-21", "2026-11-21 09:30",
 * "2026-11-21T09:30:00Z", "…+01:00". Without an offset it is local to `zone` (NULL: UTC); a date
 * alone is its midnight. Errors: INVALID. */
gboolean rungs_time_parse (const char *text,
                           GTimeZone  *zone,
                           gint64     *instant,
                           GError    **error);

/* "2026-11-21T09:30:00Z", with milliseconds only where there are any. */
char *rungs_time_format (gint64 instant);

/* "2026-11-21" and "2026-11-21 09:30" as a clock in `zone` (NULL: UTC) shows it. */
char *rungs_time_format_day (gint64     instant,
                             GTimeZone *zone);
char *rungs_time_format_minute (gint64     instant,
                                GTimeZone *zone);

/* The zone of that IANA name; UTC where the name is empty or unknown here. */
GTimeZone *rungs_time_zone (const char *name);

/* Whether the system knows a zone of that name. */
gboolean rungs_time_zone_is_known (const char *name);

/* The instant as a date and time in `zone` (NULL: UTC). */
GDateTime *rungs_time_in_zone (gint64     instant,
                               GTimeZone *zone);
gint64 rungs_time_from_date_time (GDateTime *date_time);

/* Midnight that begins the instant's day in `zone`, `days` days on. A midnight that a change of
 * summer time skips is the first instant of that day. */
gint64 rungs_time_day_start (gint64     instant,
                             GTimeZone *zone,
                             int        days);

/* The instant at which a clock in `zone` shows `minute` minutes after midnight (0 to 1439) on the
 * day. A time that summer time skips counts as the first instant after the gap; of a time that
 * comes twice, the first. A day that the calendar of the zone lacks ends as it begins. */
gint64 rungs_time_of_minute (GTimeZone   *zone,
                             const GDate *day,
                             int          minute);

/* The first instant not before `instant` at which a clock in `zone` shows `minute` minutes after
 * midnight (0 to 1439) on a day whose bit is set in `weekdays` (bit 0 Monday … bit 6 Sunday; 0: any
 * day). A time that summer time skips that day counts as the first instant after the gap; of a time
 * that comes twice, the first. */
gint64 rungs_time_next_minute_of_day (gint64     instant,
                                      GTimeZone *zone,
                                      int        minute,
                                      guint      weekdays);

G_END_DECLS
