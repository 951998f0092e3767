/* rungs-browser-click.h: Ctrl and click in a browser. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): a controller for the GtkColumnView of a browser. */
GtkEventController *rungs_browser_click_new (void);

G_END_DECLS
