/* rungs-partner-csv.h: partners as a table for spreadsheets. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* CSV with a heading, made harmless as rungs-table-cell.h says; times as ISO 8601 in UTC, amounts
 * with a point. A line for each currency that a partner has something in, and one in its own where
 * it has nothing at all; what is of no currency (sales, refunds, leads, buyers) stands in the first
 * of them only, so that sums are right. `ids` (element-type gint64), in their order. Returns:
 * (transfer full). Errors: NOT_FOUND. */
char *rungs_partners_to_csv (RungsDb  *db,
                             GArray   *ids,
                             gint64    now,
                             GError  **error);

G_END_DECLS
