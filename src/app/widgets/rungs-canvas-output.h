/* rungs-canvas-output.h: a drawing is printed, or goes into a file that the user chooses. */

#pragma once

#include "widgets/rungs-canvas-export.h"

G_BEGIN_DECLS

/**
 * RungsCanvasOutput:
 * @canvas: what is drawn
 * @paper: (transfer full): what stands beside it
 * @title: of the window that asks for a file
 * @proposed: a name for the file
 * @failed: (static): what is said over the window where it cannot be done
 * @done: called with the widget when the drawing is in the file
 *
 * To be printed it needs neither @title, @proposed nor @done.
 */
typedef struct
{
  RungsCanvas *canvas;
  RungsCanvasPaper *paper;
  const char *title;
  const char *proposed;
  const char *failed;
  void (*done) (GtkWidget *widget);
} RungsCanvasOutput;

/* Both ask over the window of `widget`, which stays alive until all is done. */
void rungs_canvas_output_print (GtkWidget               *widget,
                                const RungsCanvasOutput *output);
void rungs_canvas_output_save (GtkWidget               *widget,
                               const RungsCanvasOutput *output);

G_END_DECLS
