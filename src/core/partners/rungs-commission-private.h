/* rungs-commission-private.h: what the stores of commissions share. */

#pragma once

#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"

G_BEGIN_DECLS

#define COMMISSION_COLUMNS \
  " order_line, partner, sales_order, currency, terms, coalesce (share, -1)," \
  " coalesce (fixed, 0), hold_until, approved_at "

gpointer rungs_commission_read (RungsStatement *row);

/* What the book has of a line, by RungsLedgerState. */
gboolean rungs_commission_load_states (RungsDb                *db,
                                       const RungsCommission  *commission,
                                       gint64                  states[RUNGS_LEDGER_N_STATES],
                                       GError                **error);

/* What of a line stands in payouts, paid or on its way. */
gboolean rungs_commission_load_paid (RungsDb                *db,
                                     const RungsCommission  *commission,
                                     gint64                 *paid,
                                     GError                **error);

/* An entry about a line, without postings. `base` may be RUNGS_LEDGER_NO_BASE. */
RungsLedgerEntry *rungs_commission_entry (const RungsCommission *commission,
                                          RungsLedgerKind        kind,
                                          gint64                 at,
                                          gint64                 base);

/* Whether some of it is held; what is not held any more may be paid. */
gboolean rungs_commission_set_open (RungsDb                *db,
                                    const RungsCommission  *commission,
                                    gboolean                is_open,
                                    GError                **error);

G_END_DECLS
