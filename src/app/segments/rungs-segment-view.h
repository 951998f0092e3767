/* rungs-segment-view.h: the segment that is selected: who is in it, its rule, who came and went. */

#pragma once

#include <gtk/gtk.h>

#include "segments/rungs-segment-store.h"
#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEGMENT_VIEW (rungs_segment_view_get_type ())

/**
 * RungsSegmentView::counted: it is known how many are in the segment
 * @count: how many
 *
 * RungsSegmentView::selected: other leads are selected
 * @n: how many
 *
 * RungsSegmentView::saved: the rule was saved
 * @before: the RungsSegmentWork that sets it as it was; the handler takes it
 */
G_DECLARE_FINAL_TYPE (RungsSegmentView, rungs_segment_view, RUNGS, SEGMENT_VIEW, GtkWidget)

void rungs_segment_view_set_fields (RungsSegmentView *self,
                                    RungsRuleFields  *fields);

/* Shows it; what was changed in the rule of the one before and not saved is kept until it is shown
 * again. NULL: none. The same one again: it may have changed. */
void rungs_segment_view_set_segment (RungsSegmentView   *self,
                                     const RungsSegment *segment);

/* Leads may have changed. */
void rungs_segment_view_refresh (RungsSegmentView *self);

/* Shows the rule, and moves the keys into it. */
void rungs_segment_view_edit (RungsSegmentView *self);

/* Returns: (transfer full) (element-type gint64): the leads that are selected. */
GArray *rungs_segment_view_get_selected (RungsSegmentView *self);

/* Whether the segment has a rule that was changed and is not saved. */
gboolean rungs_segment_view_is_unsaved (RungsSegmentView *self,
                                        gint64            segment);

G_END_DECLS
