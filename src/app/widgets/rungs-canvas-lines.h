/* rungs-canvas-lines.h: the lines of the edges, painted once and shown while the canvas pans. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-canvas-item.h"

G_BEGIN_DECLS

typedef struct _RungsCanvasLines RungsCanvasLines;

RungsCanvasLines *rungs_canvas_lines_new (void);
void rungs_canvas_lines_free (RungsCanvasLines *self);

/* Something about the edges, or their colours, is no longer as it was. */
void rungs_canvas_lines_clear (RungsCanvasLines *self);

/* Paints what can be seen: `edges` (element-type RungsCanvasItem) in the pixels of the view, where
 * the point 0, 0 of the drawing stands at `origin`. */
void rungs_canvas_lines_snapshot (RungsCanvasLines *self,
                                  GtkSnapshot      *snapshot,
                                  GPtrArray        *edges,
                                  graphene_point_t  origin,
                                  double            zoom,
                                  int               scale,
                                  int               width,
                                  int               height);

/* Paints one edge with that colour and that much wider, at a zoom of 1. */
void rungs_canvas_lines_draw (RungsCanvasItem *edge,
                              cairo_t         *cr,
                              const GdkRGBA   *color,
                              double           wider);

/* What the line and its head may cover, at a zoom of 1. */
graphene_rect_t rungs_canvas_lines_extents (RungsCanvasItem *edge,
                                            double           wider);

G_END_DECLS
