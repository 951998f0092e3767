/* rungs-import-job.h: an import on a thread and a connection of its own.
 * Read this first in import/. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-import-preview.h"
#include "leads/rungs-import.h"
#include "rungs-imports-kind.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* What to import, and how, as the window gathers it. */
typedef struct
{
  char *path;                  /* (owned) */
  char *encoding;              /* (owned) (nullable): found out */
  char delimiter;              /* 0: found out */
  char *sheet;                 /* (owned) (nullable) of a spreadsheet: found out */
  RungsImportMapping *mapping; /* (owned) (nullable): guessed */
  RungsOnMatch on_match;
  char *source;                /* (owned) (nullable): "KIND:NAME" */
  char *tag;                   /* (owned) (nullable) */
  char *consent;               /* (owned) (nullable) */
  char *rejects;               /* (owned) (nullable): where refused rows are written to */
} RungsImportPlan;

RungsImportPlan *rungs_import_plan_new (const char *path);
RungsImportPlan *rungs_import_plan_copy (const RungsImportPlan *self);
void rungs_import_plan_free (RungsImportPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportPlan, rungs_import_plan_free)

/* A RungsStoreFunc with a RungsImportPlan as data: the first rows as the plan would take them.
 * Returns: a RungsImportPreview. */
gpointer rungs_import_plan_preview (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* The same for a writing thread, with a RungsImportMapping as data: what is remembered of files
 * with its headings is forgotten. Returns: NULL. */
gpointer rungs_import_plan_forget (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* Imports into the file of `store`, which is told of the change. `progress` is set meanwhile.
 * Cancelling leaves nothing half done. */
void rungs_import_job_run_async (RungsStore            *store,
                                 const RungsImportPlan *plan,
                                 RungsProgress         *progress,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               data);

void rungs_import_result_free (RungsImportResult *self);

/* Returns: (transfer full): NULL on error. */
RungsImportResult *rungs_import_job_run_finish (GAsyncResult  *result,
                                                GError       **error);

/* How imports of leads are listed and taken back. */
const RungsImportsKind *rungs_import_job_get_kind (void);

G_END_DECLS
