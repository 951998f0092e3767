/* rungs-broadcast-view.h: a broadcast as the commands name and show it. */

#pragma once

#include "insights/rungs-broadcast-results-store.h"
#include "mail/rungs-broadcast-store.h"
#include "rungs-column.h"

G_BEGIN_DECLS

/* What --json prints of a broadcast. */
#define RUNGS_BROADCAST_JSON                                                                       \
  "id, name, state, message, sells, start_at, morning, spread_minutes, grace_minutes, "            \
  "held_share, subjects, test_share, test_minutes, goal, window_days, bounce_share, "              \
  "complaint_share, judged_from, due_at, fixed_at, test_until, undecided_at, winner, chosen, "     \
  "paused, why, ended_at, created_at, audience, left_out, held, waiting, sent, withheld, failed, " \
  "doubt, bounced, complained, rule"

/* The broadcast that the first argument names. Errors: NOT_FOUND. */
RungsBroadcast *rungs_broadcast_argument (RungsInvocation  *call,
                                          RungsDb          *db,
                                          GError          **error);

/* With how far it has got; NULL on error. */
JsonObject *rungs_broadcast_to_row (RungsDb               *db,
                                    const RungsBroadcast  *broadcast,
                                    GError               **error);

/* A group of its results. */
JsonObject *rungs_broadcast_figures_to_row (const RungsBroadcastFigures *figures);

/* Minutes after midnight as "9:00"; -1 is NULL. And back: -1 where it is none. */
char *rungs_minute_dup_text (int minute);
int rungs_minute_from_text (const char *text);

G_END_DECLS
