/* rungs-canvas-private.h: what the files of the canvas know of it. */

#pragma once

#include "widgets/rungs-canvas-arrangement.h"
#include "widgets/rungs-canvas-item.h"
#include "widgets/rungs-canvas-layer.h"
#include "widgets/rungs-canvas-lines.h"
#include "widgets/rungs-canvas-minimap.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_CANVAS_ZOOM_MIN 0.2
#define RUNGS_CANVAS_ZOOM_MAX 3.0
#define RUNGS_CANVAS_ZOOM_STEP 1.15

/**
 * RungsCanvasDragKind:
 * @RUNGS_CANVAS_DRAG_RUBBER: a rubber band selects
 * @RUNGS_CANVAS_DRAG_MOVE: a node is carried to a place
 * @RUNGS_CANVAS_DRAG_ITEM: an item of a palette is
 * @RUNGS_CANVAS_DRAG_CONNECT: an arrow is drawn from a node to another
 */
typedef enum
{
  RUNGS_CANVAS_DRAG_RUBBER,
  RUNGS_CANVAS_DRAG_MOVE,
  RUNGS_CANVAS_DRAG_ITEM,
  RUNGS_CANVAS_DRAG_CONNECT,
} RungsCanvasDragKind;

/* What is being dragged, or chosen with the keys. */
typedef struct
{
  RungsCanvasDragKind kind;
  gboolean keys;          /* chosen with the keys: there is no pointer */
  char *what;             /* (owned) (nullable): id of the node or the palette's item */
  GPtrArray *targets;     /* (owned) (element-type utf8): ids of places or nodes that accept it */
  char *target;           /* (owned) (nullable): one of them, that would get it now */
  graphene_point_t start; /* of the drawing */
  double x, y;            /* of the view: where the pointer is */
  GHashTable *before;     /* (owned) (nullable): what was selected before the rubber band */
  guint tick;             /* scrolls while the pointer is near an edge; 0: none */
} RungsCanvasDrag;

/* An item of a palette; a boxed type, which is what is dragged from there. */
typedef struct
{
  char *id;   /* (owned) */
  char *icon; /* (owned) (nullable) */
  char *name; /* (owned) */
} RungsCanvasThing;

#define RUNGS_TYPE_CANVAS_THING (rungs_canvas_thing_get_type ())

GType rungs_canvas_thing_get_type (void);
RungsCanvasThing *rungs_canvas_thing_new (const char *id,
                                          const char *icon,
                                          const char *name);
RungsCanvasThing *rungs_canvas_thing_copy (const RungsCanvasThing *self);
void rungs_canvas_thing_free (RungsCanvasThing *self);

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
  gboolean detailed;        /* the details of edges are shown */
  gboolean stale;           /* the layout is to be asked again */
  RungsCanvasMinimap *minimap; /* (owned): a child */

  GtkAdjustment *hadjustment; /* (owned) (nullable) */
  GtkAdjustment *vadjustment; /* (owned) (nullable) */
  GtkScrollablePolicy hpolicy, vpolicy;
  double zoom;
  graphene_rect_t bounds; /* of all that is drawn, and a margin, at a zoom of 1 */
  gboolean allocating;
  gboolean fit_wanted; /* as soon as there is a size */
  char *to_show;       /* (owned) (nullable): id of what is panned to as soon as it has a place */

  GHashTable *selected; /* (owned): a set of ids */
  char *focus;          /* (owned) (nullable): id of what has the keys, or would get them */
  char *wanted;         /* (owned) (nullable): is selected when it comes */

  RungsCanvasDrag *drag; /* (owned) (nullable) */
  char *hovered;         /* (owned) (nullable): id of the node or edge under the pointer */
  gboolean space;        /* Space is held down: the mouse pans */
  GtkGesture *dragging;  /* lent by the controllers */
  GPtrArray *things;     /* (owned) (element-type RungsCanvasThing): what the palettes offer */
};

/* ---- rungs-canvas-view.c: what is seen of the drawing */

/* Shows the details of edges where the zoom is such that they can be read, or in any case. */
void rungs_canvas_view_show_details (RungsCanvas *self,
                                     gboolean     always);

/* Where the point 0, 0 of the drawing is in the view, in whole pixels. */
graphene_point_t rungs_canvas_view_origin (RungsCanvas *self);

/* Begins to draw, over the view, what is told in the coordinates of the drawing. Returns: (transfer
 * full). Cairo is scaled, not the snapshot: the GTK of Debian 12 puts what Cairo draws in a wrong
 * place where a snapshot is both moved and scaled. */
cairo_t *rungs_canvas_view_append_cairo (RungsCanvas           *self,
                                         GtkSnapshot           *snapshot,
                                         const graphene_rect_t *extents);

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

/* What has the keys from now on, as far as the canvas is concerned. */
void rungs_canvas_selection_point (RungsCanvas *self,
                                   const char  *id);

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

/* ---- rungs-canvas-drag.c: what is dragged, and where it may go */

/* Begins; `what` is NULL for a rubber band. FALSE where nothing accepts it. */
gboolean rungs_canvas_drag_begin (RungsCanvas         *self,
                                  RungsCanvasDragKind  kind,
                                  const char          *what,
                                  double               x,
                                  double               y);

/* The pointer has come to x, y of the view. */
void rungs_canvas_drag_to (RungsCanvas *self,
                           double       x,
                           double       y);

/* The keys chose that target; NULL: none. */
void rungs_canvas_drag_choose (RungsCanvas *self,
                               const char  *target);

/* Lets go: says what was done, if it was let go on a target. TRUE: it was. */
gboolean rungs_canvas_drag_end (RungsCanvas *self);

/* Nothing is done. */
void rungs_canvas_drag_cancel (RungsCanvas *self);

/* Returns: (transfer full) (element-type utf8): ids of the places that accept the item or node. */
GPtrArray *rungs_canvas_drag_find_places (RungsCanvas *self,
                                          const char  *what);

/* Where a target is, of the drawing; its name for people. */
gboolean rungs_canvas_drag_where (RungsCanvas     *self,
                                  const char      *target,
                                  graphene_rect_t *where);
const char *rungs_canvas_drag_name (RungsCanvas *self,
                                    const char  *target);

/* ---- rungs-canvas-port.c: from where arrows are drawn */

/* The middle of the port of a node, of the drawing. FALSE where it has none. */
gboolean rungs_canvas_port_where (RungsCanvas      *self,
                                  const char       *node,
                                  graphene_point_t *where);

/* Whether the port of the node under the pointer, or with the keys, is at x, y of the view.
 * Returns: (nullable): the id of its node. */
const char *rungs_canvas_port_pick (RungsCanvas *self,
                                    double       x,
                                    double       y);
void rungs_canvas_port_snapshot (RungsCanvas *self,
                                 GtkSnapshot *snapshot);

/* ---- rungs-canvas-overlay.c */

/* Draws what is being dragged, over all else. */
void rungs_canvas_overlay_snapshot (RungsCanvas *self,
                                    GtkSnapshot *snapshot);

/* ---- rungs-canvas-choice.c: what and where, from lists */

/* Asks what of the palette is to be inserted, then where. FALSE: there is nothing. The list
 * points to what has the keys in `anchor` (the canvas, or what shows it too), which gets them
 * back. */
gboolean rungs_canvas_choice_ask_what (RungsCanvas *self,
                                       GtkWidget   *anchor);

/* Asks where the item, or the node, or the arrow from it, is to go. FALSE: nowhere. */
gboolean rungs_canvas_choice_ask_where (RungsCanvas         *self,
                                        GtkWidget           *anchor,
                                        RungsCanvasDragKind  kind,
                                        const char          *what);

/* ---- rungs-canvas-gestures.c, -keys.c, -connect.c, -clipboard.c */

void rungs_canvas_gestures_init (RungsCanvas *self);

/* Aborts what is being dragged; the rest of that drag does nothing. */
void rungs_canvas_gestures_stop (RungsCanvas *self);

/* Whether Space is held down. */
void rungs_canvas_gestures_set_space (RungsCanvas *self,
                                      gboolean     space);
void rungs_canvas_keys_class_init (GtkWidgetClass *klass);
void rungs_canvas_keys_init (RungsCanvas *self);

/* Begins to draw an arrow with the keys, from what has them. */
gboolean rungs_canvas_connect_begin (RungsCanvas *self);

/* TRUE: the key was for that. */
gboolean rungs_canvas_connect_key (RungsCanvas *self,
                                   guint        key);
void rungs_canvas_clipboard_class_init (GtkWidgetClass *klass);

/* Of `items` that one that is nearest to the item in that direction. */
RungsCanvasItem *rungs_canvas_keys_nearest (GPtrArray        *items,
                                            RungsCanvasItem  *from,
                                            GtkDirectionType  direction);

/* Returns: (transfer full) (element-type RungsCanvasItem): all that can be selected, in the order
 * of Tab and outline. */
GPtrArray *rungs_canvas_keys_in_order (RungsCanvas *self);

/* FALSE: it is no arrow. */
gboolean rungs_canvas_keys_direction (guint             key,
                                      GtkDirectionType *direction);

G_END_DECLS
