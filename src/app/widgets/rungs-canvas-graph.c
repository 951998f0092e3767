/* rungs-canvas-graph.c: what a canvas shows: nodes, and edges between them. */

#include "rungs-canvas-graph.h"

static void
node_free (gpointer data)
{
  RungsCanvasNode *node = data;

  if (node->free != NULL)
    node->free (node->data);
  g_free (node->id);
  g_free (node->kind);
  g_free (node->name);
  g_free (node->description);
  g_free (node);
}

static void
edge_free (gpointer data)
{
  RungsCanvasEdge *edge = data;

  if (edge->free != NULL)
    edge->free (edge->data);
  g_free (edge->id);
  g_free (edge->from);
  g_free (edge->to);
  g_free (edge->style);
  g_free (edge->label);
  g_free (edge->detail);
  g_free (edge->name);
  g_free (edge);
}

RungsCanvasGraph *
rungs_canvas_graph_new (void)
{
  RungsCanvasGraph *self = g_new0 (RungsCanvasGraph, 1);

  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->edges = g_ptr_array_new_with_free_func (edge_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->edge_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
rungs_canvas_graph_free (RungsCanvasGraph *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->edge_by_id);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->edges);
  g_free (self);
}

RungsCanvasNode *
rungs_canvas_graph_add_node (RungsCanvasGraph *self,
                             const char       *id,
                             const char       *name)
{
  RungsCanvasNode *node;

  g_return_val_if_fail (self != NULL && id != NULL && name != NULL, NULL);
  g_return_val_if_fail (!g_hash_table_contains (self->by_id, id), NULL);

  node = g_new0 (RungsCanvasNode, 1);
  node->id = g_strdup (id);
  node->name = g_strdup (name);
  node->can = RUNGS_CANVAS_CAN_SELECT;
  g_ptr_array_add (self->nodes, node);
  g_hash_table_insert (self->by_id, node->id, node);
  return node;
}

RungsCanvasEdge *
rungs_canvas_graph_add_edge (RungsCanvasGraph *self,
                             const char       *id,
                             const char       *from,
                             const char       *to)
{
  RungsCanvasEdge *edge;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);
  g_return_val_if_fail (!g_hash_table_contains (self->edge_by_id, id), NULL);
  g_return_val_if_fail (rungs_canvas_graph_find_node (self, from) != NULL, NULL);
  g_return_val_if_fail (to == NULL || rungs_canvas_graph_find_node (self, to) != NULL, NULL);

  edge = g_new0 (RungsCanvasEdge, 1);
  edge->id = g_strdup (id);
  edge->from = g_strdup (from);
  edge->to = g_strdup (to);
  edge->width = 1.5;
  edge->label_at = 0.5;
  edge->can = RUNGS_CANVAS_CAN_SELECT;
  g_ptr_array_add (self->edges, edge);
  g_hash_table_insert (self->edge_by_id, edge->id, edge);
  return edge;
}

RungsCanvasNode *
rungs_canvas_graph_find_node (RungsCanvasGraph *self,
                              const char       *id)
{
  return id ? g_hash_table_lookup (self->by_id, id) : NULL;
}

RungsCanvasEdge *
rungs_canvas_graph_find_edge (RungsCanvasGraph *self,
                              const char       *id)
{
  return id ? g_hash_table_lookup (self->edge_by_id, id) : NULL;
}
