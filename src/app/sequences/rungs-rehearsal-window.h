/* rungs-rehearsal-window.h: rehearses a sequence, and shows what would leave to whom. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_REHEARSAL_WINDOW (rungs_rehearsal_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsRehearsalWindow, rungs_rehearsal_window, RUNGS, REHEARSAL_WINDOW,
                      AdwWindow)

/* Opens the window over `parent` (nullable in tests): who is rehearsed and for how long is asked
 * first. What is being rehearsed ends when the window is closed. */
GtkWindow *rungs_rehearsal_window_present (GtkWindow  *parent,
                                           RungsStore *store,
                                           gint64      sequence);

G_END_DECLS
