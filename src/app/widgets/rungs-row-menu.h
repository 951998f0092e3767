/* rungs-row-menu.h: the menu at the end of a row: what can be done with what it shows. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds an item whose action is of `id`, its parameter ("x"). */
void rungs_row_menu_append (GMenu      *menu,
                            const char *label,
                            const char *action,
                            gint64      id);

/* The button that opens the menu. `name` (nullable): of what the row shows, for those who hear the
 * window. */
GtkWidget *rungs_row_menu_button_new (GMenu      *menu,
                                      const char *name);

G_END_DECLS
