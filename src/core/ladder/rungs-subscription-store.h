/* rungs-subscription-store.h: until when subscriptions are paid.
 *
 * A payment extends a subscription by quantity times its period of calendar months in the
 * business's zone, from when it is made, or from when the payments before it end, whichever is
 * later. Payments made later, but entered before, do not count. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Until when the payments of a lead for the product that were made up to `at` and are not given
 * back whole reach; 0: there are none. */
gboolean rungs_subscription_paid_until (RungsDb  *db,
                                        gint64    lead,
                                        gint64    product,
                                        gint64    at,
                                        gint64   *until,
                                        GError  **error);

/* `until` (out): when a payment made at `at` ends, that follows one that ends at `paid` (0: none).
 * Errors: INVALID, more than 100 years, or after the year 9999. */
gboolean rungs_subscription_extend (GTimeZone  *zone,
                                    gint64      at,
                                    gint64      paid,
                                    gint64      period_months,
                                    gint64      quantity,
                                    gint64     *until,
                                    GError    **error);

/* Dates the lines for subscriptions of the orders of an import that are not dated yet, each lead's
 * by the time of their orders. In a write transaction. */
gboolean rungs_subscription_date_run (RungsDb  *db,
                                      gint64    run,
                                      GError  **error);

/* Tells of subscriptions that lapsed by `now`: adds the event subscription.lapsed, dated when it
 * did, for each product of a lead whose last payment reaches no further, days of grace included,
 * as things stood at that time. What the time between brought is found by an index of what is paid
 * until when, and each line is looked at once; up to `limit` of them. `looked` (out): how many. In
 * a write transaction. */
gboolean rungs_subscriptions_turn (RungsDb  *db,
                                   gint64    now,
                                   guint     limit,
                                   guint    *looked,
                                   GError  **error);

/* When the next one may lapse; G_MAXINT64: none. */
gboolean rungs_subscriptions_next_turn (RungsDb  *db,
                                        gint64   *at,
                                        GError  **error);

G_END_DECLS
