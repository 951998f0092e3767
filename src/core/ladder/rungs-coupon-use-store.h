/* rungs-coupon-use-store.h: orders that use coupons.
 *
 * An order that uses a coupon came from the coupon's source by its path. So it gets a touch of the
 * lead from there at the order's time, unless there is one already that is the same to the
 * millisecond: it counts as every other touch does, as the first one of the lead where none was
 * before. What the coupon says later changes nothing about orders that used it.
 *
 * Whoever enters an order is told why a coupon does not fit, and may enter it all the same. An
 * order that happened elsewhere is never refused: that it used a coupon which did not fit is
 * written down with the reason. An order that is given back whole gives its use back, and has it
 * again where the refund is taken back.
 */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "ladder/rungs-coupon-judge-store.h"

G_BEGIN_DECLS

/* Has an order of `lead` at `at` use the coupons of the checks, whatever the verdicts; codes that
 * are no coupons are passed over, as are those that it uses. Adds the touch and the events
 * touch.made and coupon.redeemed, both dated `at`; an import (`run` other than 0) makes no
 * touch.made. */
gboolean rungs_coupon_use (RungsDb    *db,
                           gint64      order,
                           gint64      lead,
                           gint64      at,
                           GPtrArray  *checks,
                           gint64      run,
                           GError    **error);

/* Has an order that is there use the coupon; its text gets the code. `anyway`: even where it does
 * not fit. Errors: NOT_FOUND; INVALID, why it does not fit; CONFLICT, it uses it already. */
gboolean rungs_coupon_redeem (RungsDb   *db,
                              gint64     coupon,
                              gint64     order,
                              gboolean   anyway,
                              GError   **error);

/* Takes that back, with the touch that it made and the code in the order's text; adds the event
 * coupon.undone. Errors: NOT_FOUND. */
gboolean rungs_coupon_release (RungsDb  *db,
                               gint64    coupon,
                               gint64    order,
                               gint64    now,
                               GError  **error);

/* Has all orders use the coupon that carry its code and do not; `count` (out): how many. */
gboolean rungs_coupon_adopt (RungsDb  *db,
                             gint64    coupon,
                             gint64   *count,
                             GError  **error);

/* Takes back all uses of the coupon, as rungs_coupon_release() does, but leaves the texts of the
 * orders as they are. */
gboolean rungs_coupon_release_all (RungsDb  *db,
                                   gint64    coupon,
                                   gint64    now,
                                   GError  **error);

/* That an order used a coupon. */
typedef struct
{
  gint64 order;
  gint64 coupon;
  gint64 lead;
  gint64 at;
  char *code;        /* (owned) */
  char *discount;    /* (owned) */
  char *lead_name;   /* (owned) or its address */
  RungsCouponVerdict against; /* what should have forbidden it */
  gboolean stands;   /* the order was not given back whole */
  RungsMoney paid;   /* for the order, less what was given back */
  gint64 source;     /* where the order came from; 0: the coupon did not tell */
  RungsSourceKind source_kind;
  char *source_name; /* (owned) "" */
  RungsPath path;
} RungsCouponUse;

void rungs_coupon_use_free (RungsCouponUse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponUse, rungs_coupon_use_free)

/* Returns: (transfer full) (element-type RungsCouponUse): of an order; of a lead, or of a coupon,
 * the newest `limit`, the newest first. */
GPtrArray *rungs_coupon_uses_of_order (RungsDb  *db,
                                       gint64    order,
                                       GError  **error);
GPtrArray *rungs_coupon_uses_of_lead (RungsDb  *db,
                                      gint64    lead,
                                      guint     limit,
                                      GError  **error);
GPtrArray *rungs_coupon_uses_of_coupon (RungsDb  *db,
                                        gint64    coupon,
                                        guint     limit,
                                        GError  **error);

/* A code that orders carry and that is no coupon. */
typedef struct
{
  char *code;     /* (owned) as the newest of them writes it */
  gint64 orders;
  gint64 last_at;
} RungsCouponUnknown;

void rungs_coupon_unknown_free (RungsCouponUnknown *self);

/* Returns: (transfer full) (element-type RungsCouponUnknown): those of `unknown` (key → code, which
 * are taken), the ones of most orders first. */
GPtrArray *rungs_coupon_unknown_sort (GHashTable *unknown);

/* Returns: (transfer full) (element-type RungsCouponUnknown): up to `limit`, the same way. */
GPtrArray *rungs_coupon_unknown_list (RungsDb  *db,
                                      guint     limit,
                                      GError  **error);

G_END_DECLS
