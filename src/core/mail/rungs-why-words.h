/* rungs-why-words.h: checks and what they say, in the user's words. */

#pragma once

#include "mail/rungs-outbox-why-store.h"

G_BEGIN_DECLS

/* What is asked: "Consent", "Mail account"; the name itself where it is none of ours. */
const char *rungs_why_check_words (const char *check);

/* Why it says no, in a few words that follow what is asked: "the lead has not agreed to it";
 * `reason` NULL: that it says yes. */
const char *rungs_why_reason_words (const char *reason);

/* What a line answers, with what is said beside it. */
char *rungs_why_line_dup_words (const RungsWhyLine *line);

G_END_DECLS
