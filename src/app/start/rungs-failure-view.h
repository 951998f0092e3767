/* rungs-failure-view.h: says why a business cannot be opened, and what to do. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_FAILURE_VIEW (rungs_failure_view_get_type ())

/**
 * RungsFailureView::retry: the file may open now: the user asks for it, or has restored a backup.
 */
G_DECLARE_FINAL_TYPE (RungsFailureView, rungs_failure_view, RUNGS, FAILURE_VIEW, GtkWidget)

/* Explains `error`, which opening `path` ended in. */
void rungs_failure_view_show (RungsFailureView *self,
                              const char       *path,
                              const GError     *error);

G_END_DECLS
