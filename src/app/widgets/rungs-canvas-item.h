/* rungs-canvas-item.h: what stands for a node or an edge on a canvas: the frame (`canvasnode`)
 * around a node's widget, and the label (`edge`) of an edge, which also gives the edge its
 * colour. It has the keys, shows selection, and is what a screen reader reads. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-canvas-graph.h"
#include "widgets/rungs-canvas-route.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS_ITEM (rungs_canvas_item_get_type ())

G_DECLARE_FINAL_TYPE (RungsCanvasItem, rungs_canvas_item, RUNGS, CANVAS_ITEM, GtkWidget)

/* Read by the files of the canvas only. */
struct _RungsCanvasItem
{
  GtkWidget parent_instance;

  char *id;              /* (owned) */
  RungsCanvasNode *node; /* (nullable): lent by the graph that is shown */
  RungsCanvasEdge *edge; /* (nullable): the other one of the two */
  GtkWidget *child;      /* (nullable): a child: what the host made; of an edge its label */
  char *kind;            /* (owned) (nullable): the CSS classes that were set for the graph */

  gboolean placed;          /* the layout gave it a place, of an edge both ends have one */
  graphene_rect_t place;    /* of a node; of an edge that of its label, which may be empty */
  RungsCanvasRoute route;   /* of an edge */
  double label_t;           /* of an edge: where along its way its label stands */
  gboolean detailed;        /* of an edge: its detail is shown */
  gboolean hovered;         /* of an edge: the pointer is on its line */
};

/* For a node, with the widget that the host made. */
GtkWidget *rungs_canvas_item_new_node (const char *id,
                                       GtkWidget  *child);
GtkWidget *rungs_canvas_item_new_edge (const char *id);

/* What it stands for in the graph that is shown now. */
void rungs_canvas_item_set_node (RungsCanvasItem *self,
                                 RungsCanvasNode *node);
void rungs_canvas_item_set_edge (RungsCanvasItem  *self,
                                 RungsCanvasEdge  *edge,
                                 RungsCanvasGraph *graph);

/* Of an edge: whether the line below its label is shown. */
void rungs_canvas_item_set_detailed (RungsCanvasItem *self,
                                     gboolean         detailed);

/* Says with its description to which nodes its edges lead; `names` (nullable) is "A, B". */
void rungs_canvas_item_set_targets (RungsCanvasItem *self,
                                    const char      *names);

/* The name that people are told: of an edge without one it is made of its ends and label. */
char *rungs_canvas_item_dup_name (RungsCanvasItem  *self,
                                  RungsCanvasGraph *graph);

RungsCanvasCan rungs_canvas_item_get_can (RungsCanvasItem *self);

void rungs_canvas_item_set_selected (RungsCanvasItem *self,
                                     gboolean         selected);

G_END_DECLS
