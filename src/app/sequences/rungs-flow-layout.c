/* rungs-flow-layout.c: where the nodes of a flow stand on the canvas, and the ways of its arrows.
 *
 * Steps stand in rows and half columns as rungs_graph_layout() says. Between two rows there is room
 * for, from above: the line along which ways part, the `+` of each with the name of the way, the
 * mark of an end, and the line along which ways join. An arrow runs down in the column of its way,
 * where nothing else stands, to just above the row of its target. Arrows back run up at the right
 * of all. Goals that no arrow leads to stand below each other at the right. */

#include "rungs-flow-layout.h"

#include <string.h>

#include "rungs-flow.h"

#define STEP_WIDTH 236
#define HALF_COLUMN ((STEP_WIDTH + 36) / 2)
#define PART_AT 14  /* below the row: where ways part */
#define PLUS_AT 40  /* the middle of the `+` */
#define END_AT 62   /* the top of the mark of an end */
#define JOIN_AT 82  /* where ways join */
#define GAP 96
#define SHORT_GAP 62 /* where none of these is needed but the `+` */
#define ROUND 9     /* of the corners of lines */
#define MAX_POINTS 64

typedef struct
{
  int row;
  int column;
} Cell;

typedef struct
{
  char *from;  /* (owned) */
  char *label; /* (owned) */
  char *to;    /* (owned) (nullable) */
  int row;     /* of the step that it leaves */
  int from_column;
  int column;  /* in which it runs down */
  gboolean up;
} Way;

struct _RungsFlowLayout
{
  GObject parent_instance;

  GHashTable *cells; /* (owned): id of a step -> Cell */
  GPtrArray *ways;   /* (owned) (element-type Way) */
  GPtrArray *goals;  /* (owned) (element-type utf8): ids of those that no arrow leads to */
  char *start;       /* (owned) (nullable) */
  char *current;     /* (owned) (nullable) */
  int rows;
  int columns;
};

/* What is being arranged. */
typedef struct
{
  RungsFlowLayout *self;
  RungsCanvasArrangement *arrangement;
  float *tops;    /* of the rows; one more than there are rows */
  float *bottoms;
  gboolean *wide; /* below the row there is a GAP, not a SHORT_GAP */
  float right;    /* of all so far */
} Drawing;

/* ---- lines */

/* A line with round corners, as Bézier curves. */
typedef struct
{
  graphene_point_t points[MAX_POINTS];
  gsize n;
  graphene_point_t corner; /* where the line is; the last part of it is not drawn yet */
} Line;

static graphene_point_t
between (graphene_point_t a,
         graphene_point_t b,
         float            part)
{
  return GRAPHENE_POINT_INIT (a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
}

static void
curve_to (Line             *line,
          graphene_point_t  first,
          graphene_point_t  second,
          graphene_point_t  end)
{
  line->points[line->n++] = first;
  line->points[line->n++] = second;
  line->points[line->n++] = end;
}

static void
straight_to (Line             *line,
             graphene_point_t  end)
{
  graphene_point_t start = line->points[line->n - 1];

  curve_to (line, between (start, end, 1 / 3.f), between (start, end, 2 / 3.f), end);
}

static void
line_begin (Line  *line,
            float  x,
            float  y)
{
  line->points[0] = line->corner = GRAPHENE_POINT_INIT (x, y);
  line->n = 1;
}

/* Goes to x, y; the corner there is made round when it is known where the line goes on. */
static void
line_to (Line  *line,
         float  x,
         float  y)
{
  graphene_point_t next = GRAPHENE_POINT_INIT (x, y);
  graphene_point_t corner = line->corner;
  float before = graphene_point_distance (&line->points[line->n - 1], &corner, NULL, NULL);
  float after = graphene_point_distance (&corner, &next, NULL, NULL);
  float round = MIN (ROUND, MIN (before, after / 2));

  if (after < 0.5f || line->n + 9 > MAX_POINTS)
    return;
  if (before > 0.5f)
    {
      graphene_point_t end = between (corner, next, round / after);

      straight_to (line, between (corner, line->points[line->n - 1], round / before));
      curve_to (line, corner, corner, end);
    }
  line->corner = next;
}

static void
line_end (Line                   *line,
          RungsCanvasArrangement *arrangement,
          const char             *edge)
{
  straight_to (line, line->corner);
  rungs_canvas_arrangement_route (arrangement, edge, line->points, line->n);
}

/* ---- places */

static float
left_of (int column)
{
  return (float) (column * HALF_COLUMN);
}

static float
middle_of (int column)
{
  return left_of (column) + STEP_WIDTH / 2.f;
}

static void
place (Drawing    *drawing,
       const char *node,
       float       x,
       float       y,
       float       width,
       float       height)
{
  if (rungs_canvas_graph_find_node (rungs_canvas_arrangement_get_graph (drawing->arrangement),
                                    node))
    rungs_canvas_arrangement_place (drawing->arrangement, node,
                                    &GRAPHENE_RECT_INIT (x, y, width, height));
  drawing->right = MAX (drawing->right, x + width);
}

static float
height_of (Drawing    *drawing,
           const char *node)
{
  return (float) rungs_canvas_arrangement_node_height (drawing->arrangement, node, STEP_WIDTH);
}

/* Where ways part, join, end or turn back. */
static void
find_wide (Drawing *drawing)
{
  for (guint i = 0; i < drawing->self->ways->len; i++)
    {
      const Way *way = g_ptr_array_index (drawing->self->ways, i);
      Cell *to = way->to ? g_hash_table_lookup (drawing->self->cells, way->to) : NULL;

      if (to == NULL || way->up || way->column != way->from_column)
        drawing->wide[way->row] = TRUE;
      if (to != NULL && to->row > 0 && (way->up || to->column != way->column))
        drawing->wide[to->row - 1] = TRUE;
    }
}

static float
gap_below (Drawing *drawing,
           int      row)
{
  return drawing->wide[row] ? GAP : SHORT_GAP;
}

/* Where the `+` stands in it. */
static float
plus_below (Drawing *drawing,
            int      row)
{
  return drawing->wide[row] ? PLUS_AT : SHORT_GAP / 2.f - 3;
}

static void
measure_rows (Drawing *drawing)
{
  RungsFlowLayout *self = drawing->self;
  GHashTableIter iter;
  gpointer id, value;
  float y = height_of (drawing, RUNGS_FLOW_ENTRY) + GAP;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      g_autofree char *node = rungs_flow_step_id (id);
      Cell *cell = value;

      drawing->bottoms[cell->row] = MAX (drawing->bottoms[cell->row], height_of (drawing, node));
    }
  for (int row = 0; row <= self->rows; row++)
    {
      drawing->tops[row] = y;
      y += drawing->bottoms[row];
      drawing->bottoms[row] = y;
      y += gap_below (drawing, row);
    }
}

static void
place_steps (Drawing *drawing)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, drawing->self->cells);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      g_autofree char *node = rungs_flow_step_id (id);
      Cell *cell = value;

      place (drawing, node, left_of (cell->column), drawing->tops[cell->row], STEP_WIDTH,
             drawing->bottoms[cell->row] - drawing->tops[cell->row]);
    }
}

/* The `+` of an arrow, around that point. */
static void
place_plus (Drawing    *drawing,
            const char *from,
            const char *label,
            float       x,
            float       y)
{
  g_autofree char *plus = rungs_flow_arrow_id ("plus", from, label);
  float width = (float) rungs_canvas_arrangement_node_width (drawing->arrangement, plus);
  float height
    = (float) rungs_canvas_arrangement_node_height (drawing->arrangement, plus, (int) width);

  place (drawing, plus, x - width / 2, y - height / 2, width, height);
}

static void
place_end (Drawing    *drawing,
           const char *from,
           const char *label,
           float       x,
           float       y)
{
  g_autofree char *end = rungs_flow_arrow_id ("end", from, label);
  float width = (float) rungs_canvas_arrangement_node_width (drawing->arrangement, end);
  float height
    = (float) rungs_canvas_arrangement_node_height (drawing->arrangement, end, (int) width);

  place (drawing, end, x - width / 2, y + END_AT, width, height);
}

/* ---- arrows */

/* Up again at the right of all, each in a column of its own. */
static void
draw_up (Drawing *drawing,
         Line    *line,
         float    y,
         Cell    *to)
{
  drawing->right += 18;
  line_to (line, line->corner.x, y + END_AT + 6);
  line_to (line, drawing->right, y + END_AT + 6);
  line_to (line, drawing->right, drawing->tops[to->row] - (GAP - JOIN_AT) - 6);
  line_to (line, middle_of (to->column) + 18, drawing->tops[to->row] - (GAP - JOIN_AT) - 6);
  line_to (line, middle_of (to->column) + 18, drawing->tops[to->row]);
}

static void
draw_way (Drawing   *drawing,
          const Way *way)
{
  g_autofree char *edge = rungs_flow_arrow_id ("way", way->from, way->label);
  float y = drawing->bottoms[way->row];
  float x = middle_of (way->column);
  Cell *to = way->to ? g_hash_table_lookup (drawing->self->cells, way->to) : NULL;
  Line line;

  place_plus (drawing, way->from, way->label, x, y + plus_below (drawing, way->row));
  line_begin (&line, middle_of (way->from_column), y);
  line_to (&line, middle_of (way->from_column), y + PART_AT);
  line_to (&line, x, y + PART_AT);
  if (to == NULL)
    {
      place_end (drawing, way->from, way->label, x, y);
      line_to (&line, x, y + END_AT);
    }
  else if (way->up)
    draw_up (drawing, &line, y, to);
  else
    {
      float join = drawing->tops[to->row] - (GAP - JOIN_AT);

      line_to (&line, x, join);
      line_to (&line, middle_of (to->column), join);
      line_to (&line, middle_of (to->column), drawing->tops[to->row]);
    }
  line_end (&line, drawing->arrangement, edge);
}

/* The arrow from the way in to the first step. */
static void
draw_entry (Drawing *drawing)
{
  RungsFlowLayout *self = drawing->self;
  Cell *to = self->start ? g_hash_table_lookup (self->cells, self->start) : NULL;
  float x = middle_of (to ? to->column : 0);
  float height = height_of (drawing, RUNGS_FLOW_ENTRY);
  g_autofree char *edge = rungs_flow_arrow_id ("way", NULL, NULL);
  Line line;

  place (drawing, RUNGS_FLOW_ENTRY, x - STEP_WIDTH / 2.f, 0, STEP_WIDTH, height);
  place_plus (drawing, NULL, NULL, x, height + PLUS_AT);
  line_begin (&line, x, height);
  line_to (&line, x, to ? drawing->tops[to->row] : height + END_AT);
  line_end (&line, drawing->arrangement, edge);
  if (to == NULL)
    {
      place_end (drawing, NULL, NULL, x, height);
      place (drawing, "hint", x - STEP_WIDTH / 2.f, height + GAP, STEP_WIDTH,
             height_of (drawing, "hint"));
    }
}

/* ---- where things may be dropped */

static void
add_place (Drawing    *drawing,
           const char *from,
           const char *label)
{
  RungsCanvasGraph *graph = rungs_canvas_arrangement_get_graph (drawing->arrangement);
  g_autofree char *id = rungs_flow_arrow_id ("on", from, label);
  g_autofree char *plus = rungs_flow_arrow_id ("plus", from, label);
  RungsCanvasNode *node = rungs_canvas_graph_find_node (graph, plus);
  int column = 0;
  float gap = GAP;
  float y = height_of (drawing, RUNGS_FLOW_ENTRY);

  if (node == NULL)
    return;
  if (from == NULL && drawing->self->start != NULL)
    {
      Cell *cell = g_hash_table_lookup (drawing->self->cells, drawing->self->start);

      column = cell ? cell->column : 0;
    }
  for (guint i = 0; from != NULL && i < drawing->self->ways->len; i++)
    {
      const Way *way = g_ptr_array_index (drawing->self->ways, i);

      if (!g_str_equal (way->from, from) || !g_str_equal (way->label, label))
        continue;
      column = way->column;
      y = drawing->bottoms[way->row];
      gap = gap_below (drawing, way->row);
    }
  rungs_canvas_arrangement_add_drop_place (
    drawing->arrangement, id,
    &GRAPHENE_RECT_INIT (left_of (column), y + 4, STEP_WIDTH, gap - 8), node->name);
}

static void
add_places_of (Drawing    *drawing,
               const char *step,
               gboolean    others)
{
  for (guint i = 0; i < drawing->self->ways->len; i++)
    {
      const Way *way = g_ptr_array_index (drawing->self->ways, i);

      if ((g_strcmp0 (way->from, step) == 0) != others)
        add_place (drawing, way->from, way->label);
    }
}

static void
add_entry_place (Drawing *drawing)
{
  Cell *to = drawing->self->start
               ? g_hash_table_lookup (drawing->self->cells, drawing->self->start)
               : NULL;

  rungs_canvas_arrangement_add_drop_place (
    drawing->arrangement, RUNGS_FLOW_ENTRY,
    &GRAPHENE_RECT_INIT (left_of (to ? to->column : 0), 0, STEP_WIDTH,
                         height_of (drawing, RUNGS_FLOW_ENTRY)),
    rungs_flow_entry_words ());
}

static void
place_goals (Drawing *drawing)
{
  float x = drawing->right + 48;
  float y = 34;
  graphene_rect_t where;

  for (guint i = 0; i < drawing->self->goals->len; i++)
    {
      g_autofree char *node = rungs_flow_step_id (drawing->self->goals->pdata[i]);
      float height = height_of (drawing, node);

      place (drawing, node, x + 12, y, STEP_WIDTH, height);
      y += height + 12;
    }
  where = GRAPHENE_RECT_INIT (x, 0, STEP_WIDTH + 24, MAX (y, 90));
  if (drawing->self->goals->len > 0)
    rungs_canvas_arrangement_add_area (drawing->arrangement, &where, "goals",
                                       rungs_flow_goals_words ());
  rungs_canvas_arrangement_add_drop_place (drawing->arrangement, RUNGS_FLOW_GOALS, &where,
                                           rungs_flow_goals_words ());
}

static void
rungs_flow_layout_arrange (RungsCanvasLayout      *layout,
                           RungsCanvasArrangement *arrangement)
{
  RungsFlowLayout *self = RUNGS_FLOW_LAYOUT (layout);
  g_autofree float *tops = g_new0 (float, self->rows + 2);
  g_autofree float *bottoms = g_new0 (float, self->rows + 2);
  g_autofree gboolean *wide = g_new0 (gboolean, self->rows + 2);
  Drawing drawing = {
    .self = self, .arrangement = arrangement, .tops = tops, .bottoms = bottoms, .wide = wide,
  };

  if (rungs_canvas_graph_find_node (rungs_canvas_arrangement_get_graph (arrangement),
                                    RUNGS_FLOW_ENTRY)
      == NULL)
    return;
  find_wide (&drawing);
  measure_rows (&drawing);
  place_steps (&drawing);
  draw_entry (&drawing);
  for (guint i = 0; i < self->ways->len; i++)
    draw_way (&drawing, g_ptr_array_index (self->ways, i));
  add_places_of (&drawing, self->current, FALSE);
  add_place (&drawing, NULL, NULL);
  add_places_of (&drawing, self->current, TRUE);
  add_entry_place (&drawing);
  place_goals (&drawing);
  rungs_canvas_arrangement_set_port_side (arrangement, RUNGS_CANVAS_BOTTOM);
}

static void
rungs_flow_layout_layout_init (RungsCanvasLayoutInterface *iface)
{
  iface->arrange = rungs_flow_layout_arrange;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsFlowLayout,
                               rungs_flow_layout,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_CANVAS_LAYOUT,
                                                      rungs_flow_layout_layout_init))

static void
way_free (gpointer data)
{
  Way *way = data;

  g_free (way->from);
  g_free (way->label);
  g_free (way->to);
  g_free (way);
}

static void
rungs_flow_layout_finalize (GObject *object)
{
  RungsFlowLayout *self = RUNGS_FLOW_LAYOUT (object);

  g_hash_table_unref (self->cells);
  g_ptr_array_unref (self->ways);
  g_ptr_array_unref (self->goals);
  g_free (self->start);
  g_free (self->current);
  G_OBJECT_CLASS (rungs_flow_layout_parent_class)->finalize (object);
}

static void
rungs_flow_layout_class_init (RungsFlowLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_flow_layout_finalize;
}

static void
rungs_flow_layout_init (RungsFlowLayout *self)
{
  self->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ways = g_ptr_array_new_with_free_func (way_free);
  self->goals = g_ptr_array_new_with_free_func (g_free);
}

RungsFlowLayout *
rungs_flow_layout_new (void)
{
  return g_object_new (RUNGS_TYPE_FLOW_LAYOUT, NULL);
}

/* ---- what is arranged */

/* How many columns left of it are those of goals that stand aside. */
static int
count_aside (RungsGraph       *graph,
             RungsGraphLayout *layout,
             int               column)
{
  int aside = 0;

  for (guint i = 0; i < layout->places->len; i++)
    {
      const RungsGraphPlace *other = g_ptr_array_index (layout->places, i);

      if (other->column < column && rungs_flow_is_free_goal (graph, other->step))
        aside += 2;
    }
  return aside;
}

static void
add_way (RungsFlowLayout       *self,
         RungsGraph            *graph,
         RungsGraphLayout      *layout,
         const RungsGraphArrow *arrow)
{
  int aside = count_aside (graph, layout, arrow->from->column);
  Way *way = g_new0 (Way, 1);

  way->from = g_strdup (arrow->from->step->id);
  way->label = g_strdup (arrow->branch->label);
  way->to = arrow->to ? g_strdup (arrow->to->step->id) : NULL;
  way->row = arrow->from->row;
  way->from_column = arrow->from->column - aside;
  way->column = arrow->column - aside;
  way->up = arrow->up;
  g_ptr_array_add (self->ways, way);
}

void
rungs_flow_layout_set (RungsFlowLayout  *self,
                       RungsGraph       *graph,
                       RungsGraphLayout *layout)
{
  g_return_if_fail (RUNGS_IS_FLOW_LAYOUT (self));

  g_hash_table_remove_all (self->cells);
  g_ptr_array_set_size (self->ways, 0);
  g_ptr_array_set_size (self->goals, 0);
  g_free (self->start);
  self->start = rungs_graph_find (graph, graph->start) ? g_strdup (graph->start) : NULL;
  self->rows = layout->rows;
  for (guint i = 0; i < layout->places->len; i++)
    {
      const RungsGraphPlace *at = g_ptr_array_index (layout->places, i);
      Cell *cell;

      if (rungs_flow_is_free_goal (graph, at->step))
        {
          g_ptr_array_add (self->goals, g_strdup (at->step->id));
          continue;
        }
      cell = g_new (Cell, 1);
      *cell = (Cell){ at->row, at->column - count_aside (graph, layout, at->column) };
      g_hash_table_insert (self->cells, g_strdup (at->step->id), cell);
    }
  for (guint i = 0; i < layout->arrows->len; i++)
    add_way (self, graph, layout, g_ptr_array_index (layout->arrows, i));
}

void
rungs_flow_layout_set_current (RungsFlowLayout *self,
                               const char      *step)
{
  g_return_if_fail (RUNGS_IS_FLOW_LAYOUT (self));

  g_free (self->current);
  self->current = g_strdup (step);
}
