/* rungs-db-open.c: opens the file of a business, or refuses it and leaves it as it is.
 *
 * All writers of a file share the lock "-open" while they live. A writer that gets it alone, and
 * finds a write-ahead log with something in it, follows a program that did not end well: the file
 * is checked before anything is done with it. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "db/rungs-backup.h"
#include "db/rungs-db-private.h"
#include "db/rungs-file-header.h"
#include "db/rungs-local-day.h"
#include "db/rungs-migrations.h"

#define OPEN_WAIT_MS 60000

static const char SQL_SETTINGS[] = "PRAGMA foreign_keys = ON;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA wal_autocheckpoint = 0;"
                                   "PRAGMA temp_store = FILE;"
                                   "PRAGMA secure_delete = FAST;"
                                   "PRAGMA mmap_size = 0;";

static const char SQL_READER_SETTINGS[] = "PRAGMA query_only = ON;"
                                          "PRAGMA wal_autocheckpoint = 0;"
                                          "PRAGMA mmap_size = 0;";

/* The application_id, a number as text because a pragma takes no parameter, is set before there is
 * a write-ahead log, so that it stands in the file itself whatever happens next. */
#define SQL_NEW_FILE "PRAGMA application_id = %u;" \
                     "PRAGMA journal_mode = WAL;"

static gboolean
refuse_damaged (const char *path,
                const char *what,
                GError    **error)
{
  g_autoptr (GPtrArray) backups = rungs_backup_list (path);

  if (backups->len > 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                 _ ("%s is damaged (%s). The newest backup is %s"), path, what,
                 (const char *) g_ptr_array_index (backups, 0));
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                 _ ("%s is damaged (%s), and there is no backup of it"), path, what);
  return FALSE;
}

static gboolean
make_file (const char *path,
           GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno != EEXIST)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("cannot make %s: %s"), path,
                   g_strerror (errno));
      return FALSE;
    }
  if (fd >= 0)
    close (fd);
  return TRUE;
}

/* A file of no bytes is one that was never begun, unless there are backups of it:
 * then it was lost. */
static gboolean
has_backups (const char *path)
{
  g_autoptr (GPtrArray) backups = rungs_backup_list (path);

  return backups->len > 0;
}

static gboolean
refuse_newer (const char        *path,
              const RungsSchema *schema,
              int                version,
              GError           **error)
{
  g_set_error (
      error, RUNGS_ERROR, RUNGS_ERROR_TOO_NEW,
      _ ("%s was written by a newer version of Rungs (its version is %d, this one knows %d)"), path,
      version, rungs_migrations_get_newest (schema));
  return FALSE;
}

static gboolean
accept_header (const char        *path,
               const RungsSchema *schema,
               RungsDbMode        mode,
               RungsFileHeader   *header,
               GError           **error)
{
  switch (header->kind)
    {
    case RUNGS_FILE_MISSING:
      if (mode == RUNGS_DB_CREATE)
        return make_file (path, error);
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("there is no file %s"), path);
      return FALSE;
    case RUNGS_FILE_EMPTY:
      return (mode == RUNGS_DB_CREATE && !has_backups (path))
             || refuse_damaged (path, _ ("it is empty"), error);
    case RUNGS_FILE_OURS:
      return header->version <= rungs_migrations_get_newest (schema)
             || refuse_newer (path, schema, header->version, error);
    case RUNGS_FILE_OTHER:
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s belongs to another program"),
                   path);
      return FALSE;
    case RUNGS_FILE_NO_DATABASE:
    default:
      if (has_backups (path))
        return refuse_damaged (path, _ ("it is no database any more"), error);
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is not a file of Rungs"), path);
      return FALSE;
    }
}

static gboolean
log_is_empty (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (log, &info) != 0 || info.st_size == 0;
}

static sqlite3 *
open_handle (const char *path,
             const char *settings,
             GError    **error)
{
  sqlite3 *handle = NULL;
  int code = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_extended_result_codes (handle, 1);
      sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      sqlite3_busy_timeout (handle, 5000);
      code = rungs_local_day_register (handle);
      if (code == SQLITE_OK
          && rungs_sqlite_exec (handle, settings, _ ("opening the file"), error))
        return handle;
    }
  else
    rungs_sqlite_fail (handle, code, _ ("opening the file"), error);
  sqlite3_close (handle);
  return NULL;
}

static gboolean
quick_check (sqlite3 *handle,
             GError **error)
{
  g_autofree char *found = NULL;
  sqlite3_stmt *query = NULL;
  int code = sqlite3_prepare_v2 (handle, "PRAGMA quick_check (1)", -1, &query, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (query);
  if (code == SQLITE_ROW)
    found = g_strdup ((const char *) sqlite3_column_text (query, 0));
  sqlite3_finalize (query);
  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;
  if (found != NULL && !rungs_sqlite_is_unread (handle))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED, found);
  else
    rungs_sqlite_fail (handle, code == SQLITE_ROW ? SQLITE_IOERR : code, _ ("checking the file"),
                       error);
  return FALSE;
}

/* A copy before the first migration of a start. */
static gboolean
copy_before_migrating (RungsDb           *db,
                       const RungsSchema *schema,
                       int                version,
                       GError           **error)
{
  g_autofree char *folder = rungs_backup_get_folder (rungs_db_get_path (db));
  g_autofree char *base = g_path_get_basename (rungs_db_get_path (db));
  g_autofree char *copy = g_strdup_printf ("%s/%s-before-%03d.db", folder, base,
                                           rungs_migrations_get_newest (schema));

  return version == 0 || rungs_backup_write (db, copy, error);
}

/* Under the write lock. */
static gboolean
bring_up_to_date (RungsDb           *db,
                  const RungsSchema *schema,
                  GError           **error)
{
  g_autofree char *new_file = g_strdup_printf (SQL_NEW_FILE, schema->application_id);
  sqlite3 *handle = rungs_db_get_handle (db);
  int version = 0;

  if (!rungs_sqlite_get_version (handle, &version, error))
    return FALSE;
  if (version == rungs_migrations_get_newest (schema))
    return TRUE;
  /* the header may lag behind a log that was not moved into the file */
  if (version > rungs_migrations_get_newest (schema))
    return refuse_newer (rungs_db_get_path (db), schema, version, error);
  return (version > 0 || rungs_sqlite_exec (handle, new_file, _ ("making the file"), error))
         && copy_before_migrating (db, schema, version, error)
         && rungs_migrations_apply (schema, handle, version, error);
}

static RungsDb *
open_reader (const char *path,
             GError    **error)
{
  sqlite3 *handle = open_handle (path, SQL_READER_SETTINGS, error);

  return handle ? rungs_db_new_for_handle (handle, path, RUNGS_DB_READ, NULL, NULL) : NULL;
}

static RungsDb *
open_writer (const char        *path,
             const RungsSchema *schema,
             RungsDbMode        mode,
             GError           **error)
{
  g_autoptr (RungsFileLock) open_lock = rungs_file_lock_new (path, "-open", error);
  g_autoptr (RungsFileLock) write_lock = NULL;
  g_autoptr (RungsDb) db = NULL;
  RungsFileLock *writing, *opened;
  sqlite3 *handle;
  gboolean alone, up_to_date;

  if (open_lock == NULL)
    return NULL;
  write_lock = rungs_file_lock_new (path, "-write", error);
  if (write_lock == NULL || !rungs_file_lock_take (write_lock, FALSE, OPEN_WAIT_MS, error))
    return NULL;
  alone = rungs_file_lock_take (open_lock, FALSE, 0, NULL);
  if (!alone && !rungs_file_lock_take (open_lock, TRUE, OPEN_WAIT_MS, error))
    return NULL;

  handle = open_handle (path, SQL_SETTINGS, error);
  if (handle == NULL)
    return NULL;
  writing = write_lock;
  opened = open_lock;
  db = rungs_db_new_for_handle (handle, path, mode, g_steal_pointer (&write_lock),
                                g_steal_pointer (&open_lock));
  up_to_date = (!alone || log_is_empty (path) || quick_check (handle, error))
               && bring_up_to_date (db, schema, error)
               && rungs_file_lock_take (opened, TRUE, OPEN_WAIT_MS, error);
  rungs_file_lock_give (writing);
  return up_to_date ? g_steal_pointer (&db) : NULL;
}

RungsDb *
rungs_db_open (const char *path,
               RungsDbMode mode,
               GError    **error)
{
  return rungs_db_open_with (path, rungs_schema_of_business (), mode, error);
}

RungsDb *
rungs_db_open_with (const char        *path,
                    const RungsSchema *schema,
                    RungsDbMode        mode,
                    GError           **error)
{
  RungsFileHeader header;
  g_autoptr (GError) failure = NULL;
  RungsDb *db;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  if (!rungs_file_header_read (path, schema, &header, error)
      || !accept_header (path, schema, mode, &header, error))
    return NULL;

  db = mode == RUNGS_DB_READ ? open_reader (path, &failure)
                             : open_writer (path, schema, mode, &failure);
  if (db != NULL)
    return db;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_DAMAGED))
    refuse_damaged (path, failure->message, error);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
