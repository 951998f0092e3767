/* rungs-undo-keys.h: the keys that undo and redo. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ctrl+Z activates the action `undo` of `widget`, Shift+Ctrl+Z and Ctrl+Y `redo`. In the phase
 * GTK_PHASE_CAPTURE before what has the focus, so that a line of text does not take them for its
 * own; else GTK_PHASE_BUBBLE. */
void rungs_undo_keys_add (GtkWidget           *widget,
                          const char          *undo,
                          const char          *redo,
                          GtkPropagationPhase  phase);

G_END_DECLS
