/* rungs-segment-why.h: a button that asks for a lead and says why it is in the segment or not. */

#pragma once

#include <gtk/gtk.h>

#include "segments/rungs-segment-store.h"
#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEGMENT_WHY (rungs_segment_why_get_type ())

G_DECLARE_FINAL_TYPE (RungsSegmentWhy, rungs_segment_why, RUNGS, SEGMENT_WHY, GtkWidget)

void rungs_segment_why_set_fields (RungsSegmentWhy *self,
                                   RungsRuleFields *fields);

/* Of which segment it tells; of a fixed one there is nothing to tell, and the button is hidden. */
void rungs_segment_why_set_segment (RungsSegmentWhy    *self,
                                    const RungsSegment *segment);

/* Says it of that lead. */
void rungs_segment_why_tell (RungsSegmentWhy *self,
                             gint64           lead);

G_END_DECLS
