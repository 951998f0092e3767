/* rungs-sending-hours.h: on which days and between which times messages may leave. */

#pragma once

#include <json-glib/json-glib.h>

#include "base/rungs-zones.h"

G_BEGIN_DECLS

/* A clock decides: an instant is within them where the clock shows one of the weekdays, none of the
 * holidays, and a minute from `from` on and before `to`. So hours from 22:00 to 06:00 on Fridays
 * are the first six and the last two of each Friday; a minute that comes twice counts both times,
 * and one that summer time skips not at all. */
typedef struct
{
  guint weekdays;       /* bit 0 Monday … bit 6 Sunday; 0: any */
  int from;             /* minutes after midnight; */
  int to;               /* both -1: all day */
  gboolean lead_zone;   /* the lead's clock, where its zone is known; FALSE: the business's */
  GHashTable *holidays; /* (unowned) (nullable) (element-type guint guint): a set of the days of
                         * GDate (g_date_get_julian()), on the same clock */
} RungsSendingHours;

/* What forbids an instant. */
typedef enum
{
  RUNGS_SENDING_OPEN,
  RUNGS_SENDING_HOLIDAY,
  RUNGS_SENDING_WEEKDAY,
  RUNGS_SENDING_TIME,
} RungsSendingAnswer;

/* Reads an object such as {"weekdays": ["mon", "fri"], "from": "09:00", "to": "17:00",
 * "zone": "lead"}: days, or hours, or both; "zone" is "lead" (the default) or "business".
 * Errors: INVALID, a sentence. */
gboolean rungs_sending_hours_read (RungsSendingHours  *self,
                                   JsonNode           *node,
                                   GError            **error);

/* "09:30" as minutes after midnight; -1 where `text` is no such time. */
int rungs_sending_minute_from_text (const char *text);

/* "mon" … "sun" as a bit of `weekdays`; 0 where `text` is none. And back, by the bit's number. */
guint rungs_sending_weekday_from_text (const char *text);
const char *rungs_sending_weekday_to_text (guint day);

RungsSendingAnswer rungs_sending_hours_ask (const RungsSendingHours *self,
                                            gint64                   instant,
                                            RungsZone               *zone);

/* The first instant not before `instant` that lies within them; G_MAXINT64 where none comes within
 * 400 days. */
gint64 rungs_sending_hours_next (const RungsSendingHours *self,
                                 gint64                   instant,
                                 RungsZone               *zone);

/* Whether there is an instant of some week that lies within both, holidays aside, where the second
 * clock is `ahead` minutes ahead of the first. */
gboolean rungs_sending_hours_meet (const RungsSendingHours *first,
                                   const RungsSendingHours *second,
                                   int                      ahead);

G_END_DECLS
