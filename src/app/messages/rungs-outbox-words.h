/* rungs-outbox-words.h: what became of a message, in the user's words. */

#pragma once

#include "mail/rungs-outbox.h"

G_BEGIN_DECLS

/* "Planned", "In doubt", … */
const char *rungs_outbox_state_words (RungsOutboxState state);

/* A style class for the state, or NULL. */
const char *rungs_outbox_state_style (RungsOutboxState state);

/* A few words for `reason`; "" where there is none. */
const char *rungs_outbox_reason_words (const char *reason);

/* What the state of that message means and why it came to it, in a sentence or two. */
char *rungs_outbox_row_words (const RungsOutboxRow *row);

G_END_DECLS
