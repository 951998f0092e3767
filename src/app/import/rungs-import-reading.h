/* rungs-import-reading.h: how a text file is written: its encoding, and what parts its columns. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-import-preview.h"
#include "rungs-import-job.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IMPORT_READING (rungs_import_reading_get_type ())

/**
 * RungsImportReading::changed: the user chose another encoding or delimiter.
 */
G_DECLARE_FINAL_TYPE (RungsImportReading, rungs_import_reading, RUNGS, IMPORT_READING,
                      AdwPreferencesGroup)

/* Shows what was found. Is hidden where the file is no text. */
void rungs_import_reading_show (RungsImportReading       *self,
                                const RungsImportPreview *preview);

/* Puts what is chosen into the plan. */
void rungs_import_reading_read (RungsImportReading *self,
                                RungsImportPlan    *plan);

G_END_DECLS
