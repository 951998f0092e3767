/* rungs-canvas.h: a surface that can be zoomed and panned, with widgets as nodes and drawn edges
 * between them. To be put into a GtkScrolledWindow.
 *
 * The host gives it a graph, a layout object, and functions that make widgets for nodes. The canvas
 * never changes the graph: it says by signals what the person wants, the host does it, and gives
 * it the new graph. Nodes and edges are known by their ids, so that widgets, selection and keys
 * survive that. Each node's widget stands in a frame (`canvasnode`) which has the keys and shows
 * selection, so it should be a plain widget; buttons within it work as usual.
 *
 * Mouse: click, Ctrl or Shift and click, a rubber band from the ground; dragging a node to a place;
 * dragging from the port of a node to another node; Ctrl+wheel and pinch zoom, wheel, middle
 * button and Space with the mouse pan; double click opens, the other button asks for the menu.
 * Keys: arrows walk, Tab goes along the edges, Ctrl+arrows move the keys without selecting, Enter
 * opens, Menu asks for the menu, Ctrl+A, Escape, Delete, Alt+arrows and M move, C connects, Insert
 * inserts, Ctrl+C X V D, Ctrl + − 0 9. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-canvas-graph.h"
#include "widgets/rungs-canvas-layout.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CANVAS (rungs_canvas_get_type ())

/**
 * RungsCanvas:zoom: 0.2 to 3.0; 1.0 is the size in which nodes are made
 *
 * RungsCanvas::selection-changed: rungs_canvas_get_selected() gives another answer
 *
 * RungsCanvas::graph-changed: there is another graph, by rungs_canvas_take_graph()
 *
 * RungsCanvas::activate: (const char *id): Enter or a double click on a node or an edge
 *
 * RungsCanvas::label-activated: (const char *edge): a click on the label of an edge that `opens`
 *
 * RungsCanvas::menu: (const char *id, double x, double y): the context menu is wanted; `id` is a
 *   node or an edge, which is selected, or NULL for the ground; x, y in the canvas's own pixels
 *
 * RungsCanvas::accepts: (const char *item, const char *place) → gboolean: whether the item of the
 *   palette, or the node of that id, could be dropped on that place. Asked while something is
 *   dragged; where nobody answers, nothing is accepted
 *
 * RungsCanvas::dropped: (const char *item, const char *place): an item of the palette was dropped
 *
 * RungsCanvas::moved: (const char *node, const char *place): a node was dropped
 *
 * RungsCanvas::move-by: (const char *node, GtkDirectionType direction): Alt and an arrow
 *
 * RungsCanvas::connects: (const char *from, const char *to) → gboolean: whether an arrow may be
 *   drawn; asked for nodes that can CONNECT and ACCEPT only, and where nobody answers it may
 *
 * RungsCanvas::connected: (const char *from, const char *to): an arrow was drawn
 *
 * RungsCanvas::delete: what is selected (and can be deleted) is to be deleted
 *
 * RungsCanvas::copy: () → char *: (transfer full) (nullable): the JSON of what is selected, for the
 *   clipboard. Ctrl+X is this and ::delete, Ctrl+D is this and ::paste
 *
 * RungsCanvas::paste: (const char *json): text that was on the clipboard; it may be anything
 *
 * Actions, for buttons and menus within the canvas or activated on it: canvas.zoom (i: 1, −1, 0 for
 *   100 %), canvas.fit, canvas.select-all, canvas.delete, canvas.cut, canvas.copy, canvas.paste,
 *   canvas.duplicate, canvas.connect, canvas.insert, canvas.move
 */
G_DECLARE_FINAL_TYPE (RungsCanvas, rungs_canvas, RUNGS, CANVAS, GtkWidget)

/* Returns: (transfer floating): a new widget for the node, without contents. */
typedef GtkWidget *(*RungsCanvasMakeFunc) (const RungsCanvasNode *node,
                                           gpointer               data);

/* Fills the widget with what the node says now. Called after make, and with each new graph. */
typedef void (*RungsCanvasFillFunc) (GtkWidget             *widget,
                                     const RungsCanvasNode *node,
                                     gpointer               data);

GtkWidget *rungs_canvas_new (void);

/* How widgets are made. `fill` may be NULL. To be called before the first graph is set. */
void rungs_canvas_set_maker (RungsCanvas         *self,
                             RungsCanvasMakeFunc  make,
                             RungsCanvasFillFunc  fill,
                             gpointer             data);

/* `layout` is owned by the canvas from now on too; a change of it is told by
 * rungs_canvas_rearrange(). */
void rungs_canvas_set_layout (RungsCanvas       *self,
                              RungsCanvasLayout *layout);

/* Shows that graph, and takes it. Widgets of nodes that are still there stay, and are filled again;
 * what is gone leaves the selection too. */
void rungs_canvas_take_graph (RungsCanvas      *self,
                              RungsCanvasGraph *graph);

/* The graph that is shown. */
RungsCanvasGraph *rungs_canvas_get_graph (RungsCanvas *self);

/* Asks the layout again, before the next frame. */
void rungs_canvas_rearrange (RungsCanvas *self);

/* Returns: (transfer none) (nullable): the widget that was made for the node. */
GtkWidget *rungs_canvas_get_widget (RungsCanvas *self,
                                    const char  *node);

/* ---- view */

void rungs_canvas_set_zoom (RungsCanvas *self,
                            double       zoom);
double rungs_canvas_get_zoom (RungsCanvas *self);

/* Zooms and pans so that all can be seen, but not larger than 100 %. Before the canvas has a size
 * it is done as soon as it has. */
void rungs_canvas_fit (RungsCanvas *self);

/* Pans so that the node or edge can be seen; one that has no place yet as soon as it has. */
void rungs_canvas_reveal (RungsCanvas *self,
                          const char  *id);

/* Where the node, the edge's label (its middle where it has none), or the place is, in the canvas's
 * own pixels: for popovers. FALSE where there is no such thing. */
gboolean rungs_canvas_locate (RungsCanvas  *self,
                              const char   *id,
                              GdkRectangle *where);

/* ---- selection */

/* Returns: (transfer full) (array zero-terminated): ids of nodes and edges, in the order of the
 * graph. */
char **rungs_canvas_get_selected (RungsCanvas *self);

/* Returns: (transfer none) (nullable): the one that is selected; NULL for none and for several. */
const char *rungs_canvas_get_selected_one (RungsCanvas *self);

gboolean rungs_canvas_is_selected (RungsCanvas *self,
                                   const char  *id);

/* Selects that one only, and gives it the keys if the canvas has them; NULL: none. An id that the
 * graph does not have yet is selected, and shown, when a graph comes that has it: for what was just
 * added. */
void rungs_canvas_select (RungsCanvas *self,
                          const char  *id);

void rungs_canvas_select_all (RungsCanvas *self);

/* Returns: (transfer none) (nullable): the node or edge that has the keys, or would get them. */
const char *rungs_canvas_get_focus_id (RungsCanvas *self);

/* ---- marks */

/* Adds a CSS class to the frame of a node, or takes it off ("faulty", "dimmed"). It stays while the
 * node is there. */
void rungs_canvas_set_node_class (RungsCanvas *self,
                                  const char  *node,
                                  const char  *css_class,
                                  gboolean     set);

G_END_DECLS
