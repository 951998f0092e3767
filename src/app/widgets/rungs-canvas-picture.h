/* rungs-canvas-picture.h: a canvas as a picture for paper. */

#pragma once

#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  GskRenderNode *ground; /* (owned) (nullable): the areas */
  GskRenderNode *items;  /* (owned) (nullable): nodes and labels */
  GArray *lines;         /* (owned): private to the .c file */
  graphene_rect_t bounds; /* of the drawing, in pixels */
  char *title;            /* (owned) (nullable) */
  char *subtitle; /* (owned) (nullable) */
} RungsCanvasPicture;

/* Takes the picture in light colours and without selection: during the next frame, which shows the
 * canvas as it was. G_IO_ERROR_NOT_INITIALIZED where the canvas is not on the screen. */
void rungs_canvas_picture_take_async (RungsCanvas         *canvas,
                                      const char          *title,
                                      const char          *subtitle,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data);

/* Returns: (transfer full) */
RungsCanvasPicture *rungs_canvas_picture_take_finish (RungsCanvas   *canvas,
                                                      GAsyncResult  *result,
                                                      GError       **error);
void rungs_canvas_picture_free (RungsCanvasPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCanvasPicture, rungs_canvas_picture_free)

/* How high the heading is, which is not scaled; 0 where there is none. */
double rungs_canvas_picture_heading_height (RungsCanvasPicture *self);

/* Draws heading and drawing on white, fitted to `width` × `height` of `cr`, never larger than
 * `largest` times its own size, the heading at the left, the drawing in the middle under it. */
void rungs_canvas_picture_draw (RungsCanvasPicture *self,
                                cairo_t            *cr,
                                double              width,
                                double              height,
                                double              largest);

G_END_DECLS
