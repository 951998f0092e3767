/* rungs-order-import-job.c: an import of orders on a thread and a connection of its own. */

#include "rungs-order-import-job.h"

#include <glib/gi18n.h>

#include "engine/rungs-business.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-source-store.h"

#define RUNS_LISTED 200

typedef struct
{
  RungsStore *store;       /* (owned) */
  RungsOrderPlan plan;     /* its path, source and rejects are owned */
  GPtrArray *assignments;  /* (owned) NULL at its end */
  RungsProgress *progress; /* (owned) */
} Job;

RungsOrderPlan *
rungs_order_plan_new (const char *path)
{
  RungsOrderPlan *self = g_new0 (RungsOrderPlan, 1);

  self->path = g_strdup (path);
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rungs_order_plan_free (RungsOrderPlan *self)
{
  g_free (self->path);
  g_hash_table_unref (self->choices);
  g_free (self->source);
  g_free (self->rejects);
  g_free (self);
}

void
rungs_order_look_free (RungsOrderLook *self)
{
  rungs_order_import_result_clear (&self->result);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_free (job->plan.path);
  g_free (job->plan.source);
  g_free (job->plan.rejects);
  g_ptr_array_unref (job->assignments);
  rungs_progress_unref (job->progress);
  g_free (job);
}

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   data)
{
  RungsProgress *shown = data;
  gint64 total = progress->fraction > 0 ? (gint64) (progress->rows / progress->fraction) : 0;

  if (progress->writing)
    rungs_progress_set (shown, (gint64) (progress->rows * progress->fraction), progress->rows);
  else
    rungs_progress_set (shown, progress->rows, total);
  rungs_progress_set_note (shown, progress->writing ? _ ("Storing the orders")
                                                    : _ ("Reading the rows"));
}

static gboolean
load_choices (RungsDb         *db,
              RungsOrderLook  *look,
              GError         **error)
{
  look->products = rungs_product_list (db, error);
  look->sources = look->products ? rungs_source_list (db, error) : NULL;
  for (guint i = look->sources ? look->products->len : 0; i > 0; i--)
    if (((RungsProduct *) g_ptr_array_index (look->products, i - 1))->retired_at != 0)
      g_ptr_array_remove_index (look->products, i - 1);
  return look->sources != NULL;
}

static gboolean
work (const Job       *job,
      RungsDb         *db,
      RungsOrderLook  *look,
      GCancellable    *cancellable,
      GError         **error)
{
  const RungsOrderImportOptions options = {
    .path = job->plan.path,
    .products = (const char *const *) job->assignments->pdata,
    .source = job->plan.source,
    .rejects = job->plan.rejects,
    .starts = job->plan.starts,
    .dry_run = job->plan.dry_run,
  };

  return rungs_order_import_run (db, &options, g_get_real_time () / 1000, progress_cb,
                                 job->progress, cancellable, &look->result, error)
         && load_choices (db, look, error);
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  RungsOrderLook *look = g_new0 (RungsOrderLook, 1);
  g_autoptr (RungsDb) db
      = rungs_business_open (rungs_store_get_path (job->store), RUNGS_DB_WRITE, &error);

  if (db != NULL && work (job, db, look, cancellable, &error))
    {
      if (!job->plan.dry_run)
        rungs_store_note_change (job->store);
      g_task_return_pointer (task, look, (GDestroyNotify) rungs_order_look_free);
      return;
    }
  rungs_order_look_free (look);
  g_task_return_error (task, error);
}

static GPtrArray *
list_assignments (const RungsOrderPlan *plan)
{
  GPtrArray *assignments = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name, choice;

  g_hash_table_iter_init (&iter, plan->choices);
  while (g_hash_table_iter_next (&iter, &name, &choice))
    g_ptr_array_add (assignments, g_strconcat (name, "=", choice, NULL));
  g_ptr_array_add (assignments, NULL);
  return assignments;
}

void
rungs_order_import_job_async (RungsStore           *store,
                              const RungsOrderPlan *plan,
                              RungsProgress        *progress,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->plan = *plan;
  job->plan.choices = NULL;
  job->plan.path = g_strdup (plan->path);
  job->plan.source = g_strdup (plan->source);
  job->plan.rejects = g_strdup (plan->rejects);
  job->assignments = list_assignments (plan);
  job->progress = rungs_progress_ref (progress);
  g_task_set_source_tag (task, rungs_order_import_job_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

RungsOrderLook *
rungs_order_import_job_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
rungs_order_import_job_undo (RungsDb      *db,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  g_autofree RungsOrderImportUndo *undo = g_new0 (RungsOrderImportUndo, 1);

  return rungs_order_import_undo (db, *(gint64 *) data, g_get_real_time () / 1000, NULL, NULL,
                                  cancellable, undo, error)
             ? g_steal_pointer (&undo)
             : NULL;
}

gpointer
rungs_order_import_job_list (RungsDb      *db,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  return rungs_order_import_list (db, RUNS_LISTED, error);
}
