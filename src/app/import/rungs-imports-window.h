/* rungs-imports-window.h: the imports there were, to look at and to take back. */

#pragma once

#include <adwaita.h>

#include "rungs-imports-kind.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IMPORTS_WINDOW (rungs_imports_window_get_type ())

/**
 * RungsImportsWindow::show-run: the user wants to see the leads of the import `id` (int64);
 * the window closes.
 */
G_DECLARE_FINAL_TYPE (RungsImportsWindow, rungs_imports_window, RUNGS, IMPORTS_WINDOW, AdwWindow)

RungsImportsWindow *rungs_imports_window_new (GtkWindow              *parent,
                                              RungsStore             *store,
                                              const RungsImportsKind *kind);

G_END_DECLS
