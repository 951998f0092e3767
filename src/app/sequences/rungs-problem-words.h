/* rungs-problem-words.h: what is wrong with a sequence that is being written, for its owner. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

/* A sentence: what is to be done where that can be told, else what the core says. */
char *rungs_problem_words (const RungsGraphProblem *problem);

/* What the button says that mends it, with a mnemonic. NULL: there is none but the fields of the
 * inspector. */
const char *rungs_problem_remedy (const RungsGraphProblem *problem);

G_END_DECLS
