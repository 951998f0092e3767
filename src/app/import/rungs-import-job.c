/* rungs-import-job.c: an import on a thread and a connection of its own. */

#include "rungs-import-job.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-import-kind.h"
#include "leads/rungs-import-own-store.h"
#include "leads/rungs-import-run-store.h"
#include "leads/rungs-import-shape-store.h"
#include "rungs-import-thread.h"
#include "rungs-import-words.h"

/* So many rows tell what a column holds; the window shows the first of them. */
#define GUESS_ROWS 200
#define RUNS_LISTED 200

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

void
rungs_import_result_free (RungsImportResult *self)
{
  rungs_import_result_clear (self);
  g_free (self);
}

static void
progress_cb (const RungsImportProgress *progress,
             gpointer                   shown)
{
  rungs_import_show_progress (progress, shown, _ ("Making leads of the rows"));
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

/* On the thread. */
static gpointer
run_plan (RungsDb       *db,
          gpointer       plan,
          RungsProgress *progress,
          GCancellable  *cancellable,
          GError       **error)
{
  RungsImportOptions options;
  const char *tags[2];
  RungsImportResult *result = g_new0 (RungsImportResult, 1);

  fill_options (&options, plan, tags);
  if (rungs_import_run (db, &options, g_get_real_time () / 1000, progress_cb, progress, cancellable,
                        result, error))
    return result;
  rungs_import_result_free (result);
  return NULL;
}

void
rungs_import_job_run_async (RungsStore            *store,
                            const RungsImportPlan *plan,
                            RungsProgress         *progress,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               data)
{
  rungs_import_thread_async (store, run_plan, rungs_import_plan_copy (plan),
                             (GDestroyNotify) rungs_import_plan_free,
                             (GDestroyNotify) rungs_import_result_free, TRUE, progress,
                             cancellable, callback, data);
}

RungsImportResult *
rungs_import_job_run_finish (GAsyncResult  *result,
                             GError       **error)
{
  return rungs_import_thread_finish (result, error);
}

/* ---- afterwards */

static gpointer
list_runs (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return rungs_import_run_list (db, RUNS_LISTED, error);
}

static void
describe (gpointer         import,
          RungsImportsRow *row)
{
  const RungsImportRun *run = import;

  *row = (RungsImportsRow) {
    .run = run->id,
    .file_name = run->file_name,
    .words = rungs_import_run_words (run),
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
  RungsImportUndo *sum = data;
  RungsImportUndo undone;

  if (!rungs_import_undo (db, run, now, progress, progress_data, cancellable, &undone, error))
    return FALSE;
  sum->leads_deleted += undone.leads_deleted;
  sum->leads_kept += undone.leads_kept;
  sum->values_restored += undone.values_restored;
  sum->values_kept += undone.values_kept;
  return TRUE;
}

static char *
undo_words (gconstpointer sum)
{
  return rungs_import_undo_words (sum);
}

const RungsImportsKind *
rungs_import_job_get_kind (void)
{
  static const RungsImportsKind kind = {
    .title = N_ ("Imports"),
    .empty = N_ ("Each file of leads that you import stands here, and can be taken back whole."),
    .question
    = N_ ("Leads that it made are removed, values that it changed are put back. Leads with an"
          " order, a message, a note or an edit since stay."),
    .can_show = TRUE,
    .list = list_runs,
    .describe = describe,
    .undo_size = sizeof (RungsImportUndo),
    .undo = undo,
    .undo_words = undo_words,
  };

  return &kind;
}
