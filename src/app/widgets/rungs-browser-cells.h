/* rungs-browser-cells.h: the cells of a browser's column. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Returns: (transfer full): makes the cells of `column`, which rungs_browser_column_copy() made. */
GtkListItemFactory *rungs_browser_cells_new (RungsBrowserColumn *column);

/* Which row the widget belongs to, where it is one that gtk_widget_pick() found in the table; FALSE
 * where it is none. */
gboolean rungs_browser_cells_find_position (GtkWidget *widget,
                                            guint     *position);

G_END_DECLS
