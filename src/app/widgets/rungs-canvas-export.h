/* rungs-canvas-export.h: a whole canvas on paper and in files: in light colours whatever the screen
 * has, without selection, with a heading; text and lines stay text and lines. */

#pragma once

#include "widgets/rungs-canvas-paper.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

/* Writes the drawing to `file`: an SVG in its own size where the name ends with ".svg", else a PDF
 * of A4 pages, upright or across, of one where it can be read then. Takes `paper`. The canvas must
 * be on the screen. */
void rungs_canvas_export_async (RungsCanvas         *self,
                                GFile               *file,
                                RungsCanvasPaper    *paper,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data);
gboolean rungs_canvas_export_finish (RungsCanvas   *self,
                                     GAsyncResult  *result,
                                     GError       **error);

/* Asks for a printer and prints the drawing on one page, or on as many as are needed for it to be
 * read. Takes `paper`. */
void rungs_canvas_print_async (RungsCanvas         *self,
                               RungsCanvasPaper    *paper,
                               GAsyncReadyCallback  callback,
                               gpointer             data);

/* FALSE with G_IO_ERROR_CANCELLED where the person thought better of it. */
gboolean rungs_canvas_print_finish (RungsCanvas   *self,
                                    GAsyncResult  *result,
                                    GError       **error);

G_END_DECLS
