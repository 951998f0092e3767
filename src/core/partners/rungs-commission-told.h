/* rungs-commission-told.h: what an order earns whom, and why, for people. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "partners/rungs-ledger.h"

G_BEGIN_DECLS

/* What a line of the order earns a partner. */
typedef struct
{
  gint64 partner;
  char *name;        /* (owned) the partner's */
  gboolean is_second; /* it is the second tier: the partner recruited who sold */
  RungsMoney base;   /* of what it is a share; RUNGS_LEDGER_NO_BASE: a fixed amount … */
  gint64 rate;       /* … and which, in basis points; RUNGS_LEDGER_NO_RATE */
  char *words;       /* (owned) why: the book's last words of it; "": a fixed amount */
  RungsMoney amount; /* by now; not 0 */
} RungsCommissionTold;

void rungs_commission_told_free (RungsCommissionTold *self);

/* Returns: (transfer full) (element-type RungsCommissionTold): by line; empty, not NULL, where
 * nobody earns by the order. */
GPtrArray *rungs_commission_told_list (RungsDb  *db,
                                       gint64    order,
                                       GError  **error);

G_END_DECLS
