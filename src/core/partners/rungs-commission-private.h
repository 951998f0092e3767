/* rungs-commission-private.h: what the stores of commissions share. */

#pragma once

#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"

G_BEGIN_DECLS

#define COMMISSION_COLUMNS \
  " order_line, partner, sales_order, currency, terms, coalesce (share, -1)," \
  " coalesce (fixed, 0), hold_until, approved_at, via, recruiter, of_profit, coalesce (cost, -1) "

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

/* What a commission comes to. */
typedef struct
{
  gint64 base;   /* of which it is a share, or RUNGS_LEDGER_NO_BASE */
  gint64 costs;  /* that were taken off for the base */
  gint64 amount;
} RungsCommissionDue;

/* An entry about a line, without postings. `due` (nullable): what it comes to now. */
RungsLedgerEntry *rungs_commission_entry (const RungsCommission    *commission,
                                          RungsLedgerKind           kind,
                                          gint64                    at,
                                          const RungsCommissionDue *due);

/* Whether some of it is held; what is not held any more may be paid. */
gboolean rungs_commission_set_open (RungsDb                *db,
                                    const RungsCommission  *commission,
                                    gboolean                is_open,
                                    GError                **error);

G_END_DECLS
