/* rungs-order-imports-window.h: the imports of orders there were, to be taken back. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_IMPORTS_WINDOW (rungs_order_imports_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsOrderImportsWindow, rungs_order_imports_window, RUNGS,
                      ORDER_IMPORTS_WINDOW, AdwWindow)

/* `parent` may be NULL in tests. */
RungsOrderImportsWindow *rungs_order_imports_window_new (GtkWindow   *parent,
                                                         RungsStore  *store);

G_END_DECLS
