/* rungs-wrapping-label.h: a label for what is known of somebody or something. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer floating): an empty GtkLabel that wraps, a long word too, without hyphens that
 * are not in its text: they would be read as part of an address. A very long text is cut off. */
GtkWidget *rungs_wrapping_label_new (void);

G_END_DECLS
