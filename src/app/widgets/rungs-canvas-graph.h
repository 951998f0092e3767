/* rungs-canvas-graph.h: what a canvas shows: nodes, and edges between them. The host makes a
 * graph anew each time, and the canvas takes over from it what differs: nodes and edges are known
 * by their ids, which are unique among both. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RungsCanvasCan:
 * @RUNGS_CANVAS_CAN_SELECT: it can be selected and gets the keys; without it a node is furniture (a
 *   heading, a row of a legend)
 * @RUNGS_CANVAS_CAN_MOVE: it can be dragged to places, and Alt+arrows ask to move it
 * @RUNGS_CANVAS_CAN_CONNECT: arrows can be drawn from it: it shows a port
 * @RUNGS_CANVAS_CAN_ACCEPT: arrows can be drawn to it; the signal ::connects may still say no
 * @RUNGS_CANVAS_CAN_DELETE: Delete asks for its deletion
 *
 * What a person may do with a node or an edge.
 */
typedef enum
{
  RUNGS_CANVAS_CAN_NOTHING = 0,
  RUNGS_CANVAS_CAN_SELECT = 1 << 0,
  RUNGS_CANVAS_CAN_MOVE = 1 << 1,
  RUNGS_CANVAS_CAN_CONNECT = 1 << 2,
  RUNGS_CANVAS_CAN_ACCEPT = 1 << 3,
  RUNGS_CANVAS_CAN_DELETE = 1 << 4,
} RungsCanvasCan;

typedef struct
{
  char *id;            /* (owned) */
  char *kind;          /* (owned) (nullable): a CSS class of the frame around its widget */
  char *name;          /* (owned): what people call it: outline, drag picture, screen reader */
  char *description;   /* (owned) (nullable): what a screen reader and the outline say after it */
  RungsCanvasCan can;  /* SELECT when it was added */
  gpointer data;       /* the host's own, for its functions that make and fill widgets */
  GDestroyNotify free; /* (nullable): of `data` */
} RungsCanvasNode;

typedef struct
{
  char *id;           /* (owned) */
  char *from;         /* (owned): id of a node */
  char *to;           /* (owned) (nullable): id of a node; NULL: a short one ends below `from` */
  char *style;        /* (owned) (nullable): CSS classes that give its colour, "opt-in", "direct",
                       * "personal", "offer", "faint"; see `canvas > edge` in style.css */
  double width;       /* of the line at a zoom of 1; 1.5 when it was added */
  gboolean dashed;
  char *label;        /* (owned) (nullable): stands beside it; may have several lines */
  char *detail;       /* (owned) (nullable): a muted line below the label, from the zoom on at which
                       * it can be read, and on paper */
  double label_at;    /* where along the line it is wanted, 0 to 1; 0.5 when it was added. It gives
                       * way to nodes and to other labels */
  gboolean opens;     /* clicking the label emits ::label-activated, and it looks like a link */
  char *name;         /* (owned) (nullable): for outline and screen reader; NULL: made of the
                       * names of its ends and its label */
  RungsCanvasCan can; /* SELECT when it was added */
  gpointer data;      /* the host's own */
  GDestroyNotify free; /* (nullable): of `data` */
} RungsCanvasEdge;

typedef struct
{
  GPtrArray *nodes; /* (owned) (element-type RungsCanvasNode): in the order of Tab and outline */
  GPtrArray *edges; /* (owned) (element-type RungsCanvasEdge) */
  GHashTable *by_id;      /* (owned): id -> node */
  GHashTable *edge_by_id; /* (owned): id -> edge */
} RungsCanvasGraph;

RungsCanvasGraph *rungs_canvas_graph_new (void);
void rungs_canvas_graph_free (RungsCanvasGraph *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCanvasGraph, rungs_canvas_graph_free)

/* Returns: (transfer none): the new node, whose other fields can be filled. */
RungsCanvasNode *rungs_canvas_graph_add_node (RungsCanvasGraph *self,
                                              const char       *id,
                                              const char       *name);

/* Both ends must be there already; `to` may be NULL. Returns: (transfer none): the new edge, whose
 * other fields can be filled. */
RungsCanvasEdge *rungs_canvas_graph_add_edge (RungsCanvasGraph *self,
                                              const char       *id,
                                              const char       *from,
                                              const char       *to);

/* Returns: (transfer none) (nullable) */
RungsCanvasNode *rungs_canvas_graph_find_node (RungsCanvasGraph *self,
                                               const char       *id);
RungsCanvasEdge *rungs_canvas_graph_find_edge (RungsCanvasGraph *self,
                                               const char       *id);

G_END_DECLS
