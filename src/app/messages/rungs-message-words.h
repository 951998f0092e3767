/* rungs-message-words.h: what is wrong with a message, in the user's words. */

#pragma once

#include "mail/rungs-message-check.h"

G_BEGIN_DECLS

/* One sentence that says what to do. */
char *rungs_message_problem_words (const RungsMessageProblem *problem);

/* "Marketing" or "Transactional". */
const char *rungs_message_kind_words (gboolean marketing);

G_END_DECLS
