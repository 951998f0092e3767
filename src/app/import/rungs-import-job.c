/* rungs-import-job.c: an import on a thread and a connection of its own. */

#include "rungs-import-job.h"

#include <glib/gi18n.h>

#include "engine/rungs-business.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-kind.h"
#include "leads/rungs-import-own-store.h"
#include "leads/rungs-import-run-store.h"
#include "leads/rungs-import-shape-store.h"

/* So many rows tell what a column holds; the window shows the first of them. */
#define GUESS_ROWS 200
#define RUNS_LISTED 200

typedef struct
{
  RungsStore *store;       /* (owned) */
  RungsImportPlan *plan;   /* (owned) */
  RungsProgress *progress; /* (owned) */
} Job;

RungsImportPlan *
rungs_import_plan_new (const char *path)
{
  RungsImportPlan *self = g_new0 (RungsImportPlan, 1);

  self->path = g_strdup (path);
  return self;
}

RungsImportPlan *
rungs_import_plan_copy (const RungsImportPlan *self)
{
  RungsImportPlan *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->encoding = g_strdup (self->encoding);
  copy->sheet = g_strdup (self->sheet);
  copy->mapping = self->mapping ? rungs_import_mapping_copy (self->mapping) : NULL;
  copy->source = g_strdup (self->source);
  copy->tag = g_strdup (self->tag);
  copy->consent = g_strdup (self->consent);
  copy->rejects = g_strdup (self->rejects);
  return copy;
}

void
rungs_import_plan_free (RungsImportPlan *self)
{
  g_free (self->path);
  g_free (self->encoding);
  g_free (self->sheet);
  g_clear_pointer (&self->mapping, rungs_import_mapping_free);
  g_free (self->source);
  g_free (self->tag);
  g_free (self->consent);
  g_free (self->rejects);
  g_free (self);
}

static RungsImportPreview *
preview (const RungsImportPlan    *plan,
         const RungsImportMapping *mapping,
         GTimeZone                *zone,
         GError                  **error)
{
  RungsTableOptions options = { plan->encoding, plan->delimiter, plan->sheet };

  return rungs_import_preview_new (plan->path, &options, mapping, zone, g_get_real_time () / 1000,
                                   GUESS_ROWS, error);
}

/* Where columns can go, and, where nobody has said so yet, what they hold, and where those that are
 * called like a field do go. */
static gboolean
add_own_fields (RungsImportPreview  *preview,
                RungsDb             *db,
                const RungsBusiness *business,
                gboolean             settle,
                GError             **error)
{
  preview->fields = rungs_field_list_in_use (db, error);
  if (preview->fields == NULL)
    return FALSE;
  if (!settle)
    return TRUE;
  rungs_import_kind_guess_all (preview->mapping, preview->rows, business->currency);
  return rungs_import_own_settle (db, preview->mapping, error);
}

/* As the last file of the same headings went, if there was one. */
static RungsImportPreview *
recall (RungsDb               *db,
        const RungsImportPlan *plan,
        RungsImportPreview    *guessed,
        const RungsBusiness   *business,
        GTimeZone             *zone,
        GError               **error)
{
  g_autoptr (RungsImportPreview) again = guessed;
  g_autoptr (RungsImportMapping) mapping = rungs_import_mapping_copy (guessed->mapping);
  g_autofree char *recalled = NULL;

  if (!rungs_import_shape_recall (db, mapping, &recalled, error))
    return NULL;
  if (recalled == NULL)
    return g_steal_pointer (&again);
  g_clear_pointer (&again, rungs_import_preview_free);
  again = preview (plan, mapping, zone, error);
  if (again == NULL || !add_own_fields (again, db, business, FALSE, error)
      || !rungs_import_own_settle (db, again->mapping, error))
    return NULL;
  again->recalled = g_steal_pointer (&recalled);
  return g_steal_pointer (&again);
}

gpointer
rungs_import_plan_preview (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsImportPlan *plan = data;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (GTimeZone) zone = business != NULL ? rungs_business_zone (db, error) : NULL;
  g_autoptr (RungsImportPreview) shown = NULL;

  if (zone == NULL)
    return NULL;
  shown = preview (plan, plan->mapping, zone, error);
  if (shown == NULL || !add_own_fields (shown, db, business, plan->mapping == NULL, error))
    return NULL;
  if (plan->mapping == NULL)
    shown = recall (db, plan, g_steal_pointer (&shown), business, zone, error);
  if (shown != NULL)
    rungs_import_kind_check (shown->mapping, shown->rows, shown->fields, business->currency,
                             rungs_country_of_zone (business->zone));
  return g_steal_pointer (&shown);
}

gpointer
rungs_import_plan_forget (RungsDb      *db,
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error)
{
  rungs_import_shape_forget (db, data, error);
  return NULL;
}

/* ---- the import */

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  rungs_import_plan_free (job->plan);
  rungs_progress_unref (job->progress);
  g_free (job);
}

void
rungs_import_result_free (RungsImportResult *self)
{
  rungs_import_result_clear (self);
  g_free (self);
}

/* While rows are read, how many there will be is told by how far the file has been read; while
 * leads are made of them, the steps of that count. */
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
  rungs_progress_set_note (shown, progress->writing ? _ ("Making leads of the rows")
                                                    : _ ("Reading the rows"));
}

static void
fill_options (RungsImportOptions    *options,
              const RungsImportPlan *plan,
              const char           **tags)
{
  tags[0] = plan->tag;
  tags[1] = NULL;
  *options = (RungsImportOptions) {
    .path = plan->path,
    .table = { plan->encoding, plan->delimiter, plan->sheet },
    .mapping = plan->mapping,
    .on_match = plan->on_match,
    .source = plan->source,
    .tags = plan->tag != NULL ? (const char *const *) tags : NULL,
    .consent = plan->consent,
    .rejects = plan->rejects,
  };
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  const char *tags[2];
  RungsImportOptions options;
  RungsImportResult *result = g_new0 (RungsImportResult, 1);
  g_autoptr (RungsDb) db
    = rungs_business_open (rungs_store_get_path (job->store), RUNGS_DB_WRITE, &error);

  fill_options (&options, job->plan, tags);
  if (db != NULL
      && rungs_import_run (db, &options, g_get_real_time () / 1000, progress_cb, job->progress,
                           cancellable, result, &error))
    {
      rungs_store_note_change (job->store);
      g_task_return_pointer (task, result, (GDestroyNotify) rungs_import_result_free);
      return;
    }
  rungs_import_result_free (result);
  g_task_return_error (task, error);
}

void
rungs_import_job_run_async (RungsStore            *store,
                            const RungsImportPlan *plan,
                            RungsProgress         *progress,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->plan = rungs_import_plan_copy (plan);
  job->progress = rungs_progress_ref (progress);
  g_task_set_source_tag (task, rungs_import_job_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

RungsImportResult *
rungs_import_job_run_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- afterwards */

/* Imports to take back. */
typedef struct
{
  GArray *runs;            /* (owned) (element-type gint64) */
  RungsProgress *progress; /* (owned) */
} UndoJob;

static void
undo_job_free (gpointer data)
{
  UndoJob *job = data;

  g_array_unref (job->runs);
  rungs_progress_unref (job->progress);
  g_free (job);
}

static void
undo_progress_cb (const RungsImportProgress *progress,
                  gpointer                   data)
{
  rungs_progress_set (data, (gint64) (progress->rows * progress->fraction), progress->rows);
}

static void
add_undo (RungsImportUndo       *sum,
          const RungsImportUndo *undo)
{
  sum->leads_deleted += undo->leads_deleted;
  sum->leads_kept += undo->leads_kept;
  sum->values_restored += undo->values_restored;
  sum->values_kept += undo->values_kept;
}

/* On the store's writing thread. */
static gpointer
undo_runs (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const UndoJob *job = data;
  g_autofree RungsImportUndo *sum = g_new0 (RungsImportUndo, 1);

  for (guint i = job->runs->len; i > 0; i--)
    {
      RungsImportUndo undo;

      if (!rungs_import_undo (db, g_array_index (job->runs, gint64, i - 1),
                              g_get_real_time () / 1000, undo_progress_cb, job->progress,
                              cancellable, &undo, error))
        return NULL;
      add_undo (sum, &undo);
    }
  return g_steal_pointer (&sum);
}

void
rungs_import_job_undo_async (RungsStore          *store,
                             GArray              *runs,
                             RungsProgress       *progress,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  UndoJob *job = g_new0 (UndoJob, 1);

  job->runs = g_array_copy (runs);
  job->progress = rungs_progress_ref (progress);
  rungs_store_write_async (store, undo_runs, job, undo_job_free, g_free, cancellable, callback,
                           data);
}

RungsImportUndo *
rungs_import_job_undo_finish (RungsStore    *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  return rungs_store_write_finish (store, result, error);
}

gpointer
rungs_import_job_list (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return rungs_import_run_list (db, RUNS_LISTED, error);
}
