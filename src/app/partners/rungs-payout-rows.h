/* rungs-payout-rows.h: payouts as rows of a browser. */

#pragma once

#include "partners/rungs-payout-list-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are gboolean *: whether only those are shown of which it is not known yet whether all
 * is paid. Its rows are RungsPayoutRow. */
const RungsBrowserSource *rungs_payout_rows_get_source (void);

const RungsBrowserColumn *rungs_payout_rows_get_columns (guint *n);

/* Returns: (transfer full): what became of a payout: "3 on their way, 1 came back". */
char *rungs_payout_row_words (const RungsPayoutRow *row);

G_END_DECLS
