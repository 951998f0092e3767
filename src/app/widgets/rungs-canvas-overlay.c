/* rungs-canvas-overlay.c: what is seen over a canvas while something is dragged: places that accept
 * it, the one that would get it, and the thing itself. */

#include "rungs-canvas-private.h"

#include "compat/rungs-color.h"

#define ROUND 10.0f

static void
draw_box (GtkSnapshot           *snapshot,
          const graphene_rect_t *box,
          const GdkRGBA         *color,
          float                  fill,
          float                  line,
          float                  width)
{
  GdkRGBA inside = *color, border = *color;
  GskRoundedRect round;

  inside.alpha = fill;
  border.alpha = line;
  gsk_rounded_rect_init_from_rect (&round, box, ROUND);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &inside, box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &round, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ border, border, border, border });
}

/* Words on a dark ground, under a box. */
static void
draw_words (RungsCanvas           *self,
            GtkSnapshot           *snapshot,
            const graphene_rect_t *box,
            const char            *words)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  GdkRGBA ground = { 0.12f, 0.12f, 0.12f, 0.92f }, text = { 1, 1, 1, 1 };
  int width, height;
  graphene_rect_t plate;
  GskRoundedRect round;
  float x, y;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = box->origin.x + (box->size.width - (float) width) / 2 - 9;
  y = box->origin.y + box->size.height + 8;
  x = CLAMP (x, 6, MAX (6, (float) gtk_widget_get_width (GTK_WIDGET (self)) - (float) width - 24));
  if (y + (float) height + 12 > (float) gtk_widget_get_height (GTK_WIDGET (self)))
    y = MAX (6, box->origin.y - (float) height - 18);
  plate = GRAPHENE_RECT_INIT (x, y, (float) width + 18, (float) height + 8);
  gsk_rounded_rect_init_from_rect (&round, &plate, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &ground, &plate);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + 9, y + 4));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
draw_targets (RungsCanvas   *self,
              GtkSnapshot   *snapshot,
              const GdkRGBA *accent)
{
  for (guint i = 0; i < self->drag->targets->len; i++)
    {
      const char *target = g_ptr_array_index (self->drag->targets, i);
      gboolean chosen = g_strcmp0 (target, self->drag->target) == 0;
      const char *name = chosen ? rungs_canvas_drag_name (self, target) : NULL;
      graphene_rect_t where;

      if (!rungs_canvas_drag_where (self, target, &where))
        continue;
      where = rungs_canvas_view_from_drawing (self, &where);
      draw_box (snapshot, &where, accent, chosen ? 0.28f : 0.08f, chosen ? 1 : 0.5f,
                chosen ? 3 : 1);
      if (name != NULL)
        draw_words (self, snapshot, &where, name);
    }
}

/* The node itself, half transparent, under the pointer. */
static void
draw_carried (RungsCanvas *self,
              GtkSnapshot *snapshot)
{
  RungsCanvasItem *item = rungs_canvas_find (self, self->drag->what);
  graphene_point_t at = rungs_canvas_view_to_drawing (self, self->drag->x, self->drag->y);
  graphene_point_t origin = rungs_canvas_view_origin (self);

  if (item == NULL || self->drag->keys)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  gtk_snapshot_scale (snapshot, (float) self->zoom, (float) self->zoom);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (at.x - self->drag->start.x,
                                                          at.y - self->drag->start.y));
  gtk_snapshot_push_opacity (snapshot, 0.88);
  gtk_widget_snapshot_child (GTK_WIDGET (self->items), GTK_WIDGET (item), snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

/* To the pointer, or to the side of the target that faces it. */
static void
draw_arrow (RungsCanvas   *self,
            GtkSnapshot   *snapshot,
            const GdkRGBA *accent)
{
  RungsCanvasItem *from = rungs_canvas_find (self, self->drag->what);
  graphene_point_t at = rungs_canvas_view_to_drawing (self, self->drag->x, self->drag->y);
  graphene_rect_t to = GRAPHENE_RECT_INIT (at.x, at.y, 1, 1), extents;
  RungsCanvasSide from_side, to_side;
  RungsCanvasRoute route = { 0 };
  cairo_t *cr;

  if (from == NULL || !from->placed || (self->drag->keys && self->drag->target == NULL))
    return;
  if (self->drag->target != NULL)
    rungs_canvas_drag_where (self, self->drag->target, &to);
  rungs_canvas_route_choose_sides (&from->place, &to, &from_side, &to_side);
  rungs_canvas_route_between (&route, &from->place, from_side, 0.5, &to, to_side, 0.5);
  graphene_rect_inset_r (&route.bounds, -16, -16, &extents);
  cr = rungs_canvas_view_append_cairo (self, snapshot, &extents);
  gdk_cairo_set_source_rgba (cr, accent);
  rungs_canvas_route_draw (&route, cr, 2.5, self->drag->target == NULL, TRUE);
  cairo_destroy (cr);
  rungs_canvas_route_clear (&route);
}

static void
draw_rubber (RungsCanvas   *self,
             GtkSnapshot   *snapshot,
             const GdkRGBA *accent)
{
  graphene_rect_t start = rungs_canvas_view_from_drawing (
    self, &GRAPHENE_RECT_INIT (self->drag->start.x, self->drag->start.y, 0, 0));
  graphene_rect_t band = GRAPHENE_RECT_INIT (start.origin.x, start.origin.y,
                                             (float) self->drag->x - start.origin.x,
                                             (float) self->drag->y - start.origin.y);

  graphene_rect_normalize (&band);
  draw_box (snapshot, &band, accent, 0.12f, 0.8f, 1);
}

void
rungs_canvas_overlay_snapshot (RungsCanvas *self,
                               GtkSnapshot *snapshot)
{
  GdkRGBA accent = rungs_color_of (GTK_WIDGET (self->ground));

  if (self->drag == NULL)
    return;
  draw_targets (self, snapshot, &accent);
  switch (self->drag->kind)
    {
    case RUNGS_CANVAS_DRAG_RUBBER:
      draw_rubber (self, snapshot, &accent);
      break;
    case RUNGS_CANVAS_DRAG_MOVE:
      draw_carried (self, snapshot);
      break;
    case RUNGS_CANVAS_DRAG_CONNECT:
      draw_arrow (self, snapshot, &accent);
      break;
    case RUNGS_CANVAS_DRAG_ITEM:
    default:
      break;
    }
}
