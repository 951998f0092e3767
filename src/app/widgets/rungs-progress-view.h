/* rungs-progress-view.h: shows long work: amount, rate, time left, and a button to cancel. */

#pragma once

#include <adwaita.h>

#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PROGRESS_VIEW (rungs_progress_view_get_type ())

/* A part of a page or window. See rungs_progress_window_new() for a window of its own. */
G_DECLARE_FINAL_TYPE (RungsProgressView, rungs_progress_view, RUNGS, PROGRESS_VIEW, GtkWidget)

RungsProgressView *rungs_progress_view_new (void);

/* Follows `progress` until it is given another one or NULL. The button cancels `cancellable`; NULL:
 * there is no button. */
void rungs_progress_view_follow (RungsProgressView *self,
                                 const char        *title,
                                 RungsProgress     *progress,
                                 GCancellable      *cancellable);

/* A small modal window with such a view. It cannot be closed, only cancelled; destroy it when the
 * work has ended. */
GtkWindow *rungs_progress_window_new (GtkWindow     *parent,
                                      const char    *title,
                                      RungsProgress *progress,
                                      GCancellable  *cancellable);

G_END_DECLS
