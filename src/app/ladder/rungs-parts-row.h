/* rungs-parts-row.h: what a product is a bundle of, to be checked in a list that opens. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_PARTS_ROW (rungs_parts_row_get_type ())

/**
 * RungsPartsRow::changed: the user checked a part, or took one out
 */
G_DECLARE_FINAL_TYPE (RungsPartsRow, rungs_parts_row, RUNGS, PARTS_ROW, AdwExpanderRow)

/* Shows the `products` (element-type RungsProduct) that are sold, but `product` itself, with those
 * checked whose ids `parts` (element-type gint64) holds. */
void rungs_parts_row_show (RungsPartsRow *self,
                           GPtrArray     *products,
                           gint64         product,
                           GArray        *parts);

/* Puts the ids of what is checked into `parts` (element-type gint64), in place of what is there. */
void rungs_parts_row_get (RungsPartsRow *self,
                          GArray        *parts);

G_END_DECLS
