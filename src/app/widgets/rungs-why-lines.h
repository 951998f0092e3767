/* rungs-why-lines.h: the checks of a message or a sequence, in a popover. */

#pragma once

#include "mail/rungs-outbox-why-store.h"
#include "widgets/rungs-why-popover.h"

G_BEGIN_DECLS

/* Shows `decision`, and under it the lines (element-type RungsWhyLine), in the place of what is
 * there. */
void rungs_why_lines_show (RungsWhyPopover *popover,
                           const char      *decision,
                           GArray          *lines);

G_END_DECLS
