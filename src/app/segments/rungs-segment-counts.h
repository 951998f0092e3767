/* rungs-segment-counts.h: counts the leads of live segments. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEGMENT_COUNTS (rungs_segment_counts_get_type ())

/**
 * RungsSegmentCounts::counted:
 * @segment: the id of a segment
 * @count: how many leads are in it
 */
G_DECLARE_FINAL_TYPE (RungsSegmentCounts, rungs_segment_counts, RUNGS, SEGMENT_COUNTS, GObject)

RungsSegmentCounts *rungs_segment_counts_new (RungsStore *store);

/* Begins anew with the live ones of `segments` (element-type RungsSegment). */
void rungs_segment_counts_start (RungsSegmentCounts *self,
                                 GPtrArray          *segments);

/* Nothing is told any more. */
void rungs_segment_counts_stop (RungsSegmentCounts *self);

G_END_DECLS
