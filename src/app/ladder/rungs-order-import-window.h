/* rungs-order-import-window.h: imports a file of orders: what is in it, which products its names
 * are, the work, and what came of it. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_IMPORT_WINDOW (rungs_order_import_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsOrderImportWindow, rungs_order_import_window, RUNGS,
                      ORDER_IMPORT_WINDOW, AdwWindow)

/* `parent` may be NULL in tests. */
RungsOrderImportWindow *rungs_order_import_window_new (GtkWindow   *parent,
                                                       RungsStore  *store,
                                                       const char  *path);

G_END_DECLS
