/* rungs-reply-store.h: walks stand still while a reply waits for an answer, and go on after it. */

#pragma once

#include "sequences/rungs-hit-store.h"

G_BEGIN_DECLS

/* Lets the walk stand still because of that event. The newest reply counts: to that a person
 * answers last. */
gboolean rungs_walk_hold (RungsDb               *db,
                          const RungsConcerned  *concerned,
                          gint64                 now,
                          GError               **error);

/* Lets those walks go on whose reply's task was done in the stretch. What was due meanwhile is due
 * now. */
gboolean rungs_walks_release (RungsDb             *db,
                              const RungsStretch  *stretch,
                              gint64               now,
                              GError             **error);

G_END_DECLS
