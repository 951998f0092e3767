/* rungs-broadcast-words.h: broadcasts in the user's words. */

#pragma once

#include "insights/rungs-broadcast-results-store.h"
#include "mail/rungs-broadcast-check.h"

G_BEGIN_DECLS

/* "Draft", "Sending", … */
const char *rungs_broadcast_state_words (const RungsBroadcast *broadcast);

/* A style class for it, or NULL. */
const char *rungs_broadcast_state_style (const RungsBroadcast *broadcast);

/* When it leaves, in one sentence. */
char *rungs_broadcast_when_words (const RungsBroadcast *broadcast);

/* "Everybody who got it", "Subject 1: …". */
char *rungs_broadcast_group_words (const RungsBroadcastFigures *figures);

/* The same in a word or two, without the subject: "Subject 1", "The rest". */
const char *rungs_broadcast_part_words (const RungsBroadcastFigures *figures);

/* "3.2 % (1.8 to 5.4 %)". */
char *rungs_broadcast_share_words (gint64         hits,
                                   gint64         n,
                                   RungsInterval  interval);

/* What was found, in a sentence that says what to do. */
char *rungs_finding_dup_words (const RungsFinding *finding);

/* The symbol before it, and a style class, or NULL. */
const char *rungs_finding_get_icon (const RungsFinding *finding);
const char *rungs_finding_get_style (const RungsFinding *finding);

G_END_DECLS
