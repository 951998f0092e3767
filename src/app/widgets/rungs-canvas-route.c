/* rungs-canvas-route.c: the way of an edge: cubic Bézier curves one after the other.
 *
 * Distances are measured on a chain of straight pieces, 16 to a curve: at the size of a window the
 * chain is never more than a fraction of a pixel away from the curve. */

#include "rungs-canvas-route.h"

#include <math.h>

#define PIECES 16
#define STUB 24
#define HANDLE_MIN 28.0
#define HANDLE_MAX 180.0

void
rungs_canvas_route_clear (RungsCanvasRoute *self)
{
  g_clear_pointer (&self->points, g_free);
  self->n = 0;
  self->bounds = *graphene_rect_zero ();
}

static gsize
curves (const RungsCanvasRoute *self)
{
  return self->n < 4 ? 0 : (self->n - 1) / 3;
}

static graphene_point_t
point_of_curve (const graphene_point_t *p,
                double                  t)
{
  double u = 1 - t;
  double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

  return GRAPHENE_POINT_INIT ((float) (a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x),
                              (float) (a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y));
}

/* Piece `i` of all pieces; its beginning. */
static graphene_point_t
piece (const RungsCanvasRoute *self,
       gsize                   i)
{
  gsize curve = MIN (i / PIECES, curves (self) - 1);

  return point_of_curve (self->points + 3 * curve, (double) (i - curve * PIECES) / PIECES);
}

static void
find_bounds (RungsCanvasRoute *self)
{
  graphene_rect_init (&self->bounds, self->points[0].x, self->points[0].y, 0, 0);
  for (gsize i = 1; i <= curves (self) * PIECES; i++)
    {
      graphene_point_t at = piece (self, i);

      graphene_rect_expand (&self->bounds, &at, &self->bounds);
    }
}

void
rungs_canvas_route_set (RungsCanvasRoute       *self,
                        const graphene_point_t *points,
                        gsize                   n)
{
  g_return_if_fail (n >= 4 && (n - 1) % 3 == 0);

  rungs_canvas_route_clear (self);
  self->points = g_memdup2 (points, n * sizeof *points);
  self->n = n;
  find_bounds (self);
}

static graphene_point_t
on_side (const graphene_rect_t *rect,
         RungsCanvasSide        side,
         double                 along)
{
  float x = rect->origin.x, y = rect->origin.y;
  float width = rect->size.width, height = rect->size.height;

  switch (side)
    {
    case RUNGS_CANVAS_LEFT:
      return GRAPHENE_POINT_INIT (x, y + (float) along * height);
    case RUNGS_CANVAS_RIGHT:
      return GRAPHENE_POINT_INIT (x + width, y + (float) along * height);
    case RUNGS_CANVAS_TOP:
      return GRAPHENE_POINT_INIT (x + (float) along * width, y);
    case RUNGS_CANVAS_BOTTOM:
    default:
      return GRAPHENE_POINT_INIT (x + (float) along * width, y + height);
    }
}

static graphene_point_t
outwards (graphene_point_t at,
          RungsCanvasSide  side,
          double           length)
{
  switch (side)
    {
    case RUNGS_CANVAS_LEFT:
      return GRAPHENE_POINT_INIT (at.x - (float) length, at.y);
    case RUNGS_CANVAS_RIGHT:
      return GRAPHENE_POINT_INIT (at.x + (float) length, at.y);
    case RUNGS_CANVAS_TOP:
      return GRAPHENE_POINT_INIT (at.x, at.y - (float) length);
    case RUNGS_CANVAS_BOTTOM:
    default:
      return GRAPHENE_POINT_INIT (at.x, at.y + (float) length);
    }
}

/* How long the handles of a curve are: half the way along the side's direction; more where it has
 * to turn back. */
static double
handle_length (graphene_point_t from,
               graphene_point_t to,
               RungsCanvasSide  side)
{
  gboolean flat = side == RUNGS_CANVAS_LEFT || side == RUNGS_CANVAS_RIGHT;
  double along = flat ? fabs (to.x - from.x) : fabs (to.y - from.y);
  double across = flat ? fabs (to.y - from.y) : fabs (to.x - from.x);

  return CLAMP (MAX (along / 2, across / 4), HANDLE_MIN, HANDLE_MAX);
}

void
rungs_canvas_route_between (RungsCanvasRoute      *self,
                            const graphene_rect_t *from,
                            RungsCanvasSide        from_side,
                            double                 leave,
                            const graphene_rect_t *to,
                            RungsCanvasSide        to_side,
                            double                 arrive)
{
  graphene_point_t a = on_side (from, from_side, leave);
  graphene_point_t b = on_side (to, to_side, arrive);
  graphene_point_t points[4]
    = { a, outwards (a, from_side, handle_length (a, b, from_side)),
        outwards (b, to_side, handle_length (a, b, to_side)), b };

  rungs_canvas_route_set (self, points, G_N_ELEMENTS (points));
}

void
rungs_canvas_route_stub (RungsCanvasRoute      *self,
                         const graphene_rect_t *from,
                         double                 leave)
{
  graphene_point_t a = on_side (from, RUNGS_CANVAS_BOTTOM, leave);
  graphene_point_t points[4]
    = { a, outwards (a, RUNGS_CANVAS_BOTTOM, STUB / 3.0),
        outwards (a, RUNGS_CANVAS_BOTTOM, 2 * STUB / 3.0),
        outwards (a, RUNGS_CANVAS_BOTTOM, STUB) };

  rungs_canvas_route_set (self, points, G_N_ELEMENTS (points));
}

void
rungs_canvas_route_choose_sides (const graphene_rect_t *from,
                                 const graphene_rect_t *to,
                                 RungsCanvasSide       *from_side,
                                 RungsCanvasSide       *to_side)
{
  float right = to->origin.x - (from->origin.x + from->size.width);
  float left = from->origin.x - (to->origin.x + to->size.width);
  float below = to->origin.y - (from->origin.y + from->size.height);
  float above = from->origin.y - (to->origin.y + to->size.height);

  *from_side = RUNGS_CANVAS_RIGHT;
  *to_side = RUNGS_CANVAS_RIGHT;
  if (right >= 0 && right >= MAX (below, above) / 3)
    *to_side = RUNGS_CANVAS_LEFT;
  else if (left >= 0 && left >= MAX (below, above))
    *from_side = RUNGS_CANVAS_LEFT;
  else if (below >= 0)
    {
      *from_side = RUNGS_CANVAS_BOTTOM;
      *to_side = RUNGS_CANVAS_TOP;
    }
  else if (above >= 0)
    {
      *from_side = RUNGS_CANVAS_TOP;
      *to_side = RUNGS_CANVAS_BOTTOM;
    }
}

graphene_point_t
rungs_canvas_route_point (const RungsCanvasRoute *self,
                          double                  t)
{
  double at = CLAMP (t, 0.0, 1.0) * (double) curves (self);
  gsize curve = MIN ((gsize) at, curves (self) - 1);

  return point_of_curve (self->points + 3 * curve, at - (double) curve);
}

static double
distance_to_piece (graphene_point_t        a,
                   graphene_point_t        b,
                   const graphene_point_t *p)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double length = dx * dx + dy * dy;
  double t = length > 0 ? ((p->x - a.x) * dx + (p->y - a.y) * dy) / length : 0;

  t = CLAMP (t, 0.0, 1.0);
  return hypot (p->x - (a.x + t * dx), p->y - (a.y + t * dy));
}

double
rungs_canvas_route_distance (const RungsCanvasRoute *self,
                             const graphene_point_t *point)
{
  double nearest = INFINITY;

  for (gsize i = 0; i < curves (self) * PIECES; i++)
    nearest = MIN (nearest, distance_to_piece (piece (self, i), piece (self, i + 1), point));
  return nearest;
}

/* The direction in which the line arrives, of length 1. */
static graphene_vec2_t
direction_at_end (const RungsCanvasRoute *self)
{
  graphene_point_t end = self->points[self->n - 1];
  graphene_vec2_t direction;

  for (gsize i = self->n - 1; i-- > 0;)
    if (hypot (end.x - self->points[i].x, end.y - self->points[i].y) > 0.5)
      {
        graphene_vec2_init (&direction, end.x - self->points[i].x, end.y - self->points[i].y);
        graphene_vec2_normalize (&direction, &direction);
        return direction;
      }
  graphene_vec2_init (&direction, 0, 1);
  return direction;
}

static void
draw_head (const RungsCanvasRoute *self,
           cairo_t                *cr,
           double                  dx,
           double                  dy,
           double                  length,
           double                  half)
{
  graphene_point_t end = self->points[self->n - 1];

  cairo_move_to (cr, end.x, end.y);
  cairo_line_to (cr, end.x - dx * length - dy * half, end.y - dy * length + dx * half);
  cairo_line_to (cr, end.x - dx * length + dy * half, end.y - dy * length - dx * half);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
rungs_canvas_route_draw (const RungsCanvasRoute *self,
                         cairo_t                *cr,
                         double                  width,
                         gboolean                dashed,
                         gboolean                head)
{
  const double dashes[] = { 4 + width, 3 + width };
  double length = head ? 7 + width * 0.9 : 0;
  graphene_vec2_t direction;
  graphene_point_t end;
  double dx, dy;

  if (self->n == 0)
    return;
  direction = direction_at_end (self);
  dx = graphene_vec2_get_x (&direction);
  dy = graphene_vec2_get_y (&direction);
  end = self->points[self->n - 1];

  cairo_set_line_width (cr, width);
  cairo_set_dash (cr, dashes, dashed ? 2 : 0, 0);
  cairo_move_to (cr, self->points[0].x, self->points[0].y);
  for (gsize i = 1; i + 2 < self->n; i += 3)
    {
      double back = i + 3 == self->n ? length * 0.8 : 0;
      const graphene_point_t *p = self->points + i;

      cairo_curve_to (cr, p[0].x, p[0].y, p[1].x - dx * back, p[1].y - dy * back,
                      p[2].x - dx * back, p[2].y - dy * back);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (head)
    draw_head (self, cr, dx, dy, length, 3.5 + width * 0.75);
  else
    {
      cairo_arc (cr, end.x, end.y, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}
