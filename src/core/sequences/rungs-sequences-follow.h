/* rungs-sequences-follow.h: what sequences do when something happens. How stands at the head of
 * rungs-sequences-follow.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Reads the timeline after the cursor "sequences", in the transaction that wrote it: an order ends
 * the walks that sell what is owned now, triggers enrol, goals end, events that were waited for
 * wake, and "no more" ends marketing. `now` is the time of the clock; an event may be dated before
 * it, the enrolments that it starts are due at `now`. */
gboolean rungs_sequences_follow (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

G_END_DECLS
