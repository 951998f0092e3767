/* rungs-ladder-history-store.h: what all leads did on the ladder, lead by lead, as a question asks
 * for it; for rungs-ladder-figures.c and its neighbours. */

#pragma once

#include "insights/rungs-ladder-catalogue-store.h"
#include "insights/rungs-ladder-deeds.h"
#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

typedef struct _RungsLadderHistory RungsLadderHistory;

/* All that happened until the question's now, of the leads it is about; whatever its period. The
 * catalogue gets to know currencies while it is read. What is lent must outlive it. */
RungsLadderHistory *rungs_ladder_history_new (RungsDb                    *db,
                                              const RungsLadderQuestion  *question,
                                              RungsLadderCatalogue       *catalogue,
                                              GError                    **error);
void rungs_ladder_history_free (RungsLadderHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderHistory, rungs_ladder_history_free)

/* Fills in the next lead who did anything, in the order of ids. FALSE after the last, and where
 * reading failed: then rungs_ladder_history_done() says so. */
gboolean rungs_ladder_history_next (RungsLadderHistory  *self,
                                    RungsLadderDeeds    *deeds,
                                    GError             **error);

/* At the end of a loop: whether it ended because there were no more leads. */
gboolean rungs_ladder_history_done (const RungsLadderHistory *self);

/* When the first of all orders was; G_MAXINT64 where there is none. */
gboolean rungs_ladder_history_first_sale (RungsDb  *db,
                                          gint64   *at,
                                          GError  **error);

G_END_DECLS
