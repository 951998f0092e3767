/* test-canvas.c: a canvas in a window: what is merged, found, selected, seen. */

#include <math.h>
#include <string.h>

#include "rungs-app-fixture.h"
#include "rungs-canvas-host.h"

typedef struct
{
  RungsCanvasHost *host;
} Fixture;

/* 1 → 2 → 3 in a row, 4 below 1. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->host = rungs_canvas_host_new (6, 5);
  for (int i = 0; i < 3; i++)
    rungs_canvas_host_add_cup (fixture->host, i, 0);
  rungs_canvas_host_add_cup (fixture->host, 0, 1);
  rungs_canvas_host_add_arrow (fixture->host, "cup-1", "cup-2", "opt-in", "40 %");
  rungs_canvas_host_add_arrow (fixture->host, "cup-2", "cup-3", "direct", NULL);
  rungs_canvas_host_show (fixture->host);
  gtk_window_present (GTK_WINDOW (fixture->host->window));
  rungs_app_fixture_settle (300);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_canvas_host_free (fixture->host);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->host->canvas), action, NULL));
  rungs_app_fixture_settle (50);
}

/* Widgets, selection and keys stay with what stays. */
static void
test_merge (Fixture       *fixture,
            gconstpointer  data)
{
  RungsCanvas *canvas = fixture->host->canvas;
  GtkWidget *first = rungs_canvas_get_widget (canvas, "cup-1");

  g_assert_cmpint (fixture->host->made, ==, 4);
  rungs_canvas_select (canvas, "cup-2");
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  g_assert_cmpstr (rungs_canvas_get_selected_one (canvas), ==, "cup-2");
  rungs_canvas_host_remove (fixture->host, "cup-3");
  rungs_canvas_host_add_cup (fixture->host, 3, 3);
  rungs_canvas_host_show (fixture->host);
  rungs_app_fixture_settle (50);
  g_assert_cmpint (fixture->host->made, ==, 5);
  g_assert_true (rungs_canvas_get_widget (canvas, "cup-1") == first);
  g_assert_null (rungs_canvas_get_widget (canvas, "cup-3"));
  g_assert_cmpstr (rungs_canvas_get_selected_one (canvas), ==, "cup-2");
  g_assert_cmpstr (rungs_canvas_get_focus_id (canvas), ==, "cup-2");
  rungs_canvas_host_remove (fixture->host, "cup-2");
  rungs_canvas_host_show (fixture->host);
  g_assert_null (rungs_canvas_get_selected_one (canvas));
  g_assert_true (rungs_canvas_host_take (fixture->host, "selection "));
}

/* The layout is not asked again where nothing has changed, whatever is panned. */
static void
test_rest (Fixture       *fixture,
           gconstpointer  data)
{
  int arranged;

  rungs_canvas_set_zoom (fixture->host->canvas, 2);
  rungs_app_fixture_settle (300); /* scroll bars have come */
  arranged = fixture->host->arranged;
  rungs_canvas_set_zoom (fixture->host->canvas, 2.2);
  rungs_canvas_reveal (fixture->host->canvas, "cup-3");
  gtk_widget_queue_draw (GTK_WIDGET (fixture->host->canvas));
  rungs_app_fixture_settle (200);
  g_assert_cmpint (fixture->host->arranged, ==, arranged);
}

/* What is not there yet is selected and shown when it comes. */
static void
test_wanted (Fixture       *fixture,
             gconstpointer  data)
{
  GdkRectangle where;

  fixture->host->columns = fixture->host->rows = 30;
  rungs_canvas_select (fixture->host->canvas, "cup-5");
  g_assert_null (rungs_canvas_get_selected_one (fixture->host->canvas));
  rungs_canvas_host_add_cup (fixture->host, 25, 25);
  rungs_canvas_host_show (fixture->host);
  g_assert_cmpstr (rungs_canvas_get_selected_one (fixture->host->canvas), ==, "cup-5");
  rungs_app_fixture_settle (200);
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cup-5", &where));
  g_assert_cmpint (where.x, >=, 0);
  g_assert_cmpint (where.x + where.width, <=,
                   gtk_widget_get_width (GTK_WIDGET (fixture->host->canvas)));
}

static void
test_select_all (Fixture       *fixture,
                 gconstpointer  data)
{
  act (fixture, "canvas.select-all");
  g_assert_true (rungs_canvas_host_take (
    fixture->host, "selection cup-1 cup-2 cup-3 cup-4 cup-1>cup-2 cup-2>cup-3"));
  act (fixture, "canvas.delete");
  g_assert_true (rungs_canvas_host_take (
    fixture->host, "delete cup-1 cup-2 cup-3 cup-4 cup-1>cup-2 cup-2>cup-3"));
  g_assert_cmpuint (rungs_canvas_get_graph (fixture->host->canvas)->nodes->len, ==, 0);
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  RungsCanvas *canvas = fixture->host->canvas;
  GdkRectangle small, large;

  g_assert_true (rungs_canvas_locate (canvas, "cup-1", &small));
  rungs_canvas_set_zoom (canvas, 2);
  rungs_app_fixture_settle (100);
  g_assert_true (rungs_canvas_locate (canvas, "cup-1", &large));
  g_assert_cmpint (abs (large.width - 2 * small.width), <=, 1);
  rungs_canvas_set_zoom (canvas, 1000);
  g_assert_true (fabs (rungs_canvas_get_zoom (canvas) - 3) < 0.001);
  act (fixture, "canvas.fit");
  g_assert_true (rungs_canvas_get_zoom (canvas) <= 1);
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("cup-%d", i);

      g_assert_true (rungs_canvas_locate (canvas, id, &small));
      g_assert_cmpint (small.x, >=, 0);
      g_assert_cmpint (small.x + small.width, <=, gtk_widget_get_width (GTK_WIDGET (canvas)));
    }
}

static cairo_surface_t *
draw (GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (picture);
  GdkPaintable *paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  g_object_unref (paintable);
  cairo_destroy (cr);
  return picture;
}

/* Returns: how many pixels differ; `where` (out): the box around them. */
static guint
compare (cairo_surface_t *one,
         cairo_surface_t *other,
         GdkRectangle    *where)
{
  int stride = cairo_image_surface_get_stride (one);
  guint differ = 0;

  for (int y = 0; y < cairo_image_surface_get_height (one); y++)
    for (int x = 0; x < cairo_image_surface_get_width (one); x++)
      {
        gsize at = (gsize) y * (gsize) stride + (gsize) x * 4;
        GdkRectangle pixel = { x, y, 1, 1 };

        if (memcmp (cairo_image_surface_get_data (one) + at,
                    cairo_image_surface_get_data (other) + at, 4) == 0)
          continue;
        if (differ++ == 0)
          *where = pixel;
        gdk_rectangle_union (where, &pixel, where);
      }
  return differ;
}

/* What is drawn over a line that is chosen lies on that line, also where the drawing is smaller
 * than it is and not at the corner. */
static void
test_marked_line (Fixture       *fixture,
                  gconstpointer  data)
{
  RungsCanvas *canvas = fixture->host->canvas;
  GdkRectangle from, to, where, room;
  cairo_surface_t *plain, *marked;

  rungs_canvas_set_zoom (canvas, 0.5);
  rungs_app_fixture_settle (100);
  g_assert_true (rungs_canvas_locate (canvas, "cup-1", &from));
  g_assert_true (rungs_canvas_locate (canvas, "cup-2", &to));
  g_assert_cmpint (from.x + from.y, >, 20);
  plain = draw (GTK_WIDGET (canvas));
  rungs_canvas_select (canvas, "cup-1>cup-2");
  rungs_app_fixture_settle (100);
  marked = draw (GTK_WIDGET (canvas));

  g_assert_cmpuint (compare (plain, marked, &where), >, 20);
  gdk_rectangle_union (&from, &to, &room);
  g_assert_cmpint (where.x, >=, room.x);
  g_assert_cmpint (where.y, >=, room.y - 8);
  g_assert_cmpint (where.x + where.width, <=, room.x + room.width);
  g_assert_cmpint (where.y + where.height, <=, room.y + room.height + 8);
  cairo_surface_destroy (plain);
  cairo_surface_destroy (marked);
}

/* What is far away is shown when it gets the keys. */
static void
test_reveal (Fixture       *fixture,
             gconstpointer  data)
{
  RungsCanvas *canvas = fixture->host->canvas;
  GdkRectangle where;

  fixture->host->columns = fixture->host->rows = 30;
  rungs_canvas_host_add_cup (fixture->host, 29, 29);
  rungs_canvas_host_show (fixture->host);
  rungs_app_fixture_settle (100);
  rungs_canvas_reveal (canvas, "cup-5");
  rungs_app_fixture_settle (100);
  g_assert_true (rungs_canvas_locate (canvas, "cup-5", &where));
  g_assert_cmpint (where.x, >=, 0);
  g_assert_cmpint (where.x + where.width, <=, gtk_widget_get_width (GTK_WIDGET (canvas)));
  g_assert_cmpint (where.y + where.height, <=, gtk_widget_get_height (GTK_WIDGET (canvas)));
}

static gboolean
has_pasted (gpointer data)
{
  return rungs_canvas_host_take (data, "paste [\"cup-1\"]");
}

static void
test_clipboard (Fixture       *fixture,
                gconstpointer  data)
{
  rungs_canvas_select (fixture->host->canvas, "cup-1");
  act (fixture, "canvas.copy");
  act (fixture, "canvas.paste");
  rungs_app_fixture_wait (has_pasted, fixture->host);
  act (fixture, "canvas.duplicate");
  g_assert_true (has_pasted (fixture->host));
  act (fixture, "canvas.cut");
  g_assert_null (rungs_canvas_get_widget (fixture->host->canvas, "cup-1"));
  act (fixture, "canvas.paste");
  rungs_app_fixture_wait (has_pasted, fixture->host);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/app/canvas/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("merge", test_merge);
  ADD ("rest", test_rest);
  ADD ("wanted", test_wanted);
  ADD ("select-all", test_select_all);
  ADD ("zoom", test_zoom);
  ADD ("marked-line", test_marked_line);
  ADD ("reveal", test_reveal);
  ADD ("clipboard", test_clipboard);
#undef ADD
  return g_test_run ();
}
