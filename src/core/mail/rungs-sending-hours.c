/* rungs-sending-hours.c: on which days and between which times messages may leave. */

#include "mail/rungs-sending-hours.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"

#define DAYS_AHEAD 400
#define MINUTES_A_DAY (24 * 60)

/* Of days since 1 January 1970, which was a Thursday, and day 719163 of GDate. */
#define FIRST_WEEKDAY 3
#define FIRST_OF_GDATE 719163

static const char *const WEEKDAYS[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

int
rungs_sending_minute_from_text (const char *text)
{
  int hour = -1;
  int minute = -1;

  if (text == NULL || strlen (text) != strlen ("09:00")
      || sscanf (text, "%2d:%2d", &hour, &minute) != 2 || text[2] != ':')
    return -1;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

guint
rungs_sending_weekday_from_text (const char *text)
{
  for (guint day = 0; text != NULL && day < G_N_ELEMENTS (WEEKDAYS); day++)
    if (strcmp (WEEKDAYS[day], text) == 0)
      return 1u << day;
  return 0;
}

const char *
rungs_sending_weekday_to_text (guint day)
{
  g_return_val_if_fail (day < G_N_ELEMENTS (WEEKDAYS), NULL);

  return WEEKDAYS[day];
}

/* ---- reading */

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
read_weekdays (RungsSendingHours  *self,
               JsonNode           *node,
               GError            **error)
{
  JsonArray *days = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean wrong = days == NULL || json_array_get_length (days) == 0;

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++)
    {
      JsonNode *day = json_array_get_element (days, i);
      guint bit
        = is_string (day) ? rungs_sending_weekday_from_text (json_node_get_string (day)) : 0;

      wrong = wrong || bit == 0;
      self->weekdays |= bit;
    }
  return !wrong
         || refuse (error,
                    _ ("“weekdays” must be a list of mon, tue, wed, thu, fri, sat and sun."));
}

static gboolean
read_times (RungsSendingHours  *self,
            JsonNode           *from,
            JsonNode           *to,
            GError            **error)
{
  if (from == NULL && to == NULL)
    return TRUE;
  self->from = is_string (from) ? rungs_sending_minute_from_text (json_node_get_string (from)) : -1;
  self->to = is_string (to) ? rungs_sending_minute_from_text (json_node_get_string (to)) : -1;
  return (self->from >= 0 && self->to >= 0 && self->from != self->to)
         || refuse (error, _ ("“from” and “to” must be two different times such as \"09:00\"."));
}

static gboolean
read_zone (RungsSendingHours  *self,
           JsonNode           *node,
           GError            **error)
{
  const char *zone = is_string (node) ? json_node_get_string (node) : "";

  self->lead_zone = node == NULL || strcmp (zone, "lead") == 0;
  return self->lead_zone || strcmp (zone, "business") == 0
         || refuse (error, _ ("“zone” must be “lead” or “business”."));
}

static gboolean
has_only_known (JsonObject  *object,
                GError     **error)
{
  static const char *const MEMBERS[] = { "weekdays", "from", "to", "zone", NULL };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *item = members; item != NULL; item = item->next)
    if (!g_strv_contains (MEMBERS, item->data))
      {
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                     _ ("“%s” is not known here; expected are %s."), (const char *) item->data,
                     "weekdays from to zone");
        return FALSE;
      }
  return TRUE;
}

gboolean
rungs_sending_hours_read (RungsSendingHours  *self,
                          JsonNode           *node,
                          GError            **error)
{
  JsonObject *object
    = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  *self = (RungsSendingHours) { .from = -1, .to = -1 };
  if (object == NULL)
    return refuse (error, _ ("It must be an object in braces."));
  if (!has_only_known (object, error)
      || (json_object_has_member (object, "weekdays")
          && !read_weekdays (self, json_object_get_member (object, "weekdays"), error))
      || !read_times (self, json_object_get_member (object, "from"),
                      json_object_get_member (object, "to"), error)
      || !read_zone (self, json_object_get_member (object, "zone"), error))
    return FALSE;
  return self->weekdays != 0 || self->from >= 0
         || refuse (error, _ ("It must say “weekdays”, or “from” and “to”."));
}

/* ---- asking */

static RungsSendingAnswer
ask_day (const RungsSendingHours *self,
         gint64                   day)
{
  guint weekday = (guint) (((day + FIRST_WEEKDAY) % 7 + 7) % 7);

  if (self->holidays != NULL
      && g_hash_table_contains (self->holidays, GUINT_TO_POINTER ((guint) (day + FIRST_OF_GDATE))))
    return RUNGS_SENDING_HOLIDAY;
  if (self->weekdays != 0 && (self->weekdays & (1u << weekday)) == 0)
    return RUNGS_SENDING_WEEKDAY;
  return RUNGS_SENDING_OPEN;
}

static gboolean
holds_minute (const RungsSendingHours *self,
              int                      minute)
{
  if (self->from < 0)
    return TRUE;
  return self->from <= self->to ? minute >= self->from && minute < self->to
                                : minute >= self->from || minute < self->to;
}

RungsSendingAnswer
rungs_sending_hours_ask (const RungsSendingHours *self,
                         gint64                   instant,
                         RungsZone               *zone)
{
  RungsSendingAnswer answer;
  gint64 day;
  int minute;

  rungs_zone_look (zone, instant, &day, &minute);
  answer = ask_day (self, day);
  if (answer != RUNGS_SENDING_OPEN)
    return answer;
  return holds_minute (self, minute) ? RUNGS_SENDING_OPEN : RUNGS_SENDING_TIME;
}

/* The first instant from `from` on and before `to` that lies within the hours, looked for minute by
 * minute: for days on which the clock is moved. */
static gint64
search (const RungsSendingHours *self,
        gint64                   from,
        gint64                   to,
        RungsZone               *zone)
{
  while (from < to)
    {
      if (rungs_sending_hours_ask (self, from, zone) == RUNGS_SENDING_OPEN)
        return from;
      from += RUNGS_MINUTE - from % RUNGS_MINUTE;
    }
  return G_MAXINT64;
}

/* The first instant of the day, from `instant` on, within the hours. */
static gint64
first_of_day (const RungsSendingHours *self,
              gint64                   instant,
              gint64                   day,
              RungsZone               *zone)
{
  gint64 begin;
  gint64 first;

  if (!rungs_zone_day_is_even (zone, day, &begin))
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) (day + FIRST_OF_GDATE));
      begin = rungs_time_of_minute (zone->zone, &date, 0);
      g_date_add_days (&date, 1);
      return search (self, MAX (instant, begin), rungs_time_of_minute (zone->zone, &date, 0),
                     zone);
    }
  first = MAX (instant, begin);
  if (first >= begin + RUNGS_DAY)
    return G_MAXINT64;
  if (holds_minute (self, (int) ((first - begin) / RUNGS_MINUTE)))
    return first;
  return begin + self->from * RUNGS_MINUTE >= first ? begin + self->from * RUNGS_MINUTE
                                                    : G_MAXINT64;
}

gint64
rungs_sending_hours_next (const RungsSendingHours *self,
                          gint64                   instant,
                          RungsZone               *zone)
{
  gint64 day;
  int minute;

  g_return_val_if_fail (self != NULL, instant);
  g_return_val_if_fail (zone != NULL, instant);

  if (rungs_sending_hours_ask (self, instant, zone) == RUNGS_SENDING_OPEN)
    return instant;
  rungs_zone_look (zone, instant, &day, &minute);
  for (int tries = 0; tries < DAYS_AHEAD; tries++, day++)
    {
      gint64 found = ask_day (self, day) == RUNGS_SENDING_OPEN
                       ? first_of_day (self, instant, day, zone)
                       : G_MAXINT64;

      if (found != G_MAXINT64)
        return found;
    }
  return G_MAXINT64;
}

static gboolean
holds_minute_of_week (const RungsSendingHours *self,
                      int                      minute)
{
  return (self->weekdays == 0 || (self->weekdays & (1u << (minute / MINUTES_A_DAY))) != 0)
         && holds_minute (self, minute % MINUTES_A_DAY);
}

gboolean
rungs_sending_hours_meet (const RungsSendingHours *first,
                          const RungsSendingHours *second,
                          int                      ahead)
{
  const int week = 7 * MINUTES_A_DAY;

  g_return_val_if_fail (first != NULL && second != NULL, FALSE);

  for (int minute = 0; minute < week; minute++)
    if (holds_minute_of_week (first, minute)
        && holds_minute_of_week (second, ((minute + ahead) % week + week) % week))
      return TRUE;
  return FALSE;
}
