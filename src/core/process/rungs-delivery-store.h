/* rungs-delivery-store.h: what is under way to be delivered; for rungs-delivery-follow.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type gint64): the product itself, what it holds, and what that
 * holds, in the order of their rungs. */
GArray *rungs_delivery_products (RungsDb  *db,
                                 gint64    product,
                                 GError  **error);

/* The message of that name; 0: there is none. */
gboolean rungs_delivery_find_message (RungsDb     *db,
                                      const char  *name,
                                      gint64      *message,
                                      GError     **error);

/* Takes back what was asked for by the delivery of an order's line and was not done yet: open tasks
 * go, planned messages are withheld. */
gboolean rungs_delivery_withdraw (RungsDb  *db,
                                  gint64    lead,
                                  gint64    line,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
