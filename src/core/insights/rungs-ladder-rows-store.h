/* rungs-ladder-rows-store.h: what leads did on the ladder, as the tables have it, lead by lead; for
 * rungs-ladder-history-store.c and its neighbours. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-ladder-deeds.h"

G_BEGIN_DECLS

typedef struct _RungsLadderRows RungsLadderRows;

/* Reads all rows of the leads with ids from `first` to `last` into memory: those of some thousand
 * leads. */
RungsLadderRows *rungs_ladder_rows_load (RungsDb  *db,
                                         gint64    first,
                                         gint64    last,
                                         GError  **error);

/* The same of all leads: much faster than the above where they are many. */
RungsLadderRows *rungs_ladder_rows_load_all (RungsDb  *db,
                                             GError  **error);

void rungs_ladder_rows_free (RungsLadderRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderRows, rungs_ladder_rows_free)

/* Fills in the next lead who did anything, in the order of ids; FALSE after the last. */
gboolean rungs_ladder_rows_next (RungsLadderRows  *self,
                                 RungsLadderDeeds *deeds);

G_END_DECLS
