/* rungs-run-progress.h: how far sending is, while it goes on. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsRunProgress RungsRunProgress;

/* Looks into the outbox of the file at `path` once a second, with a connection of its own, and
 * shows how many messages have left since and how many wait. NULL where standard error is no
 * terminal. */
RungsRunProgress *rungs_run_progress_new (const char *path);

/* Takes the line away. NULL is allowed. */
void rungs_run_progress_free (RungsRunProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRunProgress, rungs_run_progress_free)

G_END_DECLS
