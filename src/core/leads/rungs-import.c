/* rungs-import.c: imports a file of leads whole or not at all. */

#include "leads/rungs-import.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-import-apply-store.h"
#include "leads/rungs-import-match-store.h"
#include "leads/rungs-import-own-store.h"
#include "leads/rungs-import-reader.h"
#include "leads/rungs-import-shape-store.h"
#include "leads/rungs-import-stage-store.h"
#include "leads/rungs-source-store.h"

/* About as many statements as an import runs after its rows are read. */
#define STEPS 45

static const char *const ON_MATCH[] = { "fill", "overwrite", "skip" };

/* An import under way. */
typedef struct
{
  RungsDb *db;
  const RungsImportOptions *options;
  gint64 now;
  RungsImportWork work;
  RungsImportResult *result;
  char *file_name;             /* (owned) as people see it */
  RungsImportReader *reader;   /* (owned) */
  RungsImportMapping *guess;   /* (owned) what its headings say by themselves */
  RungsImportStage *stage;     /* (owned) */
  RungsImportRejects *rejects; /* (owned) */
  RungsImportScript script;
} Import;

const char *
rungs_on_match_to_text (RungsOnMatch on_match)
{
  g_return_val_if_fail (on_match < G_N_ELEMENTS (ON_MATCH), NULL);

  return ON_MATCH[on_match];
}

void
rungs_import_result_clear (RungsImportResult *result)
{
  g_clear_pointer (&result->rejects, g_ptr_array_unref);
  g_clear_pointer (&result->sheet, g_free);
  g_clear_pointer (&result->recalled, g_free);
}

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->reader, rungs_import_reader_free);
  g_clear_pointer (&self->stage, rungs_import_stage_free);
  g_clear_pointer (&self->rejects, rungs_import_rejects_free);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->guess, rungs_import_mapping_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
check_options (const RungsImportOptions *options,
               GError                  **error)
{
  g_autofree char *name = NULL;
  RungsSourceKind kind;

  if (options->source != NULL && !rungs_source_parse (options->source, &kind, &name, error))
    return FALSE;
  for (const char *const *tag = options->tags; tag != NULL && *tag != NULL; tag++)
    if (**tag == '\0' || strchr (*tag, ',') != NULL)
      {
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” cannot be a tag."), *tag);
        return FALSE;
      }
  return TRUE;
}

/* The mapping that was asked for: given or guessed, then as the assignments say. */
static gboolean
settle_mapping (Import  *self,
                GError **error)
{
  const RungsImportMapping *given = self->options->mapping;
  g_autoptr (RungsImportMapping) mapping = NULL;

  self->guess = rungs_import_mapping_copy (rungs_import_reader_get_mapping (self->reader));
  if (!rungs_import_own_settle (self->db, self->guess, error))
    return FALSE;
  mapping = rungs_import_mapping_copy (given != NULL ? given : self->guess);
  if (given == NULL && !self->options->guess
      && !rungs_import_shape_recall (self->db, mapping, &self->result->recalled, error))
    return FALSE;
  for (const char *const *next = self->options->assignments; next != NULL && *next != NULL; next++)
    if (!rungs_import_mapping_set_by_heading (mapping, *next, error))
      return FALSE;
  return rungs_import_own_settle (self->db, mapping, error)
         && rungs_import_mapping_check (mapping, error)
         && rungs_import_reader_set_mapping (self->reader, mapping, error);
}

static gboolean
open_import (Import  *self,
             GError **error)
{
  const RungsImportOptions *options = self->options;
  g_autofree char *base = g_path_get_basename (options->path);
  g_autoptr (GTimeZone) zone = NULL;
  const RungsImportMapping *mapping;
  RungsTableState state;

  self->file_name = g_filename_display_name (base);
  self->script.parameters.file = self->file_name;
  self->reader = rungs_import_reader_open (options->path, &options->table, error);
  if (self->reader == NULL || !settle_mapping (self, error))
    return FALSE;
  zone = rungs_business_zone (self->db, error);
  if (zone == NULL)
    return FALSE;
  rungs_import_reader_set_time (self->reader, zone, self->now);
  rungs_import_reader_set_status (self->reader, rungs_import_status_of_file (self->file_name));

  mapping = rungs_import_reader_get_mapping (self->reader);
  rungs_table_reader_get_state (rungs_import_reader_get_table (self->reader), &state);
  self->result->kind = state.kind;
  self->result->delimiter = state.delimiter;
  self->rejects = rungs_import_rejects_new (options->rejects, state.delimiter, mapping);
  self->stage = rungs_import_stage_new (self->db, mapping, error);
  return self->stage != NULL;
}

static gboolean
take_row (Import               *self,
          const RungsImportRow *row,
          GError              **error)
{
  const char *problem = row->problem;

  rungs_import_work_read (&self->work, ++self->result->rows_read,
                          rungs_import_reader_get_table (self->reader));
  if (problem == NULL && !rungs_import_stage_add (self->stage, row, &problem, error))
    return FALSE;
  return problem == NULL || rungs_import_rejects_add (self->rejects, row->table, problem, error);
}

static void
note_reading (Import *self)
{
  RungsTableState state;

  rungs_table_reader_get_state (rungs_import_reader_get_table (self->reader), &state);
  self->result->encoding = state.encoding;
  self->result->sheet = g_strdup (state.sheet);
  self->result->bytes_replaced = state.replaced;
  self->result->dates_unread = rungs_import_reader_get_unread_dates (self->reader);
  self->result->rows_refused = rungs_import_rejects_get_count (self->rejects);
  self->result->rejects = g_ptr_array_ref (rungs_import_rejects_get_first (self->rejects));
}

/* Reads the file into the temporary tables. In a transaction that holds no lock on the file, so
 * that SQLite does not commit each row to them. */
static gboolean
read_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Import *self = data;
  g_autoptr (GError) failure = NULL;
  const RungsImportRow *row;

  if (!open_import (self, error))
    return FALSE;
  while ((row = rungs_import_reader_next (self->reader, self->work.cancellable, &failure)) != NULL)
    if (!take_row (self, row, error))
      return FALSE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  note_reading (self);
  return rungs_import_stage_finish (self->stage, error)
         && rungs_import_match_collapse (&self->script, self->options->on_match,
                                      &self->result->rows_repeated, error);
}

static gboolean
rehearse_cb (RungsDb *db,
             gpointer data,
             GError **error)
{
  Import *self = data;

  return rungs_import_match_resolve (&self->script, self->options->on_match, error)
         && rungs_import_match_count (&self->script, self->result, error);
}

/* The fields are there by now, with their kinds. */
static gboolean
remember_shape (Import  *self,
                GError **error)
{
  g_autoptr (RungsImportMapping) mapping
      = rungs_import_mapping_copy (rungs_import_reader_get_mapping (self->reader));

  return rungs_import_own_settle (self->db, mapping, error)
         && rungs_import_shape_remember (self->db, mapping, self->guess, self->file_name, self->now,
                                         error);
}

static gboolean
write_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  Import *self = data;
  RungsImportApply apply = {
    .script = self->script,
    .stage = self->stage,
    .options = self->options,
    .mapping = rungs_import_reader_get_mapping (self->reader),
    .result = self->result,
  };

  return rungs_import_apply (db, &apply, error) && remember_shape (self, error);
}

static gboolean
write_import (Import  *self,
              GError **error)
{
  return self->options->dry_run ? rungs_db_read (self->db, rehearse_cb, self, error)
                                : rungs_db_write (self->db, write_cb, self, error);
}

static gboolean
run_import (RungsDb *db,
            gpointer data,
            GError **error)
{
  Import *self = data;

  if (!rungs_db_read (self->db, read_cb, self, error)
      || !rungs_import_rejects_close (self->rejects, error) || !write_import (self, error))
    return FALSE;
  rungs_import_rejects_keep (self->rejects);
  return TRUE;
}

gboolean
rungs_import_run (RungsDb                  *db,
                  const RungsImportOptions *options,
                  gint64                    now,
                  RungsImportProgressFunc   progress,
                  gpointer                  progress_data,
                  GCancellable             *cancellable,
                  RungsImportResult        *result,
                  GError                  **error)
{
  g_auto (Import) self = { 0 };
  gboolean done;

  g_return_val_if_fail (db != NULL && options != NULL && options->path != NULL, FALSE);
  g_return_val_if_fail (result != NULL && !rungs_db_in_write (db), FALSE);

  *result = (RungsImportResult) { 0 };
  if (!check_options (options, error))
    return FALSE;
  self.db = db;
  self.options = options;
  self.now = now;
  self.work = (RungsImportWork) { progress, progress_data, cancellable, .n_steps = STEPS };
  self.result = result;
  self.script = (RungsImportScript) { .db = db, .step = rungs_import_work_step,
                                      .step_data = &self.work };
  self.script.parameters.now = now;
  self.script.parameters.overwrite = options->on_match == RUNGS_ON_MATCH_OVERWRITE;
  self.script.parameters.met = options->on_match != RUNGS_ON_MATCH_SKIP;
  self.script.parameters.wording = options->consent;

  done = rungs_import_work_run (&self.work, db, run_import, &self, error);
  result->seconds = rungs_import_work_get_seconds (&self.work);
  if (!done)
    rungs_import_result_clear (result);
  return done;
}
