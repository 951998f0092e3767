/* rungs-order-draft-read.h: what a row of a file says of an order. */

#pragma once

#include "ladder/rungs-order-cells.h"

G_BEGIN_DECLS

/* Reads what the first row of an order says of all of it. */
void rungs_order_draft_read_head (RungsOrderDraft *draft,
                                  RungsOrderCells *cells);

/* Adds the line, or the lines, of a row. */
void rungs_order_draft_read_lines (RungsOrderDraft *draft,
                                   RungsOrderCells *cells);

/* When all rows are read: what was paid for each line, and what was given back. The head's row must
 * be set again. */
void rungs_order_draft_finish (RungsOrderDraft *draft,
                               RungsOrderCells *cells);

G_END_DECLS
