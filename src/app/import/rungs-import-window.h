/* rungs-import-window.h: imports a file of leads: what goes where, the import itself,
 * what came of it. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IMPORT_WINDOW (rungs_import_window_get_type ())

/**
 * RungsImportWindow::show-run: the user wants to see the leads of the import `id` (int64);
 * the window closes.
 */
G_DECLARE_FINAL_TYPE (RungsImportWindow, rungs_import_window, RUNGS, IMPORT_WINDOW, AdwWindow)

/* Begins to read the first rows of the file. */
RungsImportWindow *rungs_import_window_new (GtkWindow  *parent,
                                            RungsStore *store,
                                            const char *path);

G_END_DECLS
