/* rungs-credit-store.h: credits an order to a partner by hand, and tells before what comes of
 * it. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-referral-store.h"

G_BEGIN_DECLS

/* From now on the order is the partner's (0: nobody's); the book follows: what others earned by it
 * is taken back. In a write transaction. Errors: NOT_FOUND. */
gboolean rungs_credit_set (RungsDb  *db,
                           gint64    order,
                           gint64    partner,
                           gint64    now,
                           GError  **error);

/* What rungs_credit_set() would book. Needs a write transaction, and leaves nothing in it. Returns:
 * (transfer full) (element-type RungsLedgerEntry): in their order; empty, not NULL, where that is
 * nothing. Their ids and hashes are those of nothing. Errors: NOT_FOUND. */
GPtrArray *rungs_credit_rehearse (RungsDb  *db,
                                  gint64    order,
                                  gint64    partner,
                                  gint64    now,
                                  GError  **error);

/* Puts back what was decided of an order; `was` (nullable): nothing. The book follows. In a write
 * transaction. */
gboolean rungs_credit_put_back (RungsDb              *db,
                                gint64                order,
                                const RungsReferral  *was,
                                gint64                now,
                                GError              **error);

G_END_DECLS
