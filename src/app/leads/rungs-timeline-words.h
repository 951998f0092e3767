/* rungs-timeline-words.h: what happened to a lead, in the user's words. */

#pragma once

#include "leads/rungs-event.h"

G_BEGIN_DECLS

/* Returns: a sentence without its full stop: "Ordered Starter Kit for €49.00". `name` (nullable) is
 * what `ref` of the event is called, where the event itself does not say: a field's label, a
 * sequence's name. */
char *rungs_timeline_words (const RungsEvent *event,
                            const char       *name);

/* The symbolic icon of that kind of event. */
const char *rungs_timeline_icon (const char *kind);

/* How an enrolment ended: "bought", "reached the goal", …; NULL: "in it now". */
const char *rungs_outcome_words (const char *outcome);

G_END_DECLS
