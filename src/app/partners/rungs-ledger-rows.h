/* rungs-ledger-rows.h: entries of the book as rows of a browser. */

#pragma once

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Its queries are RungsLedgerQuery, its rows RungsLedgerRow. */
const RungsBrowserSource *rungs_ledger_rows_get_source (void);

const RungsBrowserColumn *rungs_ledger_rows_get_columns (guint *n);

G_END_DECLS
