/* rungs-segment-members.h: the leads of a segment as rows of a browser. */

#pragma once

#include "leads/rungs-lead-list.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Returns: (transfer full): a query of the source below: those leads of the segment that `query`
 * finds, which is taken. */
gpointer rungs_segment_members_query_new (gint64          segment,
                                          RungsLeadQuery *query);

const RungsBrowserSource *rungs_segment_members_get_source (void);

G_END_DECLS
