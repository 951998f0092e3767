/* rungs-canvas-host.h: a host of a canvas as tests and benchmarks need it: it keeps cups in the
 * cells of a grid, and arrows between them, does what the canvas says, and notes it. */

#pragma once

#include "widgets/rungs-canvas-palette.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_CANVAS_HOST_CELL_WIDTH 220
#define RUNGS_CANVAS_HOST_CELL_HEIGHT 130

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  RungsCanvas *canvas;
  RungsCanvasPalette *palette;
  GPtrArray *cups;   /* (owned): see the .c file */
  GPtrArray *arrows; /* (owned) */
  GString *said;     /* (owned): the signals, one a line: "moved cup-1 cell-2-0" */
  int columns, rows; /* of the grid */
  int made;          /* how many widgets were made */
  int arranged;      /* how often the layout was asked */
  int next;          /* of the next cup */
} RungsCanvasHost;

/* An empty grid in a window of its own, which is not shown yet. */
RungsCanvasHost *rungs_canvas_host_new (int columns,
                                        int rows);

/* Closes the window, and fails if the canvas is not gone then. */
void rungs_canvas_host_free (RungsCanvasHost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCanvasHost, rungs_canvas_host_free)

/* Adds one to the model; "cup-1", "cup-2", …: the id is lent. */
const char *rungs_canvas_host_add_cup (RungsCanvasHost *self,
                                       int              column,
                                       int              row);
void rungs_canvas_host_add_arrow (RungsCanvasHost *self,
                                  const char      *from,
                                  const char      *to,
                                  const char      *style,
                                  const char      *label);
void rungs_canvas_host_remove (RungsCanvasHost *self,
                               const char      *id);

/* Gives the canvas the model anew. */
void rungs_canvas_host_show (RungsCanvasHost *self);

/* Whether a line of `said` is `line`; it is forgotten. */
gboolean rungs_canvas_host_take (RungsCanvasHost *self,
                                 const char      *line);

G_END_DECLS
