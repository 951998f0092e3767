/* rungs-import-shape-store.c: where the columns of an exporter go, remembered for its next file. */

#include "leads/rungs-import-shape-store.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "db/rungs-statement.h"
#include "leads/rungs-import-heading.h"

static const char SQL_LOAD[]
    = "SELECT mapping, file_name FROM import_shape WHERE shape = :shape";

static const char SQL_STORE[]
    = "INSERT INTO import_shape (shape, mapping, file_name, used_at)"
      " VALUES (:shape, :mapping, :file, :now)"
      " ON CONFLICT (shape) DO UPDATE"
      " SET mapping = excluded.mapping, file_name = excluded.file_name,"
      "     used_at = excluded.used_at";

static const char SQL_FORGET[] = "DELETE FROM import_shape WHERE shape = :shape";

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dup_shape (const RungsImportMapping *mapping)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    g_ptr_array_add (headings, rungs_import_heading_fold (
                                   rungs_import_mapping_get_column (mapping, i)->heading));
  g_ptr_array_sort (headings, compare_texts);
  for (guint i = 0; i < headings->len; i++)
    {
      const char *heading = g_ptr_array_index (headings, i);

      g_checksum_update (sum, (const guchar *) heading, strlen (heading) + 1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* All columns, with those that go nowhere. */
static char *
dup_json (const RungsImportMapping *mapping)
{
  g_autoptr (JsonArray) columns = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (mapping, i);
      g_autofree char *field = rungs_import_column_dup_field (column);
      JsonArray *pair = json_array_sized_new (2);

      json_array_add_string_element (pair, column->heading);
      json_array_add_string_element (pair, field);
      json_array_add_array_element (columns, pair);
    }
  json_node_set_array (root, columns);
  return json_to_string (root, FALSE);
}

/* The next column of that heading from `from` on; -1: none. */
static int
find_column (const RungsImportMapping *mapping,
             const char               *heading,
             const gboolean           *taken)
{
  g_autofree char *wanted = rungs_import_heading_fold (heading);

  for (guint i = 0; i < rungs_import_mapping_get_n_columns (mapping); i++)
    {
      g_autofree char *folded
          = rungs_import_heading_fold (rungs_import_mapping_get_column (mapping, i)->heading);

      if (!taken[i] && strcmp (folded, wanted) == 0)
        return i;
    }
  return -1;
}

/* Sends every column nowhere first, so that none gives way to another in between. What cannot be
 * read, as from a later version, is left as it was guessed. */
static void
apply (RungsImportMapping *mapping,
       JsonArray          *columns)
{
  guint n = rungs_import_mapping_get_n_columns (mapping);
  g_autofree gboolean *taken = g_new0 (gboolean, n + 1);
  guint length = json_array_get_length (columns);

  for (guint i = 0; i < n; i++)
    rungs_import_mapping_set (mapping, i, "ignore", NULL);
  for (guint i = 0; i < length; i++)
    {
      JsonArray *pair = json_array_get_array_element (columns, i);
      int column = find_column (mapping, json_array_get_string_element (pair, 0), taken);

      if (column < 0)
        continue;
      taken[column] = TRUE;
      rungs_import_mapping_set (mapping, column, json_array_get_string_element (pair, 1), NULL);
    }
}

static gboolean
apply_text (RungsImportMapping *mapping,
            const char         *text)
{
  g_autofree char *before = dup_json (mapping);
  g_autofree char *after = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  apply (mapping, json_node_get_array (node));
  after = dup_json (mapping);
  return strcmp (before, after) != 0;
}

gboolean
rungs_import_shape_recall (RungsDb            *db,
                           RungsImportMapping *mapping,
                           char              **file_name,
                           GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  g_autofree char *shape = NULL;
  RungsStep step;

  g_return_val_if_fail (mapping != NULL, FALSE);

  if (file_name != NULL)
    *file_name = NULL;
  if (query == NULL)
    return FALSE;
  shape = dup_shape (mapping);
  rungs_statement_bind_text (query, ":shape", shape);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW && apply_text (mapping, rungs_statement_get_text (query, 0))
      && file_name != NULL)
    *file_name = rungs_statement_dup_text (query, 1);
  return step != RUNGS_FAILED;
}

static gboolean
store (RungsDb                  *db,
       const RungsImportMapping *mapping,
       const char               *json,
       const char               *file_name,
       gint64                    now,
       GError                  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STORE, error);
  g_autofree char *shape = dup_shape (mapping);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":shape", shape);
  rungs_statement_bind_text (query, ":mapping", json);
  rungs_statement_bind_text (query, ":file", file_name);
  rungs_statement_bind_int64 (query, ":now", now);
  return rungs_statement_run (query, error);
}

gboolean
rungs_import_shape_remember (RungsDb                  *db,
                             const RungsImportMapping *mapping,
                             const RungsImportMapping *guess,
                             const char               *file_name,
                             gint64                    now,
                             GError                  **error)
{
  g_autofree char *chosen = NULL;
  g_autofree char *guessed = NULL;

  g_return_val_if_fail (mapping != NULL && guess != NULL && file_name != NULL, FALSE);

  chosen = dup_json (mapping);
  guessed = dup_json (guess);
  if (strcmp (chosen, guessed) == 0)
    return rungs_import_shape_forget (db, mapping, error);
  return store (db, mapping, chosen, file_name, now, error);
}

gboolean
rungs_import_shape_forget (RungsDb                  *db,
                           const RungsImportMapping *mapping,
                           GError                  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FORGET, error);
  g_autofree char *shape = NULL;

  g_return_val_if_fail (mapping != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  shape = dup_shape (mapping);
  rungs_statement_bind_text (query, ":shape", shape);
  return rungs_statement_run (query, error);
}
