/* rungs-coupon-judge-store.h: whether an order may use a coupon, and why not.
 *
 * Limits are held against what has used the coupon so far, in the order in which it became known
 * here. A coupon is for a product as it is sold: a bundle that holds the product is another. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-coupon.h"
#include "ladder/rungs-order.h"

G_BEGIN_DECLS

/* An order that uses coupons, or is to. */
typedef struct
{
  gint64 lead;      /* 0: nobody who is known */
  gint64 at;
  GArray *products; /* (unowned) (nullable) (element-type gint64) that are ordered; NULL: it is not
                       said */
  gint64 order;     /* whose own uses do not count; 0: it is not there yet */
} RungsCouponQuestion;

/* Sets the verdict of a check that has its coupon, or NULL where there is none. */
gboolean rungs_coupon_judge (RungsDb                    *db,
                             const RungsCouponQuestion  *question,
                             RungsCouponCheck           *check,
                             GError                    **error);

/* Returns: (transfer full) (element-type RungsCouponCheck): one for each code of `text`, in its
 * order; empty where it has none. */
GPtrArray *rungs_coupon_check_text (RungsDb                    *db,
                                    const RungsCouponQuestion  *question,
                                    const char                 *text,
                                    GError                    **error);

/* The same for the codes of an order, by its lines. */
GPtrArray *rungs_coupon_check_order (RungsDb           *db,
                                     const RungsOrder  *order,
                                     GError           **error);

/* Returns: (transfer full): the codes of the checks, as their coupons write them, parted by
 * commas. */
char *rungs_coupon_checks_dup_codes (GPtrArray *checks);

/* Sets INVALID with the reason of the first check that does not fit. Returns: whether all do. */
gboolean rungs_coupon_checks_fit (GPtrArray  *checks,
                                  GError    **error);

G_END_DECLS
