/* rungs-privacy-tables-store.c: the rows that belong to a lead, by the references of the schema.
 *
 * A table belongs to leads where one of its columns references `lead`, or a table that does. Which
 * rows of it are a lead's is then said by that column; of a table further off, by a question within
 * the question. The schema is asked each time, so that no table can be forgotten. */

#include "engine/rungs-privacy-tables-store.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "engine/rungs-privacy-report.h"

static const char SQL_REFERENCES[]
    = "SELECT s.name, f.\"table\", f.\"from\", coalesce (f.\"to\", 'id')"
      "  FROM sqlite_schema s, pragma_foreign_key_list (s.name) f"
      " WHERE s.type = 'table' ORDER BY s.name, f.id";

/* A column that names a row of another table. */
typedef struct
{
  char *table;
  char *parent;
  char *column;
  char *key;
} Reference;

static void
reference_free (Reference *self)
{
  g_free (self->table);
  g_free (self->parent);
  g_free (self->column);
  g_free (self->key);
  g_free (self);
}

static GPtrArray *
load_references (RungsDb *db,
                 GError **error)
{
  g_autoptr (GPtrArray) references
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_REFERENCES, error);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Reference *reference = g_new0 (Reference, 1);

      reference->table = rungs_statement_dup_text (query, 0);
      reference->parent = rungs_statement_dup_text (query, 1);
      reference->column = rungs_statement_dup_text (query, 2);
      reference->key = rungs_statement_dup_text (query, 3);
      g_ptr_array_add (references, reference);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&references) : NULL;
}

/* What the reference says of a row: that it names one of the parent's rows, of which `condition`
 * holds. */
static char *
dup_condition (const Reference *reference,
               const char      *condition)
{
  if (strcmp (reference->parent, "lead") == 0)
    return g_strdup_printf ("\"%s\" = :id", reference->column);
  return g_strdup_printf ("\"%s\" IN (SELECT \"%s\" FROM \"%s\" WHERE %s)", reference->column,
                          reference->key, reference->parent, condition);
}

/* Adds the tables that name one of those found in an earlier round. Returns: whether there were
 * any. */
static gboolean
add_round (GPtrArray  *references,
           GHashTable *found,
           GPtrArray  *order)
{
  g_autoptr (GHashTable) round
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer table, condition;

  for (guint i = 0; i < references->len; i++)
    {
      const Reference *reference = g_ptr_array_index (references, i);
      const char *of_parent = g_hash_table_lookup (found, reference->parent);
      const char *before = g_hash_table_lookup (round, reference->table);
      g_autofree char *says = NULL;

      if (of_parent == NULL || g_hash_table_contains (found, reference->table))
        continue;
      says = dup_condition (reference, of_parent);
      if (before == NULL)
        g_ptr_array_add (order, g_strdup (reference->table));
      g_hash_table_insert (round, g_strdup (reference->table),
                           before != NULL ? g_strdup_printf ("%s OR %s", before, says)
                                          : g_strdup (says));
    }
  if (g_hash_table_size (round) == 0)
    return FALSE;
  g_hash_table_iter_init (&iter, round);
  while (g_hash_table_iter_next (&iter, &table, &condition))
    g_hash_table_insert (found, g_strdup (table), g_strdup (condition));
  return TRUE;
}

/* table -> condition; `order`: the tables, those nearest to the lead first. */
static GHashTable *
find_tables (RungsDb   *db,
             GPtrArray *order,
             GError   **error)
{
  g_autoptr (GPtrArray) references = load_references (db, error);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (references == NULL)
    return NULL;
  g_hash_table_insert (found, g_strdup ("lead"), g_strdup ("\"id\" = :id"));
  g_ptr_array_add (order, g_strdup ("lead"));
  while (add_round (references, found, order))
    continue;
  return g_steal_pointer (&found);
}

GPtrArray *
rungs_privacy_tables_of_lead (RungsDb *db,
                              GError **error)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) found = find_tables (db, order, error);

  return found ? g_steal_pointer (&order) : NULL;
}

static gboolean
is_instant (const char *column)
{
  return g_str_has_suffix (column, "_at") || strcmp (column, "at") == 0
         || strcmp (column, "paid_until") == 0 || strcmp (column, "valid_from") == 0
         || strcmp (column, "valid_until") == 0;
}

static void
set_value (JsonObject     *row,
           RungsStatement *query,
           int             column)
{
  const char *name = rungs_statement_get_column_name (query, column);
  RungsValueKind kind = rungs_statement_get_kind (query, column);

  if (kind == RUNGS_VALUE_NUMBER && is_instant (name))
    {
      g_autofree char *text = rungs_time_format (rungs_statement_get_int64 (query, column));

      json_object_set_string_member (row, name, text);
    }
  else if (kind == RUNGS_VALUE_NUMBER)
    json_object_set_int_member (row, name, rungs_statement_get_int64 (query, column));
  else if (kind == RUNGS_VALUE_NULL)
    json_object_set_null_member (row, name);
  else
    json_object_set_string_member (row, name, rungs_statement_get_text (query, column));
}

/* The statement is put together from the names of the file's own schema. */
static JsonArray *
load_rows (RungsDb    *db,
           const char *table,
           const char *condition,
           gint64      lead,
           GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" WHERE %s", table, condition);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (JsonArray) rows = json_array_new ();

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      JsonObject *row = json_object_new ();

      for (int i = 0; i < rungs_statement_count_columns (query); i++)
        set_value (row, query, i);
      json_array_add_object_element (rows, row);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&rows) : NULL;
}

JsonObject *
rungs_privacy_rows_load (RungsDb *db,
                         gint64   lead,
                         GError **error)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) found = find_tables (db, order, error);
  g_autoptr (JsonObject) stored = json_object_new ();

  if (found == NULL)
    return NULL;
  for (guint i = 0; i < order->len; i++)
    {
      const char *table = g_ptr_array_index (order, i);
      JsonArray *rows = load_rows (db, table, g_hash_table_lookup (found, table), lead, error);

      if (rows == NULL)
        return NULL;
      json_object_set_array_member (stored, table, rows);
    }
  return g_steal_pointer (&stored);
}
