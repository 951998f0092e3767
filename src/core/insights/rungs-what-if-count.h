/* rungs-what-if-count.h: counts what leads did, lead by lead; for rungs-what-if-basis.c. */

#pragma once

#include "insights/rungs-ladder-history-store.h"
#include "insights/rungs-what-if-basis.h"

G_BEGIN_DECLS

/* Counts all of `history` into `basis`, which has its sources, products, carries and period, and
 * the arrows that stand; entries and other arrows are added as they are met. Errors: INVALID where
 * amounts are too large to be added up. */
gboolean rungs_what_if_count (RungsWhatIfBasis            *basis,
                              const RungsLadderCatalogue  *catalogue,
                              RungsLadderHistory          *history,
                              GError                     **error);

G_END_DECLS
