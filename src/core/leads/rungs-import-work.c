/* rungs-import-work.c: an import, or the taking back of one, under way. */

#include "leads/rungs-import-work.h"

#include "base/rungs-error.h"

#define CACHE_MEBIBYTES 256

/* The clock is asked once in so many rows. */
#define PROGRESS_ROWS 512
#define PROGRESS_MS 100

double
rungs_import_work_get_seconds (const RungsImportWork *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (g_get_monotonic_time () - self->began, 1) / 1e6;
}

static void
tell (RungsImportWork *self,
      gboolean         writing,
      double           fraction)
{
  RungsImportProgress progress = { writing, self->rows, 0, CLAMP (fraction, 0, 1) };

  self->told = g_get_monotonic_time ();
  if (self->progress == NULL)
    return;
  progress.rows_per_second = self->rows / rungs_import_work_get_seconds (self);
  self->progress (&progress, self->progress_data);
}

void
rungs_import_work_read (RungsImportWork  *self,
                        gint64            rows,
                        RungsTableReader *table)
{
  gint64 before = self->rows;
  RungsTableState state;

  g_return_if_fail (self != NULL && table != NULL);

  self->rows = rows;
  if (rows / PROGRESS_ROWS == before / PROGRESS_ROWS
      || g_get_monotonic_time () - self->told < PROGRESS_MS * 1000)
    return;
  rungs_table_reader_get_state (table, &state);
  tell (self, FALSE, state.fraction);
}

gboolean
rungs_import_work_step (gpointer data,
                        GError **error)
{
  RungsImportWork *self = data;

  g_return_val_if_fail (self != NULL && self->n_steps > 0, FALSE);

  tell (self, TRUE, (double) ++self->steps / self->n_steps);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      db)
{
  rungs_db_interrupt (db);
}

/* SQLite says that it was interrupted; who interrupted it says why. */
static gboolean
run_cancellable (RungsImportWork *self,
                 RungsDb         *db,
                 RungsDbFunc      func,
                 gpointer         data,
                 GError         **error)
{
  g_autoptr (GError) failure = NULL;
  gulong handler = 0;
  gboolean done;

  if (self->cancellable != NULL)
    handler = g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), db, NULL);
  done = func (db, data, &failure);
  g_cancellable_disconnect (self->cancellable, handler);
  if (done)
    return TRUE;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_BUSY)
      && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
rungs_import_work_run (RungsImportWork *self,
                       RungsDb         *db,
                       RungsDbFunc      func,
                       gpointer         data,
                       GError         **error)
{
  gboolean done;

  g_return_val_if_fail (self != NULL && db != NULL && func != NULL, FALSE);

  self->began = g_get_monotonic_time ();
  rungs_db_set_cache_mebibytes (db, CACHE_MEBIBYTES);
  done = run_cancellable (self, db, func, data, error);
  rungs_db_set_cache_mebibytes (db, 0);
  return done;
}
