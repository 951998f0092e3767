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
 * one a day for 7 days, one a week for 4 weeks, one a month for 12 months. `made` (nullable) tells
 * whether one was made. */
gboolean rungs_backup_keep_daily (RungsDb   *db,
                                  gint64     now,
                                  gboolean  *made,
                                  GError   **error);

/* Returns: (transfer full) (element-type filename): the copies of the file at `path`,
 * newest first. */
GPtrArray *rungs_backup_list (const char *path);

/* Puts a copy in the place of the file; the file that stood there is kept beside it with the ending
 * ".replaced". No program may have the file open (BUSY). */
gboolean rungs_backup_restore (const char  *backup,
                               const char  *path,
                               GError     **error);

G_END_DECLS
