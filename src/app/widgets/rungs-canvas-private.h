/* rungs-canvas-private.h: what the files of the canvas know of it. */

#pragma once

#include "widgets/rungs-canvas-arrangement.h"
#include "widgets/rungs-canvas-item.h"
#include "widgets/rungs-canvas-layer.h"
#include "widgets/rungs-canvas-lines.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_CANVAS_ZOOM_MIN 0.2
#define RUNGS_CANVAS_ZOOM_MAX 3.0
#define RUNGS_CANVAS_ZOOM_STEP 1.15

struct _RungsCanvas
{
  GtkWidget parent_instance;

  RungsCanvasGraph *graph;             /* (owned) */
  RungsCanvasLayout *layout;           /* (owned) (nullable) */
  RungsCanvasArrangement *arrangement; /* (owned) (nullable): before the first one */
  RungsCanvasMakeFunc make;
  RungsCanvasFillFunc fill;
  gpointer maker;

  RungsCanvasLayer *ground; /* (owned): the areas */
  RungsCanvasLayer *items;  /* (owned): labels of edges, and nodes above them */
  GHashTable *by_id;        /* (owned): id -> RungsCanvasItem, a child of `items` */
  GPtrArray *nodes;         /* (owned): items in the order of the graph */
  GPtrArray *edges;         /* (owned) */
  RungsCanvasLines *lines;  /* (owned) */
  gboolean stale;           /* the layout is to be asked again */

  GtkAdjustment *hadjustment; /* (owned) (nullable) */
  GtkAdjustment *vadjustment; /* (owned) (nullable) */
  GtkScrollablePolicy hpolicy, vpolicy;
  double zoom;
  graphene_rect_t bounds; /* of all that is drawn, and a margin, at a zoom of 1 */
  gboolean allocating;
  gboolean fit_wanted; /* as soon as there is a size */

  GHashTable *selected; /* (owned): a set of ids */
  char *focus;          /* (owned) (nullable): id of what has the keys, or would get them */
  char *wanted;         /* (owned) (nullable): is selected when it comes */
};

/* ---- rungs-canvas-view.c: what is seen of the drawing */

/* Where the point 0, 0 of the drawing is in the view, in whole pixels. */
graphene_point_t rungs_canvas_view_origin (RungsCanvas *self);

/* From the view's pixels to those of the drawing, and back. */
graphene_point_t rungs_canvas_view_to_drawing (RungsCanvas *self,
                                               double       x,
                                               double       y);
graphene_rect_t rungs_canvas_view_from_drawing (RungsCanvas           *self,
                                                const graphene_rect_t *rect);

/* Zooms so that what is at x, y of the view stays there. */
void rungs_canvas_view_zoom_at (RungsCanvas *self,
                                double       zoom,
                                double       x,
                                double       y);
void rungs_canvas_view_pan (RungsCanvas *self,
                            double       dx,
                            double       dy);

/* Pans as little as is needed to see that part of the drawing. */
void rungs_canvas_view_show (RungsCanvas           *self,
                             const graphene_rect_t *rect);

/* Gives the layers their places; after the size, the zoom or a pan has changed. */
void rungs_canvas_view_allocate (RungsCanvas *self);
void rungs_canvas_view_class_init (GtkWidgetClass *klass);
void rungs_canvas_view_init (RungsCanvas *self);

/* The GtkScrollable properties. */
void rungs_canvas_view_set_adjustment (RungsCanvas    *self,
                                       GtkOrientation  orientation,
                                       GtkAdjustment  *adjustment);

/* ---- rungs-canvas-merge.c: the graph and what stands for it */

RungsCanvasItem *rungs_canvas_find (RungsCanvas *self,
                                    const char  *id);

/* Asks the layout and places all items and areas. */
void rungs_canvas_arrange (RungsCanvas *self);

/* Returns: (nullable): the node, edge, or its label, at that place of the view. `on_label`
 * (nullable) says whether it is the label of an edge. */
RungsCanvasItem *rungs_canvas_pick (RungsCanvas *self,
                                    double       x,
                                    double       y,
                                    gboolean    *on_label);

/* What an item covers: a node's place, an edge's label or a little around its middle. */
graphene_rect_t rungs_canvas_item_where (RungsCanvasItem *item);

/* ---- rungs-canvas-selection.c */

void rungs_canvas_selection_set (RungsCanvas *self,
                                 const char  *id,
                                 gboolean     selected);
void rungs_canvas_selection_clear (RungsCanvas *self);
void rungs_canvas_selection_changed (RungsCanvas *self);

/* Forgets what is gone, and takes what was waited for. */
void rungs_canvas_selection_merge (RungsCanvas *self);

/* Gives the keys to that item (and shows it). */
void rungs_canvas_selection_focus (RungsCanvas *self,
                                   const char  *id);

/* Emits the signal of that name. */
void rungs_canvas_emit_activate (RungsCanvas *self,
                                 const char  *id);
void rungs_canvas_emit_label_activated (RungsCanvas *self,
                                        const char  *edge);
void rungs_canvas_emit_menu (RungsCanvas *self,
                             const char  *id,
                             double       x,
                             double       y);

/* ---- rungs-canvas-gestures.c, rungs-canvas-keys.c */

void rungs_canvas_gestures_init (RungsCanvas *self);
void rungs_canvas_keys_class_init (GtkWidgetClass *klass);
void rungs_canvas_keys_init (RungsCanvas *self);

G_END_DECLS
