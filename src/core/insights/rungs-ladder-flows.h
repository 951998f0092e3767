/* rungs-ladder-flows.h: counts what the arrows of the ladder map carry, lead by lead; for
 * rungs-ladder-figures.c. */

#pragma once

#include "insights/rungs-ladder-teller.h"
#include "insights/rungs-ladder-walk.h"

G_BEGIN_DECLS

typedef struct _RungsLadderFlows RungsLadderFlows;

/* `catalogue` outlives it, and may get to know further currencies meanwhile. */
RungsLadderFlows *rungs_ladder_flows_new (const RungsLadderCatalogue *catalogue);
void rungs_ladder_flows_free (RungsLadderFlows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderFlows, rungs_ladder_flows_free)

/* Adds the walk of one more lead, of whose lines it is told what each came to. FALSE where a sum of
 * money has become too large. */
gboolean rungs_ladder_flows_take (RungsLadderFlows      *self,
                                  const RungsLadderWalk *walk,
                                  const RungsLadderPaid *paid);

/* What came of the arrow between two places. */
RungsLadderFlow *rungs_ladder_flows_get (const RungsLadderFlows *self,
                                         guint                   from,
                                         guint                   to);

/* How many leads with a first touch by that path (RUNGS_LADDER_ANY_PATH: of all) came to the place
 * in the period. */
gint64 rungs_ladder_flows_count (const RungsLadderFlows *self,
                                 guint                   place,
                                 int                     path);

G_END_DECLS
