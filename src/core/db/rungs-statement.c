/* rungs-statement.c: a prepared SQL statement with named parameters. */

#include "db/rungs-statement.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"

struct _RungsStatement
{
  RungsDb *db; /* (unowned): outlives its statements */
  sqlite3_stmt *handle;
  GPtrArray *writes; /* (owned) (element-type interned): tables it writes; empty for a reader */
  gboolean kept;  /* by the connection, also while nobody uses it */
  gboolean taken; /* somebody uses it */
  gboolean running;
  gboolean failed; /* the last step did */
  int unbound;     /* why a value could not be bound, for lack of memory, say; or SQLITE_OK */
};

RungsStatement *
rungs_db_prepare (RungsDb    *db,
                  const char *sql,
                  GError    **error)
{
  RungsStatement *self;
  g_autoptr (GPtrArray) writes = NULL;
  sqlite3_stmt *handle = NULL;
  int code;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  rungs_db_assert_thread (db);

  self = rungs_db_take_statement (db, sql);
  if (self != NULL)
    return self;

  writes = g_ptr_array_new ();
  rungs_db_collect_writes (db, writes);
  code = sqlite3_prepare_v3 (rungs_db_get_handle (db), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle,
                             NULL);
  rungs_db_collect_writes (db, NULL);
  if (code != SQLITE_OK)
    {
      rungs_db_fail (db, code, _ ("working on the file"), error);
      return NULL;
    }

  self = g_new0 (RungsStatement, 1);
  self->db = db;
  self->handle = handle;
  self->writes = g_steal_pointer (&writes);
  self->taken = TRUE;
  self->kept = rungs_db_keep_statement (db, self);
  return self;
}

gboolean
rungs_statement_take (RungsStatement *self)
{
  gboolean was_taken = self->taken;

  self->taken = TRUE;
  return !was_taken;
}

gboolean
rungs_statement_is_taken (RungsStatement *self)
{
  return self->taken;
}

void
rungs_statement_destroy (RungsStatement *self)
{
  sqlite3_finalize (self->handle);
  g_ptr_array_unref (self->writes);
  g_free (self);
}

const char *
rungs_statement_get_sql (RungsStatement *self)
{
  return sqlite3_sql (self->handle);
}

void
rungs_statement_free (RungsStatement *self)
{
  if (!self->kept)
    {
      rungs_statement_destroy (self);
      return;
    }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->taken = FALSE;
  self->running = FALSE;
  self->unbound = SQLITE_OK;
}

gboolean
rungs_statement_has (RungsStatement *self,
                     const char     *name)
{
  return sqlite3_bind_parameter_index (self->handle, name) != 0;
}

/* 0 where there is none. */
static int
find_parameter (RungsStatement *self,
                const char     *name)
{
  int index = sqlite3_bind_parameter_index (self->handle, name);

  if (index != 0 && self->running)
    rungs_statement_reset (self);
  return index;
}

static int
parameter (RungsStatement *self,
           const char     *name)
{
  int index = find_parameter (self, name);

  if (index == 0)
    g_critical ("a statement has no parameter %s: %s", name, sqlite3_sql (self->handle));
  return index;
}

/* What could not be bound would be NULL in the file: the next step fails in its place. */
static void
note_bound (RungsStatement *self,
            int             code)
{
  if (code != SQLITE_OK)
    self->unbound = code;
}

void
rungs_statement_bind_int64 (RungsStatement *self,
                            const char     *name,
                            gint64          value)
{
  note_bound (self, sqlite3_bind_int64 (self->handle, parameter (self, name), value));
}

void
rungs_statement_offer_int64 (RungsStatement *self,
                             const char     *name,
                             gint64          value)
{
  int index = find_parameter (self, name);

  if (index != 0)
    note_bound (self, sqlite3_bind_int64 (self->handle, index, value));
}

static void
bind_text (RungsStatement *self,
           int             index,
           const char     *value)
{
  g_autofree char *valid = NULL;

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  note_bound (self, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
rungs_statement_bind_text (RungsStatement *self,
                           const char     *name,
                           const char     *value)
{
  bind_text (self, parameter (self, name), value);
}

void
rungs_statement_offer_text (RungsStatement *self,
                            const char     *name,
                            const char     *value)
{
  int index = find_parameter (self, name);

  if (index != 0)
    bind_text (self, index, value);
}

void
rungs_statement_bind_blob (RungsStatement *self,
                           const char     *name,
                           gconstpointer   data,
                           gsize           size)
{
  note_bound (self, sqlite3_bind_blob64 (self->handle, parameter (self, name), data ? data : "",
                                         size, SQLITE_TRANSIENT));
}

void
rungs_statement_bind_null (RungsStatement *self,
                           const char     *name)
{
  note_bound (self, sqlite3_bind_null (self->handle, parameter (self, name)));
}

void
rungs_statement_bind_id (RungsStatement *self,
                         const char     *name,
                         gint64          id)
{
  if (id == 0)
    rungs_statement_bind_null (self, name);
  else
    rungs_statement_bind_int64 (self, name, id);
}

/* Whether all that was bound is, and may be written now. */
static gboolean
is_ready (RungsStatement *self,
          GError        **error)
{
  int unbound = self->unbound;

  self->unbound = SQLITE_OK;
  if (unbound != SQLITE_OK)
    return rungs_sqlite_fail (NULL, unbound, _ ("working on the file"), error);
  return self->writes->len == 0 || rungs_db_note_writes (self->db, self->writes, error);
}

RungsStep
rungs_statement_step (RungsStatement *self,
                      GError        **error)
{
  int code;

  g_return_val_if_fail (self != NULL, RUNGS_FAILED);
  rungs_db_assert_thread (self->db);

  self->failed = !is_ready (self, error);
  if (self->failed)
    return RUNGS_FAILED;

  code = sqlite3_step (self->handle);
  self->running = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return RUNGS_ROW;

  if (code == SQLITE_DONE)
    {
      sqlite3_reset (self->handle);
      return RUNGS_DONE;
    }
  rungs_db_fail (self->db, code, _ ("working on the file"), error);
  sqlite3_reset (self->handle);
  self->failed = TRUE;
  return RUNGS_FAILED;
}

gboolean
rungs_statement_run (RungsStatement *self,
                     GError        **error)
{
  RungsStep step;

  while ((step = rungs_statement_step (self, error)) == RUNGS_ROW)
    continue;
  return step == RUNGS_DONE;
}

gboolean
rungs_statement_done (RungsStatement *self,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->failed;
}

void
rungs_statement_reset (RungsStatement *self)
{
  sqlite3_reset (self->handle);
  self->running = FALSE;
}

gint64
rungs_statement_get_int64 (RungsStatement *self,
                           int             column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
rungs_statement_get_text (RungsStatement *self,
                          int             column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
rungs_statement_dup_text (RungsStatement *self,
                          int             column)
{
  return g_strdup (rungs_statement_get_text (self, column));
}

gconstpointer
rungs_statement_get_blob (RungsStatement *self,
                          int             column,
                          gsize          *size)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  *size = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}

GBytes *
rungs_statement_dup_blob (RungsStatement *self,
                          int             column)
{
  gsize size;
  gconstpointer data = rungs_statement_get_blob (self, column, &size);

  return g_bytes_new (data, size);
}

gboolean
rungs_statement_is_null (RungsStatement *self,
                         int             column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

int
rungs_statement_count_columns (RungsStatement *self)
{
  return sqlite3_column_count (self->handle);
}

const char *
rungs_statement_get_column_name (RungsStatement *self,
                                 int             column)
{
  return sqlite3_column_name (self->handle, column);
}

RungsValueKind
rungs_statement_get_kind (RungsStatement *self,
                          int             column)
{
  switch (sqlite3_column_type (self->handle, column))
    {
    case SQLITE_NULL:
      return RUNGS_VALUE_NULL;
    case SQLITE_INTEGER:
      return RUNGS_VALUE_NUMBER;
    case SQLITE_TEXT:
      return RUNGS_VALUE_TEXT;
    default:
      return RUNGS_VALUE_BYTES;
    }
}

gboolean
rungs_statement_get_number (RungsStatement *self,
                            gint64          fallback,
                            gint64         *number,
                            GError        **error)
{
  RungsStep step = rungs_statement_step (self, error);

  g_return_val_if_fail (number != NULL, FALSE);

  if (step == RUNGS_FAILED)
    return FALSE;
  *number = step == RUNGS_ROW ? rungs_statement_get_int64 (self, 0) : fallback;
  rungs_statement_reset (self);
  return TRUE;
}
