/* rungs-order-shop-store.h: of which shop a file of orders is.
 *
 * Two shops of one seller count their orders each from 1 on. They are told apart by a name that a
 * person gives, in any case of its letters; '' is a shop without a name. Where nothing is said and
 * all files of the seller so far were of one shop, that one is meant; of several, it must be said.
 */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-order-shape.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type utf8): the shops of the seller of which orders were
 * imported, that of the last file first. */
GPtrArray *rungs_order_shop_list (RungsDb           *db,
                                  RungsOrderSeller   seller,
                                  GError           **error);

/* `wanted` (nullable) as one of `shops` is written, if it is one. Returns: (transfer full)
 * (nullable): NULL without an error where it must be said. Errors: INVALID, it is no name. */
char *rungs_order_shop_settle (GPtrArray   *shops,
                               const char  *wanted,
                               GError     **error);

/* Returns: (transfer full): all of them, for people. */
char *rungs_order_shop_words (GPtrArray *shops);

/* Returns: (transfer full): what stands between the seller and ":" in the number of an order, and
 * tells this shop from others: "" or "/north". */
char *rungs_order_shop_key (const char *shop);

G_END_DECLS
