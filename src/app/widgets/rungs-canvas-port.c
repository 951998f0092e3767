/* rungs-canvas-port.c: the port of a node: a dot at its side, seen while the pointer or the keys
 * are on it, from which arrows are drawn. */

#include "rungs-canvas-private.h"

#include <math.h>

#include "compat/rungs-color.h"

#define RADIUS 7.0
#define REACH 12.0

gboolean
rungs_canvas_port_where (RungsCanvas      *self,
                         const char       *node,
                         graphene_point_t *where)
{
  RungsCanvasItem *item = rungs_canvas_find (self, node);
  graphene_rect_t place;

  if (item == NULL || item->node == NULL || !item->placed
      || (item->node->can & RUNGS_CANVAS_CAN_CONNECT) == 0)
    return FALSE;
  place = item->place;
  *where = GRAPHENE_POINT_INIT (place.origin.x + place.size.width / 2,
                                place.origin.y + place.size.height / 2);
  switch (self->arrangement ? self->arrangement->port : RUNGS_CANVAS_RIGHT)
    {
    case RUNGS_CANVAS_LEFT:
      where->x = place.origin.x;
      break;
    case RUNGS_CANVAS_TOP:
      where->y = place.origin.y;
      break;
    case RUNGS_CANVAS_BOTTOM:
      where->y = place.origin.y + place.size.height;
      break;
    case RUNGS_CANVAS_RIGHT:
    default:
      where->x = place.origin.x + place.size.width;
    }
  return TRUE;
}

/* Of the view. */
static gboolean
port_in_view (RungsCanvas      *self,
              const char       *node,
              graphene_point_t *where)
{
  graphene_rect_t rect;

  if (node == NULL || !rungs_canvas_port_where (self, node, where))
    return FALSE;
  rect = rungs_canvas_view_from_drawing (self, &GRAPHENE_RECT_INIT (where->x, where->y, 0, 0));
  *where = rect.origin;
  return TRUE;
}

static const char *
focused_node (RungsCanvas *self)
{
  RungsCanvasItem *item = rungs_canvas_find (self, self->focus);

  return item != NULL && gtk_widget_has_focus (GTK_WIDGET (item)) ? item->id : NULL;
}

const char *
rungs_canvas_port_pick (RungsCanvas *self,
                        double       x,
                        double       y)
{
  const char *nodes[] = { self->hovered, focused_node (self) };

  for (gsize i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      graphene_point_t where;

      if (port_in_view (self, nodes[i], &where) && hypot (x - where.x, y - where.y) <= REACH)
        return nodes[i];
    }
  return NULL;
}

static void
draw_port (RungsCanvas *self,
           GtkSnapshot *snapshot,
           const char  *node)
{
  GdkRGBA accent = rungs_color_of (GTK_WIDGET (self->ground));
  graphene_point_t where;
  graphene_rect_t box;
  GskRoundedRect round;

  if (!port_in_view (self, node, &where))
    return;
  box = GRAPHENE_RECT_INIT (where.x - (float) RADIUS, where.y - (float) RADIUS, 2 * (float) RADIUS,
                            2 * (float) RADIUS);
  gsk_rounded_rect_init_from_rect (&round, &box, (float) RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &accent, &box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &round, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ { 1, 1, 1, 1 }, { 1, 1, 1, 1 }, { 1, 1, 1, 1 },
                                            { 1, 1, 1, 1 } });
}

void
rungs_canvas_port_snapshot (RungsCanvas *self,
                            GtkSnapshot *snapshot)
{
  const char *focused = focused_node (self);

  if (self->drag != NULL)
    return;
  draw_port (self, snapshot, self->hovered);
  if (g_strcmp0 (focused, self->hovered) != 0)
    draw_port (self, snapshot, focused);
}
