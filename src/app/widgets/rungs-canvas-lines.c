/* rungs-canvas-lines.c: the lines of a canvas's edges, painted once and shown while it is panned.
 *
 * The plane is cut into square tiles of pixels. A tile is painted when it is first seen, and kept
 * while neither zoom nor edges change: a pan then only moves pictures. They are kept as nodes of
 * the renderer: one that draws with cairo takes the picture as it is (a texture it would convert
 * in each frame), one that draws with the graphics card loads it once. */

#include "rungs-canvas-lines.h"

#include <math.h>

#include "compat/rungs-color.h"

#define TILE 512
#define KEPT 48

struct _RungsCanvasLines
{
  GHashTable *tiles; /* (owned): key of a tile -> GskRenderNode; NULL where nothing is on it */
  double zoom;
  int scale;
};

RungsCanvasLines *
rungs_canvas_lines_new (void)
{
  RungsCanvasLines *self = g_new0 (RungsCanvasLines, 1);

  self->tiles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
rungs_canvas_lines_clear (RungsCanvasLines *self)
{
  GHashTableIter each;
  gpointer node;

  g_hash_table_iter_init (&each, self->tiles);
  while (g_hash_table_iter_next (&each, NULL, &node))
    g_clear_pointer (&node, gsk_render_node_unref);
  g_hash_table_remove_all (self->tiles);
}

void
rungs_canvas_lines_free (RungsCanvasLines *self)
{
  if (self == NULL)
    return;
  rungs_canvas_lines_clear (self);
  g_hash_table_unref (self->tiles);
  g_free (self);
}

graphene_rect_t
rungs_canvas_lines_extents (RungsCanvasItem *edge,
                            double           wider)
{
  float rim = (float) (edge->edge->width + wider + 12);
  graphene_rect_t extents;

  graphene_rect_inset_r (&edge->route.bounds, -rim, -rim, &extents);
  return extents;
}

void
rungs_canvas_lines_draw (RungsCanvasItem *edge,
                         cairo_t         *cr,
                         const GdkRGBA   *color,
                         double           wider)
{
  gdk_cairo_set_source_rgba (cr, color);
  rungs_canvas_route_draw (&edge->route, cr, edge->edge->width + wider, edge->edge->dashed,
                           edge->edge->to != NULL);
}

/* Takes the surface. */
static GskRenderNode *
node_of (cairo_surface_t *surface,
         int              scale)
{
  GskRenderNode *node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, TILE, TILE));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return node;
}

/* Returns: (transfer full) (nullable): NULL where no edge comes along. */
static GskRenderNode *
paint_tile (RungsCanvasLines *self,
            GPtrArray        *edges,
            double            left,
            double            top)
{
  double size = TILE / self->zoom;
  graphene_rect_t tile
    = GRAPHENE_RECT_INIT ((float) (left / self->zoom), (float) (top / self->zoom), (float) size,
                          (float) size);
  cairo_surface_t *surface = NULL;
  cairo_t *cr = NULL;

  for (guint i = 0; i < edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (edges, i);
      graphene_rect_t extents = rungs_canvas_lines_extents (edge, 0);
      GdkRGBA color;

      if (edge->route.n == 0 || !graphene_rect_intersection (&extents, &tile, NULL))
        continue;
      if (cr == NULL)
        {
          surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE * self->scale,
                                                TILE * self->scale);
          cr = cairo_create (surface);
          cairo_scale (cr, self->scale, self->scale);
          cairo_translate (cr, -left, -top);
          cairo_scale (cr, self->zoom, self->zoom);
        }
      color = rungs_color_of (GTK_WIDGET (edge));
      rungs_canvas_lines_draw (edge, cr, &color, 0);
    }
  if (cr == NULL)
    return NULL;
  cairo_destroy (cr);
  return node_of (surface, self->scale);
}

static GskRenderNode *
get_tile (RungsCanvasLines *self,
          GPtrArray        *edges,
          int               column,
          int               row)
{
  gint64 key = ((gint64) column << 32) ^ (guint32) row;
  gpointer node = NULL;

  if (!g_hash_table_lookup_extended (self->tiles, &key, NULL, &node))
    {
      node = paint_tile (self, edges, (double) column * TILE, (double) row * TILE);
      g_hash_table_insert (self->tiles, g_memdup2 (&key, sizeof key), node);
    }
  return node;
}

void
rungs_canvas_lines_snapshot (RungsCanvasLines *self,
                             GtkSnapshot      *snapshot,
                             GPtrArray        *edges,
                             graphene_point_t  origin,
                             double            zoom,
                             int               scale,
                             int               width,
                             int               height)
{
  int first_column = (int) floor (-origin.x / TILE), last_column, first_row, last_row;

  first_row = (int) floor (-origin.y / TILE);
  last_column = (int) floor ((width - origin.x) / TILE);
  last_row = (int) floor ((height - origin.y) / TILE);
  if (fabs (zoom - self->zoom) > 1e-9 || scale != self->scale
      || g_hash_table_size (self->tiles) > KEPT)
    rungs_canvas_lines_clear (self);
  self->zoom = zoom;
  self->scale = scale;
  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      {
        GskRenderNode *tile = get_tile (self, edges, column, row);

        if (tile == NULL)
          continue;
        gtk_snapshot_save (snapshot);
        gtk_snapshot_translate (snapshot,
                                &GRAPHENE_POINT_INIT (origin.x + (float) column * TILE,
                                                      origin.y + (float) row * TILE));
        gtk_snapshot_append_node (snapshot, tile);
        gtk_snapshot_restore (snapshot);
      }
}
