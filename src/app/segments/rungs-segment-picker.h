/* rungs-segment-picker.h: puts leads into fixed segments, and takes them out. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Asks for the segment, or makes one, and puts these leads into it (element-type gint64; taken);
 * says so, and offers to undo it. */
void rungs_segment_put (RungsPage *page,
                        GArray    *leads);

/* The same with a segment that is known. */
void rungs_segment_put_into (RungsPage *page,
                             gint64     segment,
                             GArray    *leads);

/* Takes them out of it. */
void rungs_segment_take_out (RungsPage *page,
                             gint64     segment,
                             GArray    *leads);

G_END_DECLS
