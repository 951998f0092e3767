/* rungs-coupon-rows.h: coupons as rows of a browser. */

#pragma once

#include "ladder/rungs-coupon-list-store.h"
#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* Its queries are RungsCouponQuery, its rows RungsCouponRow. */
const RungsBrowserSource *rungs_coupon_rows_get_source (void);

const RungsBrowserColumn *rungs_coupon_rows_get_columns (guint *n);

/* By the id of a column; by the code where that is NULL. */
RungsCouponSort rungs_coupon_rows_get_sort (const char *id);

G_END_DECLS
