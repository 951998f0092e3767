/* rungs-row-menu.h: what stands at the end of a row: the menu of what can be done with what it
 * shows, or the button that removes it. */

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

/* The button that removes what the row shows: activates `action` with `id` ("x"). `words`: what it
 * does. */
GtkWidget *rungs_row_remove_button_new (const char *words,
                                        const char *action,
                                        gint64      id);

G_END_DECLS
