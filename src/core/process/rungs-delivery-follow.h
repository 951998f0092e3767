/* rungs-delivery-follow.h: what happens after an order: its products are delivered. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Reads the orders and refunds after its cursor; how it delivers stands at the head of
 * rungs-delivery-follow.c. In a write transaction. */
gboolean rungs_deliveries_follow (RungsDb  *db,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
