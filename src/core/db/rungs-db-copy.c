/* rungs-db-copy.c: a private copy of the file, to try something on. */

#include "db/rungs-db-copy.h"

#include <glib/gi18n.h>

#include "db/rungs-db-private.h"
#include "db/rungs-local-day.h"

#define PAGES_AT_ONCE 4096
#define CACHE_MEBIBYTES 32

/* What a crash would do to the copy does not matter. The cache is not large because at each commit
 * SQLite goes through all changed pages in it. */
static const char SQL_SETTINGS[] = "PRAGMA foreign_keys = ON;"
                                   "PRAGMA synchronous = OFF;"
                                   "PRAGMA journal_mode = MEMORY;"
                                   "PRAGMA temp_store = FILE;";

/* What is copied, and into what. */
typedef struct
{
  RungsDb *db;
  sqlite3 *copy;
  RungsDbCopyProgress progress;
  gpointer data;
  GCancellable *cancellable;
} Copying;

/* In one read transaction, so that what others write meanwhile does not begin it anew. */
static gboolean
copy_pages (RungsDb  *db,
            gpointer  data,
            GError  **error)
{
  Copying *copying = data;
  sqlite3_backup *backup
      = sqlite3_backup_init (copying->copy, "main", rungs_db_get_handle (db), "main");
  int code = backup ? SQLITE_OK : sqlite3_errcode (copying->copy);

  while (code == SQLITE_OK && !g_cancellable_is_cancelled (copying->cancellable))
    {
      code = sqlite3_backup_step (backup, PAGES_AT_ONCE);
      if (copying->progress != NULL)
        copying->progress (sqlite3_backup_pagecount (backup) - sqlite3_backup_remaining (backup),
                           sqlite3_backup_pagecount (backup), copying->data);
    }
  sqlite3_backup_finish (backup);
  if (g_cancellable_set_error_if_cancelled (copying->cancellable, error))
    return FALSE;
  return code == SQLITE_DONE
         || rungs_sqlite_fail (copying->copy, code, _ ("copying the file"), error);
}

/* In the caller's transaction, where there is one. */
static gboolean
copy_all (Copying *copying,
          GError **error)
{
  if (!sqlite3_get_autocommit (rungs_db_get_handle (copying->db)))
    return copy_pages (copying->db, copying, error);
  return rungs_db_read (copying->db, copy_pages, copying, error);
}

RungsDb *
rungs_db_copy (RungsDb             *db,
               RungsDbCopyProgress  progress,
               gpointer             data,
               GCancellable        *cancellable,
               GError             **error)
{
  Copying copying = { db, NULL, progress, data, cancellable };
  RungsDb *copy;
  int code;

  g_return_val_if_fail (db != NULL, NULL);

  code = sqlite3_open_v2 ("", &copying.copy,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK)
    code = rungs_local_day_register (copying.copy);
  if (code != SQLITE_OK)
    rungs_sqlite_fail (copying.copy, code, _ ("copying the file"), error);
  else if (rungs_sqlite_exec (copying.copy, SQL_SETTINGS, _ ("copying the file"), error)
           && copy_all (&copying, error))
    {
      sqlite3_extended_result_codes (copying.copy, 1);
      copy = rungs_db_new_for_handle (copying.copy, "", RUNGS_DB_WRITE, NULL, NULL);
      rungs_db_set_cache_mebibytes (copy, CACHE_MEBIBYTES);
      return copy;
    }
  sqlite3_close (copying.copy);
  return NULL;
}
