/* rungs-check.c: what the file holds against its own rules. */

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"

static gboolean
check_pages (RungsDb   *db,
             GPtrArray *faults,
             GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "PRAGMA integrity_check", error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    if (g_strcmp0 (rungs_statement_get_text (query, 0), "ok") != 0)
      g_ptr_array_add (faults, g_strdup_printf ("file: %s", rungs_statement_get_text (query, 0)));
  return step == RUNGS_DONE;
}

static gboolean
check_references (RungsDb   *db,
                  GPtrArray *faults,
                  GError   **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "PRAGMA foreign_key_check", error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    g_ptr_array_add (faults, g_strdup_printf ("reference: %s %" G_GINT64_FORMAT
                                              " names a %s that is not there",
                                              rungs_statement_get_text (query, 0),
                                              rungs_statement_get_int64 (query, 1),
                                              rungs_statement_get_text (query, 2)));
  return step == RUNGS_DONE;
}

static gboolean
check_search (RungsDb *db,
              gpointer data,
              GError **error)
{
  GPtrArray *faults = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsStatement) check = rungs_db_prepare (
      db, "INSERT INTO lead_search (lead_search, rank) VALUES ('integrity-check', 1)", error);

  if (check == NULL)
    return FALSE;
  if (!rungs_statement_run (check, &failure))
    {
      if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_ptr_array_add (faults, g_strdup ("search index: it does not match the leads"));
    }
  return TRUE;
}

GPtrArray *
rungs_db_check (RungsDb *db,
                GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (db != NULL, NULL);

  if (!check_pages (db, faults, error) || !check_references (db, faults, error)
      || !rungs_db_write (db, check_search, faults, error))
    return NULL;
  return g_steal_pointer (&faults);
}
