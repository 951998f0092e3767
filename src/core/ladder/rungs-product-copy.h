/* rungs-product-copy.h: products as text that can be copied and pasted, also into another file. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-product.h"

G_BEGIN_DECLS

/* {"rungs": "products", "products": [{"sku": …, "name": …, "price": 4900, "currency": "EUR", …}]}:
 * what a product is, not what it sold. (element-type RungsProduct) */
char *rungs_product_copy (GPtrArray *products);

/* Adds the products that such a text tells of; one whose SKU is taken gets another one ("KIT-2").
 * In a write transaction. Errors: INVALID where it is no such text. */
gboolean rungs_product_paste (RungsDb     *db,
                              const char  *json,
                              gint64       now,
                              GError     **error);

/* "KIT", or where that is taken "KIT-2", "KIT-3", … */
char *rungs_product_free_sku (RungsDb     *db,
                              const char  *wanted,
                              GError     **error);

G_END_DECLS
