/* rungs-db.c: one connection: transactions, statements at rest, and which tables were touched.
 *
 * A write takes the lock file, begins, works, lets the follower follow, commits, and, still under
 * the lock, moves the write-ahead log into the file when it has grown: nobody else ever does.
 * SQLite tells through its authorizer, while a statement is prepared, which tables it would write,
 * triggers included; the statement remembers them, and running it adds them to the write's set. */

#include "db/rungs-db.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-db-copy.h"
#include "db/rungs-db-private.h"
#include "db/rungs-file-lock.h"
#include "db/rungs-kept.h"

#define LOCK_WAIT_MS 60000
#define PASSIVE_CHECKPOINT_PAGES 1000
#define TRUNCATE_CHECKPOINT_PAGES 20000
#define BUSY_WAIT_MS 5000
#define READER_WAIT_MS 1000
#define USUAL_CACHE_MEBIBYTES 16
#define HASHED_LETTERS 32

struct _RungsDb
{
  sqlite3 *handle;
  char *path;
  RungsDbMode mode;
  GThread *thread;            /* (nullable): who uses it */
  GHashTable *statements;     /* (owned): text -> statement, in use or at rest */
  RungsFileLock *write_lock;  /* (owned) (nullable): of a writer of what others may write too */
  RungsFileLock *open_lock;   /* (owned) (nullable): shared by all writers while they live */
  GPtrArray *collecting;      /* (nullable): the authorizer puts there what a statement writes */
  GHashTable *touched;        /* (owned): tables written by the write under way */
  GHashTable *changed;        /* (owned): tables written by committed writes */
  RungsKept *kept;            /* (owned) */
  RungsDbFunc follower;       /* (nullable) */
  gpointer follower_data;
  GDestroyNotify follower_data_free; /* (nullable) */
  int log_pages;              /* in the write-ahead log after the last commit */
  gboolean in_write;
  guint together;             /* that many writes are committed together; 0: each */
  guint waiting;              /* of them, not committed yet */
};

static int
authorize_cb (void       *data,
              int         action,
              const char *first,
              const char *second,
              const char *database,
              const char *trigger)
{
  RungsDb *db = data;

  /* A virtual table declares itself, when a connection first meets it,
   * as if it wrote the schema. */
  if (db->collecting == NULL || g_strcmp0 (database, "main") != 0
      || g_str_has_prefix (first ? first : "", "sqlite_"))
    return SQLITE_OK;
  if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE)
    {
      const char *table = g_intern_string (first);

      if (!g_ptr_array_find (db->collecting, table, NULL))
        g_ptr_array_add (db->collecting, (gpointer) table);
    }
  return SQLITE_OK;
}

static int
committed_cb (void       *data,
              sqlite3    *handle,
              const char *database,
              int         pages)
{
  RungsDb *db = data;

  db->log_pages = pages;
  return SQLITE_OK;
}

/* Of a statement's text: of one that is long some of its letters, for it is asked for often. */
static guint
hash_text (gconstpointer text)
{
  const char *letters = text;
  gsize length = strlen (letters);
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i += 1 + length / HASHED_LETTERS)
    hash = hash * 33 + (guchar) letters[i];
  return hash;
}

static void
destroy_statement_cb (gpointer statement)
{
  rungs_statement_destroy (statement);
}

static gboolean
is_taken_cb (gpointer text,
             gpointer statement,
             gpointer data)
{
  return rungs_statement_is_taken (statement);
}

RungsDb *
rungs_db_new_for_handle (sqlite3       *handle,
                         const char    *path,
                         RungsDbMode    mode,
                         RungsFileLock *write_lock,
                         RungsFileLock *open_lock)
{
  RungsDb *db = g_new0 (RungsDb, 1);

  db->handle = handle;
  db->path = g_strdup (path);
  db->mode = mode;
  db->thread = g_thread_self ();
  db->write_lock = write_lock;
  db->open_lock = open_lock;
  db->statements = g_hash_table_new_full (hash_text, g_str_equal, NULL, destroy_statement_cb);
  db->touched = g_hash_table_new (g_str_hash, g_str_equal);
  db->changed = g_hash_table_new (g_str_hash, g_str_equal);
  db->kept = rungs_kept_new ();
  sqlite3_set_authorizer (handle, authorize_cb, db);
  sqlite3_wal_hook (handle, committed_cb, db);
  sqlite3_busy_timeout (handle, BUSY_WAIT_MS);
  rungs_db_set_cache_mebibytes (db, 0);
  return db;
}

void
rungs_db_close (RungsDb *db)
{
  rungs_db_assert_thread (db);
  g_return_if_fail (!db->in_write);

  if (db->waiting > 0)
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  g_hash_table_foreach_steal (db->statements, is_taken_cb, NULL);
  g_hash_table_unref (db->statements);
  rungs_kept_free (db->kept);
  if (db->mode != RUNGS_DB_READ)
    rungs_db_checkpoint (db, NULL);
  if (sqlite3_close (db->handle) != SQLITE_OK)
    g_critical ("a connection was closed while a statement of it is in use");
  g_clear_pointer (&db->write_lock, rungs_file_lock_free);
  g_clear_pointer (&db->open_lock, rungs_file_lock_free);
  rungs_db_set_follower (db, NULL, NULL, NULL);
  g_hash_table_unref (db->touched);
  g_hash_table_unref (db->changed);
  g_free (db->path);
  g_free (db);
}

sqlite3 *
rungs_db_get_handle (RungsDb *db)
{
  return db->handle;
}

const char *
rungs_db_get_path (RungsDb *db)
{
  g_return_val_if_fail (db != NULL, NULL);

  return db->path;
}

void
rungs_db_assert_thread (RungsDb *db)
{
  if (db->thread == NULL)
    db->thread = g_thread_self ();
  g_assert (db->thread == g_thread_self ());
}

void
rungs_db_hand_over (RungsDb *db)
{
  rungs_db_assert_thread (db);
  db->thread = NULL;
}

static gboolean
is_unread (sqlite3_file *file)
{
  int cause = 0;

  if (file != NULL && file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &cause);
  return cause == EIO || cause == ENXIO;
}

gboolean
rungs_sqlite_is_unread (sqlite3 *handle)
{
  sqlite3_file *file = NULL, *log = NULL;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  return is_unread (file) || is_unread (log);
}

static gboolean
is_of_disk (sqlite3 *handle,
            int      code)
{
  return (code & 0xff) == SQLITE_IOERR
         || ((code & 0xff) == SQLITE_CORRUPT && handle != NULL && rungs_sqlite_is_unread (handle));
}

/* What SQLite's code means to a caller of ours. */
static RungsError
error_code (sqlite3 *handle,
            int      code)
{
  if (is_of_disk (handle, code))
    return RUNGS_ERROR_FAILED;
  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
      return RUNGS_ERROR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return RUNGS_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return RUNGS_ERROR_DAMAGED;
    default:
      return RUNGS_ERROR_FAILED;
    }
}

static const char *
words_of (sqlite3 *handle,
          int      code)
{
  int cause = handle ? sqlite3_system_errno (handle) : 0;
  gboolean failed = is_of_disk (handle, code);

  if ((code & 0xff) == SQLITE_FULL || (failed && (cause == ENOSPC || cause == EDQUOT)))
    return _ ("the disk is full");
  if (failed)
    return _ ("the disk does not work");
  return handle ? sqlite3_errmsg (handle) : sqlite3_errstr (code);
}

gboolean
rungs_sqlite_fail (sqlite3    *handle,
                   int         code,
                   const char *doing,
                   GError    **error)
{
  g_set_error (error, RUNGS_ERROR, error_code (handle, code), "%s: %s", doing,
               words_of (handle, code));
  return FALSE;
}

gboolean
rungs_db_fail (RungsDb    *db,
               int         code,
               const char *doing,
               GError    **error)
{
  return rungs_sqlite_fail (db->handle, code, doing, error);
}

gboolean
rungs_sqlite_exec (sqlite3    *handle,
                   const char *sql,
                   const char *doing,
                   GError    **error)
{
  int code = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || rungs_sqlite_fail (handle, code, doing, error);
}

gboolean
rungs_sqlite_get_version (sqlite3 *handle,
                          int     *version,
                          GError **error)
{
  sqlite3_stmt *query = NULL;
  int code = sqlite3_prepare_v2 (handle, "PRAGMA user_version", -1, &query, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (query);
  if (code == SQLITE_ROW)
    *version = sqlite3_column_int (query, 0);
  else
    rungs_sqlite_fail (handle, code, _ ("reading the file"), error);
  sqlite3_finalize (query);
  return code == SQLITE_ROW;
}

RungsStatement *
rungs_db_take_statement (RungsDb    *db,
                         const char *sql)
{
  RungsStatement *statement = g_hash_table_lookup (db->statements, sql);

  return statement != NULL && rungs_statement_take (statement) ? statement : NULL;
}

gboolean
rungs_db_keep_statement (RungsDb        *db,
                         RungsStatement *statement)
{
  const char *sql = rungs_statement_get_sql (statement);

  return !g_hash_table_contains (db->statements, sql)
         && g_hash_table_insert (db->statements, (gpointer) sql, statement);
}

void
rungs_db_collect_writes (RungsDb   *db,
                         GPtrArray *tables)
{
  db->collecting = tables;
}

gboolean
rungs_db_note_writes (RungsDb   *db,
                      GPtrArray *tables,
                      GError   **error)
{
  if (!db->in_write)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   "a statement that writes %s was run outside of a write",
                   (const char *) g_ptr_array_index (tables, 0));
      return FALSE;
    }
  for (guint i = 0; i < tables->len; i++)
    g_hash_table_add (db->touched, g_ptr_array_index (tables, i));
  rungs_kept_forget (db->kept, tables);
  return TRUE;
}

/* Keeps other writers of any process out. A private copy has none. */
static gboolean
lock_writing (RungsDb *db,
              GError **error)
{
  return db->write_lock == NULL
         || rungs_file_lock_take (db->write_lock, FALSE, LOCK_WAIT_MS, error);
}

static void
unlock_writing (RungsDb *db)
{
  if (db->write_lock != NULL)
    rungs_file_lock_give (db->write_lock);
}

/* Under the lock only. A log that readers still need is emptied another time. */
static void
checkpoint_if_grown (RungsDb *db)
{
  if (db->log_pages >= TRUNCATE_CHECKPOINT_PAGES)
    {
      sqlite3_busy_timeout (db->handle, 100);
      if (sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL)
          == SQLITE_OK)
        db->log_pages = 0;
      sqlite3_busy_timeout (db->handle, BUSY_WAIT_MS);
    }
  else if (db->log_pages >= PASSIVE_CHECKPOINT_PAGES)
    sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* A commit that could not be flushed lies in the log all the same, perhaps whole, and whoever opens
 * the file after a crash would find it there. The next commit is written over it. */
static gboolean
overwrite_failed_commit (RungsDb *db)
{
  g_autofree char *sql = NULL;
  gboolean overwritten;
  int version = 0;

  if (!rungs_sqlite_get_version (db->handle, &version, NULL))
    return FALSE;
  sql = g_strdup_printf ("BEGIN IMMEDIATE; PRAGMA user_version = %d; COMMIT", version);
  overwritten = sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK;
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  return overwritten;
}

static gboolean
commit (RungsDb *db,
        GError **error)
{
  g_autoptr (GError) failure = NULL;
  int code = sqlite3_exec (db->handle, "COMMIT", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  rungs_db_fail (db, code, _ ("writing to disk"), &failure);
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  if ((code & 0xff) == SQLITE_IOERR && !overwrite_failed_commit (db))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                 _ ("%s. It may turn out to have been written all the same: look before you do it"
                 " again"), failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Whether something was written that is followed. */
static gboolean
is_followed (RungsDb *db)
{
  return db->follower != NULL
         && (g_hash_table_contains (db->touched, "event")
             || g_hash_table_contains (db->touched, "name_change"));
}

/* Where writes are committed together, the transaction of the first goes on. */
static gboolean
begin (RungsDb *db,
       GError **error)
{
  return db->waiting > 0
         || rungs_sqlite_exec (db->handle, "BEGIN IMMEDIATE", _ ("beginning to write"), error);
}

static gboolean
commit_when_due (RungsDb *db,
                 GError **error)
{
  if (++db->waiting < db->together)
    return TRUE;
  db->waiting = 0;
  return commit (db, error);
}

static void
note_changed (RungsDb *db)
{
  GHashTableIter tables;
  gpointer table;

  g_hash_table_iter_init (&tables, db->touched);
  while (g_hash_table_iter_next (&tables, &table, NULL))
    g_hash_table_add (db->changed, table);
}

/* What was kept of rows that are undone now is not known to be so any more. */
static void
undo (RungsDb *db)
{
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  if (db->together > 0)
    {
      rungs_kept_free (db->kept);
      db->kept = rungs_kept_new ();
    }
  db->waiting = 0;
}

static gboolean
work_and_commit (RungsDb    *db,
                 RungsDbFunc func,
                 gpointer    data,
                 GError    **error)
{
  gboolean written;

  if (!begin (db, error))
    return FALSE;

  db->in_write = TRUE;
  written = func (db, data, error)
            && (!is_followed (db) || db->follower (db, db->follower_data, error))
            && commit_when_due (db, error);
  if (written)
    note_changed (db);
  else
    undo (db);
  db->in_write = FALSE;
  return written;
}

gboolean
rungs_db_commit_together (RungsDb *db,
                          guint    writes,
                          GError **error)
{
  g_return_val_if_fail (db != NULL && db->write_lock == NULL, FALSE);
  g_return_val_if_fail (!db->in_write, FALSE);
  rungs_db_assert_thread (db);

  db->together = writes;
  if (db->waiting == 0)
    return TRUE;
  db->waiting = 0;
  return commit (db, error);
}

gboolean
rungs_db_write (RungsDb    *db,
                RungsDbFunc func,
                gpointer    data,
                GError    **error)
{
  gboolean written;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->mode != RUNGS_DB_READ, FALSE);
  g_return_val_if_fail (!db->in_write, FALSE);
  rungs_db_assert_thread (db);

  if (!lock_writing (db, error))
    return FALSE;
  g_hash_table_remove_all (db->touched);
  written = work_and_commit (db, func, data, error);
  checkpoint_if_grown (db);
  unlock_writing (db);
  return written;
}

gboolean
rungs_db_read (RungsDb    *db,
               RungsDbFunc func,
               gpointer    data,
               GError    **error)
{
  gboolean done;

  g_return_val_if_fail (db != NULL, FALSE);
  rungs_db_assert_thread (db);

  if (!sqlite3_get_autocommit (db->handle))
    return func (db, data, error);
  if (!rungs_sqlite_exec (db->handle, "BEGIN", _ ("beginning to read"), error))
    return FALSE;
  /* what was put into temporary tables meanwhile is written now, and the disk may be full */
  done = func (db, data, error)
         && rungs_sqlite_exec (db->handle, "COMMIT", _ ("keeping what was read"), error);
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  return done;
}

gboolean
rungs_db_in_write (RungsDb *db)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return db->in_write;
}

void
rungs_db_set_follower (RungsDb       *db,
                       RungsDbFunc    follower,
                       gpointer       data,
                       GDestroyNotify data_free)
{
  g_return_if_fail (db != NULL);

  if (db->follower_data_free != NULL)
    db->follower_data_free (db->follower_data);
  db->follower = follower;
  db->follower_data = data;
  db->follower_data_free = data_free;
}

gboolean
rungs_db_follow (RungsDb *db,
                 GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->in_write, FALSE);

  return db->follower == NULL || db->follower (db, db->follower_data, error);
}

gint64
rungs_db_get_last_id (RungsDb *db)
{
  g_return_val_if_fail (db != NULL, 0);

  return sqlite3_last_insert_rowid (db->handle);
}

gint64
rungs_db_get_changes (RungsDb *db)
{
  g_return_val_if_fail (db != NULL, 0);

  return sqlite3_changes64 (db->handle);
}

GHashTable *
rungs_db_take_changed_tables (RungsDb *db)
{
  GHashTable *changed;

  g_return_val_if_fail (db != NULL, NULL);

  changed = db->changed;
  db->changed = g_hash_table_new (g_str_hash, g_str_equal);
  return changed;
}

gint64
rungs_db_get_data_version (RungsDb *db)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, "PRAGMA data_version", NULL);
  gint64 version = 0;

  if (query != NULL)
    rungs_statement_get_number (query, 0, &version, NULL);
  return version;
}

/* What is not committed may be taken back. */
void
rungs_db_keep (RungsDb           *db,
               const char        *name,
               const char *const *tables,
               gpointer           value,
               GDestroyNotify     value_free)
{
  g_return_if_fail (db != NULL && tables != NULL && value_free != NULL);
  rungs_db_assert_thread (db);

  for (guint i = 0; db->in_write && tables[i] != NULL; i++)
    if (g_hash_table_contains (db->touched, tables[i]))
      {
        value_free (value);
        return;
      }
  rungs_kept_put (db->kept, name, tables, rungs_db_get_data_version (db), value, value_free);
}

gpointer
rungs_db_get_kept (RungsDb    *db,
                   const char *name)
{
  g_return_val_if_fail (db != NULL && name != NULL, NULL);
  rungs_db_assert_thread (db);

  return rungs_kept_get (db->kept, name, rungs_db_get_data_version (db));
}

void
rungs_db_interrupt (RungsDb *db)
{
  g_return_if_fail (db != NULL);

  sqlite3_interrupt (db->handle);
}

gboolean
rungs_db_checkpoint (RungsDb *db,
                     GError **error)
{
  int code;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->mode != RUNGS_DB_READ, FALSE);

  if (!lock_writing (db, error))
    return FALSE;
  sqlite3_busy_timeout (db->handle, 100);
  code = sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (db->handle, BUSY_WAIT_MS);
  unlock_writing (db);
  return code == SQLITE_OK || code == SQLITE_BUSY
         || rungs_db_fail (db, code, _ ("emptying the write-ahead log"), error);
}

/* Under the lock only. */
static gboolean
empty_log (RungsDb *db,
           GError **error)
{
  int code;

  sqlite3_busy_timeout (db->handle, READER_WAIT_MS);
  code = sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (db->handle, BUSY_WAIT_MS);
  if (code == SQLITE_OK)
    db->log_pages = 0;
  return code == SQLITE_OK || rungs_db_fail (db, code, _ ("emptying the write-ahead log"), error);
}

gboolean
rungs_db_wipe (RungsDb *db,
               GError **error)
{
  gboolean wiped;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (db->mode != RUNGS_DB_READ, FALSE);
  g_return_val_if_fail (!db->in_write, FALSE);
  rungs_db_assert_thread (db);

  if (!lock_writing (db, error))
    return FALSE;
  wiped = empty_log (db, error)
          && rungs_sqlite_exec (db->handle, "VACUUM", _ ("writing the file anew"), error)
          && empty_log (db, error);
  unlock_writing (db);
  return wiped;
}

void
rungs_db_set_cache_mebibytes (RungsDb *db,
                              guint    mebibytes)
{
  g_autofree char *pragma = NULL;

  g_return_if_fail (db != NULL);

  pragma = g_strdup_printf ("PRAGMA cache_size = -%u",
                            (mebibytes ? mebibytes : USUAL_CACHE_MEBIBYTES) * 1024);
  sqlite3_exec (db->handle, pragma, NULL, NULL, NULL);
}
