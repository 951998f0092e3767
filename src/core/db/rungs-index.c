/* rungs-index.c: takes the indexes of a table away for a very large insert, and puts them back. */

#include "db/rungs-index.h"

#include <glib/gi18n.h>

#include "db/rungs-db-private.h"

static const char SQL_INDEXES[]
    = "SELECT name, sql FROM main.sqlite_schema"
      " WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL ORDER BY rowid";

static gboolean
load_indexes (RungsDb    *db,
              const char *table,
              GPtrArray  *names,
              GPtrArray  *indexes,
              GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_INDEXES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":table", table);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_ptr_array_add (names, rungs_statement_dup_text (query, 0));
      g_ptr_array_add (indexes, rungs_statement_dup_text (query, 1));
    }
  return rungs_statement_done (query, error);
}

static gboolean
drop_index (RungsDb    *db,
            const char *name,
            GError    **error)
{
  char *sql = sqlite3_mprintf ("DROP INDEX main.\"%w\"", name);
  gboolean dropped
      = rungs_sqlite_exec (rungs_db_get_handle (db), sql, _ ("dropping an index"), error);

  sqlite3_free (sql);
  return dropped;
}

GPtrArray *
rungs_db_drop_indexes (RungsDb    *db,
                       const char *table,
                       GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) indexes = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (db != NULL && table != NULL, NULL);
  g_return_val_if_fail (rungs_db_in_write (db), NULL);

  if (!load_indexes (db, table, names, indexes, error))
    return NULL;
  for (guint i = 0; i < names->len; i++)
    if (!drop_index (db, g_ptr_array_index (names, i), error))
      return NULL;
  return g_steal_pointer (&indexes);
}

gboolean
rungs_db_create_indexes (RungsDb   *db,
                         GPtrArray *indexes,
                         GError   **error)
{
  g_return_val_if_fail (db != NULL && indexes != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  for (guint i = 0; i < indexes->len; i++)
    if (!rungs_sqlite_exec (rungs_db_get_handle (db), g_ptr_array_index (indexes, i),
                            _ ("making an index"), error))
      return FALSE;
  return TRUE;
}
