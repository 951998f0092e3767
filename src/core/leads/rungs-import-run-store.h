/* rungs-import-run-store.h: the imports there were. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *file_name; /* (owned) */
  char *source;    /* (owned) (nullable): "KIND:NAME" */
  char *on_match;  /* (owned) "fill", "overwrite", "skip" */
  gint64 rows_read;
  gint64 leads_created;
  gint64 leads_updated;
  gint64 leads_unchanged;
  gint64 rows_refused;
  gint64 started_at;
  gint64 undone_at; /* 0: it stands */
} RungsImportRun;

void rungs_import_run_free (RungsImportRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImportRun, rungs_import_run_free)

/* Errors: NOT_FOUND. */
RungsImportRun *rungs_import_run_load (RungsDb  *db,
                                       gint64    id,
                                       GError  **error);

/* Returns: (transfer full) (element-type RungsImportRun): up to `limit`, the newest first. */
GPtrArray *rungs_import_run_list (RungsDb  *db,
                                  guint     limit,
                                  GError  **error);

G_END_DECLS
