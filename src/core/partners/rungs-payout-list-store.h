/* rungs-payout-list-store.h: which payouts a browser shows, and what became of each. */

#pragma once

#include "partners/rungs-payout-store.h"

G_BEGIN_DECLS

#define RUNGS_PAYOUT_N_STATES (RUNGS_PAYOUT_RETURNED + 1)

/* Returns: (transfer full) (element-type gint64): the newest first; where `open`, only those of
 * which it is not known yet whether all is paid. */
GArray *rungs_payout_find (RungsDb   *db,
                           gboolean   open,
                           GError   **error);

/* A payout on one line. */
typedef struct
{
  RungsPayout *payout;                  /* (owned) */
  gint64 counts[RUNGS_PAYOUT_N_STATES]; /* how many partners, by RungsPayoutState */
} RungsPayoutRow;

void rungs_payout_row_free (RungsPayoutRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPayoutRow, rungs_payout_row_free)

/* Errors: NOT_FOUND. */
RungsPayoutRow *rungs_payout_row_load (RungsDb  *db,
                                       gint64    id,
                                       GError  **error);

G_END_DECLS
