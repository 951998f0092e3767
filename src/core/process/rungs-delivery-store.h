/* rungs-delivery-store.h: what is under way to be delivered. Private to process/. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-product.h"

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

/* Whether another download is called as the product is. */
gboolean rungs_delivery_is_name_shared (RungsDb             *db,
                                        const RungsProduct  *product,
                                        gboolean            *shared,
                                        GError             **error);

/* Whether an order's line was given back whole; a free one, whether it was given back at all. */
gboolean rungs_delivery_is_given_back (RungsDb   *db,
                                       gint64     line,
                                       gboolean  *back,
                                       GError   **error);

/* Takes back what was asked for by the delivery of an order's line and was not done yet: open tasks
 * go, planned messages are withheld. */
gboolean rungs_delivery_withdraw (RungsDb  *db,
                                  gint64    lead,
                                  gint64    line,
                                  gint64    now,
                                  GError  **error);

/* Asks anew for what was taken back so. */
gboolean rungs_delivery_ask_again (RungsDb  *db,
                                   gint64    lead,
                                   gint64    line,
                                   gint64    now,
                                   GError  **error);

G_END_DECLS
