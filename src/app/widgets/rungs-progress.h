/* rungs-progress.h: how far long work is; set by the thread that works, read by the one that shows
 * it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsProgress RungsProgress;

RungsProgress *rungs_progress_new (void);
RungsProgress *rungs_progress_ref (RungsProgress *self);
void rungs_progress_unref (RungsProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProgress, rungs_progress_unref)

/* `done` of `total` are done; `total` 0: how much there is, is not known. From any thread. */
void rungs_progress_set (RungsProgress *self,
                         gint64         done,
                         gint64         total);

/* What is said of the work besides figures, a name of what is worked on; NULL: nothing. From any
 * thread. */
void rungs_progress_set_note (RungsProgress *self,
                              const char    *note);

void rungs_progress_get (RungsProgress  *self,
                         gint64         *done,
                         gint64         *total,
                         char          **note);

G_END_DECLS
