/* rungs-product-store.h: reads and writes products, and what bundles are made of. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-product.h"

G_BEGIN_DECLS

/* Returns: the id of the new product; 0 on error: INVALID (no SKU or name, a negative price, no
 * currency, a rate of more than everything), CONFLICT (the SKU is taken), NOT_FOUND (no such
 * message). */
gint64 rungs_product_add (RungsDb             *db,
                          const RungsProduct  *product,
                          gint64               now,
                          GError             **error);

/* Errors: NOT_FOUND. */
RungsProduct *rungs_product_load (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);

/* By SKU, whatever its case. Errors: NOT_FOUND. */
RungsProduct *rungs_product_load_by_sku (RungsDb     *db,
                                         const char  *sku,
                                         GError     **error);

/* Returns: (transfer full) (element-type RungsProduct): all, from the foot of the ladder up, those
 * beside it after them, retired ones last. */
GPtrArray *rungs_product_list (RungsDb  *db,
                               GError  **error);

/* Stores all but the instants. Orders keep the amounts they were placed with. Errors as
 * rungs_product_add(), and NOT_FOUND. */
gboolean rungs_product_save (RungsDb             *db,
                             const RungsProduct  *product,
                             GError             **error);

/* No longer offered or sold; who owns it still does. `at` 0: sold again. */
gboolean rungs_product_retire (RungsDb  *db,
                               gint64    product,
                               gint64    at,
                               GError  **error);

/* With the offers from and to it. Errors: CONFLICT where it was ordered, is part of a bundle, or a
 * sequence or message sells it, leads came by its sales letters, or a coupon is for it: retire it
 * instead. */
gboolean rungs_product_delete (RungsDb  *db,
                               gint64    product,
                               GError  **error);

/* Makes `bundle` hold exactly the `n` products `parts` (none: no bundle any more). What its owners
 * own changes with it. Errors: CONFLICT where a part holds the bundle, NOT_FOUND. */
gboolean rungs_product_set_parts (RungsDb       *db,
                                  gint64         bundle,
                                  const gint64  *parts,
                                  guint          n,
                                  GError       **error);

/* Returns: (transfer full) (element-type RungsProduct): what the bundle is made of, one level
 * down. */
GPtrArray *rungs_product_parts (RungsDb  *db,
                                gint64    bundle,
                                GError  **error);

/* Works out anew what owning each product means owning: for whoever changes bundles otherwise than
 * by rungs_product_set_parts(). */
gboolean rungs_product_hold_anew (RungsDb  *db,
                                  GError  **error);

G_END_DECLS
