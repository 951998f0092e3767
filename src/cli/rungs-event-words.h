/* rungs-event-words.h: a row of a timeline. */

#pragma once

#include "leads/rungs-event.h"
#include "rungs-row.h"

G_BEGIN_DECLS

/* The event: "detail" is what the file holds, JSON where the kind says so; "words" is what
 * people read. */
JsonObject *rungs_event_to_row (const RungsEvent *event);

G_END_DECLS
