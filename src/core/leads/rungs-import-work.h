/* rungs-import-work.h: an import, or the taking back of one, under way: it says how far it is, and
 * can be cancelled.
 *
 * What is cancelled ends at the next step, or in the middle of a statement, and its transaction is
 * undone: nothing of it stays. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/* How far it is. */
typedef struct
{
  gboolean writing;       /* the rows are read; what they say is being stored, or taken back */
  gint64 rows;            /* read so far */
  double rows_per_second;
  double fraction;        /* of the phase: of the file's bytes, or of the steps of writing */
} RungsImportProgress;

/* Called several times a second, on the thread of the import. */
typedef void (*RungsImportProgressFunc) (const RungsImportProgress *progress,
                                         gpointer                   data);

/* Fields not named private are set before it begins. */
typedef struct
{
  RungsImportProgressFunc progress; /* (nullable) */
  gpointer progress_data;
  GCancellable *cancellable;        /* (nullable) */
  guint n_steps;                    /* about how often rungs_import_work_step() will be called */
  gint64 rows;                      /* read so far, or of the import that is taken back */
  /*< private >*/
  guint steps;
  gint64 began;                     /* on the monotonic clock, µs */
  gint64 told;
} RungsImportWork;

/* Runs `func`, which begins transactions of its own, on a writing connection; it has a large cache
 * meanwhile. Errors: those of `func`; G_IO_ERROR_CANCELLED. */
gboolean rungs_import_work_run (RungsImportWork *self,
                                RungsDb         *db,
                                RungsDbFunc      func,
                                gpointer         data,
                                GError         **error);

/* Notes that so many rows of the file are read. */
void rungs_import_work_read (RungsImportWork  *self,
                             gint64            rows,
                             RungsTableReader *table);

/* A RungsImportStepFunc with the work as data: a step of writing is done. Errors:
 * G_IO_ERROR_CANCELLED. */
gboolean rungs_import_work_step (gpointer   self,
                                 GError   **error);

/* Seconds since it began. */
double rungs_import_work_get_seconds (const RungsImportWork *self);

G_END_DECLS
