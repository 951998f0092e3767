/* rungs-shortcuts-window.h: the list of all keys. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_SHORTCUTS_WINDOW (rungs_shortcuts_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsShortcutsWindow,
                      rungs_shortcuts_window,
                      RUNGS,
                      SHORTCUTS_WINDOW,
                      AdwWindow)

/* `parent` may be NULL. */
RungsShortcutsWindow *rungs_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
