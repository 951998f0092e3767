/* rungs-canvas.h: a surface with widgets as nodes and drawn edges between them. Read-only so far:
 * it shows, zooms, and lets the nodes be walked with the keyboard; they are ordinary widgets, so
 * that a screen reader reads them. To be put into a GtkScrolledWindow. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS (rungs_canvas_get_type ())

/**
 * RungsCanvas:zoom: 0.4 to 2.0; 1.0 is the size in which nodes are made.
 *   Ctrl with + - 0 and with the wheel change it
 */
G_DECLARE_FINAL_TYPE (RungsCanvas, rungs_canvas, RUNGS, CANVAS, GtkWidget)

/* Removes all nodes and edges. */
void rungs_canvas_clear (RungsCanvas *self);

/* Puts `node` in row `row`, its middle in column `column` of columns half a node wide. Rows are as
 * high as their highest node. */
void rungs_canvas_add_node (RungsCanvas *self,
                            GtkWidget   *node,
                            int          row,
                            int          column);

/* An arrow from node to node; `to` NULL: a short one that ends below `from`. `label` (nullable)
 * stands at its beginning. `back`: it leads up, and is drawn around the right of both. */
void rungs_canvas_add_edge (RungsCanvas *self,
                            GtkWidget   *from,
                            GtkWidget   *to,
                            const char  *label,
                            gboolean     back);

void rungs_canvas_set_zoom (RungsCanvas *self,
                            double       zoom);

G_END_DECLS
