/* rungs-import-words.h: what an import reads and did, in the user's words. */

#pragma once

#include "leads/rungs-import-mapping.h"
#include "leads/rungs-import-run-store.h"
#include "leads/rungs-import.h"
#include "leads/rungs-source-store.h"

G_BEGIN_DECLS

/* Where a column goes: "E-mail", "Leave out", … */
const char *rungs_import_target_words (RungsImportTarget target);

/* "Pay per click", … */
const char *rungs_source_kind_words (RungsSourceKind kind);

/* What came of an import, a line each. */
char *rungs_import_result_words (const RungsImportResult *result);

/* The same of one that was long ago, in one line. */
char *rungs_import_run_words (const RungsImportRun *run);

/* What taking it back did. */
char *rungs_import_undo_words (const RungsImportUndo *undo);

G_END_DECLS
