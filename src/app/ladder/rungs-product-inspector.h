/* rungs-product-inspector.h: all that is said of a product, edited where it stands. */

#pragma once

#include "rungs-inspector.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_INSPECTOR (rungs_product_inspector_get_type ())

G_DECLARE_FINAL_TYPE (RungsProductInspector, rungs_product_inspector, RUNGS, PRODUCT_INSPECTOR,
                      RungsInspector)

RungsProductInspector *rungs_product_inspector_new (RungsLadderWriter *writer);

/* Moves the focus into the name, which is selected. */
void rungs_product_inspector_rename (RungsProductInspector *self);

/* Where the ways in are shown, between the sales letters and the bundle. An empty, hidden box. */
GtkBox *rungs_product_inspector_get_ways (RungsProductInspector *self);

G_END_DECLS
