/* rungs-canvas-route.h: the way of an edge: cubic Bézier curves one after the other. Pure geometry,
 * in pixels at a zoom of 1. */

#pragma once

#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

typedef struct
{
  graphene_point_t *points; /* (owned): the beginning, then three for each curve */
  gsize n;                  /* 0: it has no way (an end is hidden) */
  graphene_rect_t bounds;   /* of the line without its width */
} RungsCanvasRoute;

void rungs_canvas_route_clear (RungsCanvasRoute *self);

/* Copies `points`: 1 + 3 × curves of them. */
void rungs_canvas_route_set (RungsCanvasRoute       *self,
                             const graphene_point_t *points,
                             gsize                   n);

/* A curve that leaves a side of `from`, at `leave` (0 to 1) along it, and arrives at a side of
 * `to`. */
void rungs_canvas_route_between (RungsCanvasRoute      *self,
                                 const graphene_rect_t *from,
                                 RungsCanvasSide        from_side,
                                 double                 leave,
                                 const graphene_rect_t *to,
                                 RungsCanvasSide        to_side,
                                 double                 arrive);

/* A short way down from `from`, at `leave` along its lower side. */
void rungs_canvas_route_stub (RungsCanvasRoute      *self,
                              const graphene_rect_t *from,
                              double                 leave);

/* The sides of two rectangles that face each other. */
void rungs_canvas_route_choose_sides (const graphene_rect_t *from,
                                      const graphene_rect_t *to,
                                      RungsCanvasSide       *from_side,
                                      RungsCanvasSide       *to_side);

/* The point at `t` (0: beginning, 1: end; curves count the same). */
graphene_point_t rungs_canvas_route_point (const RungsCanvasRoute *self,
                                           double                  t);

/* How far the line is from `point`; infinity where it has no way. */
double rungs_canvas_route_distance (const RungsCanvasRoute *self,
                                    const graphene_point_t *point);

/* Draws line and arrow head in the colour that is set. `head` FALSE: a dot at its end. */
void rungs_canvas_route_draw (const RungsCanvasRoute *self,
                              cairo_t                *cr,
                              double                  width,
                              gboolean                dashed,
                              gboolean                head);

G_END_DECLS
