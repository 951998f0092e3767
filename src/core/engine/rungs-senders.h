/* rungs-senders.h: the mail accounts at work, each on a thread of its own, so that a server that is
 * slow or away holds up nobody but itself. Part of rungs-shift.c. */

#pragma once

#include "db/rungs-db.h"
#include "engine/rungs-engine.h"

G_BEGIN_DECLS

typedef struct _RungsSenders RungsSenders;

/* `ended` (nullable) is called on the thread of a sender that has ended. */
RungsSenders *rungs_senders_new (const char *path,
                                 RungsClock *clock,
                                 void (*ended) (gpointer data),
                                 gpointer    data);

/* Stops them, and waits for the messages under way. */
void rungs_senders_free (RungsSenders *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSenders, rungs_senders_free)

/* Counts what the senders did that have ended since the last call, and starts one for each account
 * that has something to send and may. `worked` becomes TRUE where one of them did something.
 * `next_at`: when the next account has, of those that are not at work. `db` is the shift's. Errors:
 * those of the file. */
gboolean rungs_senders_look (RungsSenders       *self,
                             RungsDb            *db,
                             RungsEngineReport  *report,
                             gboolean           *worked,
                             gint64             *next_at,
                             GError            **error);

gboolean rungs_senders_are_at_work (RungsSenders *self);

/* Waits until one has ended, or for `milliseconds`. */
void rungs_senders_wait (RungsSenders *self,
                         gint64        milliseconds);

/* Stops them after the messages under way; no sender is started any more. From any thread. */
void rungs_senders_stop (RungsSenders *self);

/* Stops them, waits for the messages under way, and counts what they did. */
gboolean rungs_senders_finish (RungsSenders       *self,
                               RungsEngineReport  *report,
                               GError            **error);

G_END_DECLS
