/* rungs-coupon-detail.h: all that is known of one coupon, and what can be done with it. */

#pragma once

#include <gtk/gtk.h>

#include "ladder/rungs-coupon-list-store.h"

G_BEGIN_DECLS

/* What is shown of a coupon. */
typedef struct
{
  RungsCouponRow *row; /* (owned) */
  GPtrArray *given;    /* (owned) (element-type RungsCouponGiven): the newest */
  GPtrArray *uses;     /* (owned) (element-type RungsCouponUse): the newest */
} RungsCouponDetails;

void rungs_coupon_details_free (RungsCouponDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponDetails, rungs_coupon_details_free)

/* A RungsStoreFunc: `data` is a gint64 *, the id. Returns: a RungsCouponDetails. */
gpointer rungs_coupon_details_load (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

#define RUNGS_TYPE_COUPON_DETAIL (rungs_coupon_detail_get_type ())

/* Its buttons are the actions coupons.edit, coupons.retire and coupons.show-lead, with the id of a
 * lead. */
G_DECLARE_FINAL_TYPE (RungsCouponDetail, rungs_coupon_detail, RUNGS, COUPON_DETAIL, GtkWidget)

void rungs_coupon_detail_show (RungsCouponDetail         *self,
                               const RungsCouponDetails  *details);

G_END_DECLS
