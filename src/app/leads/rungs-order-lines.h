/* rungs-order-lines.h: what is ordered: the products, how many of each, and what was paid. */

#pragma once

#include <adwaita.h>

#include "ladder/rungs-order.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_LINES (rungs_order_lines_get_type ())

/**
 * RungsOrderLines::activated: Enter was pressed in a field
 * RungsOrderLines::changed: other products are ordered
 */
G_DECLARE_FINAL_TYPE (RungsOrderLines, rungs_order_lines, RUNGS, ORDER_LINES, GtkWidget)

/* With one line, of the product with the id `proposed` or another one; `products` (element-type
 * RungsProduct) are those that can be ordered, at least one. */
GtkWidget *rungs_order_lines_new (GPtrArray *products,
                                  gint64     proposed);

/* In which currency all of it was paid; "": each product in that of its price. What was paid in
 * another one than the price has to be typed. */
void rungs_order_lines_set_currency (RungsOrderLines *self,
                                     const char      *currency);

/* Marks the amounts that cannot be read. Returns: (transfer full) (nullable) (element-type
 * RungsOrder): an order of the lead for each currency; NULL where an amount is marked. */
GPtrArray *rungs_order_lines_read (RungsOrderLines *self,
                                   gint64           lead,
                                   gint64           at,
                                   const char      *coupon);

/* Returns: (transfer full) (element-type gint64): the products of the lines. */
GArray *rungs_order_lines_list_products (RungsOrderLines *self);

/* One line more, and the focus there. */
void rungs_order_lines_add (RungsOrderLines *self);

/* The field of the first amount: what is wrong with the order as a whole is said there. */
AdwEntryRow *rungs_order_lines_get_amount (RungsOrderLines *self);

G_END_DECLS
