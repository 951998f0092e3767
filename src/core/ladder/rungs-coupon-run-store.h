/* rungs-coupon-run-store.h: coupons of the orders that an import brings. */

#pragma once

#include "ladder/rungs-coupon-use-store.h"
#include "leads/rungs-import-script.h"

G_BEGIN_DECLS

/* Counts what the staged orders carry (temp.order_stage): `uses` (out) how often a code that is a
 * coupon; `unknown` (out) (transfer full) (element-type RungsCouponUnknown) the codes that are
 * none. */
gboolean rungs_coupon_run_count (RungsDb    *db,
                                 gint64     *uses,
                                 GPtrArray **unknown,
                                 GError    **error);

/* Makes coupons of codes that are none, which go with the import where it is taken back before
 * anything was made of them. */
gboolean rungs_coupon_run_make (RungsDb    *db,
                                GPtrArray  *unknown,
                                gint64      run,
                                gint64      now,
                                GError    **error);

/* Has the orders of the import use their coupons, the oldest first, whatever speaks against it;
 * `against` (out): of how many something does. */
gboolean rungs_coupon_run_use (RungsImportScript  *script,
                               gint64             *against,
                               GError            **error);

G_END_DECLS
