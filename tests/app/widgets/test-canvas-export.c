/* test-canvas-export.c: a canvas on paper: as SVG, as PDF, in light colours from a dark screen. */

#include <string.h>

#include "rungs-app-fixture.h"
#include "rungs-canvas-host.h"
#include "widgets/rungs-canvas-export.h"
#include "widgets/rungs-canvas-picture.h"

typedef struct
{
  RungsCanvasHost *host;
  gboolean ended;
  GError *error;              /* (owned) (nullable) */
  RungsCanvasPicture *picture; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->host = rungs_canvas_host_new (3, 2);
  rungs_canvas_host_add_cup (fixture->host, 0, 0);
  rungs_canvas_host_add_cup (fixture->host, 2, 1);
  rungs_canvas_host_add_arrow (fixture->host, "cup-1", "cup-2", "opt-in", "40 %");
  rungs_canvas_host_show (fixture->host);
  gtk_window_present (GTK_WINDOW (fixture->host->window));
  rungs_app_fixture_settle (300);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  rungs_canvas_picture_free (fixture->picture);
  rungs_canvas_host_free (fixture->host);
}

static gboolean
has_ended (gpointer data)
{
  return ((Fixture *) data)->ended;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;

  fixture->ended = TRUE;
  rungs_canvas_export_finish (RUNGS_CANVAS (source), result, &fixture->error);
}

/* What is in the file then. */
static char *
export_to (Fixture    *fixture,
           const char *name,
           gsize      *length)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *contents = NULL;

  fixture->ended = FALSE;
  rungs_canvas_export_async (fixture->host->canvas, file,
                             rungs_canvas_paper_new ("The ladder", "In 2026"), NULL,
                             exported_cb, fixture);
  rungs_app_fixture_wait (has_ended, fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_svg (Fixture       *fixture,
          gconstpointer  data)
{
  gsize length = 0;
  g_autofree char *svg = export_to (fixture, "map.svg", &length);

  g_assert_true (g_str_has_prefix (svg, "<?xml"));
  g_assert_nonnull (strstr (svg, "<use "));      /* letters */
  g_assert_nonnull (strstr (svg, "stroke-width")); /* the arrow */
}

static void
test_pdf (Fixture       *fixture,
          gconstpointer  data)
{
  gsize length = 0;
  g_autofree char *pdf = export_to (fixture, "map.PDF", &length);

  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  g_assert_cmpuint (length, >, 2000);
  g_assert_nonnull (memmem (pdf, length, "/Count 1", strlen ("/Count 1")));
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = data;

  fixture->ended = TRUE;
  fixture->picture
    = rungs_canvas_picture_take_finish (RUNGS_CANVAS (source), result, &fixture->error);
}

/* How light the middle of the picture's first cup is, 0 to 255. */
static int
lightness (RungsCanvasPicture *picture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  RungsCanvasPages pages = rungs_canvas_picture_lay_out (picture, 400, 300, 1, 0.1);
  const guchar *pixel;
  int light;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  rungs_canvas_picture_draw (picture, &pages, cr, 0);
  cairo_surface_flush (surface);
  pixel = cairo_image_surface_get_data (surface)
          + 80 * cairo_image_surface_get_stride (surface) + 60 * 4;
  light = (pixel[0] + pixel[1] + pixel[2]) / 3;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return light;
}

static void
test_dark (Fixture       *fixture,
           gconstpointer  data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  rungs_app_fixture_settle (300);
  rungs_canvas_select_all (fixture->host->canvas);
  rungs_canvas_picture_take_async (fixture->host->canvas, rungs_canvas_paper_new (NULL, NULL), NULL,
                                   taken_cb, fixture);
  rungs_app_fixture_wait (has_ended, fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (adw_style_manager_get_dark (manager));
  g_assert_cmpint (lightness (fixture->picture), >, 240);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_widget_set_visible (fixture->host->window, FALSE);
  rungs_canvas_picture_take_async (fixture->host->canvas, rungs_canvas_paper_new (NULL, NULL), NULL,
                                   taken_cb, fixture);
  rungs_app_fixture_wait (has_ended, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED);
}

/* What would be too small on one page goes over several, which overlap; each bears the legend of
 * what the drawing has. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsCanvasPaper) paper = rungs_canvas_paper_new ("The ladder", "In 2026");
  graphene_size_t drawing = GRAPHENE_SIZE_INIT (1000, 1000);
  RungsCanvasPages pages = rungs_canvas_pages_lay_out (paper, drawing, 600, 600, 0.75, 0.5);
  double bare = pages.heading;

  g_assert_cmpuint (rungs_canvas_pages_count (&pages), ==, 1);
  g_assert_cmpfloat (pages.scale * 1000 + pages.heading, <=, 600.1);
  pages = rungs_canvas_pages_lay_out (paper, GRAPHENE_SIZE_INIT (2000, 900), 600, 600, 0.75, 0.5);
  g_assert_cmpuint (pages.columns, ==, 2);
  g_assert_cmpuint (pages.rows, ==, 1);
  g_assert_cmpfloat (pages.scale, >=, 0.5);
  g_assert_cmpfloat (pages.scale * 2000, <=, 1200);
  pages = rungs_canvas_pages_lay_out (paper, GRAPHENE_SIZE_INIT (1190, 2300), 600, 600, 0.75, 0.5);
  g_assert_cmpuint (pages.columns, ==, 1);
  g_assert_cmpuint (pages.rows, ==, 3);

  rungs_canvas_paper_add_legend (paper, "opt-in", FALSE, "By opt-in");
  rungs_canvas_paper_add_legend (paper, "direct", FALSE, "Directly");
  rungs_canvas_picture_take_async (fixture->host->canvas, g_steal_pointer (&paper), NULL, taken_cb,
                                   fixture);
  rungs_app_fixture_wait (has_ended, fixture);
  g_assert_no_error (fixture->error);
  paper = g_steal_pointer (&fixture->picture->paper);
  g_assert_true (((RungsCanvasLegend *) paper->legend->pdata[0])->found);
  g_assert_false (((RungsCanvasLegend *) paper->legend->pdata[1])->found);
  g_assert_cmpfloat (rungs_canvas_paper_heading_height (paper, 600), >, bare);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/app/canvas-export/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("svg", test_svg);
  ADD ("pdf", test_pdf);
  ADD ("pages", test_pages);
  ADD ("dark", test_dark);
  ADD ("hidden", test_hidden);
#undef ADD
  return g_test_run ();
}
