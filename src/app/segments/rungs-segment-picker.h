/* rungs-segment-picker.h: asks into which fixed segment leads are to be put. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

typedef void (*RungsSegmentPickedFunc) (gint64   segment,
                                        gpointer data);

/* `picked` is called with `data`, a GObject that may be gone by then, once a segment is chosen or
 * made; not where the user cancels. */
void rungs_segment_pick (GtkWidget              *parent,
                         RungsStore             *store,
                         RungsSegmentPickedFunc  picked,
                         gpointer                data);

/* Ends what rungs_segment_work_add() or, where `added` is FALSE, rungs_segment_work_remove() began:
 * says how many leads were moved and offers to undo it, or why it could not be. */
void rungs_segment_moved (RungsPage    *page,
                          RungsStore   *store,
                          GAsyncResult *result,
                          gboolean      added);

G_END_DECLS
