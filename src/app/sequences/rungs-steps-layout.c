/* rungs-steps-layout.c: where the steps of a sequence stand on the canvas. */

#include "rungs-steps-layout.h"

#define STEP_WIDTH 210
#define HALF_COLUMN ((STEP_WIDTH + 30) / 2)
#define ROW_GAP 46

typedef struct
{
  int row;
  int column;
} Cell;

struct _RungsStepsLayout
{
  GObject parent_instance;

  GHashTable *cells; /* (owned): id of a step -> Cell */
  GHashTable *up;    /* (owned): a set of the ids of arrows that lead up */
  int rows;
};

static void
rungs_steps_layout_arrange (RungsCanvasLayout      *layout,
                            RungsCanvasArrangement *arrangement)
{
  RungsStepsLayout *self = RUNGS_STEPS_LAYOUT (layout);
  RungsCanvasGraph *graph = rungs_canvas_arrangement_get_graph (arrangement);
  g_autofree int *heights = g_new0 (int, self->rows + 1);
  g_autofree int *tops = g_new0 (int, self->rows + 1);

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      RungsCanvasNode *node = g_ptr_array_index (graph->nodes, i);
      Cell *cell = g_hash_table_lookup (self->cells, node->id);

      if (cell != NULL)
        heights[cell->row]
          = MAX (heights[cell->row],
                 rungs_canvas_arrangement_node_height (arrangement, node->id, STEP_WIDTH));
    }
  for (int row = 1; row < self->rows; row++)
    tops[row] = tops[row - 1] + heights[row - 1] + ROW_GAP;
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      RungsCanvasNode *node = g_ptr_array_index (graph->nodes, i);
      Cell *cell = g_hash_table_lookup (self->cells, node->id);

      if (cell != NULL)
        rungs_canvas_arrangement_place (
          arrangement, node->id,
          &GRAPHENE_RECT_INIT ((float) cell->column * HALF_COLUMN, (float) tops[cell->row],
                               STEP_WIDTH, (float) heights[cell->row]));
    }
  for (guint i = 0; i < graph->edges->len; i++)
    {
      RungsCanvasEdge *edge = g_ptr_array_index (graph->edges, i);
      gboolean up = g_hash_table_contains (self->up, edge->id);

      if (edge->to != NULL)
        rungs_canvas_arrangement_set_sides (arrangement, edge->id,
                                            up ? RUNGS_CANVAS_RIGHT : RUNGS_CANVAS_BOTTOM,
                                            up ? RUNGS_CANVAS_RIGHT : RUNGS_CANVAS_TOP);
    }
  rungs_canvas_arrangement_set_port_side (arrangement, RUNGS_CANVAS_BOTTOM);
}

static void
rungs_steps_layout_layout_init (RungsCanvasLayoutInterface *iface)
{
  iface->arrange = rungs_steps_layout_arrange;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsStepsLayout,
                               rungs_steps_layout,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_CANVAS_LAYOUT,
                                                      rungs_steps_layout_layout_init))

static void
rungs_steps_layout_finalize (GObject *object)
{
  g_hash_table_unref (RUNGS_STEPS_LAYOUT (object)->cells);
  g_hash_table_unref (RUNGS_STEPS_LAYOUT (object)->up);
  G_OBJECT_CLASS (rungs_steps_layout_parent_class)->finalize (object);
}

static void
rungs_steps_layout_class_init (RungsStepsLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_steps_layout_finalize;
}

static void
rungs_steps_layout_init (RungsStepsLayout *self)
{
  self->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->up = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RungsStepsLayout *
rungs_steps_layout_new (void)
{
  return g_object_new (RUNGS_TYPE_STEPS_LAYOUT, NULL);
}

char *
rungs_steps_layout_arrow_id (const RungsGraphArrow *arrow)
{
  return g_strdup_printf ("%s → %s", arrow->from->step->id, arrow->branch->label);
}

void
rungs_steps_layout_set (RungsStepsLayout *self,
                        RungsGraphLayout *layout)
{
  g_return_if_fail (RUNGS_IS_STEPS_LAYOUT (self));

  g_hash_table_remove_all (self->cells);
  g_hash_table_remove_all (self->up);
  self->rows = layout->rows;
  for (guint i = 0; i < layout->places->len; i++)
    {
      RungsGraphPlace *place = g_ptr_array_index (layout->places, i);
      Cell *cell = g_new (Cell, 1);

      *cell = (Cell){ place->row, place->column };
      g_hash_table_insert (self->cells, g_strdup (place->step->id), cell);
    }
  for (guint i = 0; i < layout->arrows->len; i++)
    {
      RungsGraphArrow *arrow = g_ptr_array_index (layout->arrows, i);

      if (arrow->up)
        g_hash_table_add (self->up, rungs_steps_layout_arrow_id (arrow));
    }
}
