/* rungs-lead-glance-store.h: the first leads that have a word which many leads have. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-lead-list.h"

G_BEGIN_DECLS

/* The first `query->limit` leads (above 0) that `query` finds, in the order of `all`: a list of
 * every lead by the same column (either direction). A few milliseconds, however many are found in
 * the end. `list` (out) (transfer full) (nullable): NULL where nothing is searched for, or where
 * what is searched for is seldom enough for rungs_lead_list_load() to be as quick. */
gboolean rungs_lead_glance (RungsDb               *db,
                            const RungsLeadQuery  *query,
                            RungsLeadList         *all,
                            RungsLeadList        **list,
                            GError               **error);

G_END_DECLS
