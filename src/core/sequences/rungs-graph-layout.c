/* rungs-graph-layout.c: where the steps of a graph are drawn.
 *
 * Arrows that lead back are set aside; what is left has no rounds. The dominator of a step is the
 * last step that every way to it passes; the steps form a tree of dominators, and that tree is
 * drawn:
 *
 *   - a step that is its dominator's own branch stands in a lane below it, lanes side by side in
 *     the order of the branches;
 *   - a step at which ways join again stands below all lanes of its dominator, and in the middle
 *     below it. A branch that leads straight to such a step keeps an empty lane for its arrow;
 *   - where one dominator has several such joins they stand side by side.
 *
 * So each subtree has columns, and rows, that no other has, and no two steps meet. Dominators are
 * found as by Cooper, Harvey and Kennedy ("A simple, fast dominance algorithm", 2001), one pass
 * being enough without rounds.
 *
 * A draft may have steps to which no way leads from the start. They are drawn as if each part
 * began a sequence of its own, at the right of all before; arrows between the parts are set aside,
 * too. */

#include "sequences/rungs-graph.h"

/* One step is two columns wide. */
#define STEP_WIDTH 2

typedef struct _Node Node;

struct _Node
{
  RungsGraphPlace *place;
  guint order;      /* of the topological order, 1 for the start; 0: not reached */
  guint part;       /* 1 for that of the start, 2, … */
  gboolean open;    /* on the path that is walked */
  Node *dominator;  /* NULL of the start */
  guint entries;    /* arrows to it that do not lead back */
  GPtrArray *joins; /* (owned): nodes below its lanes, in topological order */
  int width;
};

typedef struct
{
  RungsGraph *graph;
  RungsGraphLayout *layout;
  GHashTable *nodes; /* RungsGraphStep → Node (owned) */
  GPtrArray *sorted; /* Node, of the part that is drawn, in topological order */
  guint part;        /* that is drawn */
  GHashTable *arrows; /* RungsGraphBranch → RungsGraphArrow */
} Drawing;

static void
node_free (Node *node)
{
  g_ptr_array_unref (node->joins);
  g_free (node);
}

static Node *
get_node (Drawing    *drawing,
          const char *id)
{
  RungsGraphStep *step = rungs_graph_find (drawing->graph, id);

  return step ? g_hash_table_lookup (drawing->nodes, step) : NULL;
}

static RungsGraphBranch *
get_branch (Node  *node,
            guint  index)
{
  return g_ptr_array_index (node->place->step->branches, index);
}

static Node *
get_target (Drawing *drawing,
            Node    *node,
            guint    branch)
{
  return get_node (drawing, get_branch (node, branch)->target);
}

static void
add_arrow (Drawing  *drawing,
           Node     *from,
           guint     branch,
           gboolean  up)
{
  RungsGraphArrow *arrow = g_new0 (RungsGraphArrow, 1);
  Node *to = get_target (drawing, from, branch);

  arrow->from = from->place;
  arrow->to = to ? to->place : NULL;
  arrow->branch = get_branch (from, branch);
  arrow->up = up;
  g_hash_table_insert (drawing->arrows, arrow->branch, arrow);
  g_ptr_array_add (drawing->layout->arrows, arrow);
}

/* Walks the graph in depth. A node is put in front of all that it leads to: the list is in
 * topological order when all are back. */
static void
sort_from (Drawing *drawing,
           Node    *node)
{
  node->open = TRUE;
  node->order = 1;
  node->part = drawing->part;
  for (guint i = node->place->step->branches->len; i > 0; i--)
    {
      Node *target = get_target (drawing, node, i - 1);
      gboolean up
        = target != NULL
          && (target->open || (target->order != 0 && target->part != drawing->part));

      add_arrow (drawing, node, i - 1, up);
      if (target == NULL || up)
        continue;
      target->entries++;
      if (target->order == 0)
        sort_from (drawing, target);
    }
  node->open = FALSE;
  g_ptr_array_insert (drawing->sorted, 0, node);
}

static Node *
common_dominator (Node *a,
                  Node *b)
{
  while (a != b)
    if (a->order > b->order)
      a = a->dominator;
    else
      b = b->dominator;
  return a;
}

static gboolean
leads_back (Node *node,
            Node *target)
{
  return target->part != node->part || target->order <= node->order;
}

static void
find_dominators (Drawing *drawing)
{
  for (guint i = 0; i < drawing->sorted->len; i++)
    ((Node *) g_ptr_array_index (drawing->sorted, i))->order = i + 1;

  for (guint i = 0; i < drawing->sorted->len; i++)
    {
      Node *node = g_ptr_array_index (drawing->sorted, i);

      for (guint j = 0; j < node->place->step->branches->len; j++)
        {
          Node *target = get_target (drawing, node, j);

          if (target == NULL || leads_back (node, target))
            continue;
          target->dominator = target->dominator ? common_dominator (target->dominator, node) : node;
        }
    }

  for (guint i = 0; i < drawing->sorted->len; i++)
    {
      Node *node = g_ptr_array_index (drawing->sorted, i);

      if (node->entries > 1)
        g_ptr_array_add (node->dominator->joins, node);
    }
}

/* The node that the branch has in its lane; NULL: the lane is empty. */
static Node *
get_lane (Drawing *drawing,
          Node    *node,
          guint    branch)
{
  Node *target = get_target (drawing, node, branch);

  return target != NULL && target->entries == 1 && !leads_back (node, target) ? target : NULL;
}

static int
measure (Drawing *drawing,
         Node    *node)
{
  int lanes = 0;
  int joins = 0;

  for (guint i = 0; i < node->place->step->branches->len; i++)
    {
      Node *lane = get_lane (drawing, node, i);

      lanes += lane ? measure (drawing, lane) : STEP_WIDTH;
    }
  for (guint i = 0; i < node->joins->len; i++)
    joins += measure (drawing, g_ptr_array_index (node->joins, i));

  node->width = MAX (STEP_WIDTH, MAX (lanes, joins));
  return node->width;
}

static int
width_of_lanes (Drawing *drawing,
                Node    *node)
{
  int width = 0;

  for (guint i = 0; i < node->place->step->branches->len; i++)
    {
      Node *lane = get_lane (drawing, node, i);

      width += lane ? lane->width : STEP_WIDTH;
    }
  return width;
}

static int
width_of_joins (Node *node)
{
  int width = 0;

  for (guint i = 0; i < node->joins->len; i++)
    width += ((Node *) g_ptr_array_index (node->joins, i))->width;
  return width;
}

/* One below the lowest node that leads to the join, and not above `row`. */
static int
row_of_join (Drawing *drawing,
             Node    *join,
             int      row)
{
  for (guint i = 0; i < drawing->layout->arrows->len; i++)
    {
      RungsGraphArrow *arrow = g_ptr_array_index (drawing->layout->arrows, i);

      if (arrow->to == join->place && !arrow->up)
        row = MAX (row, arrow->from->row + 1);
    }
  return row;
}

/* Places the node and all that it dominates from that row and column on. Returns: the first free
 * row below. */
static int
place (Drawing *drawing,
       Node    *node,
       int      row,
       int      column)
{
  int bottom = row + 1;
  int below;
  int left = column + (node->width - width_of_lanes (drawing, node)) / 2;

  node->place->row = row;
  node->place->column = column + (node->width - STEP_WIDTH) / 2;
  for (guint i = 0; i < node->place->step->branches->len; i++)
    {
      Node *lane = get_lane (drawing, node, i);
      int below_lane = lane != NULL ? place (drawing, lane, row + 1, left) : bottom;

      bottom = MAX (bottom, below_lane); /* a macro, which asks twice */
      ((RungsGraphArrow *) g_hash_table_lookup (drawing->arrows, get_branch (node, i)))->column
        = lane ? lane->place->column : left;
      left += lane ? lane->width : STEP_WIDTH;
    }

  below = bottom;
  left = column + (node->width - width_of_joins (node)) / 2;
  for (guint i = 0; i < node->joins->len; i++)
    {
      Node *join = g_ptr_array_index (node->joins, i);
      int below_join = place (drawing, join, row_of_join (drawing, join, below), left);

      bottom = MAX (bottom, below_join);
      left += join->width;
    }
  return bottom;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const RungsGraphPlace *one = *(RungsGraphPlace *const *) a;
  const RungsGraphPlace *other = *(RungsGraphPlace *const *) b;

  return one->row != other->row ? one->row - other->row : one->column - other->column;
}

/* Draws the part that begins with that node at the right of all before. */
static void
draw_part (Drawing *drawing,
           Node    *first)
{
  RungsGraphLayout *layout = drawing->layout;
  int width, rows;

  drawing->part++;
  g_ptr_array_set_size (drawing->sorted, 0);
  sort_from (drawing, first);
  find_dominators (drawing);
  width = measure (drawing, first);
  rows = place (drawing, first, 0, layout->columns);
  layout->rows = MAX (layout->rows, rows);
  layout->columns += width;
}

/* Whether another step leads to it. */
static gboolean
is_led_to (Drawing *drawing,
           Node    *node)
{
  for (guint i = 0; i < drawing->graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (drawing->graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        if (step != node->place->step
            && get_node (drawing, ((RungsGraphBranch *) step->branches->pdata[j])->target) == node)
          return TRUE;
    }
  return FALSE;
}

/* All that is not drawn yet: what nothing leads to first. */
static void
draw_rest (Drawing *drawing)
{
  for (int led_to = FALSE; led_to <= TRUE; led_to++)
    for (guint i = 0; i < drawing->graph->steps->len; i++)
      {
        Node *node
          = g_hash_table_lookup (drawing->nodes, g_ptr_array_index (drawing->graph->steps, i));

        if (node->order == 0 && (led_to || !is_led_to (drawing, node)))
          draw_part (drawing, node);
      }
}

static void
list_places (Drawing *drawing)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, drawing->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (drawing->layout->places, ((Node *) value)->place);
  g_ptr_array_sort (drawing->layout->places, compare_places);
}

static void
add_nodes (Drawing *drawing)
{
  for (guint i = 0; i < drawing->graph->steps->len; i++)
    {
      Node *node = g_new0 (Node, 1);

      node->place = g_new0 (RungsGraphPlace, 1);
      node->place->step = g_ptr_array_index (drawing->graph->steps, i);
      node->joins = g_ptr_array_new ();
      g_hash_table_insert (drawing->nodes, node->place->step, node);
    }
}

RungsGraphLayout *
rungs_graph_layout (RungsGraph *graph)
{
  g_autoptr (GHashTable) nodes =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) node_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GHashTable) arrows = g_hash_table_new (NULL, NULL);
  RungsGraphLayout *layout = g_new0 (RungsGraphLayout, 1);
  Drawing drawing = {
    .graph = graph, .layout = layout, .nodes = nodes, .sorted = sorted, .arrows = arrows,
  };
  Node *start;

  g_return_val_if_fail (graph != NULL, NULL);

  layout->places = g_ptr_array_new_with_free_func (g_free);
  layout->arrows = g_ptr_array_new_with_free_func (g_free);
  add_nodes (&drawing);
  start = get_node (&drawing, graph->start);
  if (start != NULL)
    draw_part (&drawing, start);
  draw_rest (&drawing);
  list_places (&drawing);
  return layout;
}

void
rungs_graph_layout_free (RungsGraphLayout *layout)
{
  if (layout == NULL)
    return;
  g_ptr_array_unref (layout->places);
  g_ptr_array_unref (layout->arrows);
  g_free (layout);
}
