/* rungs-coupon-dialog.h: makes or changes a coupon. */

#pragma once

#include "ladder/rungs-coupon.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over the page; `coupon` is what it is now, or what a new one is to begin with (its id
 * 0). It is copied. What was stored can be undone on the page. */
void rungs_coupon_dialog_open (RungsPage         *page,
                               const RungsCoupon *coupon);

/* Accepts the coupon no longer, or again; that can be undone on the page. */
void rungs_coupon_retire_or_not (RungsPage         *page,
                                 const RungsCoupon *coupon);

G_END_DECLS
