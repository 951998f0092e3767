/* rungs-browser-keys.h: what the keys do in a browser. */

#pragma once

#include "widgets/rungs-browser.h"

G_BEGIN_DECLS

/* What stands around the table of a browser, in the order of the keys. */
typedef struct
{
  GtkWidget *before;
  GtkWidget *behind[2];
} RungsBrowserAround;

/* The keys in the table. `around` is copied; its widgets live as long as the table. Returns:
 * (transfer full): a controller for the GtkColumnView. */
GtkEventController *rungs_browser_keys_new (RungsBrowser             *browser,
                                            const RungsBrowserAround *around);

/* The keys that work wherever the focus is, as long as the browser is seen. Returns: (transfer
 * full): a controller for the browser. */
GtkEventController *rungs_browser_keys_new_global (void);

G_END_DECLS
