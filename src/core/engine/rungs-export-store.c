/* rungs-export-store.c: everything that the file holds, in files that any program can read.
 *
 * Which tables and columns there are is asked of the file, so that a table that is added later
 * is exported too. */

#include "engine/rungs-export-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-migrations.h"
#include "db/rungs-statement.h"
#include "tables/rungs-table-cell.h"
#include "engine/rungs-export-file.h"

static const char README[] =
    "Everything that a file of Rungs holds, one table a file.\r\n"
    "\r\n"
    "*.csv is for spreadsheets. Text that a spreadsheet would compute (it begins with = + - @)\r\n"
    "has an apostrophe before it. *.jsonl is for programs: one JSON object a line, every value\r\n"
    "exactly as it is stored. schema.sql explains the tables and their columns.\r\n"
    "\r\n"
    "Amounts are whole minor units (cents) of the currency beside them. Instants are UTC: as\r\n"
    "text in CSV, as milliseconds since 1970-01-01 in JSON.\r\n";

static const char SQL_TABLES[] = "SELECT name FROM sqlite_schema"
                                 " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                                 "   AND name NOT LIKE 'lead_search%' AND name <> 'lead_deeds'"
                                 " ORDER BY name";

static GPtrArray *
load_tables (RungsDb  *db,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TABLES, error);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  RungsStep step;

  if (query == NULL)
    return NULL;
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    g_ptr_array_add (tables, rungs_statement_dup_text (query, 0));
  return step == RUNGS_DONE ? g_steal_pointer (&tables) : NULL;
}

/* The only statement of the program that is put together: from a name of the file's own schema. */
static RungsStatement *
prepare_rows (RungsDb     *db,
              const char  *table,
              GError     **error)
{
  g_auto (GStrv)
    parts = g_strsplit (table, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", doubled);

  return rungs_db_prepare (db, sql, error);
}

/* Instants are the numbers whose column is named so (data/schema, conventions). */
static gboolean
is_instant (const char *column)
{
  return g_str_has_suffix (column, "_at") || strcmp (column, "at") == 0
         || strcmp (column, "paid_until") == 0 || strcmp (column, "valid_from") == 0
         || strcmp (column, "valid_until") == 0;
}

static char *
dup_hex (RungsStatement *query,
         int             i)
{
  g_autoptr (GBytes) bytes = rungs_statement_dup_blob (query, i);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *hex = g_string_sized_new (2 * size);

  for (gsize n = 0; n < size; n++)
    g_string_append_printf (hex, "%02x", data[n]);
  return g_string_free (hex, FALSE);
}

static void
append_csv (GString        *line,
            RungsStatement *query,
            int             i)
{
  gint64 number = rungs_statement_get_int64 (query, i);
  RungsValueKind kind = rungs_statement_get_kind (query, i);
  gboolean instant = is_instant (rungs_statement_get_column_name (query, i));
  g_autofree char *made = NULL;

  if (kind == RUNGS_VALUE_TEXT)
    rungs_table_append_csv (line, rungs_statement_get_text (query, i));
  else if (kind == RUNGS_VALUE_NUMBER && !instant)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, number);
  else if (kind != RUNGS_VALUE_NULL)
    {
      made = kind == RUNGS_VALUE_NUMBER ? rungs_time_format (number) : dup_hex (query, i);
      rungs_table_append_csv (line, made);
    }
}

static void
append_json (GString        *line,
             RungsStatement *query,
             int             i)
{
  g_autofree char *hex = NULL;

  switch (rungs_statement_get_kind (query, i))
    {
    case RUNGS_VALUE_NUMBER:
      g_string_append_printf (line, "%" G_GINT64_FORMAT, rungs_statement_get_int64 (query, i));
      break;
    case RUNGS_VALUE_TEXT:
      rungs_table_append_json (line, rungs_statement_get_text (query, i));
      break;
    case RUNGS_VALUE_BYTES:
      hex = dup_hex (query, i);
      rungs_table_append_json (line, hex);
      break;
    case RUNGS_VALUE_NULL:
    default:
      g_string_append (line, "null");
    }
}

static void
append_row (GString        *csv,
            GString        *json,
            RungsStatement *query)
{
  for (int i = 0; i < rungs_statement_count_columns (query); i++)
    {
      g_string_append (csv, i > 0 ? "," : "");
      append_csv (csv, query, i);
      g_string_append (json, i > 0 ? "," : "{");
      rungs_table_append_json (json, rungs_statement_get_column_name (query, i));
      g_string_append_c (json, ':');
      append_json (json, query, i);
    }
  g_string_append (csv, "\r\n");
  g_string_append (json, "}\n");
}

static void
append_headings (GString        *csv,
                 RungsStatement *query)
{
  for (int i = 0; i < rungs_statement_count_columns (query); i++)
    {
      g_string_append (csv, i > 0 ? "," : "");
      rungs_table_append_csv (csv, rungs_statement_get_column_name (query, i));
    }
  g_string_append (csv, "\r\n");
}

static gboolean
write_rows (RungsStatement *query,
            RungsExportFile *csv,
            RungsExportFile *json,
            gint64 *rows,
            GError **error)
{
  RungsStep step;

  append_headings (rungs_export_file_get_buffer (csv), query);
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    {
      append_row (rungs_export_file_get_buffer (csv), rungs_export_file_get_buffer (json), query);
      if (!rungs_export_file_write (csv, error) || !rungs_export_file_write (json, error))
        return FALSE;
      ++*rows;
    }
  return step == RUNGS_DONE && rungs_export_file_finish (csv, error)
         && rungs_export_file_finish (json, error);
}

static gboolean
write_table (RungsDb             *db,
             const char          *folder,
             RungsExportedTable  *exported,
             GError             **error)
{
  g_autoptr (RungsStatement) query = prepare_rows (db, exported->table, error);
  g_autoptr (RungsExportFile) csv = NULL;
  g_autoptr (RungsExportFile) json = NULL;

  if (query == NULL
      || (csv = rungs_export_file_new (folder, exported->table, ".csv", error)) == NULL
      || (json = rungs_export_file_new (folder, exported->table, ".jsonl", error)) == NULL)
    return FALSE;
  return write_rows (query, csv, json, &exported->rows, error);
}

static gboolean
write_text (const char  *folder,
            const char  *name,
            const char  *text,
            GError     **error)
{
  g_autoptr (RungsExportFile) file = rungs_export_file_new (folder, name, "", error);

  if (file == NULL)
    return FALSE;
  g_string_append (rungs_export_file_get_buffer (file), text);
  return rungs_export_file_finish (file, error);
}

/* As text: the CREATE statements of the file itself have lost the comments before them. */
static gboolean
write_schema (const char  *folder,
              GError     **error)
{
  g_autofree char *text = rungs_migrations_dup_text (rungs_schema_of_business ());

  return write_text (folder, "schema.sql", text, error);
}

static gboolean
write_all (RungsDb     *db,
           const char  *folder,
           GPtrArray   *done,
           GError     **error)
{
  g_autoptr (GPtrArray) tables = load_tables (db, error);

  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      RungsExportedTable *exported = g_new0 (RungsExportedTable, 1);

      exported->table = g_strdup (g_ptr_array_index (tables, i));
      g_ptr_array_add (done, exported);
      if (!write_table (db, folder, exported, error))
        return FALSE;
    }
  return tables != NULL && write_schema (folder, error)
         && write_text (folder, "README.txt", README, error);
}

/* Removes a folder of plain files. */
static void
remove_folder (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
}

static gboolean
fail (const char  *path,
      GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("the folder %s cannot be made: %s"), path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
is_free (const char  *path,
         GError     **error)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  gboolean empty = dir != NULL && g_dir_read_name (dir) == NULL;

  g_clear_pointer (&dir, g_dir_close);
  if (empty || !g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("%s is there already, and not an empty folder"), path);
  return FALSE;
}

void
rungs_exported_table_free (RungsExportedTable *self)
{
  g_free (self->table);
  g_free (self);
}

GPtrArray *
rungs_export_write (RungsDb     *db,
                    const char  *path,
                    GError     **error)
{
  g_autoptr (GPtrArray) done =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_exported_table_free);
  g_autofree char *plain = g_canonicalize_filename (path, NULL);
  g_autofree char *parent = g_path_get_dirname (plain);
  g_autofree char *part = g_strconcat (plain, ".part", NULL);

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (!is_free (plain, error) || !is_free (part, error))
    return NULL;
  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdir_with_parents (part, 0700) != 0)
    {
      fail (part, error);
      return NULL;
    }
  if (write_all (db, part, done, error) && (g_rename (part, plain) == 0 || fail (plain, error)))
    return g_steal_pointer (&done);
  remove_folder (part);
  return NULL;
}
