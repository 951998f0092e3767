/* rungs-canvas-paper.h: what stands beside a drawing on paper, and how it is put on pages.
 *
 * A drawing that could not be read any more if it was fitted to one page goes over several, side by
 * side and below each other. Neighbours share a strip, whose end is marked on both by a dotted
 * line: they are cut along one and laid over the other. Heading and legend stand on each page. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of the legend. */
typedef struct
{
  char *style;     /* (owned): of edges; it is left out where the drawing has none of that style */
  char *words;     /* (owned) */
  gboolean dashed;
  GdkRGBA color;   /* of that style; told when the picture is taken */
  gboolean found;  /* so is this */
} RungsCanvasLegend;

typedef struct
{
  char *title;       /* (owned) (nullable) */
  char *subtitle;    /* (owned) (nullable) */
  char *note;        /* (owned) (nullable): below the legend: how the drawing is to be read */
  GPtrArray *legend; /* (owned) (element-type RungsCanvasLegend) */
} RungsCanvasPaper;

RungsCanvasPaper *rungs_canvas_paper_new (const char *title,
                                          const char *subtitle);
void rungs_canvas_paper_free (RungsCanvasPaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCanvasPaper, rungs_canvas_paper_free)

void rungs_canvas_paper_add_legend (RungsCanvasPaper *self,
                                    const char       *style,
                                    gboolean          dashed,
                                    const char       *words);

/* How high heading and legend are on paper that is so wide; 0 where there is nothing. */
double rungs_canvas_paper_heading_height (const RungsCanvasPaper *self,
                                          double                  width);

/* How a drawing stands on its pages. */
typedef struct
{
  double width, height; /* of what can be printed on a page */
  double heading;
  double scale;
  guint columns, rows;
} RungsCanvasPages;

/* For a drawing of that size: fitted to one page, but neither larger than `largest` times its size,
 * nor smaller than `least` times: then it goes over several, and is as large as these allow. */
RungsCanvasPages rungs_canvas_pages_lay_out (const RungsCanvasPaper *paper,
                                             graphene_size_t         drawing,
                                             double                  width,
                                             double                  height,
                                             double                  largest,
                                             double                  least);

guint rungs_canvas_pages_count (const RungsCanvasPages *self);

/* Draws what stands above the drawing on that page, and leaves `cr` so that what is drawn then, in
 * the drawing's own size from 0, 0 on, comes where it belongs. To be restored by the caller, and
 * followed by rungs_canvas_pages_finish(). */
void rungs_canvas_pages_begin (const RungsCanvasPages *self,
                               const RungsCanvasPaper *paper,
                               graphene_size_t         drawing,
                               cairo_t                *cr,
                               guint                   page);

/* Marks where neighbours begin. */
void rungs_canvas_pages_finish (const RungsCanvasPages *self,
                                cairo_t                *cr,
                                guint                   page);

G_END_DECLS
