/* rungs-order-detail.h: all that is known of one order, and what can be done with it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-orders-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_DETAIL (rungs_order_detail_get_type ())

/* Its buttons are the actions orders.show-lead and orders.refund, with the id of a line, or 0:
 * all. */
G_DECLARE_FINAL_TYPE (RungsOrderDetail, rungs_order_detail, RUNGS, ORDER_DETAIL, GtkWidget)

void rungs_order_detail_show (RungsOrderDetail         *self,
                              const RungsOrderDetails  *details);

G_END_DECLS
