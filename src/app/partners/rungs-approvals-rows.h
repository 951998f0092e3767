/* rungs-approvals-rows.h: commissions that are approved by hand, as rows of a browser. */

#pragma once

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* Queries are RungsApprovalQuery. */
const RungsBrowserSource *rungs_approvals_rows_get_source (void);
const RungsBrowserColumn *rungs_approvals_rows_get_columns (guint *n);

G_END_DECLS
