/* rungs-rows.h: widgets one below the other, each as high as the width makes it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_ROWS (rungs_rows_get_type ())

/* What a GtkBox is, but for one thing: that its height depends on its width holds from the
 * beginning. A box finds it out from the widgets in it, when they are first asked for; one that is
 * hidden or empty at that time keeps the wrong answer (GTK 4.8).
 *
 * RungsRows:spacing: pixels between two rows */
G_DECLARE_FINAL_TYPE (RungsRows, rungs_rows, RUNGS, ROWS, GtkWidget)

G_END_DECLS
