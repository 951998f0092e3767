/* rungs-canvas-palette.h: a list of things that can be dragged onto a canvas, and that Insert and
 * Enter put there too. */

#pragma once

#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS_PALETTE (rungs_canvas_palette_get_type ())

G_DECLARE_FINAL_TYPE (RungsCanvasPalette, rungs_canvas_palette, RUNGS, CANVAS_PALETTE, GtkWidget)

GtkWidget *rungs_canvas_palette_new (void);

/* What its items are dropped on. A canvas has one palette. */
void rungs_canvas_palette_set_canvas (RungsCanvasPalette *self,
                                      RungsCanvas        *canvas);

/* Removes all items; one that is added next with the id of the one that had the keys has them. */
void rungs_canvas_palette_clear (RungsCanvasPalette *self);

/* Adds an item at the end; `id` is what ::accepts and ::dropped of the canvas say. `group`
 * (nullable) is a heading above it where it differs from the one before. `icon` and `description`
 * are nullable. To be called after the canvas is set. */
void rungs_canvas_palette_add (RungsCanvasPalette *self,
                               const char         *id,
                               const char         *group,
                               const char         *icon,
                               const char         *name,
                               const char         *description);

G_END_DECLS
