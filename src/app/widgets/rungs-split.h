/* rungs-split.h: a widget, and details of it at its right, whose width is remembered. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_SPLIT (rungs_split_get_type ())

/* The line between the two is drawn with the mouse, or with F8 and the arrow keys. The details keep
 * their width when the window gets another one, are narrower only while there is no room, and have
 * it again at the next start: the setting "browser-detail-width" is that of all splits.
 *
 * RungsSplit:main: (writable): the widget at the left
 * RungsSplit:details: (writable): the one at the right */
G_DECLARE_FINAL_TYPE (RungsSplit, rungs_split, RUNGS, SPLIT, GtkWidget)

G_END_DECLS
