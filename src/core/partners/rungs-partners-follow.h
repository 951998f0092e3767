/* rungs-partners-follow.h: orders are credited to partners, and the book follows them. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Follows the orders and refunds that are new, in the transaction that brings them. */
gboolean rungs_partners_follow (RungsDb  *db,
                                gint64    now,
                                GError  **error);

G_END_DECLS
