/* rungs-product-row.h: a rung of the ladder, with its figures and the offers that leave it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ladder-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PRODUCT_ROW (rungs_product_row_get_type ())

/* Its buttons activate "ladder.edit-product" (x: id), "ladder.add-offer" (x: from which product;
 * 0: from nothing), "ladder.edit-offer" (x) and "ladder.remove-offer" (x). */
G_DECLARE_FINAL_TYPE (RungsProductRow, rungs_product_row, RUNGS, PRODUCT_ROW, GtkWidget)

/* `product` NULL: the ground, from which the offers to leads who own nothing leave. */
GtkWidget *rungs_product_row_new (const RungsLadder  *ladder,
                                  const RungsProduct *product);

/* "next", "upsell", … in the user's words. */
const char *rungs_offer_kind_words (RungsOfferKind kind);

G_END_DECLS
