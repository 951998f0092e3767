/* rungs-offer-words.h: what speaks for and against an offer, in the user's words. */

#pragma once

#include "ladder/rungs-next-offer.h"

G_BEGIN_DECLS

/* A reason for or against an offer, as the middle of a sentence about the lead. */
char *rungs_reason_words (const RungsReason *reason);

/* "3.1 %", of a share in millionths. */
char *rungs_conversion_words (gint64 millionths);

/* What an offer may be expected to bring: "€12.40: 3.1 % of €400.00, from 214 cases"; of what has
 * no margin how many take it: "57.2 % take it, from 2,000 cases". */
char *rungs_expectation_words (const RungsExpectation *expected);

/* The same after "expected margin", where there is one. */
char *rungs_expectation_sentence (const RungsExpectation *expected);

G_END_DECLS
