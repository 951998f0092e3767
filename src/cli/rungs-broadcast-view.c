/* rungs-broadcast-view.c: a broadcast as the commands name and show it. */

#include "rungs-broadcast-view.h"

#include <stdio.h>

RungsBroadcast *
rungs_broadcast_argument (RungsInvocation  *call,
                          RungsDb          *db,
                          GError          **error)
{
  return rungs_broadcast_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
}

char *
rungs_minute_dup_text (int minute)
{
  return minute < 0 ? NULL : g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

int
rungs_minute_from_text (const char *text)
{
  int hour, minute, length = 0;

  if (sscanf (text, "%2d:%2d%n", &hour, &minute, &length) != 2 || text[length] != '\0')
    return -1;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

static void
set_plan (JsonObject           *row,
          const RungsBroadcast *self)
{
  g_autofree char *morning = rungs_minute_dup_text (self->morning);
  JsonArray *subjects;

  rungs_row_set_time (row, "start_at", self->start_at);
  rungs_row_set_text (row, "morning", morning);
  rungs_row_set_number (row, "spread_minutes", self->spread_minutes);
  rungs_row_set_number (row, "grace_minutes", self->grace_minutes);
  rungs_row_set_number (row, "held_share", self->held_share);
  subjects = rungs_row_set_array (row, "subjects");
  for (guint i = 0; i < self->subjects->len; i++)
    json_array_add_string_element (subjects, g_ptr_array_index (self->subjects, i));
  rungs_row_set_number (row, "test_share", self->test_share);
  rungs_row_set_number (row, "test_minutes", self->test_minutes);
  rungs_row_set_text (row, "goal", rungs_broadcast_goal_to_text (self->goal));
  rungs_row_set_number (row, "window_days", self->window_days);
  rungs_row_set_number (row, "bounce_share", self->bounce_share);
  rungs_row_set_number (row, "complaint_share", self->complaint_share);
  rungs_row_set_number (row, "judged_from", self->judged_from);
}

static void
set_run (JsonObject           *row,
         const RungsBroadcast *self)
{
  g_autofree char *why = rungs_broadcast_dup_pause_words (self);

  rungs_row_set_time (row, "due_at", self->due_at);
  rungs_row_set_time (row, "fixed_at", self->fixed_at);
  rungs_row_set_time (row, "test_until", self->test_until);
  rungs_row_set_time (row, "undecided_at", self->undecided_at);
  rungs_row_set_id (row, "winner", self->winner);
  rungs_row_set_flag (row, "chosen", self->chosen);
  rungs_row_set_text (row, "paused", self->pause != RUNGS_BROADCAST_NOT_PAUSED
                                         ? rungs_broadcast_pause_to_text (self->pause)
                                         : NULL);
  rungs_row_set_text (row, "why", why);
  rungs_row_set_time (row, "ended_at", self->ended_at);
  rungs_row_set_time (row, "created_at", self->created_at);
}

static void
set_progress (JsonObject                   *row,
              const RungsBroadcastProgress *progress)
{
  rungs_row_set_number (row, "audience", progress->audience);
  rungs_row_set_number (row, "left_out", progress->left_out);
  rungs_row_set_number (row, "held", progress->held);
  rungs_row_set_number (row, "waiting", progress->waiting);
  rungs_row_set_number (row, "sent", progress->sent);
  rungs_row_set_number (row, "withheld", progress->withheld);
  rungs_row_set_number (row, "failed", progress->failed);
  rungs_row_set_number (row, "doubt", progress->doubt);
  rungs_row_set_number (row, "bounced", progress->bounced);
  rungs_row_set_number (row, "complained", progress->complained);
}

JsonObject *
rungs_broadcast_to_row (RungsDb               *db,
                        const RungsBroadcast  *broadcast,
                        GError               **error)
{
  RungsBroadcastProgress progress;
  JsonObject *row;

  if (!rungs_broadcast_progress (db, broadcast->id, &progress, error))
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", broadcast->id);
  rungs_row_set_text (row, "name", broadcast->name);
  rungs_row_set_text (row, "state", rungs_broadcast_state_to_text (broadcast->state));
  rungs_row_set_text (row, "message", broadcast->message_name);
  rungs_row_set_text (row, "sells", broadcast->sells != 0 ? broadcast->product_sku : NULL);
  set_plan (row, broadcast);
  set_run (row, broadcast);
  set_progress (row, &progress);
  rungs_row_set_json (row, "rule", broadcast->rule);
  return row;
}

/* In basis points. */
static void
set_share (JsonObject    *row,
           const char    *key,
           gint64         hits,
           gint64         n,
           RungsInterval  interval)
{
  g_autofree char *from = g_strconcat (key, "_from", NULL);
  g_autofree char *to = g_strconcat (key, "_to", NULL);

  rungs_row_set_number (row, key, n > 0 ? hits * 10000 / n : 0);
  rungs_row_set_number (row, from, (gint64) (interval.low * 10000));
  rungs_row_set_number (row, to, (gint64) (interval.high * 10000));
}

JsonObject *
rungs_broadcast_figures_to_row (const RungsBroadcastFigures *figures)
{
  JsonObject *row = rungs_row_new ();
  gint64 n = g_str_equal (figures->part, "held") ? figures->leads : figures->sent;

  rungs_row_set_text (row, "part", figures->part);
  rungs_row_set_id (row, "subject", figures->subject);
  rungs_row_set_text (row, "words", *figures->words != '\0' ? figures->words : NULL);
  rungs_row_set_number (row, "leads", figures->leads);
  rungs_row_set_number (row, "sent", figures->sent);
  rungs_row_set_number (row, "bounced", figures->bounced);
  rungs_row_set_number (row, "complained", figures->complained);
  rungs_row_set_number (row, "unsubscribed", figures->unsubscribed);
  rungs_row_set_number (row, "clicked", figures->clicked);
  set_share (row, "clicked_share", figures->clicked, figures->sent, figures->clicked_share);
  rungs_row_set_number (row, "buyers", figures->buyers);
  set_share (row, "bought_share", figures->buyers, n, figures->bought_share);
  rungs_row_set_number (row, "orders", figures->orders);
  rungs_row_set_monies (row, "revenue", figures->revenue);
  return row;
}
