/* rungs-canvas-merge.c: the graph of a canvas and what stands for it: items that stay while their
 * id does, and where they and their edges are.
 *
 * Ends of edges: those that meet one side of a node share it evenly, in the order of their other
 * ends, so that they do not cross there. Labels stand in the middle of their line, or a little
 * further along it where another label is in the way. */

#include "rungs-canvas-private.h"

#include <math.h>

#define MARGIN 28
#define TOLERANCE 6.0

/* How far along its line a label goes to make room, and how often it tries on either side. */
#define LABEL_STEP 0.04
#define LABEL_TRIES 12

typedef struct
{
  RungsCanvasItem *edge;
  RungsCanvasSide side;
  gboolean leaves;
  double order; /* where the other end is, along the side */
  double along; /* the answer, 0 to 1 */
} End;

RungsCanvasItem *
rungs_canvas_find (RungsCanvas *self,
                   const char  *id)
{
  return id ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/* ---- items */

static RungsCanvasItem *
node_item (RungsCanvas     *self,
           RungsCanvasNode *node)
{
  RungsCanvasItem *item = rungs_canvas_find (self, node->id);

  if (item == NULL)
    {
      GtkWidget *child = self->make ? self->make (node, self->maker) : gtk_label_new (node->name);

      item = RUNGS_CANVAS_ITEM (rungs_canvas_item_new_node (node->id, child));
      gtk_widget_set_parent (GTK_WIDGET (item), GTK_WIDGET (self->items));
      g_hash_table_insert (self->by_id, item->id, item);
    }
  rungs_canvas_item_set_node (item, node);
  if (self->fill != NULL)
    self->fill (item->child, node, self->maker);
  return item;
}

static RungsCanvasItem *
edge_item (RungsCanvas     *self,
           RungsCanvasEdge *edge)
{
  RungsCanvasItem *item = rungs_canvas_find (self, edge->id);

  if (item == NULL)
    {
      item = RUNGS_CANVAS_ITEM (rungs_canvas_item_new_edge (edge->id));
      gtk_widget_insert_after (GTK_WIDGET (item), GTK_WIDGET (self->items), NULL);
      g_hash_table_insert (self->by_id, item->id, item);
    }
  item->detailed = self->detailed;
  rungs_canvas_item_set_edge (item, edge, self->graph);
  return item;
}

/* An id that was a node's and is an edge's now, or is gone. */
static void
drop_gone (RungsCanvas *self)
{
  GHashTableIter each;
  gpointer value;

  g_hash_table_iter_init (&each, self->by_id);
  while (g_hash_table_iter_next (&each, NULL, &value))
    {
      RungsCanvasItem *item = value;
      gboolean stays = item->node ? rungs_canvas_graph_find_node (self->graph, item->id) != NULL
                                  : rungs_canvas_graph_find_edge (self->graph, item->id) != NULL;

      if (stays)
        continue;
      g_hash_table_iter_remove (&each);
      rungs_canvas_layer_forget (self->items, GTK_WIDGET (item));
      gtk_widget_unparent (GTK_WIDGET (item));
    }
}

/* A screen reader says with each node where its edges lead. */
static void
tell_targets (RungsCanvas *self)
{
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < self->graph->edges->len; i++)
    {
      RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);
      RungsCanvasNode *to = rungs_canvas_graph_find_node (self->graph, edge->to);
      const char *before = g_hash_table_lookup (targets, edge->from);

      if (to != NULL)
        g_hash_table_replace (targets, edge->from,
                              before ? g_strdup_printf ("%s, %s", before, to->name)
                                     : g_strdup (to->name));
    }
  for (guint i = 0; i < self->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->nodes, i);

      rungs_canvas_item_set_targets (node, g_hash_table_lookup (targets, node->id));
    }
}

static gboolean
has_keys (RungsCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
rungs_canvas_take_graph (RungsCanvas      *self,
                         RungsCanvasGraph *graph)
{
  RungsCanvasGraph *before = self->graph;
  gboolean keys;

  g_return_if_fail (RUNGS_IS_CANVAS (self));
  g_return_if_fail (graph != NULL);

  keys = has_keys (self);
  self->graph = graph;
  drop_gone (self);
  g_ptr_array_set_size (self->nodes, 0);
  g_ptr_array_set_size (self->edges, 0);
  for (guint i = 0; i < graph->nodes->len; i++)
    g_ptr_array_add (self->nodes, node_item (self, g_ptr_array_index (graph->nodes, i)));
  for (guint i = 0; i < graph->edges->len; i++)
    g_ptr_array_add (self->edges, edge_item (self, g_ptr_array_index (graph->edges, i)));
  tell_targets (self);
  g_clear_pointer (&self->arrangement, rungs_canvas_arrangement_free);
  rungs_canvas_graph_free (before);
  rungs_canvas_rearrange (self);
  rungs_canvas_selection_merge (self);
  g_signal_emit_by_name (self, "graph-changed");
  if (keys && !has_keys (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
rungs_canvas_rearrange (RungsCanvas *self)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  self->stale = TRUE;
  rungs_canvas_lines_clear (self->lines);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* ---- the ways of the edges */

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const End *left = *(const End *const *) a, *right = *(const End *const *) b;

  return (left->order > right->order) - (left->order < right->order);
}

static double
middle_along (const graphene_rect_t *rect,
              RungsCanvasSide        side)
{
  graphene_point_t middle;

  graphene_rect_get_center (rect, &middle);
  return side == RUNGS_CANVAS_LEFT || side == RUNGS_CANVAS_RIGHT ? middle.y : middle.x;
}

static void
add_end (GHashTable            *sides,
         RungsCanvasItem       *edge,
         RungsCanvasSide        side,
         const char            *node,
         const graphene_rect_t *other,
         End                   *end)
{
  g_autofree char *key = g_strdup_printf ("%d %s", side, node);
  GPtrArray *ends = g_hash_table_lookup (sides, key);

  if (ends == NULL)
    {
      ends = g_ptr_array_new ();
      g_hash_table_insert (sides, g_steal_pointer (&key), ends);
    }
  end->edge = edge;
  end->side = side;
  end->order = middle_along (other, side);
  g_ptr_array_add (ends, end);
}

static void
choose_sides (RungsCanvas     *self,
              RungsCanvasItem *edge,
              RungsCanvasSide *from,
              RungsCanvasSide *to)
{
  RungsCanvasWay *way = g_hash_table_lookup (self->arrangement->ways, edge->id);

  if (way != NULL && way->sides)
    {
      *from = way->from;
      *to = way->to;
    }
  else
    rungs_canvas_route_choose_sides (
      rungs_canvas_arrangement_find (self->arrangement, edge->edge->from),
      rungs_canvas_arrangement_find (self->arrangement, edge->edge->to), from, to);
}

/* Both ends of an edge that has no way of its own; two elements of `ends`. */
static void
add_ends (RungsCanvas     *self,
          GHashTable      *sides,
          RungsCanvasItem *edge,
          End             *ends)
{
  const graphene_rect_t *from = rungs_canvas_arrangement_find (self->arrangement, edge->edge->from);
  const graphene_rect_t *to = rungs_canvas_arrangement_find (self->arrangement, edge->edge->to);
  RungsCanvasSide from_side = RUNGS_CANVAS_BOTTOM, to_side = RUNGS_CANVAS_TOP;

  if (edge->edge->to == NULL)
    {
      add_end (sides, edge, RUNGS_CANVAS_BOTTOM, edge->edge->from, from, ends);
      return;
    }
  choose_sides (self, edge, &from_side, &to_side);
  add_end (sides, edge, from_side, edge->edge->from, to, ends);
  add_end (sides, edge, to_side, edge->edge->to, from, ends + 1);
}

static void
spread (GHashTable *sides)
{
  GHashTableIter each;
  gpointer value;

  g_hash_table_iter_init (&each, sides);
  while (g_hash_table_iter_next (&each, NULL, &value))
    {
      GPtrArray *ends = value;

      g_ptr_array_sort (ends, compare_ends);
      for (guint i = 0; i < ends->len; i++)
        ((End *) g_ptr_array_index (ends, i))->along = (i + 1.0) / (ends->len + 1.0);
    }
}

static void
route_edge (RungsCanvas     *self,
            RungsCanvasItem *edge,
            const End       *ends)
{
  RungsCanvasWay *way = g_hash_table_lookup (self->arrangement->ways, edge->id);
  const graphene_rect_t *from = rungs_canvas_arrangement_find (self->arrangement, edge->edge->from);

  if (way != NULL && way->points != NULL)
    rungs_canvas_route_set (&edge->route, way->points, way->n_points);
  else if (edge->edge->to == NULL)
    rungs_canvas_route_stub (&edge->route, from, ends[0].along);
  else
    rungs_canvas_route_between (
      &edge->route, from, ends[0].side, ends[0].along,
      rungs_canvas_arrangement_find (self->arrangement, edge->edge->to), ends[1].side,
      ends[1].along);
}

static void
route_edges (RungsCanvas *self)
{
  g_autoptr (GHashTable) sides
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autofree End *ends = g_new0 (End, 2 * self->edges->len + 1);

  for (guint i = 0; i < self->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);
      RungsCanvasWay *way = g_hash_table_lookup (self->arrangement->ways, edge->id);

      rungs_canvas_route_clear (&edge->route);
      edge->placed
        = rungs_canvas_arrangement_find (self->arrangement, edge->edge->from) != NULL
          && (edge->edge->to == NULL
              || rungs_canvas_arrangement_find (self->arrangement, edge->edge->to) != NULL);
      if (edge->placed && (way == NULL || way->points == NULL))
        add_ends (self, sides, edge, ends + 2 * i);
    }
  spread (sides);
  for (guint i = 0; i < self->edges->len; i++)
    if (((RungsCanvasItem *) g_ptr_array_index (self->edges, i))->placed)
      route_edge (self, g_ptr_array_index (self->edges, i), ends + 2 * i);
}

/* ---- places */

static int
measure_item (GtkWidget      *item,
              GtkOrientation  orientation,
              int             for_size)
{
  int minimum = 0, natural = 0;

  gtk_widget_measure (item, orientation, for_size, &minimum, &natural, NULL, NULL);
  return natural;
}

static int
measure_node_cb (const char     *node,
                 GtkOrientation  orientation,
                 int             for_size,
                 gpointer        data)
{
  RungsCanvasItem *item = rungs_canvas_find (data, node);

  return item ? measure_item (GTK_WIDGET (item), orientation, for_size) : 0;
}

/* At least what the widget needs, whatever the layout says. */
static void
place_node (RungsCanvas     *self,
            RungsCanvasItem *item)
{
  const graphene_rect_t *where = rungs_canvas_arrangement_find (self->arrangement, item->id);
  int width = 0, height = 0;

  item->placed = where != NULL;
  if (!item->placed)
    {
      rungs_canvas_layer_forget (self->items, GTK_WIDGET (item));
      return;
    }
  gtk_widget_measure (GTK_WIDGET (item), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  width = MAX (width, (int) where->size.width);
  gtk_widget_measure (GTK_WIDGET (item), GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL,
                      NULL);
  item->place = GRAPHENE_RECT_INIT (where->origin.x, where->origin.y, (float) width,
                                    MAX ((float) height, where->size.height));
  rungs_canvas_layer_place (self->items, GTK_WIDGET (item), &item->place);
}

/* How much of it other things cover: nodes, and labels of the edges before that one. */
static float
covered (RungsCanvas           *self,
         const graphene_rect_t *rect,
         guint                  labels)
{
  graphene_rect_t common;
  float area = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->nodes, i);

      if (node->placed && graphene_rect_intersection (&node->place, rect, &common))
        area += common.size.width * common.size.height;
    }
  for (guint i = 0; i < labels; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);

      if (edge->placed && edge->child != NULL
          && graphene_rect_intersection (&edge->place, rect, &common))
        area += common.size.width * common.size.height;
    }
  return area;
}

static graphene_rect_t
label_at (RungsCanvasItem *edge,
          double           t,
          int              width,
          int              height)
{
  graphene_point_t at = rungs_canvas_route_point (&edge->route, t);

  if (edge->edge->to == NULL)
    return GRAPHENE_RECT_INIT (floorf (at.x + 6), floorf (at.y - (float) height / 2), (float) width,
                               (float) height);
  return GRAPHENE_RECT_INIT (floorf (at.x - (float) width / 2), floorf (at.y - (float) height / 2),
                             (float) width, (float) height);
}

/* Where it is wanted, else at the nearest place on either side of that where nothing is; where
 * there is none, where the least is covered. */
static void
place_label (RungsCanvas     *self,
             RungsCanvasItem *edge,
             guint            index)
{
  double wanted = edge->edge->label_at;
  int width = edge->child ? measure_item (GTK_WIDGET (edge), GTK_ORIENTATION_HORIZONTAL, -1) : 0;
  int height = edge->child ? measure_item (GTK_WIDGET (edge), GTK_ORIENTATION_VERTICAL, width) : 0;
  float least = INFINITY;

  edge->label_t = wanted;
  edge->place = label_at (edge, wanted, width, height);
  for (int i = 0; edge->child != NULL && least > 0 && i <= 2 * LABEL_TRIES; i++)
    {
      double t = CLAMP (wanted + (i + 1) / 2 * LABEL_STEP * (i % 2 != 0 ? -1 : 1), 0.1, 0.9);
      graphene_rect_t place = label_at (edge, t, width, height);
      float area = covered (self, &place, index);

      if (area >= least)
        continue;
      least = area;
      edge->label_t = t;
      edge->place = place;
    }
  rungs_canvas_layer_place (self->items, GTK_WIDGET (edge), &edge->place);
}

static GtkWidget *
make_area (RungsCanvas *self)
{
  GtkWidget *label
    = g_object_new (GTK_TYPE_LABEL, "css-name", "area", "xalign", 0.0, "yalign", 0.0, "ellipsize",
                    PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_set_parent (label, GTK_WIDGET (self->ground));
  return label;
}

/* Those that are there stay: a widget more or less asks for a new size of all, which ends here
 * again. */
static void
place_areas (RungsCanvas *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->ground));

  for (guint i = 0; i < self->arrangement->areas->len; i++)
    {
      RungsCanvasArea *area = g_ptr_array_index (self->arrangement->areas, i);
      g_auto (GStrv) classes = g_strsplit (area->style ? area->style : "", " ", -1);

      if (child == NULL)
        child = make_area (self);
      gtk_label_set_label (GTK_LABEL (child), area->title ? area->title : "");
      gtk_widget_set_css_classes (child, (const char **) classes);
      measure_item (child, GTK_ORIENTATION_HORIZONTAL, -1);
      rungs_canvas_layer_place (self->ground, child, &area->where);
      child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      rungs_canvas_layer_forget (self->ground, child);
      gtk_widget_unparent (child);
      child = next;
    }
}

/* Makes `bounds`, which is empty at first, so large that `rect` is in it. */
static void
cover (graphene_rect_t       *bounds,
       const graphene_rect_t *rect)
{
  if (bounds->size.width <= 0)
    *bounds = *rect;
  else
    graphene_rect_union (bounds, rect, bounds);
}

static void
find_bounds (RungsCanvas *self)
{
  graphene_rect_t bounds = *graphene_rect_zero ();

  for (guint i = 0; i < self->arrangement->areas->len; i++)
    cover (&bounds, &((RungsCanvasArea *) g_ptr_array_index (self->arrangement->areas, i))->where);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      RungsCanvasItem *node = g_ptr_array_index (self->nodes, i);

      if (node->placed)
        cover (&bounds, &node->place);
    }
  for (guint i = 0; i < self->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);

      if (!edge->placed)
        continue;
      cover (&bounds, &edge->route.bounds);
      cover (&bounds, &edge->place);
    }
  graphene_rect_inset_r (&bounds, -MARGIN, -MARGIN, &self->bounds);
}

void
rungs_canvas_arrange (RungsCanvas *self)
{
  graphene_size_t view
    = GRAPHENE_SIZE_INIT ((float) gtk_widget_get_width (GTK_WIDGET (self)),
                          (float) gtk_widget_get_height (GTK_WIDGET (self)));

  self->stale = FALSE;
  rungs_canvas_lines_clear (self->lines);
  rungs_canvas_arrangement_free (self->arrangement);
  self->arrangement
    = rungs_canvas_arrangement_new (self->layout, self->graph, view, measure_node_cb, self);
  for (guint i = 0; i < self->nodes->len; i++)
    place_node (self, g_ptr_array_index (self->nodes, i));
  route_edges (self);
  for (guint i = 0; i < self->edges->len; i++)
    if (((RungsCanvasItem *) g_ptr_array_index (self->edges, i))->placed)
      place_label (self, g_ptr_array_index (self->edges, i), i);
    else
      rungs_canvas_layer_forget (self->items, g_ptr_array_index (self->edges, i));
  place_areas (self);
  find_bounds (self);
  rungs_canvas_minimap_clear (self->minimap);
}

/* ---- what is where */

graphene_rect_t
rungs_canvas_item_where (RungsCanvasItem *item)
{
  graphene_rect_t where = item->place;

  if (item->edge != NULL && item->child == NULL)
    graphene_rect_inset_r (&item->place, -12, -12, &where);
  return where;
}

static RungsCanvasItem *
edge_near (RungsCanvas *self,
           double       x,
           double       y)
{
  graphene_point_t at = rungs_canvas_view_to_drawing (self, x, y);
  RungsCanvasItem *nearest = NULL;
  double distance = INFINITY;

  for (guint i = 0; i < self->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (self->edges, i);
      graphene_rect_t extents;
      double its;

      if (!edge->placed)
        continue;
      extents = rungs_canvas_lines_extents (edge, TOLERANCE / self->zoom);
      if (!graphene_rect_contains_point (&extents, &at))
        continue;
      its = rungs_canvas_route_distance (&edge->route, &at) - edge->edge->width / 2;
      if (its > TOLERANCE / self->zoom || its >= distance)
        continue;
      distance = its;
      nearest = edge;
    }
  return nearest;
}

RungsCanvasItem *
rungs_canvas_pick (RungsCanvas *self,
                   double       x,
                   double       y,
                   gboolean    *on_label)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *found = widget ? gtk_widget_get_ancestor (widget, RUNGS_TYPE_CANVAS_ITEM) : NULL;
  RungsCanvasItem *item;

  if (on_label != NULL)
    *on_label = found != NULL && RUNGS_CANVAS_ITEM (found)->edge != NULL;
  item = found ? RUNGS_CANVAS_ITEM (found) : edge_near (self, x, y);
  if (item != NULL && (rungs_canvas_item_get_can (item) & RUNGS_CANVAS_CAN_SELECT) == 0)
    return NULL;
  return item;
}

GtkWidget *
rungs_canvas_get_widget (RungsCanvas *self,
                         const char  *node)
{
  RungsCanvasItem *item;

  g_return_val_if_fail (RUNGS_IS_CANVAS (self), NULL);

  item = rungs_canvas_find (self, node);
  return item != NULL && item->node != NULL ? item->child : NULL;
}

RungsCanvasGraph *
rungs_canvas_get_graph (RungsCanvas *self)
{
  g_return_val_if_fail (RUNGS_IS_CANVAS (self), NULL);

  return self->graph;
}

void
rungs_canvas_set_node_class (RungsCanvas *self,
                             const char  *node,
                             const char  *css_class,
                             gboolean     set)
{
  RungsCanvasItem *item;

  g_return_if_fail (RUNGS_IS_CANVAS (self));

  item = rungs_canvas_find (self, node);
  if (item != NULL && set)
    gtk_widget_add_css_class (GTK_WIDGET (item), css_class);
  else if (item != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (item), css_class);
}
