/* rungs-product-field.h: picks a product of the ladder. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_FIELD (rungs_product_field_get_type ())

/**
 * RungsProductField::picked: the user picked a product
 * @sku: by which it is known
 */
G_DECLARE_FINAL_TYPE (RungsProductField, rungs_product_field, RUNGS, PRODUCT_FIELD, GtkWidget)

/* `store` may be NULL: then there is none to be picked. */
GtkWidget *rungs_product_field_new (RungsStore *store,
                                    const char *sku);

G_END_DECLS
