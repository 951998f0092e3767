/* rungs-lead-match-store.h: which leads a query finds, in no order. */

#pragma once

#include "db/rungs-db.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-list.h"

G_BEGIN_DECLS

/* What `query` finds, whatever its order and limit. `set` (out) (transfer full) (nullable): NULL
 * where it asks for every lead. */
gboolean rungs_lead_match_find (RungsDb               *db,
                                const RungsLeadQuery  *query,
                                RungsLeadSet         **set,
                                GError               **error);

/* The leads that a bound question names. */
RungsLeadSet *rungs_lead_match_read (RungsDb         *db,
                                     RungsStatement  *query,
                                     GError         **error);

G_END_DECLS
