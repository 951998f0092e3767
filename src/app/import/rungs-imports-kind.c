/* rungs-imports-kind.c: takes imports of a kind back. */

#include "rungs-imports-kind.h"

#include "rungs-import-thread.h"

/* Imports to take back. */
typedef struct
{
  const RungsImportsKind *kind;
  GArray *runs;            /* (owned) (element-type gint64) */
  RungsProgress *progress; /* (owned) */
} Job;

/* What was done. */
typedef struct
{
  const RungsImportsKind *kind;
  gpointer sum; /* (owned) */
} Undone;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->runs);
  rungs_progress_unref (job->progress);
  g_free (job);
}

static void
undone_free (gpointer data)
{
  Undone *undone = data;

  g_free (undone->sum);
  g_free (undone);
}

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   shown)
{
  rungs_import_show_progress (progress, shown, NULL);
}

/* On the store's writing thread. */
static gpointer
undo_runs (RungsDb      *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const Job *job = data;
  g_autofree gpointer sum = g_malloc0 (job->kind->undo_size);
  Undone *undone;

  for (guint i = job->runs->len; i > 0; i--)
    if (!job->kind->undo (db, g_array_index (job->runs, gint64, i - 1), g_get_real_time () / 1000,
                          progress_cb, job->progress, cancellable, sum, error))
      return NULL;
  undone = g_new (Undone, 1);
  undone->kind = job->kind;
  undone->sum = g_steal_pointer (&sum);
  return undone;
}

void
rungs_imports_undo_async (RungsStore             *store,
                          const RungsImportsKind *kind,
                          GArray                 *runs,
                          RungsProgress          *progress,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->runs = g_array_copy (runs);
  job->progress = rungs_progress_ref (progress);
  rungs_store_write_async (store, undo_runs, job, job_free, undone_free, cancellable, callback,
                           data);
}

char *
rungs_imports_undo_finish (RungsStore   *store,
                           GAsyncResult *result,
                           GError      **error)
{
  Undone *undone = rungs_store_write_finish (store, result, error);
  char *words;

  if (undone == NULL)
    return NULL;
  words = undone->kind->undo_words (undone->sum);
  undone_free (undone);
  return words;
}
