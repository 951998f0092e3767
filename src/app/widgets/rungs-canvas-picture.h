/* rungs-canvas-picture.h: a canvas as a picture for paper. */

#pragma once

#include "widgets/rungs-canvas-paper.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  GskRenderNode *ground; /* (owned) (nullable): the areas */
  GskRenderNode *items;  /* (owned) (nullable): nodes and labels */
  GArray *lines;         /* (owned): private to the .c file */
  graphene_rect_t bounds; /* of the drawing, in pixels */
  RungsCanvasPaper *paper; /* (owned): what stands beside it */
} RungsCanvasPicture;

/* Takes the picture in light colours and without selection: during the next frame, which shows the
 * canvas as it was. Takes `paper`. G_IO_ERROR_NOT_INITIALIZED where the canvas is not on the
 * screen. */
void rungs_canvas_picture_take_async (RungsCanvas         *canvas,
                                      RungsCanvasPaper    *paper,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data);

/* Returns: (transfer full) */
RungsCanvasPicture *rungs_canvas_picture_take_finish (RungsCanvas   *canvas,
                                                      GAsyncResult  *result,
                                                      GError       **error);
void rungs_canvas_picture_free (RungsCanvasPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCanvasPicture, rungs_canvas_picture_free)

/* See rungs_canvas_pages_lay_out(). */
RungsCanvasPages rungs_canvas_picture_lay_out (RungsCanvasPicture *self,
                                               double              width,
                                               double              height,
                                               double              largest,
                                               double              least);

/* Draws one of those pages on white. */
void rungs_canvas_picture_draw (RungsCanvasPicture     *self,
                                const RungsCanvasPages *pages,
                                cairo_t                *cr,
                                guint                   page);

G_END_DECLS
