/* rungs-ledger-cost-store.h: what partners cost by commissions and awards.
 *
 * That is what the book has on the accounts of state RUNGS_LEDGER_EXPENSE: what was earned less
 * what was taken back. An entry counts when it says that it happened (RungsLedgerEntry.at): what is
 * taken back counts on the day on which it is, and not on that of the sale. So periods add up, and
 * one in which more was taken back than earned has a cost below 0. Whether it was paid is another
 * question. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 source;        /* of the partner */
  gint64 product;       /* that was sold; 0: an award, or not known any more. 0 in a sum */
  const char *currency; /* (unowned) while it is told */
  gint64 at;            /* 0 in a sum */
  gint64 amount;        /* minor units; below 0: taken back */
} RungsLedgerCost;

typedef void (*RungsLedgerCostFunc) (const RungsLedgerCost *cost,
                                     gpointer               data);

/* Calls `take` for the sum of each partner and currency from an instant on until before another
 * one. `source`: of the partner whose it is; 0: of all. `currency` (nullable): of that one alone.
 * Sums that are 0 are left out. Errors: those of reading, among them a sum that is too large. */
gboolean rungs_ledger_costs_sum (RungsDb              *db,
                                 gint64                source,
                                 gint64                from,
                                 gint64                until,
                                 const char           *currency,
                                 RungsLedgerCostFunc   take,
                                 gpointer              data,
                                 GError              **error);

/* The same for each entry, partner by partner; `but_for` (nullable): of all currencies but that
 * one. */
gboolean rungs_ledger_costs_list (RungsDb              *db,
                                  gint64                source,
                                  gint64                from,
                                  gint64                until,
                                  const char           *but_for,
                                  RungsLedgerCostFunc   take,
                                  gpointer              data,
                                  GError              **error);

/* Adds a line to `faults` (element-type utf8) where what is kept for this is not what the book
 * has. */
gboolean rungs_ledger_costs_check (RungsDb    *db,
                                   GPtrArray  *faults,
                                   GError    **error);

G_END_DECLS
