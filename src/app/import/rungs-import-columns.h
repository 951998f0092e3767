/* rungs-import-columns.h: the columns of a file, what stands in them, and where each goes. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-import-preview.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IMPORT_COLUMNS (rungs_import_columns_get_type ())

/**
 * RungsImportColumns::changed: the user sent a column elsewhere.
 */
G_DECLARE_FINAL_TYPE (RungsImportColumns, rungs_import_columns, RUNGS, IMPORT_COLUMNS, GtkWidget)

void rungs_import_columns_show (RungsImportColumns       *self,
                                const RungsImportPreview *preview);

/* Returns: (transfer full) (nullable): where the columns go now. */
RungsImportMapping *rungs_import_columns_dup_mapping (RungsImportColumns *self);

G_END_DECLS
