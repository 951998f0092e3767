/* rungs-canvas-minimap.h: the whole of a canvas in a corner of it, with a frame around what is
 * seen; a press there goes there. Shown while there is clearly more than is seen. */

#pragma once

#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS_MINIMAP (rungs_canvas_minimap_get_type ())

G_DECLARE_FINAL_TYPE (RungsCanvasMinimap, rungs_canvas_minimap, RUNGS, CANVAS_MINIMAP, GtkWidget)

/* A child of `canvas`, which outlives it. */
GtkWidget *rungs_canvas_minimap_new (RungsCanvas *canvas);

/* Nodes stand elsewhere. */
void rungs_canvas_minimap_clear (RungsCanvasMinimap *self);

/* Gives it its place in the corner, or hides it; after the view has changed. */
void rungs_canvas_minimap_allocate (RungsCanvasMinimap *self);

G_END_DECLS
