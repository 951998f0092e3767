/* rungs-orders-view.h: the orders of all leads. */

#pragma once

#include "rungs-ladder-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDERS_VIEW (rungs_orders_view_get_type ())

/* Targets: "order:ID" selects that order. */
G_DECLARE_FINAL_TYPE (RungsOrdersView, rungs_orders_view, RUNGS, ORDERS_VIEW, GtkWidget)

G_END_DECLS
