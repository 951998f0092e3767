/* rungs-segments-page.h: the segments, and who is in the one that is selected. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEGMENTS_PAGE (rungs_segments_page_get_type ())

/* Targets: "segment:ID". */
G_DECLARE_FINAL_TYPE (RungsSegmentsPage, rungs_segments_page, RUNGS, SEGMENTS_PAGE, RungsPage)

G_END_DECLS
