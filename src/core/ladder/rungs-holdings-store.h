/* rungs-holdings-store.h: what each lead ordered, of all leads at once, in memory. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A line of an order. What a bundle holds is not named: whoever asks knows the ladder. */
typedef struct
{
  gint64 product;
  gint64 at;
  guint32 next; /* of the same lead, counted from 1; 0: none */
} RungsHolding;

typedef struct _RungsHoldings RungsHoldings;

/* Reads every order line up to `at`; with `ever` FALSE only those by which something is owned at
 * that moment: not refunded whole, not lapsed, as the view `owned` has it. Some 30 bytes a line. */
RungsHoldings *rungs_holdings_read (RungsDb  *db,
                                    gint64    at,
                                    gboolean  ever,
                                    GError  **error);
void rungs_holdings_free (RungsHoldings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHoldings, rungs_holdings_free)

/* The leads that ordered have ids up to this. */
gint64 rungs_holdings_get_highest (const RungsHoldings *self);

/* Returns: (nullable): one of the lead's, and the next one; lent. */
const RungsHolding *rungs_holdings_first (const RungsHoldings *self,
                                          gint64               lead);
const RungsHolding *rungs_holdings_next (const RungsHoldings *self,
                                         const RungsHolding  *holding);

G_END_DECLS
