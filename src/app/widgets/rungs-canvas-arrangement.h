/* rungs-canvas-arrangement.h: what a layout object said, as the canvas reads it. */

#pragma once

#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

typedef struct
{
  graphene_rect_t where;
  char *style; /* (owned) (nullable) */
  char *title; /* (owned) (nullable) */
} RungsCanvasArea;

typedef struct
{
  char *id; /* (owned) */
  graphene_rect_t where;
  char *name; /* (owned) */
} RungsCanvasDropPlace;

/* What was said about an edge. */
typedef struct
{
  gboolean sides; /* the next two were said */
  RungsCanvasSide from, to;
  graphene_point_t *points; /* (owned) (nullable) */
  gsize n_points;
} RungsCanvasWay;

/* The natural size of a node's widget. */
typedef int (*RungsCanvasMeasureFunc) (const char     *node,
                                       GtkOrientation  orientation,
                                       int             for_size,
                                       gpointer        data);

struct _RungsCanvasArrangement
{
  RungsCanvasGraph *graph; /* lent */
  graphene_size_t view;
  RungsCanvasMeasureFunc measure;
  gpointer data;
  GHashTable *places; /* (owned): id of a node (lent by the graph) -> graphene_rect_t */
  GHashTable *ways;   /* (owned): id of an edge (lent by the graph) -> RungsCanvasWay */
  GPtrArray *areas;   /* (owned) (element-type RungsCanvasArea) */
  GPtrArray *drops;   /* (owned) (element-type RungsCanvasDropPlace) */
  GHashTable *drop_by_id; /* (owned): id -> one of `drops` */
  RungsCanvasSide port;
};

/* Asks `layout` (nullable: then all nodes stand in one column). The graph must outlive it. */
RungsCanvasArrangement *rungs_canvas_arrangement_new (RungsCanvasLayout      *layout,
                                                      RungsCanvasGraph       *graph,
                                                      graphene_size_t         view,
                                                      RungsCanvasMeasureFunc  measure,
                                                      gpointer                data);
void rungs_canvas_arrangement_free (RungsCanvasArrangement *self);

/* Returns: (nullable) */
const graphene_rect_t *rungs_canvas_arrangement_find (RungsCanvasArrangement *self,
                                                      const char             *node);
RungsCanvasDropPlace *rungs_canvas_arrangement_find_drop (RungsCanvasArrangement *self,
                                                          const char             *place);

G_END_DECLS
