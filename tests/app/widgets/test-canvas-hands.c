/* test-canvas-hands.c: a canvas with a real mouse and real keys, by xdotool. */

#include "rungs-app-fixture.h"
#include "rungs-canvas-host.h"

typedef struct
{
  RungsCanvasHost *host;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->host = rungs_canvas_host_new (3, 4);
  for (int i = 0; i < 3; i++)
    rungs_canvas_host_add_cup (fixture->host, i, 0);
  rungs_canvas_host_add_cup (fixture->host, 0, 1);
  rungs_canvas_host_add_arrow (fixture->host, "cup-1", "cup-2", "opt-in", "40 %");
  rungs_canvas_host_show (fixture->host);
  gtk_window_present (GTK_WINDOW (fixture->host->window));
  rungs_app_fixture_settle (500);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_canvas_host_free (fixture->host);
}

/* ---- hands */

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* The words of a line, as xdotool takes them; the window goes on meanwhile. */
static void
hands (const char *format,
       ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *line = NULL;
  g_autofree char *command = NULL;
  g_auto (GStrv) words = NULL;
  gboolean ended = FALSE;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  command = g_strconcat ("xdotool ", line, NULL);
  words = g_strsplit (command, " ", -1);
  process = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &ended);
  rungs_app_fixture_wait (is_true, &ended);
  rungs_app_fixture_settle (60);
}

/* Where on the screen a point of a widget is; a window without a manager stands at 0, 0. */
static void
on_screen (GtkWidget *widget,
           double     x,
           double     y,
           int       *screen_x,
           int       *screen_y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t at;
  double left = 0, top = 0;

  gtk_native_get_surface_transform (native, &left, &top);
  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native),
                                           &GRAPHENE_POINT_INIT ((float) x, (float) y), &at));
  *screen_x = (int) (at.x + left);
  *screen_y = (int) (at.y + top);
}

/* The middle of a node, an edge, or a place. */
static void
where (Fixture    *fixture,
       const char *id,
       int        *x,
       int        *y)
{
  GdkRectangle rect;

  g_assert_true (rungs_canvas_locate (fixture->host->canvas, id, &rect));
  on_screen (GTK_WIDGET (fixture->host->canvas), rect.x + rect.width / 2.0,
             rect.y + rect.height / 2.0, x, y);
}

static void
click (Fixture    *fixture,
       const char *id,
       const char *more)
{
  int x, y;

  where (fixture, id, &x, &y);
  hands ("mousemove %d %d sleep 0.05 %s", x, y, more);
}

static void
drag_to (int         from_x,
         int         from_y,
         int         to_x,
         int         to_y,
         const char *then)
{
  g_autoptr (GString) moves = g_string_new (NULL);

  for (int i = 1; i <= 10; i++)
    g_string_append_printf (moves, "mousemove %d %d sleep 0.03 ", from_x + (to_x - from_x) * i / 10,
                            from_y + (to_y - from_y) * i / 10);
  hands ("mousemove %d %d sleep 0.1 mousedown 1 sleep 0.1 %smousemove %d %d sleep 0.2 %s", from_x,
         from_y, moves->str, to_x + 1, to_y + 1, then);
}

static void
check_said (Fixture    *fixture,
            const char *line)
{
  if (!rungs_canvas_host_take (fixture->host, line))
    g_error ("“%s” was not said, but:\n%s", line, fixture->host->said->str);
}

static void
check_selected (Fixture    *fixture,
                const char *expected)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (fixture->host->canvas);
  g_autofree char *joined = g_strjoinv (" ", ids);

  g_assert_cmpstr (joined, ==, expected);
}

/* ---- the mouse */

static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  int x, y;

  click (fixture, "cup-1", "click 1");
  check_selected (fixture, "cup-1");
  click (fixture, "cup-3", "keydown ctrl click 1 keyup ctrl");
  check_selected (fixture, "cup-1 cup-3");
  click (fixture, "cup-1", "keydown shift click 1 keyup shift");
  check_selected (fixture, "cup-3");
  /* GTK counts no double click that comes at once after a click elsewhere */
  click (fixture, "cup-2", "sleep 0.6 click --repeat 2 --delay 60 1");
  check_said (fixture, "activate cup-2");
  click (fixture, "cup-1>cup-2", "sleep 0.5 click 1");
  check_said (fixture, "label cup-1>cup-2");
  check_selected (fixture, "cup-1>cup-2");
  click (fixture, "cup-4", "click 3");
  check_said (fixture, "menu cup-4");
  check_selected (fixture, "cup-4");
  where (fixture, "cell-2-3", &x, &y);
  hands ("mousemove %d %d click 1", x, y);
  check_selected (fixture, "");
}

static void
test_rubber (Fixture       *fixture,
             gconstpointer  data)
{
  int x, y, right, bottom;

  where (fixture, "cup-1", &x, &y);
  where (fixture, "cup-2", &right, &bottom);
  drag_to (x - 85, y - 45, right + 10, bottom + 5, "mouseup 1");
  check_selected (fixture, "cup-1 cup-2 cup-1>cup-2");
}

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  int x, y, to_x, to_y;
  GdkRectangle at, place;

  where (fixture, "cup-1", &x, &y);
  where (fixture, "cell-1-2", &to_x, &to_y);
  drag_to (x, y, to_x, to_y, "mouseup 1");
  check_said (fixture, "moved cup-1 cell-1-2");
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cup-1", &at));
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cell-1-2", &place));
  g_assert_cmpint (at.x, ==, place.x);
  /* a place that is taken, and Escape */
  where (fixture, "cup-1", &x, &y);
  where (fixture, "cup-3", &to_x, &to_y);
  g_string_truncate (fixture->host->said, 0);
  drag_to (x, y, to_x, to_y, "mouseup 1");
  where (fixture, "cell-2-2", &to_x, &to_y);
  drag_to (x, y, to_x, to_y, "key Escape sleep 0.1 mouseup 1");
  g_assert_null (strstr (fixture->host->said->str, "moved"));
}

static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  GdkRectangle rect;
  int x, y, to_x, to_y;

  where (fixture, "cup-4", &x, &y);
  hands ("mousemove %d %d sleep 0.1", x, y);
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cup-4", &rect));
  on_screen (GTK_WIDGET (fixture->host->canvas), rect.x + rect.width, rect.y + rect.height / 2.0,
             &x, &y);
  where (fixture, "cup-3", &to_x, &to_y);
  drag_to (x + 2, y, to_x, to_y, "mouseup 1");
  check_said (fixture, "connected cup-4 cup-3");
}

static void
test_palette (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row = rungs_app_fixture_find (GTK_WIDGET (fixture->host->palette), "A jug");
  int x, y, to_x, to_y;

  on_screen (row, 20, 8, &x, &y);
  where (fixture, "cell-2-3", &to_x, &to_y);
  drag_to (x, y, to_x, to_y, "mouseup 1");
  check_said (fixture, "dropped thing-jug cell-2-3");
  check_selected (fixture, "cup-5");
  drag_to (x, y, to_x, to_y, "mouseup 1");
  g_assert_null (strstr (fixture->host->said->str, "dropped"));
}

static void
test_pan (Fixture       *fixture,
          gconstpointer  data)
{
  GdkRectangle before, after;
  int x, y;

  fixture->host->columns = fixture->host->rows = 20;
  rungs_canvas_host_show (fixture->host);
  rungs_app_fixture_settle (100);
  rungs_canvas_locate (fixture->host->canvas, "cup-1", &before);
  where (fixture, "cell-2-2", &x, &y);
  hands ("mousemove %d %d mousedown 2 sleep 0.05 mousemove %d %d sleep 0.05 mousemove %d %d "
         "sleep 0.05 mouseup 2",
         x, y, x - 30, y - 30, x - 60, y - 40);
  rungs_canvas_locate (fixture->host->canvas, "cup-1", &after);
  g_assert_cmpint (after.x, ==, before.x - 60);
  g_assert_cmpint (after.y, ==, before.y - 40);
  g_assert_cmpint (after.x, <, 0);
  click (fixture, "cup-1", "click 1");
  check_selected (fixture, "cup-1");
  rungs_canvas_locate (fixture->host->canvas, "cup-1", &before);
  g_assert_cmpint (after.x, ==, before.x);
  hands ("mousemove %d %d keydown ctrl click 4 keyup ctrl", x, y);
  g_assert_true (rungs_canvas_get_zoom (fixture->host->canvas) > 1.1);
}

/* The drawing moves under what is dragged to its edge. */
static void
test_scroll (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->host->canvas);
  int x, y, edge_x, edge_y;
  GdkRectangle rect;

  fixture->host->columns = fixture->host->rows = 20;
  rungs_canvas_host_show (fixture->host);
  rungs_app_fixture_settle (100);
  where (fixture, "cup-1", &x, &y);
  on_screen (canvas, gtk_widget_get_width (canvas) - 8, 200, &edge_x, &edge_y);
  drag_to (x, y, edge_x, edge_y, "sleep 1.5 key Escape sleep 0.1 mouseup 1");
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cup-1", &rect));
  g_assert_cmpint (rect.x, <, -100);
}

/* A press on the map in the corner goes there. */
static void
test_minimap (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->host->canvas);
  GdkRectangle rect;
  int x, y;

  fixture->host->columns = fixture->host->rows = 20;
  rungs_canvas_host_show (fixture->host);
  rungs_app_fixture_settle (100);
  on_screen (canvas, 14 + 100, gtk_widget_get_height (canvas) - 20, &x, &y);
  hands ("mousemove %d %d click 1", x, y);
  g_assert_true (rungs_canvas_locate (fixture->host->canvas, "cup-1", &rect));
  g_assert_cmpint (rect.y, <, -1000);
  check_selected (fixture, "");
}

/* ---- the keys */

static gboolean
has_keys (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->host->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (fixture->host->canvas));
}

static void
test_walk (Fixture       *fixture,
           gconstpointer  data)
{
  click (fixture, "cup-1", "click 1");
  hands ("key Right");
  check_selected (fixture, "cup-2");
  hands ("key Right key Left key Left key Down");
  check_selected (fixture, "cup-4");
  hands ("key Up key Tab");
  check_selected (fixture, "cup-1>cup-2");
  hands ("key Tab key shift+Right");
  check_selected (fixture, "cup-2 cup-3");
  hands ("key Return");
  check_said (fixture, "activate cup-3");
  hands ("key shift+F10");
  check_said (fixture, "menu cup-3");
  hands ("key alt+Down");
  check_said (fixture, "move-by cup-3 3");
  hands ("key Escape");
  check_selected (fixture, "");
  click (fixture, "cup-1", "click 1");
  hands ("key ctrl+Tab");
  g_assert_false (has_keys (fixture));
  hands ("key ctrl+shift+Tab");
  g_assert_true (has_keys (fixture));
  hands ("key ctrl+a key ctrl+c key Delete");
  g_assert_cmpuint (fixture->host->cups->len, ==, 0);
}

static void
test_connect_by_keys (Fixture       *fixture,
                      gconstpointer  data)
{
  click (fixture, "cup-1", "click 1");
  hands ("key c sleep 0.1 key Escape key Return");
  check_said (fixture, "activate cup-1");
  hands ("key c sleep 0.1 key Down key Return");
  check_said (fixture, "connected cup-1 cup-4");
}

static void
test_insert_by_keys (Fixture       *fixture,
                     gconstpointer  data)
{
  click (fixture, "cup-1", "click 1");
  hands ("key Insert sleep 0.5 key Down sleep 0.2 key Return sleep 0.7 key Down sleep 0.2 key "
         "Return sleep 0.5");
  check_said (fixture, "dropped thing-jug cell-2-1");
  check_selected (fixture, "cup-5");
  hands ("key m sleep 0.5 key Return sleep 0.5");
  check_said (fixture, "moved cup-5 cell-1-1");
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/app/canvas-hands/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("click", test_click);
  ADD ("rubber", test_rubber);
  ADD ("move", test_move);
  ADD ("connect", test_connect);
  ADD ("palette", test_palette);
  ADD ("pan", test_pan);
  ADD ("scroll", test_scroll);
  ADD ("minimap", test_minimap);
  ADD ("walk", test_walk);
  ADD ("connect-by-keys", test_connect_by_keys);
  ADD ("insert-by-keys", test_insert_by_keys);
#undef ADD
  return g_test_run ();
}
