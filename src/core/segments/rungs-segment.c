/* rungs-segment.c: what a segment is in memory. */

#include "segments/rungs-segment-store.h"

const char *
rungs_segment_kind_to_text (RungsSegmentKind kind)
{
  return kind == RUNGS_SEGMENT_FIXED ? "fixed" : "live";
}

void
rungs_segment_free (RungsSegment *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->description);
  g_free (self->rule);
  g_free (self);
}
