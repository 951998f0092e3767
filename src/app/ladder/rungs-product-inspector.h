/* rungs-product-inspector.h: all that is said of a product, edited where it stands. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_INSPECTOR (rungs_product_inspector_get_type ())

/* A field is stored when it is left, or Enter is pressed in it; a choice and a number soon after it
 * is made. It has a scrolled window of its own, and needs 320 pixels.
 *
 * RungsProductInspector::loaded: the product, or what is said of it, was read: it is another one
 *   now, has another name, … */
G_DECLARE_FINAL_TYPE (RungsProductInspector, rungs_product_inspector, RUNGS, PRODUCT_INSPECTOR,
                      GtkWidget)

/* `writer` says where the product is, and keeps what can be undone. */
RungsProductInspector *rungs_product_inspector_new (RungsLadderWriter *writer);

/* Shows another product; 0: none. What was being entered of the one before is stored. */
void rungs_product_inspector_set_product (RungsProductInspector *self,
                                          gint64                 product);
gint64 rungs_product_inspector_get_product (RungsProductInspector *self);

/* The name of the product as it was read; "" while there is none. */
const char *rungs_product_inspector_get_name (RungsProductInspector *self);

/* Reads it anew: the file has changed. A field that is being edited stays as it is. */
void rungs_product_inspector_refresh (RungsProductInspector *self);

/* Moves the focus into the name, which is selected. */
void rungs_product_inspector_rename (RungsProductInspector *self);

/* Where the ways in are shown, between the sales letters and the bundle. An empty, hidden box. */
GtkBox *rungs_product_inspector_get_ways (RungsProductInspector *self);

G_END_DECLS
