/* rungs-import-apply-store.h: makes leads of the rows of an import.
 *
 * Everything is done for all rows at once: a new lead's id is a base and the number of its row, so
 * that what belongs to it can be written without looking it up. */

#pragma once

#include "leads/rungs-import-script.h"
#include "leads/rungs-import-stage-store.h"
#include "leads/rungs-import.h"

G_BEGIN_DECLS

/* What there is to do. All is lent. */
typedef struct
{
  RungsImportScript script; /* with now, met, overwrite, wording and file set */
  RungsImportStage *stage;  /* collapsed */
  const RungsImportOptions *options;
  const RungsImportMapping *mapping;
  RungsImportResult *result; /* rows_read and rows_refused are set; gets the rest */
  gint64 leads_before;       /* found out */
} RungsImportApply;

/* A RungsDbFunc for rungs_db_write(); `data` is a RungsImportApply. */
gboolean rungs_import_apply (RungsDb  *db,
                             gpointer  data,
                             GError  **error);

G_END_DECLS
