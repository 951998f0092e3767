/* rungs-broadcast.c: one message to many, once. */

#include "mail/rungs-broadcast.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-clock.h"
#include "base/rungs-names.h"
#include "base/rungs-time.h"

#define MILLION 1000000

/* Where each day begins first. */
#define FIRST_ZONE "+14"
#define FIXED_BEFORE (30 * RUNGS_MINUTE)

static const char *const STATES[] = {
  "draft", "scheduled", "sending", "paused", "done", "cancelled",
};

static const char *const GOALS[] = { "clicks", "orders" };

static const char *const PAUSES[] = { "", "by hand", "bounces", "complaints", "late", "rule" };

const char *
rungs_broadcast_state_to_text (RungsBroadcastState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (STATES), "");

  return STATES[state];
}

gboolean
rungs_broadcast_state_from_text (const char          *text,
                                 RungsBroadcastState *state)
{
  return rungs_names_find (STATES, G_N_ELEMENTS (STATES), text, state);
}

const char *
rungs_broadcast_goal_to_text (RungsBroadcastGoal goal)
{
  g_return_val_if_fail (goal < G_N_ELEMENTS (GOALS), "");

  return GOALS[goal];
}

gboolean
rungs_broadcast_goal_from_text (const char         *text,
                                RungsBroadcastGoal *goal)
{
  return rungs_names_find (GOALS, G_N_ELEMENTS (GOALS), text, goal);
}

const char *
rungs_broadcast_pause_to_text (RungsBroadcastPause pause)
{
  g_return_val_if_fail (pause < G_N_ELEMENTS (PAUSES), "");

  return PAUSES[pause];
}

RungsBroadcast *
rungs_broadcast_new (void)
{
  RungsBroadcast *self = g_new0 (RungsBroadcast, 1);

  self->name = g_strdup ("");
  self->rule = g_strdup ("{\"all\":[]}");
  self->subjects = g_ptr_array_new_with_free_func (g_free);
  self->morning = -1;
  self->grace_minutes = 1;
  self->test_minutes = 240;
  self->window_days = 7;
  self->bounce_share = 500;
  self->complaint_share = 30;
  self->judged_from = 100;
  self->message_name = g_strdup ("");
  self->message_purpose = g_strdup ("");
  self->product_name = g_strdup ("");
  self->product_sku = g_strdup ("");
  return self;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      data)
{
  return g_strdup (text);
}

RungsBroadcast *
rungs_broadcast_copy (const RungsBroadcast *self)
{
  RungsBroadcast *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->rule = g_strdup (self->rule);
  copy->subjects = g_ptr_array_copy (self->subjects, copy_text, NULL);
  g_ptr_array_set_free_func (copy->subjects, g_free);
  copy->message_name = g_strdup (self->message_name);
  copy->message_purpose = g_strdup (self->message_purpose);
  copy->product_name = g_strdup (self->product_name);
  copy->product_sku = g_strdup (self->product_sku);
  return copy;
}

void
rungs_broadcast_free (RungsBroadcast *self)
{
  g_free (self->name);
  g_free (self->rule);
  g_ptr_array_unref (self->subjects);
  g_free (self->message_name);
  g_free (self->message_purpose);
  g_free (self->product_name);
  g_free (self->product_sku);
  g_free (self);
}

void
rungs_broadcast_set (char       **text,
                     const char  *value)
{
  char *copy = g_strdup (value ? value : "");

  g_free (*text);
  *text = copy;
}

gboolean
rungs_broadcast_tests (const RungsBroadcast *self)
{
  return self->subjects->len > 1;
}

gboolean
rungs_broadcast_has_rest (const RungsBroadcast *self)
{
  return rungs_broadcast_tests (self) && self->test_share < 10000;
}

/* "3.5 %", of basis points. */
static char *
dup_share (gint64 points)
{
  gint64 tenths = (points + 5) / 10;

  /* Translators: a share: 3.5 %. The first number is whole, the second its tenths. */
  return g_strdup_printf (_ ("%" PRId64 ".%" PRId64 " %%"), tenths / 10, tenths % 10);
}

char *
rungs_broadcast_dup_pause_words (const RungsBroadcast *self)
{
  g_autofree char *limit = NULL;
  g_autofree char *share = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  share = dup_share (self->paused_of > 0 ? self->paused_hits * 10000 / self->paused_of : 0);
  switch (self->pause)
    {
    case RUNGS_BROADCAST_BY_HAND:
      return g_strdup (_ ("It was paused by hand."));
    case RUNGS_BROADCAST_BOUNCES:
      limit = dup_share (self->bounce_share);
      return g_strdup_printf (_ ("It paused itself: %" PRId64 " of %" PRId64 " messages came back"
                                 " for good (%s; the limit is %s). Look where these addresses come"
                                 " from before it goes on."),
                              self->paused_hits, self->paused_of, share, limit);
    case RUNGS_BROADCAST_COMPLAINTS:
      limit = dup_share (self->complaint_share);
      return g_strdup_printf (_ ("It paused itself: readers complained about %" PRId64
                                 " of %" PRId64 " messages (%s; the limit is %s). More of it can"
                                 " keep all your mail from arriving."),
                              self->paused_hits, self->paused_of, share, limit);
    case RUNGS_BROADCAST_BEGAN_LATE:
      return g_strdup (_ ("It did not begin at its time, because Rungs did not run then. Is it"
                          " still good to send?"));
    case RUNGS_BROADCAST_BAD_RULE:
      return g_strdup (_ ("Its audience cannot be found any more: the rule names something that is"
                          " gone. Take the broadcast back and mend the rule."));
    case RUNGS_BROADCAST_NOT_PAUSED:
    default:
      return NULL;
    }
}

/* Midnight in `zone` that begins the day which start_at is on for the business. */
static gint64
first_midnight (const RungsBroadcast *self,
                GTimeZone            *zone,
                GTimeZone            *business)
{
  g_autofree char *day = rungs_time_format_day (self->start_at, business);
  gint64 midnight = self->start_at;

  rungs_time_parse (day, zone, &midnight, NULL);
  return midnight;
}

gint64
rungs_broadcast_due_of (const RungsBroadcast *self,
                        GTimeZone            *zone,
                        GTimeZone            *business,
                        gint64                place,
                        gint64                from)
{
  gint64 spread = (gint64) self->spread_minutes * RUNGS_MINUTE;
  gint64 begin = from;

  g_return_val_if_fail (self != NULL, from);

  if (self->morning >= 0 && self->start_at > 0)
    begin = MAX (begin, first_midnight (self, zone, business));
  if (self->morning >= 0)
    begin = rungs_time_next_minute_of_day (begin, zone, self->morning, 0);
  return begin + spread * CLAMP (place, 0, MILLION) / MILLION;
}

gint64
rungs_broadcast_begin_of (const RungsBroadcast *self,
                          GTimeZone            *business,
                          gint64                now)
{
  gint64 earliest = now + (gint64) self->grace_minutes * RUNGS_MINUTE;
  g_autoptr (GTimeZone) first = NULL;

  g_return_val_if_fail (self != NULL, now);

  if (self->start_at == 0)
    return earliest;
  if (self->morning < 0)
    return MAX (earliest, self->start_at);
  first = g_time_zone_new_identifier (FIRST_ZONE);
  return MAX (earliest, first_midnight (self, first, business)
                            + (gint64) self->morning * RUNGS_MINUTE - FIXED_BEFORE);
}
