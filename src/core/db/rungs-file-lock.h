/* rungs-file-lock.h: locks between processes, by flock(2) on a file beside the database.
 *
 * A lock belongs to the open file, so that it also holds between threads, and the kernel gives it
 * back when a process dies. The lock files are empty and stay. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsFileLock RungsFileLock;

/* Opens (and makes) the lock file `path` + `suffix`. Nothing is locked yet. */
RungsFileLock *rungs_file_lock_new (const char  *path,
                                    const char  *suffix,
                                    GError     **error);

/* Gives it back if held. */
void rungs_file_lock_free (RungsFileLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFileLock, rungs_file_lock_free)

/* Waits up to `wait` milliseconds. Errors: BUSY. */
gboolean rungs_file_lock_take (RungsFileLock *self,
                               gboolean       shared,
                               guint          wait,
                               GError       **error);
void rungs_file_lock_give (RungsFileLock *self);

G_END_DECLS
