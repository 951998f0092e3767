/* rungs-fault-button.h: marks where the ladder does not hold together, and says why. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that lists what `faults` (element-type RungsLadderFault) say of an offer or, where
 * `offer` is 0, of a product itself; `name` is what that is called. Returns: (nullable): NULL where
 * nothing is wrong. */
GtkWidget *rungs_fault_button_new (GPtrArray  *faults,
                                   gint64      product,
                                   gint64      offer,
                                   const char *name);

G_END_DECLS
