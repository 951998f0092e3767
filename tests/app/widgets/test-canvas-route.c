/* test-canvas-route.c: the way of an edge: where it begins and ends, what is near it. */

#include <math.h>

#include "rungs-app-fixture.h"
#include "widgets/rungs-canvas-route.h"

static const graphene_rect_t HERE = { { 0, 0 }, { 100, 60 } };

static graphene_rect_t
moved (float x,
       float y)
{
  return GRAPHENE_RECT_INIT (x, y, 100, 60);
}

static void
test_sides (void)
{
  static const struct
  {
    float x, y;
    RungsCanvasSide from, to;
  } cases[] = {
    { 200, 0, RUNGS_CANVAS_RIGHT, RUNGS_CANVAS_LEFT },
    { -200, 0, RUNGS_CANVAS_LEFT, RUNGS_CANVAS_RIGHT },
    { 0, 200, RUNGS_CANVAS_BOTTOM, RUNGS_CANVAS_TOP },
    { 0, -200, RUNGS_CANVAS_TOP, RUNGS_CANVAS_BOTTOM },
    { 20, 200, RUNGS_CANVAS_BOTTOM, RUNGS_CANVAS_TOP },
    { 400, 200, RUNGS_CANVAS_RIGHT, RUNGS_CANVAS_LEFT },
    { 10, 10, RUNGS_CANVAS_RIGHT, RUNGS_CANVAS_RIGHT }, /* one over the other */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      graphene_rect_t there = moved (cases[i].x, cases[i].y);
      RungsCanvasSide from, to;

      rungs_canvas_route_choose_sides (&HERE, &there, &from, &to);
      g_assert_cmpint (from, ==, cases[i].from);
      g_assert_cmpint (to, ==, cases[i].to);
    }
}

static void
check_point (graphene_point_t at,
             double           x,
             double           y)
{
  g_assert_cmpfloat_with_epsilon (at.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (at.y, y, 0.01);
}

static void
test_between (void)
{
  graphene_rect_t there = moved (300, 0);
  RungsCanvasRoute route = { 0 };

  rungs_canvas_route_between (&route, &HERE, RUNGS_CANVAS_RIGHT, 0.5, &there, RUNGS_CANVAS_LEFT,
                              0.5);
  check_point (rungs_canvas_route_point (&route, 0), 100, 30);
  check_point (rungs_canvas_route_point (&route, 0.5), 200, 30);
  check_point (rungs_canvas_route_point (&route, 1), 300, 30);
  check_point (rungs_canvas_route_point (&route, 7), 300, 30);
  g_assert_cmpfloat_with_epsilon (
    rungs_canvas_route_distance (&route, &GRAPHENE_POINT_INIT (200, 45)), 15, 0.1);
  g_assert_cmpfloat_with_epsilon (
    rungs_canvas_route_distance (&route, &GRAPHENE_POINT_INIT (310, 30)), 10, 0.1);
  g_assert_cmpfloat_with_epsilon (route.bounds.size.width, 200, 0.1);
  rungs_canvas_route_clear (&route);
  g_assert_true (isinf (rungs_canvas_route_distance (&route, &GRAPHENE_POINT_INIT (0, 0))));
}

/* A way of several curves, and one that only goes down. */
static void
test_ways (void)
{
  const graphene_point_t points[]
    = { { 0, 0 }, { 10, 0 }, { 40, 0 }, { 50, 0 }, { 50, 10 }, { 50, 40 }, { 50, 50 } };
  RungsCanvasRoute route = { 0 };

  rungs_canvas_route_set (&route, points, G_N_ELEMENTS (points));
  check_point (rungs_canvas_route_point (&route, 0.5), 50, 0);
  check_point (rungs_canvas_route_point (&route, 1), 50, 50);
  g_assert_true (
    graphene_rect_equal (&route.bounds, &GRAPHENE_RECT_INIT (0, 0, 50, 50)));
  rungs_canvas_route_stub (&route, &HERE, 0.25);
  check_point (rungs_canvas_route_point (&route, 0), 25, 60);
  g_assert_cmpfloat (rungs_canvas_route_point (&route, 1).y, >, 60);
  rungs_canvas_route_clear (&route);
}

/* What is painted begins and ends where the line does. */
static void
test_draw (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 100);
  cairo_t *cr = cairo_create (surface);
  graphene_rect_t there = moved (300, 0);
  RungsCanvasRoute route = { 0 };
  const guint32 *row;

  rungs_canvas_route_between (&route, &HERE, RUNGS_CANVAS_RIGHT, 0.5, &there, RUNGS_CANVAS_LEFT,
                              0.5);
  rungs_canvas_route_draw (&route, cr, 4, FALSE, TRUE);
  cairo_surface_flush (surface);
  row = (const guint32 *) (cairo_image_surface_get_data (surface)
                           + 30 * cairo_image_surface_get_stride (surface));
  g_assert_cmpuint (row[90], ==, 0);
  g_assert_cmpuint (row[150], !=, 0);
  g_assert_cmpuint (row[297], !=, 0);
  g_assert_cmpuint (row[303], ==, 0);
  rungs_canvas_route_clear (&route);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/canvas-route/sides", test_sides);
  g_test_add_func ("/app/canvas-route/between", test_between);
  g_test_add_func ("/app/canvas-route/ways", test_ways);
  g_test_add_func ("/app/canvas-route/draw", test_draw);
  return g_test_run ();
}
