/* rungs-message-words.h: what is wrong with a message, in words. */

#pragma once

#include "mail/rungs-message-check.h"
#include "rungs-row.h"

G_BEGIN_DECLS

/* A sentence. */
char *rungs_message_problem_dup_words (const RungsMessageProblem *problem);

/* {code, is_error, detail, words} */
JsonObject *rungs_message_problem_to_row (const RungsMessageProblem *problem);

/* The sentences of all (element-type RungsMessageProblem), or of the errors only, a line each. */
char *rungs_message_problems_dup_words (GPtrArray *problems,
                                        gboolean   errors_only);

G_END_DECLS
