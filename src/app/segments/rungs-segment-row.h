/* rungs-segment-row.h: a segment in the list at the left of its page. */

#pragma once

#include <gtk/gtk.h>

#include "segments/rungs-segment-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEGMENT_ROW (rungs_segment_row_get_type ())

/**
 * RungsSegmentRow::leads-dropped: leads were dropped on a fixed segment.
 * @leads: (element-type gint64): a GArray
 */
G_DECLARE_FINAL_TYPE (RungsSegmentRow, rungs_segment_row, RUNGS, SEGMENT_ROW, GtkListBoxRow)

GtkWidget *rungs_segment_row_new (gint64 id);

gint64 rungs_segment_row_get_id (RungsSegmentRow *self);

/* Shows what it has become; `words` is its rule in the user's words. */
void rungs_segment_row_set (RungsSegmentRow    *self,
                            const RungsSegment *segment,
                            const char         *words);

const char *rungs_segment_row_get_name (RungsSegmentRow *self);

/* How many are in it. */
void rungs_segment_row_set_count (RungsSegmentRow *self,
                                  gint64           count);

G_END_DECLS
