/* rungs-graph-preview.h: when a lead who enters now would come to a step, by the waits on the way
 * there, as the engine counts them. */

#pragma once

#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 at;         /* when; meaningless where it is not reached */
  gboolean reached;  /* whether a way leads there from the start */
  gboolean earliest; /* a wait for an event or a lead's date is on the way: it could be later */
  gboolean chosen;   /* ways part before: not every lead comes there */
} RungsGraphPreview;

/* By the way with the fewest steps. Which zone the lead has makes no difference to what its clock
 * shows then, but where a day is given in the business's zone. `graph` may be a draft. */
RungsGraphPreview rungs_graph_preview (RungsGraph *graph,
                                       const char *id,
                                       gint64      now,
                                       GTimeZone  *lead_zone,
                                       GTimeZone  *business_zone);

G_END_DECLS
