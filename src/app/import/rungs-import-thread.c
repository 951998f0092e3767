/* rungs-import-thread.c: work of an import on a thread and a connection of its own. */

#include "rungs-import-thread.h"

#include <glib/gi18n.h>

#include "engine/rungs-business.h"

typedef struct
{
  RungsStore *store;          /* (owned) */
  RungsImportThreadFunc func;
  gpointer plan;              /* (owned) */
  GDestroyNotify plan_free;
  GDestroyNotify result_free;
  gboolean writes;
  RungsProgress *progress;    /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  job->plan_free (job->plan);
  rungs_progress_unref (job->progress);
  g_free (job);
}

void
rungs_import_show_progress (const RungsImportProgress *progress,
                            RungsProgress             *shown,
                            const char                *writing)
{
  gint64 total = progress->fraction > 0 ? (gint64) (progress->rows / progress->fraction) : 0;

  if (progress->writing)
    rungs_progress_set (shown, (gint64) (progress->rows * progress->fraction), progress->rows);
  else
    rungs_progress_set (shown, progress->rows, total);
  rungs_progress_set_note (shown, progress->writing ? writing : _ ("Reading the rows"));
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  gpointer result = NULL;
  g_autoptr (RungsDb) db
    = rungs_business_open (rungs_store_get_path (job->store), RUNGS_DB_WRITE, &error);

  if (db != NULL)
    result = job->func (db, job->plan, job->progress, cancellable, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->writes)
    rungs_store_note_change (job->store);
  g_task_return_pointer (task, result, job->result_free);
}

void
rungs_import_thread_async (RungsStore           *store,
                           RungsImportThreadFunc func,
                           gpointer              plan,
                           GDestroyNotify        plan_free,
                           GDestroyNotify        result_free,
                           gboolean              writes,
                           RungsProgress        *progress,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->func = func;
  job->plan = plan;
  job->plan_free = plan_free;
  job->result_free = result_free;
  job->writes = writes;
  job->progress = rungs_progress_ref (progress);
  g_task_set_source_tag (task, rungs_import_thread_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

gpointer
rungs_import_thread_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
