/* rungs-canvas-layout.c: who says where the nodes of a canvas stand, and what was said. */

#include "rungs-canvas-layout.h"

#include "widgets/rungs-canvas-arrangement.h"

#define COLUMN_GAP 18

G_DEFINE_INTERFACE (RungsCanvasLayout, rungs_canvas_layout, G_TYPE_OBJECT)

static void
rungs_canvas_layout_default_init (RungsCanvasLayoutInterface *iface)
{
}

static void
area_free (gpointer data)
{
  RungsCanvasArea *area = data;

  g_free (area->style);
  g_free (area->title);
  g_free (area);
}

static void
drop_place_free (gpointer data)
{
  RungsCanvasDropPlace *place = data;

  g_free (place->id);
  g_free (place->name);
  g_free (place);
}

static void
way_free (gpointer data)
{
  g_free (((RungsCanvasWay *) data)->points);
  g_free (data);
}

static void
stand_in_a_column (RungsCanvasArrangement *self)
{
  float y = 0;

  for (guint i = 0; i < self->graph->nodes->len; i++)
    {
      RungsCanvasNode *node = g_ptr_array_index (self->graph->nodes, i);
      int width = rungs_canvas_arrangement_node_width (self, node->id);
      int height = rungs_canvas_arrangement_node_height (self, node->id, width);

      rungs_canvas_arrangement_place (
        self, node->id, &GRAPHENE_RECT_INIT (0, y, (float) width, (float) height));
      y += (float) height + COLUMN_GAP;
    }
}

RungsCanvasArrangement *
rungs_canvas_arrangement_new (RungsCanvasLayout      *layout,
                              RungsCanvasGraph       *graph,
                              graphene_size_t         view,
                              RungsCanvasMeasureFunc  measure,
                              gpointer                data)
{
  RungsCanvasArrangement *self = g_new0 (RungsCanvasArrangement, 1);

  self->graph = graph;
  self->view = view;
  self->measure = measure;
  self->data = data;
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->ways = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, way_free);
  self->drop_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->areas = g_ptr_array_new_with_free_func (area_free);
  self->drops = g_ptr_array_new_with_free_func (drop_place_free);
  self->port = RUNGS_CANVAS_RIGHT;
  if (layout != NULL)
    RUNGS_CANVAS_LAYOUT_GET_IFACE (layout)->arrange (layout, self);
  else
    stand_in_a_column (self);
  return self;
}

void
rungs_canvas_arrangement_free (RungsCanvasArrangement *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->ways);
  g_hash_table_unref (self->drop_by_id);
  g_ptr_array_unref (self->areas);
  g_ptr_array_unref (self->drops);
  g_free (self);
}

const graphene_rect_t *
rungs_canvas_arrangement_find (RungsCanvasArrangement *self,
                               const char             *node)
{
  return node ? g_hash_table_lookup (self->places, node) : NULL;
}

RungsCanvasDropPlace *
rungs_canvas_arrangement_find_drop (RungsCanvasArrangement *self,
                                    const char             *place)
{
  return place ? g_hash_table_lookup (self->drop_by_id, place) : NULL;
}

RungsCanvasGraph *
rungs_canvas_arrangement_get_graph (RungsCanvasArrangement *self)
{
  return self->graph;
}

graphene_size_t
rungs_canvas_arrangement_get_view (RungsCanvasArrangement *self)
{
  return self->view;
}

int
rungs_canvas_arrangement_node_width (RungsCanvasArrangement *self,
                                     const char             *node)
{
  return self->measure (node, GTK_ORIENTATION_HORIZONTAL, -1, self->data);
}

int
rungs_canvas_arrangement_node_height (RungsCanvasArrangement *self,
                                      const char             *node,
                                      int                     width)
{
  return self->measure (node, GTK_ORIENTATION_VERTICAL, width, self->data);
}

void
rungs_canvas_arrangement_place (RungsCanvasArrangement *self,
                                const char             *node,
                                const graphene_rect_t  *where)
{
  RungsCanvasNode *found = rungs_canvas_graph_find_node (self->graph, node);
  graphene_rect_t place;

  g_return_if_fail (found != NULL);

  graphene_rect_normalize_r (where, &place);
  g_hash_table_replace (self->places, found->id, g_memdup2 (&place, sizeof place));
}

void
rungs_canvas_arrangement_add_area (RungsCanvasArrangement *self,
                                   const graphene_rect_t  *where,
                                   const char             *style,
                                   const char             *title)
{
  RungsCanvasArea *area = g_new0 (RungsCanvasArea, 1);

  area->where = *where;
  area->style = g_strdup (style);
  area->title = g_strdup (title);
  g_ptr_array_add (self->areas, area);
}

void
rungs_canvas_arrangement_add_drop_place (RungsCanvasArrangement *self,
                                         const char             *place,
                                         const graphene_rect_t  *where,
                                         const char             *name)
{
  RungsCanvasDropPlace *drop;

  g_return_if_fail (place != NULL && name != NULL);

  drop = g_new0 (RungsCanvasDropPlace, 1);
  drop->id = g_strdup (place);
  drop->where = *where;
  drop->name = g_strdup (name);
  g_ptr_array_add (self->drops, drop);
  g_hash_table_insert (self->drop_by_id, drop->id, drop);
}

/* What is said about the edge, empty at first. */
static RungsCanvasWay *
way_of (RungsCanvasArrangement *self,
        const char             *edge)
{
  RungsCanvasEdge *found = rungs_canvas_graph_find_edge (self->graph, edge);
  RungsCanvasWay *way;

  g_return_val_if_fail (found != NULL, NULL);

  way = g_hash_table_lookup (self->ways, found->id);
  if (way == NULL)
    {
      way = g_new0 (RungsCanvasWay, 1);
      g_hash_table_insert (self->ways, found->id, way);
    }
  return way;
}

void
rungs_canvas_arrangement_set_sides (RungsCanvasArrangement *self,
                                    const char             *edge,
                                    RungsCanvasSide         from,
                                    RungsCanvasSide         to)
{
  RungsCanvasWay *way = way_of (self, edge);

  if (way == NULL)
    return;
  way->sides = TRUE;
  way->from = from;
  way->to = to;
}

void
rungs_canvas_arrangement_route (RungsCanvasArrangement *self,
                                const char             *edge,
                                const graphene_point_t *points,
                                gsize                   n_points)
{
  RungsCanvasWay *way = way_of (self, edge);

  g_return_if_fail (n_points >= 4 && (n_points - 1) % 3 == 0);

  if (way == NULL)
    return;
  g_free (way->points);
  way->points = g_memdup2 (points, n_points * sizeof *points);
  way->n_points = n_points;
}

void
rungs_canvas_arrangement_set_port_side (RungsCanvasArrangement *self,
                                        RungsCanvasSide         side)
{
  self->port = side;
}
