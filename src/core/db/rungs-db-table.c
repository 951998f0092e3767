/* rungs-db-table.c: a table that statements read and the program computes.
 *
 * SQLite is told that the rows of all keys are a million, and those of one key one, so that it asks
 * for one wherever a statement knows which. */

#include "db/rungs-db-table.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"

#define MAX_COLUMNS 8
#define ROWS_OF_ALL 1000000

/* What a statement's plan says of how it reads: whether it knows the key. */
#define BY_KEY 1

typedef struct
{
  RungsDb *db;
  const RungsDbTable *table;
} Module;

typedef struct
{
  sqlite3_vtab base;
  const Module *module; /* (unowned): lives as long as the connection */
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  gpointer reader; /* (owned) (nullable) */
  gint64 values[MAX_COLUMNS];
  gint64 at;
  gint64 row;
  gboolean ended;
} Cursor;

static const Module *
get_module (Cursor *self)
{
  return ((Table *) self->base.pVtab)->module;
}

static int
connect_cb (sqlite3            *handle,
            void               *data,
            int                 n_words,
            const char *const  *words,
            sqlite3_vtab      **vtab,
            char              **fault)
{
  const Module *module = data;
  g_autofree char *sql
      = g_strdup_printf ("CREATE TABLE x (%s, at HIDDEN)", module->table->columns);
  int code = sqlite3_declare_vtab (handle, sql);
  Table *self;

  if (code != SQLITE_OK)
    return code;
  self = g_new0 (Table, 1);
  self->module = module;
  *vtab = &self->base;
  return SQLITE_OK;
}

static int
disconnect_cb (sqlite3_vtab *vtab)
{
  g_free (vtab);
  return SQLITE_OK;
}

/* Where the plan says that the column is that of a value which is known; -1: nowhere. */
static int
find_equal (const sqlite3_index_info *info,
            int                       column,
            gboolean                 *unusable)
{
  for (int i = 0; i < info->nConstraint; i++)
    {
      if (info->aConstraint[i].iColumn != column
          || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
        continue;
      if (info->aConstraint[i].usable)
        return i;
      *unusable = TRUE;
    }
  return -1;
}

static void
use (sqlite3_index_info *info,
     int                 constraint,
     int                 argument)
{
  info->aConstraintUsage[constraint].argvIndex = argument;
  info->aConstraintUsage[constraint].omit = 1;
}

static int
best_index_cb (sqlite3_vtab       *vtab,
               sqlite3_index_info *info)
{
  const RungsDbTable *table = ((Table *) vtab)->module->table;
  gboolean unusable = FALSE;
  int at = find_equal (info, (int) table->n_columns, &unusable);
  int key;

  if (at < 0)
    {
      if (!unusable)
        vtab->zErrMsg = sqlite3_mprintf ("%s is asked without a moment", table->name);
      return unusable ? SQLITE_CONSTRAINT : SQLITE_ERROR;
    }
  key = find_equal (info, 0, &unusable);
  use (info, at, 1);
  if (key >= 0)
    use (info, key, 2);
  info->idxNum = key >= 0 ? BY_KEY : 0;
  info->estimatedRows = key >= 0 ? 1 : ROWS_OF_ALL;
  info->estimatedCost = key >= 0 ? 100 : 10.0 * ROWS_OF_ALL;
  info->orderByConsumed
      = info->nOrderBy == 1 && info->aOrderBy[0].iColumn == 0 && !info->aOrderBy[0].desc;
  return SQLITE_OK;
}

static int
open_cb (sqlite3_vtab         *vtab,
         sqlite3_vtab_cursor **cursor)
{
  Cursor *self = g_new0 (Cursor, 1);

  *cursor = &self->base;
  return SQLITE_OK;
}

static void
end_reader (Cursor *self)
{
  if (self->reader != NULL)
    get_module (self)->table->end (self->reader);
  self->reader = NULL;
}

static int
close_cb (sqlite3_vtab_cursor *cursor)
{
  end_reader ((Cursor *) cursor);
  g_free (cursor);
  return SQLITE_OK;
}

/* The statement fails with what failed here. */
static int
fail (Cursor *self,
      GError *error)
{
  gboolean busy = g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY);

  sqlite3_free (self->base.pVtab->zErrMsg);
  self->base.pVtab->zErrMsg = sqlite3_mprintf ("%s", error->message);
  self->ended = TRUE;
  end_reader (self);
  return busy ? SQLITE_INTERRUPT : SQLITE_ERROR;
}

static int
next_cb (sqlite3_vtab_cursor *cursor)
{
  Cursor *self = (Cursor *) cursor;
  g_autoptr (GError) error = NULL;
  RungsStep step = get_module (self)->table->next (self->reader, self->values, &error);

  if (step == RUNGS_FAILED)
    return fail (self, error);
  self->row++;
  self->ended = step == RUNGS_DONE;
  return SQLITE_OK;
}

static int
filter_cb (sqlite3_vtab_cursor *cursor,
           int                  how,
           const char          *words,
           int                  n_values,
           sqlite3_value      **values)
{
  Cursor *self = (Cursor *) cursor;
  const Module *module = get_module (self);
  g_autoptr (GError) error = NULL;
  gint64 key = how == BY_KEY ? sqlite3_value_int64 (values[1]) : 0;

  end_reader (self);
  self->row = 0;
  self->at = sqlite3_value_int64 (values[0]);
  self->ended = how == BY_KEY && key == 0;
  if (self->ended)
    return SQLITE_OK;
  self->reader = module->table->begin (module->db, self->at, key, &error);
  return self->reader != NULL ? next_cb (cursor) : fail (self, error);
}

static int
eof_cb (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *) cursor)->ended;
}

static int
column_cb (sqlite3_vtab_cursor *cursor,
           sqlite3_context     *context,
           int                  column)
{
  Cursor *self = (Cursor *) cursor;
  gboolean at = column == (int) get_module (self)->table->n_columns;

  sqlite3_result_int64 (context, at ? self->at : self->values[column]);
  return SQLITE_OK;
}

static int
row_id_cb (sqlite3_vtab_cursor *cursor,
           sqlite3_int64       *id)
{
  *id = ((Cursor *) cursor)->row;
  return SQLITE_OK;
}

static const sqlite3_module METHODS = {
  .xConnect = connect_cb,
  .xBestIndex = best_index_cb,
  .xDisconnect = disconnect_cb,
  .xOpen = open_cb,
  .xClose = close_cb,
  .xFilter = filter_cb,
  .xNext = next_cb,
  .xEof = eof_cb,
  .xColumn = column_cb,
  .xRowid = row_id_cb,
};

gboolean
rungs_db_add_table (RungsDb            *db,
                    const RungsDbTable *table,
                    GError            **error)
{
  Module *module;
  int code;

  g_return_val_if_fail (db != NULL && table != NULL, FALSE);
  g_return_val_if_fail (table->n_columns <= MAX_COLUMNS, FALSE);

  module = g_new0 (Module, 1);
  module->db = db;
  module->table = table;
  code = sqlite3_create_module_v2 (rungs_db_get_handle (db), table->name, &METHODS, module, g_free);
  return code == SQLITE_OK || rungs_db_fail (db, code, _ ("working on the file"), error);
}
