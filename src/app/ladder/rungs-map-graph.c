/* rungs-map-graph.c: the graph of the map, for the canvas.
 *
 * Of a kind of source that is folded, all ways in leave the kind: those of its sources that lead to
 * the same by the same path are one arrow. Letters are no nodes: a way to a letter leads to its
 * product. Every sequence hangs on the opt-in: nobody is written to without it. What is no longer
 * sold is shown where that is asked for, with the offers to it and from it as they were. */

#include "rungs-map-graph.h"

#include <glib/gi18n.h>
#include <math.h>

#include "import/rungs-import-words.h"
#include "ladder/rungs-ladder-words.h"
#include "ladder/rungs-map-card.h"
#include "ladder/rungs-map-texts.h"
#include "ladder/rungs-product-row.h"

#define NEAR_SOURCE 0.3
#define THIN 1.5
#define THICK 7.0

/* A graph that is being made. */
typedef struct
{
  const RungsMapShow *show;
  RungsCanvasGraph *graph;
  GHashTable *flows; /* (owned): id of an edge -> RungsLadderFlow */
} Maker;

static RungsCanvasNode *
add_node (Maker          *self,
          const char     *id,
          const char     *kind,
          RungsMapText   *text,
          RungsCanvasCan  can)
{
  RungsCanvasNode *node = rungs_canvas_graph_add_node (self->graph, id, text->title);

  node->kind = g_strdup (kind);
  node->description = rungs_map_text_describe (text);
  node->can = RUNGS_CANVAS_CAN_SELECT | can;
  node->data = text;
  node->free = (GDestroyNotify) rungs_map_text_free;
  return node;
}

/* ---- nodes */

static gboolean
is_open (const RungsMapShow *show,
         RungsSourceKind     kind)
{
  return (show->open & (1u << kind)) != 0 && rungs_map_count_sources (show->map, kind) > 0;
}

static void
add_sources (Maker           *self,
             RungsSourceKind  kind)
{
  GPtrArray *sources = self->show->map->sources;

  for (guint i = 0; i < sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (sources, i);
      g_autofree char *id = rungs_map_id ("source", source->id);

      if (source->kind == kind && source->retired_at == 0)
        add_node (self, id, "source", rungs_map_source_text (self->show, source),
                  RUNGS_CANVAS_CAN_CONNECT | RUNGS_CANVAS_CAN_DELETE);
    }
}

static void
add_kinds (Maker *self)
{
  for (RungsSourceKind kind = 0; kind < RUNGS_SOURCE_KINDS; kind++)
    {
      g_autofree char *id = g_strconcat ("kind:", rungs_source_kind_to_text (kind), NULL);

      add_node (self, id, "kind",
                rungs_map_kind_text (self->show, kind, id, is_open (self->show, kind)),
                RUNGS_CANVAS_CAN_CONNECT);
      if (is_open (self->show, kind))
        add_sources (self, kind);
    }
}

static void
add_middle (Maker *self)
{
  GPtrArray *sequences = self->show->map->sequences;

  add_node (self, "opt-in", "opt-in", rungs_map_opt_in_text (self->show),
            RUNGS_CANVAS_CAN_ACCEPT);
  for (guint i = 0; i < sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (sequences, i);
      g_autofree char *id = rungs_map_id ("sequence", sequence->id);

      add_node (self, id, "sequence", rungs_map_sequence_text (self->show, sequence),
                RUNGS_CANVAS_CAN_ACCEPT);
    }
}

static void
add_products (Maker *self)
{
  GPtrArray *products = self->show->map->ladder->products;

  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);
      g_autofree char *id = rungs_map_id ("product", product->id);

      if (product->retired_at == 0)
        add_node (self, id, "product", rungs_map_product_text (self->show, product),
                  RUNGS_CANVAS_CAN_MOVE | RUNGS_CANVAS_CAN_CONNECT | RUNGS_CANVAS_CAN_ACCEPT
                    | RUNGS_CANVAS_CAN_DELETE);
      else if (self->show->retired)
        add_node (self, id, "product retired", rungs_map_product_text (self->show, product),
                  RUNGS_CANVAS_CAN_NOTHING);
    }
}

/* ---- arrows */

static char *
origin_of (const RungsMapShow *show,
           const RungsWay     *way)
{
  if (way->source != 0 && is_open (show, way->kind))
    return rungs_map_id ("source", way->source);
  return g_strconcat ("kind:", rungs_source_kind_to_text (way->kind), NULL);
}

static char *
target_of (const RungsWay *way)
{
  if (way->sequence != 0)
    return rungs_map_id ("sequence", way->sequence);
  return way->sells != 0 ? rungs_map_id ("product", way->sells) : g_strdup ("opt-in");
}

static const char *
style_of (RungsPath path)
{
  switch (path)
    {
    case RUNGS_PATH_OPT_IN:
      return "opt-in";
    case RUNGS_PATH_DIRECT:
      return "direct";
    case RUNGS_PATH_PHONE:
    case RUNGS_PATH_IN_PERSON:
    default:
      return "personal";
    }
}

/* Returns: (nullable): NULL where one end is not shown, or the arrow is there already. */
static RungsCanvasEdge *
add_edge (Maker      *self,
          const char *id,
          const char *from,
          const char *to,
          const char *style)
{
  RungsCanvasEdge *edge;

  if (rungs_canvas_graph_find_node (self->graph, from) == NULL
      || rungs_canvas_graph_find_node (self->graph, to) == NULL
      || rungs_canvas_graph_find_edge (self->graph, id) != NULL)
    return NULL;
  edge = rungs_canvas_graph_add_edge (self->graph, id, from, to);
  edge->style = g_strdup (style);
  return edge;
}

static void
add_ways (Maker *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ways = self->show->map->ways;

  for (guint i = 0; i < ways->len; i++)
    {
      const RungsWay *way = g_ptr_array_index (ways, i);
      g_autofree char *id = rungs_map_id ("way", way->id);
      g_autofree char *from = origin_of (self->show, way);
      g_autofree char *to = target_of (way);
      char *same = g_strdup_printf ("%s %s %s", from, to, rungs_path_to_text (way->path));
      RungsCanvasEdge *edge;

      if (!g_hash_table_add (seen, same)
          || (edge = add_edge (self, id, from, to, style_of (way->path))) == NULL)
        continue;
      edge->can |= RUNGS_CANVAS_CAN_DELETE;
      edge->dashed = way->path == RUNGS_PATH_IN_PERSON;
      /* before it runs into the others */
      if (g_str_equal (to, "opt-in"))
        edge->label_at = NEAR_SOURCE;
    }
}

static void
add_sequence_edges (Maker *self)
{
  GPtrArray *sequences = self->show->map->sequences;

  for (guint i = 0; i < sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (sequences, i);
      g_autofree char *node = rungs_map_id ("sequence", sequence->id);
      g_autofree char *product = rungs_map_id ("product", sequence->sells);
      g_autofree char *walk = rungs_map_id ("walk", sequence->id);
      g_autofree char *sells = rungs_map_id ("sells", sequence->id);

      add_edge (self, walk, "opt-in", node, "opt-in");
      if (sequence->sells != 0)
        add_edge (self, sells, node, product, "opt-in");
    }
}

/* Returns: (nullable) as add_edge(). */
static RungsCanvasEdge *
add_offer (Maker            *self,
           const RungsOffer *offer)
{
  g_autofree char *id = rungs_map_id ("offer", offer->id);
  g_autofree char *from = offer->from_product != 0
                            ? rungs_map_id ("product", offer->from_product)
                            : g_strdup ("opt-in");
  g_autofree char *to = rungs_map_id ("product", offer->to_product);
  g_autofree char *style = g_strconcat ("offer ", rungs_offer_kind_to_text (offer->kind),
                                        offer->retired_at != 0 ? " faint" : "", NULL);
  RungsCanvasEdge *edge = add_edge (self, id, from, to, style);

  if (edge == NULL)
    return NULL;
  edge->dashed = offer->kind == RUNGS_OFFER_DOWNSELL || offer->kind == RUNGS_OFFER_CROSS;
  edge->label = g_strdup (rungs_offer_kind_words (offer->kind));
  return edge;
}

static void
add_offers (Maker *self)
{
  GPtrArray *offers = self->show->map->ladder->offers;

  for (guint i = 0; i < offers->len; i++)
    {
      RungsCanvasEdge *edge = add_offer (self, g_ptr_array_index (offers, i));

      if (edge != NULL)
        edge->can |= RUNGS_CANVAS_CAN_DELETE;
    }
}

static gboolean
is_retired (const RungsMap *map,
            gint64          product)
{
  const RungsProduct *found = rungs_map_find_product (map, product);

  return found != NULL && found->retired_at != 0;
}

/* Of what is no longer sold: of several of one kind between the same two the last one. */
static void
add_ended (Maker *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ended = self->show->map->ended;

  for (guint i = 0; self->show->retired && i < ended->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (ended, i);

      char *same = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d",
                                    offer->from_product, offer->to_product, (int) offer->kind);

      if (g_hash_table_add (seen, same)
          && (is_retired (self->show->map, offer->from_product)
              || is_retired (self->show->map, offer->to_product)))
        add_offer (self, offer);
    }
}

static char *
dup_node_of (RungsLadderPlace place)
{
  place.path = RUNGS_LADDER_ANY_PATH;
  return rungs_ladder_place_to_text (place);
}

/* Thin, and without ends to be moved. */
static void
add_undrawn (Maker *self)
{
  for (guint i = 0; self->show->undrawn != NULL && i < self->show->undrawn->len; i++)
    {
      const RungsLadderArrow *arrow = &g_array_index (self->show->undrawn, RungsLadderArrow, i);
      g_autofree char *first = rungs_ladder_place_to_text (arrow->from);
      g_autofree char *to = rungs_ladder_place_to_text (arrow->to);
      g_autofree char *id = g_strdup_printf ("undrawn:%s>%s", first, to);
      g_autofree char *from = dup_node_of (arrow->from);
      RungsCanvasEdge *edge = add_edge (self, id, from, to, "undrawn");

      if (edge == NULL)
        continue;
      edge->dashed = TRUE;
      edge->label = g_strdup (_ ("Not drawn"));
    }
}

/* ---- numbers */

static RungsLadderPlace
place_of_way (const RungsMap *map,
              const RungsWay *way)
{
  gboolean all = way->source == 0;
  RungsLadderPlaceKind kind = all ? RUNGS_LADDER_KIND : RUNGS_LADDER_SOURCE;
  gint64 id = all ? (gint64) way->kind : way->source;

  /* what share of those who came opted in, by whatever path they came */
  return way->path == RUNGS_PATH_OPT_IN ? rungs_ladder_place (kind, id)
                                        : rungs_ladder_place_by_path (kind, id, way->path);
}

static gboolean
find_ends_of_way (const RungsMap   *map,
                  const RungsWay   *way,
                  RungsLadderPlace *from,
                  RungsLadderPlace *to)
{
  if (way == NULL)
    return FALSE;
  *from = place_of_way (map, way);
  if (way->sequence != 0)
    *to = rungs_ladder_place (RUNGS_LADDER_SEQUENCE, way->sequence);
  else if (way->sells != 0)
    *to = rungs_ladder_place (RUNGS_LADDER_PRODUCT, way->sells);
  else
    *to = rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0);
  return TRUE;
}

gboolean
rungs_map_find_ends (const RungsMap   *map,
                     const char       *edge,
                     RungsLadderPlace *from,
                     RungsLadderPlace *to)
{
  const RungsSequence *sequence;
  const RungsOffer *offer;
  RungsLadderArrow arrow;
  gint64 id;

  if (rungs_map_id_is_undrawn (edge, &arrow))
    {
      *from = arrow.from;
      *to = arrow.to;
      return TRUE;
    }
  if (rungs_map_id_is (edge, "way", &id))
    return find_ends_of_way (map, rungs_map_find_way (map, id), from, to);
  if (rungs_map_id_is (edge, "walk", &id))
    {
      *from = rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0);
      *to = rungs_ladder_place (RUNGS_LADDER_SEQUENCE, id);
      return TRUE;
    }
  if (rungs_map_id_is (edge, "sells", &id) && (sequence = rungs_map_find_sequence (map, id)))
    {
      *from = rungs_ladder_place (RUNGS_LADDER_SEQUENCE, id);
      *to = rungs_ladder_place (RUNGS_LADDER_PRODUCT, sequence->sells);
      return TRUE;
    }
  if (!rungs_map_id_is (edge, "offer", &id) || (offer = rungs_map_find_offer (map, id)) == NULL
      || offer->from_product == 0)
    return FALSE;
  *from = rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->from_product);
  *to = rungs_ladder_place (RUNGS_LADDER_PRODUCT, offer->to_product);
  return TRUE;
}

static void
add_drawn (GArray         *drawn,
           const RungsMap *map,
           const char     *what,
           gint64          thing)
{
  g_autofree char *id = rungs_map_id (what, thing);
  RungsLadderArrow arrow;

  if (rungs_map_find_ends (map, id, &arrow.from, &arrow.to))
    g_array_append_val (drawn, arrow);
}

GArray *
rungs_map_list_drawn (const RungsMap *map)
{
  GArray *drawn = g_array_new (FALSE, FALSE, sizeof (RungsLadderArrow));

  for (guint i = 0; i < map->ways->len; i++)
    {
      const RungsWay *way = g_ptr_array_index (map->ways, i);

      add_drawn (drawn, map, "way", way->id);
      g_array_index (drawn, RungsLadderArrow, drawn->len - 1).from
        = way->path == RUNGS_PATH_OPT_IN
            ? rungs_ladder_place (RUNGS_LADDER_KIND, way->kind)
            : rungs_ladder_place_by_path (RUNGS_LADDER_KIND, way->kind, way->path);
    }
  for (guint i = 0; i < map->sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (map->sequences, i);

      add_drawn (drawn, map, "walk", sequence->id);
      if (sequence->sells != 0)
        add_drawn (drawn, map, "sells", sequence->id);
    }
  for (guint i = 0; i < map->ladder->offers->len; i++)
    add_drawn (drawn, map, "offer",
               ((RungsOffer *) g_ptr_array_index (map->ladder->offers, i))->id);
  return drawn;
}

/* A folded kind speaks for all its sources: then the arrow carries what the kind does. */
static gboolean
find_shown_ends (const RungsMap        *map,
                 const RungsCanvasEdge *edge,
                 RungsLadderPlace      *from,
                 RungsLadderPlace      *to)
{
  RungsSourceKind kind;

  if (!rungs_map_find_ends (map, edge->id, from, to))
    return FALSE;
  if (rungs_map_id_is_kind (edge->from, &kind))
    {
      int path = from->path;

      *from = rungs_ladder_place (RUNGS_LADDER_KIND, kind);
      from->path = path;
    }
  return TRUE;
}

char *
rungs_map_dup_target (const RungsMapShow *show,
                      RungsCanvasGraph   *graph,
                      const char         *edge)
{
  const RungsCanvasEdge *found = rungs_canvas_graph_find_edge (graph, edge);
  RungsLadderPlace from, to;
  RungsLadderNumber number;

  if (found == NULL || !find_shown_ends (show->map, found, &from, &to))
    return NULL;
  number = rungs_ladder_number_of_arrow (RUNGS_LADDER_HITS, from, to);
  return rungs_ladder_number_to_target (&number, &show->question);
}

static RungsLadderFlow *
load_flow (Maker                 *self,
           const RungsCanvasEdge *edge)
{
  RungsLadderPlace from, to;

  return find_shown_ends (self->show->map, edge, &from, &to)
           ? rungs_ladder_figures_flow (self->show->figures, from, to)
           : NULL;
}

static void
read_flows (Maker *self)
{
  for (guint i = 0; self->show->figures != NULL && i < self->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);
      RungsLadderFlow *flow = load_flow (self, edge);

      if (flow != NULL)
        g_hash_table_insert (self->flows, edge->id, flow);
    }
}

static gint64
most_hits (Maker *self)
{
  GHashTableIter each;
  gpointer flow;
  gint64 most = 1;

  g_hash_table_iter_init (&each, self->flows);
  while (g_hash_table_iter_next (&each, NULL, &flow))
    most = MAX (most, ((RungsLadderFlow *) flow)->all.hits);
  return most;
}

/* Its width goes with the root of how many went, so that the thin ones are still told apart. */
static void
add_numbers (RungsCanvasEdge       *edge,
             const RungsLadderFlow *flow,
             gint64                 most)
{
  g_autofree char *kind = g_steal_pointer (&edge->label);
  g_autofree char *share = rungs_ladder_words_share_short (&flow->all);
  g_autofree char *money = rungs_map_monies_words (flow->all.money, flow->all.converted);

  if (flow->all.cases == 0)
    {
      edge->label = g_steal_pointer (&kind);
      return;
    }
  edge->label = g_strjoin (kind != NULL ? "\n" : "", kind != NULL ? kind : "", share, NULL);
  if (money != NULL && flow->all.hits > 0)
    {
      g_autofree char *label = g_steal_pointer (&edge->label);

      edge->label = g_strjoin ("\n", label, money, NULL);
    }
  edge->detail = rungs_ladder_words_interval (&flow->all);
  edge->width = THIN + (THICK - THIN) * sqrt ((double) flow->all.hits / (double) most);
  edge->opens = flow->all.hits > 0;
  if (g_str_has_prefix (edge->id, "undrawn:"))
    edge->width = THIN;
}

/* Whether something that is drawn to there carries less. */
static gboolean
carries_more (Maker                 *self,
              const RungsCanvasEdge *undrawn)
{
  const RungsLadderFlow *flow = g_hash_table_lookup (self->flows, undrawn->id);

  for (guint i = 0; flow != NULL && i < self->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);
      const RungsLadderFlow *other = g_hash_table_lookup (self->flows, edge->id);

      if (other != NULL && g_strcmp0 (edge->to, undrawn->to) == 0
          && !g_str_has_prefix (edge->id, "undrawn:") && other->all.hits < flow->all.hits)
        return TRUE;
    }
  return FALSE;
}

static void
add_hint (RungsCanvasNode *node,
          const char      *from)
{
  RungsMapText *text = node->data;
  g_autofree char *before = g_steal_pointer (&text->faults);
  g_autofree char *hint = g_strdup_printf (
    _ ("More leads come here from “%s” than by a way that is drawn: draw this one."), from);

  text->faults = before != NULL ? g_strdup_printf ("%s\n%s", before, hint) : g_strdup (hint);
  g_free (node->description);
  node->description = rungs_map_text_describe (text);
}

static void
hint_undrawn (Maker *self)
{
  for (guint i = 0; i < self->graph->edges->len; i++)
    {
      const RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);

      if (g_str_has_prefix (edge->id, "undrawn:") && carries_more (self, edge))
        add_hint (rungs_canvas_graph_find_node (self->graph, edge->to),
                  rungs_canvas_graph_find_node (self->graph, edge->from)->name);
    }
}

static void
number_edges (Maker *self)
{
  gint64 most;

  read_flows (self);
  most = most_hits (self);
  for (guint i = 0; i < self->graph->edges->len; i++)
    {
      RungsCanvasEdge *edge = g_ptr_array_index (self->graph->edges, i);
      const RungsLadderFlow *flow = g_hash_table_lookup (self->flows, edge->id);

      if (flow != NULL)
        add_numbers (edge, flow, most);
    }
}

/* ---- all */

RungsCanvasGraph *
rungs_map_graph_new (const RungsMapShow *show)
{
  g_autoptr (RungsCanvasGraph) graph = rungs_canvas_graph_new ();
  g_autoptr (GHashTable) flows = g_hash_table_new_full (
    g_str_hash, g_str_equal, NULL, (GDestroyNotify) rungs_ladder_flow_free);
  Maker self = { .show = show, .graph = graph, .flows = flows };

  g_return_val_if_fail (show != NULL && show->map != NULL, NULL);

  add_kinds (&self);
  add_middle (&self);
  add_products (&self);
  add_ways (&self);
  add_sequence_edges (&self);
  add_offers (&self);
  add_ended (&self);
  add_undrawn (&self);
  number_edges (&self);
  hint_undrawn (&self);
  return g_steal_pointer (&graph);
}
