/* rungs-ladder-change-store.h: changes of the ladder that concern more than one row. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Puts a product onto a rung, 1 at the foot; 0: beside the ladder. With `between` it gets a rung of
 * its own there, and what stood on that rung and above moves up by one. A rung that nothing that is
 * sold stands on afterwards closes. Errors: NOT_FOUND, INVALID (a negative rung). */
gboolean rungs_ladder_put_product (RungsDb   *db,
                                   gint64     product,
                                   gint64     rung,
                                   gboolean   between,
                                   GError   **error);

/* The product is no longer sold; the offers that lead to it or leave it are made no longer, and the
 * ways straight to it go. Errors: NOT_FOUND. */
gboolean rungs_ladder_give_up_product (RungsDb  *db,
                                       gint64    product,
                                       gint64    now,
                                       GError  **error);

/* The product is sold again, and those offers are made again that ended with it, as far as both
 * ends are sold and nobody has made the same one since. Ways to it are drawn anew. Errors:
 * NOT_FOUND. */
gboolean rungs_ladder_take_up_product (RungsDb  *db,
                                       gint64    product,
                                       GError  **error);

G_END_DECLS
