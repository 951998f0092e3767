/* rungs-offer-reason.h: what speaks for and against an offer, in words. */

#pragma once

#include "ladder/rungs-next-offer.h"

G_BEGIN_DECLS

/* What people read of a reason. */
char *rungs_offer_reason_to_words (const RungsReason *reason,
                                   GTimeZone         *zone);

/* "12.40 EUR: 3.1 % of 400.00 EUR, from 214 cases"; of what has no margin "57.2 % take it, from
 * 2000 cases". */
char *rungs_offer_expectation_to_words (const RungsExpectation *expected);

G_END_DECLS
