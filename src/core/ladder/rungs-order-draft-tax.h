/* rungs-order-draft-tax.h: what of the lines of a file is tax, and what was taken off before: for
 * rungs-order-draft-read.c. */

#pragma once

#include "ladder/rungs-order-cells.h"

G_BEGIN_DECLS

/* What the row says of its line's tax. The line has its amount, as the file says it. */
void rungs_order_draft_read_tax (RungsOrderDraft     *draft,
                                 RungsOrderCells     *cells,
                                 RungsOrderDraftLine *line);

/* When all lines are read, and sum up to the goods: shares what is said of the whole order, and
 * adds the tax where it is not in the amounts. The head's row must be set. */
void rungs_order_draft_settle_tax (RungsOrderDraft *draft,
                                   RungsOrderCells *cells);

G_END_DECLS
