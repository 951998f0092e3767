/* rungs-backup.h: copies of the file, made while it is in use. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Writes a consistent copy of the open file to `path` (mode 0600), whole or not at all;
 * what stood there is replaced. */
gboolean rungs_backup_write (RungsDb     *db,
                             const char  *path,
                             GError     **error);

/* The folder in which the copies of the file at `path` are kept. */
char *rungs_backup_get_folder (const char *path);

/* Makes the copy of the day of `now` where there is none yet, and removes old ones: what stays is
 * one a day for 7 days, one a week for 4 weeks, one a month for 12 months, and as long what was
 * made before a newer version took over. Only files that are called as Rungs calls them are
 * removed. `made` (nullable) tells whether one was made. */
gboolean rungs_backup_keep_daily (RungsDb   *db,
                                  gint64     now,
                                  gboolean  *made,
                                  GError   **error);

/* Returns: (transfer full) (element-type filename): the copies of the file at `path`,
 * newest first. */
GPtrArray *rungs_backup_list (const char *path);

/**
 * RungsBackupKind:
 * @RUNGS_BACKUP_DAILY: made by rungs_backup_keep_daily()
 * @RUNGS_BACKUP_BEFORE: made before a newer version of Rungs brought the file up to date
 * @RUNGS_BACKUP_REPLACED: what stood in the place of the file before a copy was put back
 * @RUNGS_BACKUP_UNFINISHED: left over from a copy that was never finished
 * @RUNGS_BACKUP_OWN: anything else there that is called like the file: somebody's own copy, which
 *   Rungs never removes
 */
typedef enum
{
  RUNGS_BACKUP_DAILY,
  RUNGS_BACKUP_BEFORE,
  RUNGS_BACKUP_REPLACED,
  RUNGS_BACKUP_UNFINISHED,
  RUNGS_BACKUP_OWN,
} RungsBackupKind;

typedef struct
{
  char *path; /* (owned) */
  RungsBackupKind kind;
  gint64 written_at;
  gint64 bytes;
  gint64 kept_until; /* when it is removed, where Rungs runs every day; 0: when somebody does */
} RungsBackupCopy;

void rungs_backup_copy_free (RungsBackupCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBackupCopy, rungs_backup_copy_free)

/* Returns: (transfer full) (element-type RungsBackupCopy): every copy that Rungs has made of the
 * file at `path` and kept beside it, newest first, as of `now`. Copies that somebody made elsewhere
 * are not known. */
GPtrArray *rungs_backup_list_copies (const char *path,
                                     gint64      now);

/* Puts a copy in the place of the file; the file that stood there is kept beside it with the ending
 * ".replaced". No program may have the file open (BUSY). */
gboolean rungs_backup_restore (const char  *backup,
                               const char  *path,
                               GError     **error);

G_END_DECLS
