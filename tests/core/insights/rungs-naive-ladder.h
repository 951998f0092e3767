/* rungs-naive-ladder.h: the figures of the ladder map, counted as their definitions read: lead by
 * lead, each with questions of its own. */

#pragma once

#include "insights/rungs-ladder-figures.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

/* When somebody came somewhere; G_MAXINT64: never. */
gint64 rungs_naive_came (RungsFixture     *self,
                         gint64            lead,
                         RungsLadderPlace  place,
                         gint64            now);

/* The places of the file, sources and kinds also by each path. Returns: (transfer full)
 * (element-type RungsLadderPlace). */
GArray *rungs_naive_places (RungsFixture *self);

/* Puts what is booked as expense into a table of its own, naive_cost: source, currency, at,
 * amount. */
void rungs_naive_find_costs (RungsFixture *self);

/* Holds figures of the question against naive counting of what stands in the file now, and of the
 * costs that were found last. */
void rungs_naive_compare_figures (RungsFixture              *self,
                                  const RungsLadderQuestion *question,
                                  RungsLadderFigures        *figures);

/* Holds every figure of the question against naive counting. */
void rungs_naive_compare (RungsFixture              *self,
                          const RungsLadderQuestion *question);

G_END_DECLS
