/* rungs-order-dialog.h: enters an order of a lead. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Opens the form, as soon as the products have been read.
 * `product` is the one that is proposed; 0: any. */
void rungs_order_dialog_open (GtkWidget  *parent,
                              RungsStore *store,
                              gint64      lead,
                              gint64      product);

G_END_DECLS
