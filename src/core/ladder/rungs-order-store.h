/* rungs-order-store.h: places orders and gives money back. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-order.h"

G_BEGIN_DECLS

/* Places an order: fills in the amounts that are RUNGS_AMOUNT_DEFAULT and the currency, says until
 * when a subscription is paid (rungs-subscription-store.h), uses its coupons
 * (rungs-coupon-use-store.h), and adds the event order.placed, dated `order->at`, and
 * order.renewed where it goes on with a subscription. Returns: the id; 0 on error: INVALID (no
 * lines, a quantity below 1, a default amount in another currency, a sum that is too large, a tax
 * above the amount, a discount above the price; a
 * coupon does not fit, unless it is placed anyway), NOT_FOUND (no such lead or product), CONFLICT
 * (the shop's number is known). */
gint64 rungs_order_add (RungsDb           *db,
                        const RungsOrder  *order,
                        gint64             now,
                        GError           **error);

/* With its lines. Errors: NOT_FOUND. */
RungsOrder *rungs_order_load (RungsDb  *db,
                              gint64    id,
                              GError  **error);

/* Returns: (transfer full) (element-type RungsOrder): those of a lead, the newest first. */
GPtrArray *rungs_order_list_of_lead (RungsDb  *db,
                                     gint64    lead,
                                     GError  **error);

/* Returns: (transfer full) (element-type RungsOrder): of all leads, the newest `limit`. */
GPtrArray *rungs_order_list (RungsDb  *db,
                             guint     limit,
                             GError  **error);

/* Gives back `amount` minor units (RUNGS_AMOUNT_DEFAULT: all that is left) of an order, or of its
 * line `line` (0: of all lines, split in proportion to what is left of each, by largest
 * remainder). A line that is refunded whole is owned no more; of an order refunded whole, free
 * lines neither. Adds the event order.refunded, dated `at`. Returns: the id of the refund; 0 on
 * error: NOT_FOUND, INVALID (more than is left, or nothing to give back). */
gint64 rungs_refund_add (RungsDb     *db,
                         gint64       order,
                         gint64       line,
                         gint64       amount,
                         const char  *reason,
                         gint64       at,
                         gint64       now,
                         GError     **error);

/* The same of a whole order, by an import; `external` (nullable) is the number that the refund has
 * at the payment service. Errors: also CONFLICT, that number is known. */
gint64 rungs_refund_add_of_run (RungsDb     *db,
                                gint64       order,
                                gint64       amount,
                                const char  *reason,
                                gint64       at,
                                const char  *external,
                                gint64       run,
                                gint64       now,
                                GError     **error);

/* Takes a refund back that was entered by mistake, with its event; the points that it gave go with
 * it. Adds the event order.unrefunded. Errors: NOT_FOUND; CONFLICT where an import brought it: take
 * that back instead. */
gboolean rungs_refund_undo (RungsDb  *db,
                            gint64    refund,
                            gint64    now,
                            GError  **error);

/* Returns: (transfer full) (element-type RungsRefund): those of an order, the oldest first. */
GPtrArray *rungs_refund_list (RungsDb  *db,
                              gint64    order,
                              GError  **error);

G_END_DECLS
