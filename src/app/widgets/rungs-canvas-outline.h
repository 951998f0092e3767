/* rungs-canvas-outline.h: the nodes and edges of a canvas as a list: for screen readers, and for
 * who prefers lists. It has the same selection, and the same keys do the same. To be put into a
 * GtkScrolledWindow. */

#pragma once

#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS_OUTLINE (rungs_canvas_outline_get_type ())

/**
 * Its actions are those of the canvas; those that want a place or another node ask in a list.
 *
 * RungsCanvasOutline::menu: (const char *id, double x, double y): the context menu is wanted for
 *   what is selected; x, y in the outline's own pixels
 */
G_DECLARE_FINAL_TYPE (RungsCanvasOutline, rungs_canvas_outline, RUNGS, CANVAS_OUTLINE, GtkWidget)

/* What is done in it, the canvas says by its own signals; it need not be on the screen. */
GtkWidget *rungs_canvas_outline_new (RungsCanvas *canvas);

/* For one from a template; to be called once. */
void rungs_canvas_outline_set_canvas (RungsCanvasOutline *self,
                                      RungsCanvas        *canvas);

G_END_DECLS
