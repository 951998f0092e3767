/* rungs-segment-overlap.h: how two or three segments lie over each other. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Opens a window that compares the segment of that id with one or two others of `segments`
 * (element-type RungsSegment). */
void rungs_segment_overlap_open (GtkWidget  *parent,
                                 RungsStore *store,
                                 GPtrArray  *segments,
                                 gint64      segment);

G_END_DECLS
