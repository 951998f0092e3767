/* rungs-order-import-words.h: what an import of orders brings, or brought, in words. */

#pragma once

#include "ladder/rungs-order-import.h"

G_BEGIN_DECLS

/* Returns: (transfer full): "4 new orders (€170.00, ¥9,800) · 2 refunds · 4 new leads". */
char *rungs_order_import_words (const RungsOrderImportResult *result);

/* Returns: (transfer full): what of the file is left aside, a sentence each; "" for nothing. */
char *rungs_order_import_rest_words (const RungsOrderImportResult *result);

/* Returns: (transfer full): when it was, and what it brought. */
char *rungs_order_import_run_words (const RungsOrderImport *run);

/* Returns: (transfer full): what went, and what stays. */
char *rungs_order_import_undo_words (const RungsOrderImportUndo *undo);

G_END_DECLS
