/* rungs-order-refund.h: gives money back on an order, or on a line of it. */

#pragma once

#include "rungs-orders-load.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form; `line` is the one that is proposed, 0: all. When it is stored, `page` offers to
 * take it back. */
void rungs_order_refund_open (RungsPage                *page,
                              const RungsOrderDetails  *details,
                              gint64                    line);

G_END_DECLS
