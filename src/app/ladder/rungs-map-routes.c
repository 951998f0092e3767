/* rungs-map-routes.c: which way the arrows of the map go. See rungs-map-layout.c. */

#include <math.h>

#include "rungs-map-plan.h"
#include "widgets/rungs-canvas-arrangement.h"

#define LANE_GAP 12
#define TURN 26.0f

typedef struct
{
  const RungsCanvasEdge *edge;
  guint from, to; /* rows */
  float leaves, arrives;
  guint track;
} Offer;

static guint
find_row (RungsMapPlan *plan,
          const char   *product)
{
  for (guint i = 0; i < plan->rows->len; i++)
    if (g_strcmp0 (((RungsMapRow *) plan->rows->pdata[i])->id, product) == 0)
      return i;
  return plan->rows->len;
}

/* Returns: (nullable): the row of a product or of a sequence. */
static RungsMapRow *
row_of (RungsMapPlan *plan,
        const char   *id)
{
  guint product = find_row (plan, id);

  if (product < plan->rows->len)
    return g_ptr_array_index (plan->rows, product);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      RungsMapRow *row = g_ptr_array_index (plan->rows, i);

      if (g_ptr_array_find_with_equal_func (row->sequences, id, g_str_equal, NULL))
        return row;
    }
  return NULL;
}

static graphene_point_t
at (float x,
    float y)
{
  return GRAPHENE_POINT_INIT (x, y);
}

/* ---- ways along the channels */

/* From the right side of a card along the channel above a row, and down into what stands in it. */
static void
route_along (RungsMapPlan          *plan,
             const char            *edge,
             graphene_point_t       from,
             RungsMapRow           *row,
             float                  turns,
             const graphene_rect_t *to)
{
  float lane = row->channel + (float) (row->through % 3) * LANE_GAP - LANE_GAP;
  float end = to->origin.x;
  float arrives = to->origin.y + MIN (10 + (float) row->through * 6, to->size.height * 0.4f);
  float leaves = end - TURN * 2;
  /* what is written on it stands in the middle of its curves: above the sequences and to the right
   * of them, where nothing else is */
  float begins = MIN (SEQUENCE_X + 20, leaves - 4);
  float ends = leaves - 2;
  graphene_point_t points[] = {
    from,
    at (from.x + (turns - from.x) * 0.6f, from.y), at (from.x + (turns - from.x) * 0.4f, lane),
    at (turns, lane),
    at (turns + (begins - turns) / 3, lane), at (begins - (begins - turns) / 3, lane),
    at (begins, lane),
    at (begins + (ends - begins) / 3, lane), at (ends - (ends - begins) / 3, lane),
    at (ends, lane),
    at (ends, lane), at (leaves, lane),
    at (leaves, lane),
    at (leaves + TURN, lane), at (end - TURN, arrives),
    at (end, arrives),
  };

  row->through++;
  rungs_canvas_arrangement_route (plan->out, edge, points, G_N_ELEMENTS (points));
}

static gboolean
is_from_source (const RungsCanvasEdge *edge)
{
  return g_str_has_prefix (edge->from, "kind:") || g_str_has_prefix (edge->from, "source:");
}

static void
route_way (RungsMapPlan          *plan,
           const RungsCanvasEdge *edge)
{
  const graphene_rect_t *from = rungs_canvas_arrangement_find (plan->out, edge->from);
  const graphene_rect_t *to = rungs_canvas_arrangement_find (plan->out, edge->to);
  RungsMapRow *row = row_of (plan, edge->to);

  if (row == NULL || from == NULL || to == NULL)
    {
      rungs_canvas_arrangement_set_sides (plan->out, edge->id, RUNGS_CANVAS_RIGHT,
                                          RUNGS_CANVAS_LEFT);
      return;
    }
  route_along (plan, edge->id,
               at (from->origin.x + from->size.width, from->origin.y + from->size.height * 0.72f),
               row, is_from_source (edge) ? OPT_IN_X - 6 : SEQUENCE_X - 8, to);
}

/* ---- offers along their tracks */

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Offer *left = a, *right = b;
  int left_span = ABS ((int) left->from - (int) left->to);
  int right_span = ABS ((int) right->from - (int) right->to);

  return left_span != right_span ? left_span - right_span : (int) left->from - (int) right->from;
}

static gboolean
is_taken (const GArray *offers,
          guint         before,
          guint         track,
          const Offer  *offer)
{
  guint low = MIN (offer->from, offer->to), high = MAX (offer->from, offer->to);

  for (guint i = 0; i < before; i++)
    {
      const Offer *other = &g_array_index (offers, Offer, i);

      if (other->track == track && MAX (other->from, other->to) > low
          && MIN (other->from, other->to) < high)
        return TRUE;
    }
  return FALSE;
}

static void
give_tracks (GArray *offers)
{
  g_array_sort (offers, compare_spans);
  for (guint i = 0; i < offers->len; i++)
    {
      Offer *offer = &g_array_index (offers, Offer, i);

      offer->track = 0;
      while (is_taken (offers, i, offer->track, offer))
        offer->track++;
    }
}

/* An end of an offer at the side of a product. */
typedef struct
{
  Offer *offer;
  gboolean leaves;
  int other;   /* the row of the other end */
} End;

/* Those that go furthest up are uppermost; of several that go up, so that they do not cross, the
 * one on the nearest track is lowest. */
static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const End *left = a, *right = b;

  return left->other - right->other;
}

static void
spread_ends (RungsMapPlan *plan,
             GArray       *offers,
             guint         row)
{
  const graphene_rect_t *where = &((RungsMapRow *) plan->rows->pdata[row])->where;
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (End));

  for (guint i = 0; i < offers->len; i++)
    {
      Offer *offer = &g_array_index (offers, Offer, i);
      End end = { offer, offer->from == row, 0 };

      end.other = (int) (end.leaves ? offer->to : offer->from);
      if (offer->from == row || offer->to == row)
        g_array_append_val (ends, end);
    }
  g_array_sort (ends, compare_ends);
  for (guint i = 0; i < ends->len; i++)
    {
      const End *end = &g_array_index (ends, End, i);
      float y = where->origin.y
                + where->size.height * ((float) i + 1) / ((float) ends->len + 1);

      if (end->leaves)
        end->offer->leaves = y;
      else
        end->offer->arrives = y;
    }
}

static void
route_offer (RungsMapPlan *plan,
             const Offer  *offer)
{
  const RungsMapRow *from = g_ptr_array_index (plan->rows, offer->from);
  const RungsMapRow *to = g_ptr_array_index (plan->rows, offer->to);
  float x = plan->right + TRACK_FIRST + (float) offer->track * TRACK_GAP;
  float turn = MIN (TURN, fabsf (offer->leaves - offer->arrives) / 3)
               * (offer->arrives < offer->leaves ? -1 : 1);
  float begin = from->where.origin.x + from->where.size.width;
  float end = to->where.origin.x + to->where.size.width;
  float length = offer->arrives - offer->leaves - 2 * turn;
  graphene_point_t points[] = {
    at (begin, offer->leaves),
    at (x - 18, offer->leaves), at (x, offer->leaves),
    at (x, offer->leaves + turn),
    at (x, offer->leaves + turn + length / 3), at (x, offer->arrives - turn - length / 3),
    at (x, offer->arrives - turn),
    at (x, offer->arrives), at (x - 18, offer->arrives),
    at (end, offer->arrives),
  };

  rungs_canvas_arrangement_route (plan->out, offer->edge->id, points, G_N_ELEMENTS (points));
}

/* ---- offers to the next row, straight up or down */

static gboolean
is_straight (RungsMapPlan *plan,
             const Offer  *offer)
{
  return ABS ((int) offer->from - (int) offer->to) == 1
         && RUNG_GAP + plan->extra >= STRAIGHT_GAP;
}

/* Several between the same two stand beside each other: `index` of `n`. */
static void
route_straight (RungsMapPlan *plan,
                const Offer  *offer,
                guint         index,
                guint         n)
{
  const graphene_rect_t *from = &((RungsMapRow *) plan->rows->pdata[offer->from])->where;
  const graphene_rect_t *to = &((RungsMapRow *) plan->rows->pdata[offer->to])->where;
  gboolean up = offer->to < offer->from;
  float x = (from->origin.x + to->origin.x) / 2
            + PRODUCT_WIDTH * ((float) index + 1) / ((float) n + 1);
  float begin = up ? from->origin.y : from->origin.y + from->size.height;
  float end = up ? to->origin.y + to->size.height : to->origin.y;
  graphene_point_t points[] = {
    at (x, begin), at (x, begin + (end - begin) / 3), at (x, end - (end - begin) / 3), at (x, end),
  };

  rungs_canvas_arrangement_route (plan->out, offer->edge->id, points, G_N_ELEMENTS (points));
}

/* Takes those that go straight out of `offers`, and says their ways where `route`. */
static void
take_straight (RungsMapPlan *plan,
               GArray       *offers,
               gboolean      route)
{
  for (guint upper = 0; upper + 1 < plan->rows->len; upper++)
    {
      guint n = 0, index = 0;

      for (guint i = 0; i < offers->len; i++)
        {
          const Offer *offer = &g_array_index (offers, Offer, i);

          n += is_straight (plan, offer) && MIN (offer->from, offer->to) == upper;
        }
      for (guint i = offers->len; i > 0; i--)
        {
          Offer offer = g_array_index (offers, Offer, i - 1);

          if (!is_straight (plan, &offer) || MIN (offer.from, offer.to) != upper)
            continue;
          if (route)
            route_straight (plan, &offer, n - 1 - index++, n);
          g_array_remove_index (offers, i - 1);
        }
    }
}

static void
route_offers (RungsMapPlan *plan,
              GArray       *offers)
{
  take_straight (plan, offers, TRUE);
  give_tracks (offers);
  for (guint row = 0; row < plan->rows->len; row++)
    spread_ends (plan, offers, row);
  for (guint i = 0; i < offers->len; i++)
    route_offer (plan, &g_array_index (offers, Offer, i));
}

/* ---- all */

/* Between two products. */
static GArray *
list_offers (RungsMapPlan *plan)
{
  GArray *offers = g_array_new (FALSE, TRUE, sizeof (Offer));

  for (guint i = 0; i < plan->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (plan->graph->edges, i);
      Offer offer = { .edge = edge };

      if (!g_str_has_prefix (edge->from, "product:"))
        continue;
      offer.from = find_row (plan, edge->from);
      offer.to = find_row (plan, edge->to);
      g_array_append_val (offers, offer);
    }
  return offers;
}

guint
rungs_map_plan_count_tracks (RungsMapPlan *self)
{
  g_autoptr (GArray) offers = list_offers (self);
  guint n = 0;

  /* as if there was room for those that go straight */
  self->extra = STRAIGHT_GAP;
  take_straight (self, offers, FALSE);
  self->extra = 0;
  give_tracks (offers);
  for (guint i = 0; i < offers->len; i++)
    n = MAX (n, g_array_index (offers, Offer, i).track + 1);
  return n;
}

void
rungs_map_plan_route (RungsMapPlan *self)
{
  g_autoptr (GArray) offers = list_offers (self);

  for (guint i = 0; i < self->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);

      if (g_str_has_prefix (edge->from, "product:"))
        continue;
      if (is_from_source (edge) || g_str_has_prefix (edge->id, "offer:"))
        route_way (self, edge);
      else
        rungs_canvas_arrangement_set_sides (self->out, edge->id, RUNGS_CANVAS_RIGHT,
                                            RUNGS_CANVAS_LEFT);
    }
  route_offers (self, offers);
}
