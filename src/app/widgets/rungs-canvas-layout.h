/* rungs-canvas-layout.h: who says where the nodes of a canvas stand.
 *
 * A host implements the interface RungsCanvasLayout. Its one function is called when the graph or
 * the size of a node has changed, and fills a RungsCanvasArrangement: a place for each node, and if
 * it likes areas behind them, places where things may be dropped, and the ways of the edges. All
 * lengths are pixels at a zoom of 1; the drawing may begin anywhere, the canvas shows what there is
 * and a margin around it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-canvas-graph.h"

G_BEGIN_DECLS

typedef struct _RungsCanvasArrangement RungsCanvasArrangement;

#define RUNGS_TYPE_CANVAS_LAYOUT (rungs_canvas_layout_get_type ())

G_DECLARE_INTERFACE (RungsCanvasLayout, rungs_canvas_layout, RUNGS, CANVAS_LAYOUT, GObject)

struct _RungsCanvasLayoutInterface
{
  GTypeInterface parent_iface;

  /* Fills `arrangement`, which is empty. Nodes without a place are hidden. */
  void (*arrange) (RungsCanvasLayout      *self,
                   RungsCanvasArrangement *arrangement);
};

typedef enum
{
  RUNGS_CANVAS_LEFT,
  RUNGS_CANVAS_RIGHT,
  RUNGS_CANVAS_TOP,
  RUNGS_CANVAS_BOTTOM,
} RungsCanvasSide;

/* ---- what the layout asks */

/* The graph that is to be arranged. */
RungsCanvasGraph *rungs_canvas_arrangement_get_graph (RungsCanvasArrangement *self);

/* What can be seen at once at a zoom of 1; 0 × 0 before the canvas has a size. */
graphene_size_t rungs_canvas_arrangement_get_view (RungsCanvasArrangement *self);

/* What the node's widget would like: its natural width, and its natural height for `width`
 * (-1: for its natural width). */
int rungs_canvas_arrangement_node_width (RungsCanvasArrangement *self,
                                         const char             *node);
int rungs_canvas_arrangement_node_height (RungsCanvasArrangement *self,
                                          const char             *node,
                                          int                     width);

/* ---- what it says */

/* Puts a node there. */
void rungs_canvas_arrangement_place (RungsCanvasArrangement *self,
                                     const char             *node,
                                     const graphene_rect_t  *where);

/* Draws an area behind the nodes: a column, a lane, a rung. `style` (nullable) are CSS classes of
 * `canvas > area`; `title` (nullable) stands in its upper left corner. */
void rungs_canvas_arrangement_add_area (RungsCanvasArrangement *self,
                                        const graphene_rect_t  *where,
                                        const char             *style,
                                        const char             *title);

/* Says that things may be dropped there; `name` is what a person calls it ("between Basics and
 * Masterclass"): it is shown while something is dragged over it, and by the list of places of the
 * keyboard. Which things, ::accepts says. Where places overlap, the smaller one is meant. The
 * place need not be empty: it may be a node's own. */
void rungs_canvas_arrangement_add_drop_place (RungsCanvasArrangement *self,
                                              const char             *place,
                                              const graphene_rect_t  *where,
                                              const char             *name);

/* Says where an edge leaves and arrives. Without it the canvas takes the sides that face each
 * other, and spreads the ends of several edges evenly. */
void rungs_canvas_arrangement_set_sides (RungsCanvasArrangement *self,
                                         const char             *edge,
                                         RungsCanvasSide         from,
                                         RungsCanvasSide         to);

/* Draws the edge along a way of its own: `points` are its beginning and then three for each cubic
 * Bézier curve (two handles and an end), so 1 + 3 × curves. */
void rungs_canvas_arrangement_route (RungsCanvasArrangement *self,
                                     const char             *edge,
                                     const graphene_point_t *points,
                                     gsize                   n_points);

/* The side on which nodes show the port from which arrows are drawn; RIGHT if nothing is said. */
void rungs_canvas_arrangement_set_port_side (RungsCanvasArrangement *self,
                                             RungsCanvasSide         side);

G_END_DECLS
