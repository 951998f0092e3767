/* rungs-drop-down.h: what a screen reader says of a GtkDropDown. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets it be called by what is chosen there (`label`) and by the choice. GTK before 4.10 gives the
 * button inside, which has the focus, no name at all. */
void rungs_drop_down_set_label (GtkDropDown *drop_down,
                                const char  *label);

G_END_DECLS
