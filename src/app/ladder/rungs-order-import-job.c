/* rungs-order-import-job.c: an import of orders on a thread and a connection of its own. */

#include "rungs-order-import-job.h"

#include <glib/gi18n.h>

#include "import/rungs-import-thread.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-source-store.h"
#include "rungs-order-import-words.h"

#define RUNS_LISTED 200

RungsOrderPlan *
rungs_order_plan_new (const char *path)
{
  RungsOrderPlan *self = g_new0 (RungsOrderPlan, 1);

  self->path = g_strdup (path);
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static RungsOrderPlan *
copy_plan (const RungsOrderPlan *plan)
{
  RungsOrderPlan *copy = rungs_order_plan_new (plan->path);
  GHashTableIter iter;
  gpointer name, choice;

  g_hash_table_iter_init (&iter, plan->choices);
  while (g_hash_table_iter_next (&iter, &name, &choice))
    g_hash_table_insert (copy->choices, g_strdup (name), g_strdup (choice));
  copy->shop = g_strdup (plan->shop);
  copy->source = g_strdup (plan->source);
  copy->consent = g_strdup (plan->consent);
  copy->no_consent = plan->no_consent;
  copy->rejects = g_strdup (plan->rejects);
  copy->tax = plan->tax;
  copy->starts = plan->starts;
  copy->dry_run = plan->dry_run;
  return copy;
}

void
rungs_order_plan_free (RungsOrderPlan *self)
{
  g_free (self->path);
  g_hash_table_unref (self->choices);
  g_free (self->shop);
  g_free (self->source);
  g_free (self->consent);
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
progress_cb (const RungsImportProgress *progress,
             gpointer                   shown)
{
  rungs_import_show_progress (progress, shown, _ ("Storing the orders"));
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

/* On the thread. */
static gpointer
run_plan (RungsDb       *db,
          gpointer       data,
          RungsProgress *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  const RungsOrderPlan *plan = data;
  g_autoptr (GPtrArray) assignments = list_assignments (plan);
  const RungsOrderImportOptions options = {
    .path = plan->path,
    .products = (const char *const *) assignments->pdata,
    .shop = plan->shop,
    .any_shop = plan->dry_run,
    .source = plan->source,
    .consent = plan->consent,
    .no_consent = plan->no_consent,
    .rejects = plan->rejects,
    .tax = plan->tax,
    .starts = plan->starts,
    .dry_run = plan->dry_run,
  };
  RungsOrderLook *look = g_new0 (RungsOrderLook, 1);

  if (rungs_order_import_run (db, &options, g_get_real_time () / 1000, progress_cb, progress,
                              cancellable, &look->result, error)
      && load_choices (db, look, error))
    return look;
  rungs_order_look_free (look);
  return NULL;
}

void
rungs_order_import_job_async (RungsStore           *store,
                              const RungsOrderPlan *plan,
                              RungsProgress        *progress,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              data)
{
  rungs_import_thread_async (store, run_plan, copy_plan (plan),
                             (GDestroyNotify) rungs_order_plan_free,
                             (GDestroyNotify) rungs_order_look_free, !plan->dry_run, progress,
                             cancellable, callback, data);
}

RungsOrderLook *
rungs_order_import_job_finish (GAsyncResult *result,
                               GError      **error)
{
  return rungs_import_thread_finish (result, error);
}

/* ---- afterwards */

static gpointer
list_runs (RungsDb      *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  return rungs_order_import_list (db, RUNS_LISTED, error);
}

static void
describe (gpointer         import,
          RungsImportsRow *row)
{
  const RungsOrderImport *run = import;

  *row = (RungsImportsRow){
    .run = run->run,
    .file_name = run->file_name,
    .words = rungs_order_import_run_words (run),
    .undone = run->undone_at != 0,
  };
}

static gboolean
undo (RungsDb                *db,
      gint64                  run,
      gint64                  now,
      RungsImportProgressFunc progress,
      gpointer                progress_data,
      GCancellable           *cancellable,
      gpointer                data,
      GError                **error)
{
  RungsOrderImportUndo *sum = data;
  RungsOrderImportUndo undone;

  if (!rungs_order_import_undo (db, run, now, progress, progress_data, cancellable, &undone, error))
    return FALSE;
  sum->orders_deleted += undone.orders_deleted;
  sum->orders_kept += undone.orders_kept;
  sum->refunds_deleted += undone.refunds_deleted;
  sum->leads_deleted += undone.leads_deleted;
  sum->leads_kept += undone.leads_kept;
  sum->products_deleted += undone.products_deleted;
  sum->products_kept += undone.products_kept;
  return TRUE;
}

static char *
undo_words (gconstpointer sum)
{
  return rungs_order_import_undo_words (sum);
}

const RungsImportsKind *
rungs_order_import_job_get_kind (void)
{
  static const RungsImportsKind kind = {
    .title = N_ ("Imports of Orders"),
    .empty = N_ ("Each file of orders that you import stands here, and can be taken back whole."),
    .question
    = N_ ("The orders and refunds that it brought are removed, and the leads and products that it"
          " made, unless there is more about them since."),
    .list = list_runs,
    .describe = describe,
    .undo_size = sizeof (RungsOrderImportUndo),
    .undo = undo,
    .undo_words = undo_words,
  };

  return &kind;
}
