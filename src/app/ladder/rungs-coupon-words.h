/* rungs-coupon-words.h: coupons in the user's words. */

#pragma once

#include "ladder/rungs-coupon-list-store.h"
#include "ladder/rungs-coupon.h"

G_BEGIN_DECLS

/* "by phone", "by post", … */
const char *rungs_coupon_how_words (RungsCouponHow how);

/* Returns: (transfer full): "Sue (joint venture) · direct"; "" where it tells of no source. */
char *rungs_coupon_source_words (gint64           source,
                                 RungsSourceKind  kind,
                                 const char      *name,
                                 RungsPath        path);

/* Returns: (transfer full): when it is valid, as people say days; "" where it always is. */
char *rungs_coupon_days_words (const RungsCoupon *coupon);

/* Returns: (transfer full): what it gives, where its orders come from, and what it is for, in one
 * line; never empty. */
char *rungs_coupon_meaning_words (const RungsCoupon *coupon);

/* "Good", "Over", "Used up", … */
const char *rungs_coupon_state_words (RungsCouponVerdict verdict);

/* Why a coupon was not meant for an order that used it; NULL where it was. */
const char *rungs_coupon_against_words (RungsCouponVerdict against);

G_END_DECLS
