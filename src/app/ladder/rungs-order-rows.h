/* rungs-order-rows.h: orders as rows of a browser. */

#pragma once

#include "ladder/rungs-order-list-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsOrderQuery. */
const RungsBrowserSource *rungs_order_rows_get_source (void);

const RungsBrowserColumn *rungs_order_rows_get_columns (guint *n);

/* What the column of that id sorts by. */
RungsOrderSort rungs_order_rows_get_sort (const char *id);

/* Returns: (transfer full): "By hand", "Import", "WooCommerce", or "WooCommerce · North" of a shop
 * with a name. */
char *rungs_order_row_dup_origin (const RungsOrderRow *row);

G_END_DECLS
