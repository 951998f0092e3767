/* rungs-focus.h: keeps the keys where they are while widgets are made anew. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether `widget` or something in it has the keys of its window. */
gboolean rungs_focus_is_in (GtkWidget *widget);

typedef struct _RungsFocus RungsFocus;

/* Closes the lists and menus that are open inside `box`. To be called before widgets go that may
 * have some: what GTK takes out of a window while it is open keeps the keys and the mouse, and the
 * whole window hears nothing any more. */
void rungs_focus_close_popovers (GtkWidget *box);

/* Which of the things that do something inside `box` has the keys: buttons and rows with an action,
 * known by it and its target. To be asked before the widgets go; closes the popovers in it.
 * Returns: (transfer full) (nullable): NULL where the keys are elsewhere. */
RungsFocus *rungs_focus_note (GtkWidget *box);

/* Gives the keys to what does the same now, else to what stands in its place. Takes `self`, which
 * may be NULL: then nothing is done. */
void rungs_focus_restore (RungsFocus *self,
                          GtkWidget  *box);

G_END_DECLS
