/* rungs-rehearsal-words.h: what happens in a rehearsal, in the user's words. */

#pragma once

#include "engine/rungs-rehearsal.h"

G_BEGIN_DECLS

/* Why the lead falls out, in a sentence. */
char *rungs_rehearsal_fall_words (const RungsRehearsalFall *fall);

/* What happens there, in a sentence. */
char *rungs_rehearsal_way_words (const RungsRehearsalWay *way);

G_END_DECLS
