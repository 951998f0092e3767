/* rungs-order-shop-group.h: of which of a seller's shops a file of orders is. */

#pragma once

#include <adwaita.h>

#include "ladder/rungs-order-import.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_SHOP_GROUP (rungs_order_shop_group_get_type ())

/**
 * RungsOrderShopGroup::changed: the user chose another shop.
 */
G_DECLARE_FINAL_TYPE (RungsOrderShopGroup, rungs_order_shop_group, RUNGS, ORDER_SHOP_GROUP,
                      AdwPreferencesGroup)

/* Shows which shop the file was read as, among those that are known. */
void rungs_order_shop_group_show (RungsOrderShopGroup          *self,
                                  const RungsOrderImportResult *result);

/* Returns: (transfer none) (nullable): the shop that the user chose; NULL: none was chosen yet. */
const char *rungs_order_shop_group_get_shop (RungsOrderShopGroup *self);

G_END_DECLS
