/* rungs-canvas-layer.h: children at fixed places on a plane that is larger than what is seen of
 * it. A pan allocates the layer only; only what can be seen is drawn. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS_LAYER (rungs_canvas_layer_get_type ())

G_DECLARE_FINAL_TYPE (RungsCanvasLayer, rungs_canvas_layer, RUNGS, CANVAS_LAYER, GtkWidget)

GtkWidget *rungs_canvas_layer_new (void);

/* Puts `child`, whose parent is the layer, there. */
void rungs_canvas_layer_place (RungsCanvasLayer      *self,
                               GtkWidget             *child,
                               const graphene_rect_t *where);

/* Hides it. */
void rungs_canvas_layer_forget (RungsCanvasLayer *self,
                                GtkWidget        *child);

/* What can be seen now, in the layer's pixels. */
void rungs_canvas_layer_set_seen (RungsCanvasLayer      *self,
                                  const graphene_rect_t *seen);

G_END_DECLS
