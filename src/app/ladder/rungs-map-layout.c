/* rungs-map-layout.c: where the things of the map stand.
 *
 * Four columns, from left to right: sources, the opt-in, sequences, products. Products stand one
 * below the other, the dearest rung at the top, and each rung a little further to the right than
 * the one below it, as a ladder leans; those beside the ladder stand below its foot, and below
 * them, where it is shown, what is no longer sold. A sequence stands in the row of the product that
 * it sells, sequences that sell nothing below all. Sources are in the middle of what they lead to.
 *
 * Between two rows there is room for a channel. Whatever goes straight from a source to something
 * on the right runs along the channel above its row, so that it crosses no card; the opt-in stands
 * in the middle of a row for the same reason. Offers run to the right of the products: each along a
 * vertical of its own, the short ones nearest (the verticals are given out as tracks are in a
 * station: the shortest first, each the first one that is free over its whole length). */

#include "rungs-map-layout.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rungs-map-plan.h"

#define ROW_GAP 30
#define RUNG_RIM 12
#define LEAN 12
#define LEAN_MOST 60
#define MARGIN 60
#define EXTRA_MOST 70
#define SOURCE_GAP 12
#define INDENT 16
#define STACK_GAP 8
/* What is no longer sold stands below all that is. */
#define RETIRED (-1)

struct _RungsMapLayout
{
  GObject parent_instance;

  const RungsMap *map; /* (unowned) (nullable) */
  graphene_size_t view; /* that it is made for: the widest that there was */
};

static void
row_free (gpointer data)
{
  RungsMapRow *row = data;

  g_free (row->id);
  g_ptr_array_unref (row->sequences);
  g_free (row);
}

static gint64
rung_of (const RungsMapRow *row)
{
  if (row->product == NULL)
    return 0;
  return row->product->retired_at == 0 ? row->product->rung : RETIRED;
}

/* ---- rows */

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const RungsMapRow *left = *(const RungsMapRow *const *) a;
  const RungsMapRow *right = *(const RungsMapRow *const *) b;

  if (left->product == NULL || right->product == NULL)
    return (left->product == NULL) - (right->product == NULL);
  if (rung_of (left) != rung_of (right))
    return rung_of (left) > rung_of (right) ? -1 : 1;
  if (left->product->price.minor != right->product->price.minor)
    return left->product->price.minor > right->product->price.minor ? -1 : 1;
  return left->product->id > right->product->id ? -1 : 1;
}

static RungsMapRow *
add_row (RungsMapPlan *plan,
         const RungsProduct *product)
{
  RungsMapRow *row = g_new0 (RungsMapRow, 1);

  row->product = product;
  row->id = product != NULL ? rungs_map_id ("product", product->id) : NULL;
  row->sequences = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (plan->rows, row);
  return row;
}

static RungsMapRow *
find_row (RungsMapPlan *plan,
          const char *product)
{
  for (guint i = 0; i < plan->rows->len; i++)
    {
      RungsMapRow *row = g_ptr_array_index (plan->rows, i);

      if (g_strcmp0 (row->id, product) == 0)
        return row;
    }
  return NULL;
}

static void
add_sequences (RungsMapPlan *plan)
{
  RungsMapRow *rest = NULL;

  for (guint i = 0; i < plan->map->sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (plan->map->sequences, i);
      g_autofree char *product = rungs_map_id ("product", sequence->sells);
      RungsMapRow *row = sequence->sells != 0 ? find_row (plan, product) : NULL;

      if (row == NULL)
        row = rest != NULL ? rest : (rest = add_row (plan, NULL));
      g_ptr_array_add (row->sequences, rungs_map_id ("sequence", sequence->id));
    }
}

static gboolean
is_shown (RungsMapPlan       *plan,
          const RungsProduct *product)
{
  g_autofree char *id = rungs_map_id ("product", product->id);

  return rungs_canvas_graph_find_node (plan->graph, id) != NULL;
}

static void
make_rows (RungsMapPlan *plan)
{
  GPtrArray *products = plan->map->ladder->products;

  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);

      if (product->retired_at == 0 || is_shown (plan, product))
        add_row (plan, product);
    }
  g_ptr_array_sort (plan->rows, compare_rows);
  add_sequences (plan);
}

/* ---- products and sequences */

/* How far a rung leans out. */
static float
lean_of (RungsMapPlan *plan,
         gint64  rung)
{
  gint64 highest = rungs_map_highest_rung (plan->map);
  float step = highest > 1 ? MIN (LEAN, (float) LEAN_MOST / (float) (highest - 1)) : 0;

  return rung > 0 ? (float) (rung - 1) * step : 0;
}

static float
stack_height (RungsMapPlan *plan,
              RungsMapRow  *row)
{
  float height = 0;

  for (guint i = 0; i < row->sequences->len; i++)
    height += (i > 0 ? STACK_GAP : 0)
              + (float) rungs_canvas_arrangement_node_height (
                plan->out, g_ptr_array_index (row->sequences, i), SEQUENCE_WIDTH);
  return height;
}

static void
place_stack (RungsMapPlan *plan,
             RungsMapRow  *row)
{
  float y = row->top + (row->height - stack_height (plan, row)) / 2;

  for (guint i = 0; i < row->sequences->len; i++)
    {
      const char *id = g_ptr_array_index (row->sequences, i);
      float height
        = (float) rungs_canvas_arrangement_node_height (plan->out, id, SEQUENCE_WIDTH);

      rungs_canvas_arrangement_place (plan->out, id,
                                      &GRAPHENE_RECT_INIT (SEQUENCE_X, y, SEQUENCE_WIDTH, height));
      y += height + STACK_GAP;
    }
}

static void
place_row (RungsMapPlan *plan,
           RungsMapRow  *row,
           float top)
{
  float product
    = row->product != NULL
        ? (float) rungs_canvas_arrangement_node_height (plan->out, row->id, PRODUCT_WIDTH)
        : 0;

  row->top = top;
  row->height = MAX (product, stack_height (plan, row));
  row->where = GRAPHENE_RECT_INIT (PRODUCT_X + lean_of (plan, rung_of (row)),
                                   top + (row->height - product) / 2, PRODUCT_WIDTH, product);
  if (row->product != NULL)
    {
      rungs_canvas_arrangement_place (plan->out, row->id, &row->where);
      plan->right = MAX (plan->right, row->where.origin.x + PRODUCT_WIDTH);
    }
  place_stack (plan, row);
}

/* `offset` is where the first row begins. */
static void
place_rows (RungsMapPlan *plan,
            float  offset)
{
  float y = offset;

  plan->right = PRODUCT_X + PRODUCT_WIDTH;
  for (guint i = 0; i < plan->rows->len; i++)
    {
      RungsMapRow *row = g_ptr_array_index (plan->rows, i);
      RungsMapRow *above = i > 0 ? g_ptr_array_index (plan->rows, i - 1) : NULL;
      float gap
        = plan->extra + (above == NULL || rung_of (above) != rung_of (row) ? RUNG_GAP : ROW_GAP);

      y += above != NULL ? gap : 0;
      row->channel = y - gap / 2;
      place_row (plan, row, y);
      y += row->height;
    }
  plan->height = y - offset;
}

/* ---- the rungs behind the products, and where one can drop them */

static void
add_gap (RungsMapPlan *plan,
         gint64  rung,
         float   y)
{
  g_autofree char *place = g_strdup_printf ("between:%" G_GINT64_FORMAT, rung);
  g_autofree char *name = NULL;

  if (rung > rungs_map_highest_rung (plan->map))
    name = g_strdup (_ ("New rung at the top"));
  else if (rung == 1)
    name = g_strdup (_ ("New rung at the foot"));
  else
    name = g_strdup_printf (_ ("New rung between %d and %d"), (int) rung - 1, (int) rung);
  rungs_canvas_arrangement_add_drop_place (
    plan->out, place,
    &GRAPHENE_RECT_INIT (PRODUCT_X - RUNG_RIM, y - 12,
                         plan->right - PRODUCT_X + 2 * RUNG_RIM, 24),
    name);
}

/* Offers of the palette are dropped on the product that they leave. */
static void
add_product_place (RungsMapPlan *plan,
                   RungsMapRow  *row)
{
  g_autofree char *place = g_strconcat ("on:", row->id, NULL);
  g_autofree char *name = g_strdup_printf (_ ("After %s"), row->product->name);

  rungs_canvas_arrangement_add_drop_place (plan->out, place, &row->where, name);
}

/* The rows `first` to `last` are one rung. */
static void
add_rung (RungsMapPlan *plan,
          RungsMapRow  *first,
          RungsMapRow  *last)
{
  gint64 rung = rung_of (first);
  g_autofree char *place = g_strdup_printf ("rung:%" G_GINT64_FORMAT, rung);
  g_autofree char *name
    = rung > 0 ? g_strdup_printf (_ ("Rung %d"), (int) rung) : g_strdup (_ ("Beside the ladder"));
  graphene_rect_t where = GRAPHENE_RECT_INIT (
    first->where.origin.x - RUNG_RIM, first->top - RUNG_RIM, PRODUCT_WIDTH + 2 * RUNG_RIM,
    last->top + last->height - first->top + 2 * RUNG_RIM);

  rungs_canvas_arrangement_add_area (plan->out, &where, rung > 0 ? "rung-area" : "beside-area",
                                     NULL);
  rungs_canvas_arrangement_add_drop_place (plan->out, place, &where, name);
  if (rung == 0)
    return;
  add_gap (plan, rung + 1, first->channel);
  if (rung == 1)
    add_gap (plan, 1, last->top + last->height + (RUNG_GAP + plan->extra) / 2);
}

static void
add_rungs (RungsMapPlan *plan)
{
  guint first = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      RungsMapRow *row = g_ptr_array_index (plan->rows, i);
      RungsMapRow *next = i + 1 < plan->rows->len ? g_ptr_array_index (plan->rows, i + 1) : NULL;

      if (row->product == NULL)
        return;
      if (rung_of (row) == RETIRED)
        return;
      add_product_place (plan, row);
      if (next != NULL && next->product != NULL && rung_of (next) == rung_of (row))
        continue;
      add_rung (plan, g_ptr_array_index (plan->rows, first), row);
      first = i + 1;
    }
}

/* Where there is no product yet, one can be dropped on the first rung. */
static void
add_first_rung (RungsMapPlan *plan)
{
  graphene_rect_t where
    = GRAPHENE_RECT_INIT (PRODUCT_X - RUNG_RIM, 0, PRODUCT_WIDTH + 2 * RUNG_RIM, 120);

  if (rungs_map_highest_rung (plan->map) > 0)
    return;
  if (plan->rows->len > 0)
    where.origin.y = ((RungsMapRow *) g_ptr_array_index (plan->rows, 0))->top - 160;
  rungs_canvas_arrangement_add_area (plan->out, &where, "rung-area", _ ("Drop a product here"));
  rungs_canvas_arrangement_add_drop_place (plan->out, "between:1", &where, _ ("The first rung"));
}

/* ---- sources and the opt-in */

static gboolean
is_source (const RungsCanvasNode *node)
{
  return g_str_equal (node->kind, "kind") || g_str_equal (node->kind, "source");
}

static float
indent_of (const RungsCanvasNode *node)
{
  return g_str_equal (node->kind, "source") ? INDENT : 0;
}

static guint
count_sources (RungsMapPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->graph->nodes->len; i++)
    n += is_source (g_ptr_array_index (plan->graph->nodes, i));
  return n;
}

/* Places them where `place`, else only says how high they are. */
static float
place_sources (RungsMapPlan *plan,
               float     top,
               gboolean  place)
{
  float y = top;

  for (guint i = 0; i < plan->graph->nodes->len; i++)
    {
      const RungsCanvasNode *node = g_ptr_array_index (plan->graph->nodes, i);
      float width, height;

      if (!is_source (node))
        continue;
      width = SOURCE_WIDTH - indent_of (node);
      height = (float) rungs_canvas_arrangement_node_height (plan->out, node->id, (int) width);
      if (place)
        rungs_canvas_arrangement_place (
          plan->out, node->id, &GRAPHENE_RECT_INIT (indent_of (node), y, width, height));
      y += height + SOURCE_GAP + plan->sources_extra;
    }
  return y - top - SOURCE_GAP - plan->sources_extra;
}

static gboolean
is_reached (RungsMapPlan      *plan,
            const RungsMapRow *row)
{
  for (guint i = 0; i < plan->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (plan->graph->edges, i);

      if (row->id != NULL && g_strcmp0 (edge->to, row->id) == 0
          && !g_str_has_prefix (edge->from, "product:"))
        return TRUE;
    }
  return row->sequences->len > 0;
}

/* Of the rows to which something leads from the left: the foot of a long ladder, as a rule. */
static float
middle_of_reached (RungsMapPlan *plan)
{
  float sum = 0;
  guint n = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const RungsMapRow *row = g_ptr_array_index (plan->rows, i);

      if (!is_reached (plan, row))
        continue;
      sum += row->top + row->height / 2;
      n++;
    }
  return n > 0 ? sum / (float) n : plan->height / 2;
}

static void
place_opt_in (RungsMapPlan *plan,
              float  middle)
{
  float height
    = (float) rungs_canvas_arrangement_node_height (plan->out, "opt-in", OPT_IN_WIDTH);
  const RungsMapRow *nearest = NULL;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const RungsMapRow *row = g_ptr_array_index (plan->rows, i);

      if (nearest == NULL
          || fabsf (row->top + row->height / 2 - middle)
               < fabsf (nearest->top + nearest->height / 2 - middle))
        nearest = row;
    }
  if (nearest != NULL)
    middle = nearest->top + nearest->height / 2;
  rungs_canvas_arrangement_place (
    plan->out, "opt-in",
    &GRAPHENE_RECT_INIT (OPT_IN_X, middle - height / 2, OPT_IN_WIDTH, height));
}

/* ---- all */

/* Where the window is higher than the map needs, its rows have more room between them, for what is
 * written on the arrows. */
static void
widen (RungsMapLayout *self,
       RungsMapPlan   *plan)
{
  graphene_size_t view = rungs_canvas_arrangement_get_view (plan->out);
  float width, zoom;

  self->view.width = MAX (self->view.width, view.width);
  self->view.height = view.height;
  if (self->view.width < 1 || plan->rows->len < 2)
    return;
  width = plan->right + MARGIN + TRACK_FIRST + LABEL_ROOM
          + (float) rungs_map_plan_count_tracks (plan) * TRACK_GAP;
  zoom = MIN (1, self->view.width / width);
  plan->extra = CLAMP ((self->view.height / zoom - MARGIN - plan->height - RUNG_GAP)
                         / (float) plan->rows->len,
                       0, EXTRA_MOST);
}

static void
arrange (RungsCanvasLayout      *layout,
         RungsCanvasArrangement *arrangement)
{
  RungsMapLayout *self = RUNGS_MAP_LAYOUT (layout);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  RungsMapPlan plan = { .map = self->map, .out = arrangement, .rows = rows };
  float sources, top;

  plan.graph = rungs_canvas_arrangement_get_graph (arrangement);
  if (self->map == NULL || plan.graph->nodes->len == 0)
    return;
  make_rows (&plan);
  sources = place_sources (&plan, 0, FALSE);
  place_rows (&plan, 0);
  widen (self, &plan);
  place_rows (&plan, MAX (0, (sources - plan.height) / 2));
  plan.sources_extra = CLAMP ((plan.height - sources) / (float) count_sources (&plan), 0, 26);
  sources = place_sources (&plan, 0, FALSE);
  top = CLAMP (middle_of_reached (&plan) - sources / 2, 0, MAX (0, plan.height - sources));
  place_sources (&plan, top, TRUE);
  rungs_canvas_arrangement_add_drop_place (arrangement, "sources",
                                           &GRAPHENE_RECT_INIT (0, top, SOURCE_WIDTH, sources),
                                           _ ("Sources"));
  place_opt_in (&plan, top + sources / 2);
  add_rungs (&plan);
  add_first_rung (&plan);
  rungs_canvas_arrangement_set_port_side (arrangement, RUNGS_CANVAS_RIGHT);
  rungs_map_plan_route (&plan);
}

static void
layout_init (RungsCanvasLayoutInterface *iface)
{
  iface->arrange = arrange;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsMapLayout, rungs_map_layout, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_CANVAS_LAYOUT, layout_init))

static void
rungs_map_layout_class_init (RungsMapLayoutClass *klass)
{
}

static void
rungs_map_layout_init (RungsMapLayout *self)
{
}

RungsMapLayout *
rungs_map_layout_new (void)
{
  return g_object_new (RUNGS_TYPE_MAP_LAYOUT, NULL);
}

void
rungs_map_layout_set_map (RungsMapLayout *self,
                          const RungsMap *map)
{
  g_return_if_fail (RUNGS_IS_MAP_LAYOUT (self));

  self->map = map;
}

gboolean
rungs_map_layout_read_place (const char *place,
                             gint64     *rung,
                             gboolean   *between)
{
  *between = rungs_map_id_is (place, "between", rung);
  return *between || rungs_map_id_is (place, "rung", rung);
}
