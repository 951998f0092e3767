/* test-canvas-outline.c: the outline of a canvas shows, selects and does the same. */

#include "rungs-app-fixture.h"
#include "rungs-canvas-host.h"
#include "widgets/rungs-canvas-outline.h"

typedef struct
{
  RungsCanvasHost *host;
  GtkWidget *window;
  GtkWidget *outline;
  GtkListBox *list;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->host = rungs_canvas_host_new (3, 3);
  for (int i = 0; i < 3; i++)
    rungs_canvas_host_add_cup (fixture->host, i, 0);
  rungs_canvas_host_add_arrow (fixture->host, "cup-1", "cup-2", NULL, "40 %");
  rungs_canvas_host_add_arrow (fixture->host, "cup-2", "cup-3", NULL, NULL);
  rungs_canvas_host_show (fixture->host);
  gtk_window_present (GTK_WINDOW (fixture->host->window));
  fixture->outline = rungs_canvas_outline_new (fixture->host->canvas);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->outline);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->list
    = GTK_LIST_BOX (rungs_app_fixture_find_type (fixture->outline, GTK_TYPE_LIST_BOX));
  rungs_app_fixture_settle (200);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  rungs_app_fixture_settle (50);
  rungs_canvas_host_free (fixture->host);
}

static void
check_row (Fixture    *fixture,
           int         index,
           const char *expected)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (fixture->list, index);

  if (expected == NULL)
    g_assert_null (row);
  else
    g_assert_nonnull (rungs_app_fixture_find (GTK_WIDGET (row), expected));
}

/* Edges stand under the node they leave; rows of what stays stay. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (fixture->list, 0);

  check_row (fixture, 0, "cup-1");
  check_row (fixture, 1, "→ cup-2");
  check_row (fixture, 1, "40 %");
  check_row (fixture, 2, "cup-2");
  check_row (fixture, 3, "→ cup-3");
  check_row (fixture, 4, "cup-3");
  check_row (fixture, 5, NULL);
  rungs_canvas_host_add_cup (fixture->host, 2, 2);
  rungs_canvas_host_remove (fixture->host, "cup-2");
  rungs_canvas_host_show (fixture->host);
  check_row (fixture, 1, "cup-3");
  check_row (fixture, 2, "cup-4");
  check_row (fixture, 3, NULL);
  g_assert_true (gtk_list_box_get_row_at_index (fixture->list, 0) == first);
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  g_auto (GStrv) ids = NULL;

  rungs_canvas_select (fixture->host->canvas, "cup-1>cup-2");
  g_assert_true (
    gtk_list_box_row_is_selected (gtk_list_box_get_row_at_index (fixture->list, 1)));
  gtk_list_box_unselect_all (fixture->list);
  gtk_list_box_select_row (fixture->list, gtk_list_box_get_row_at_index (fixture->list, 2));
  gtk_list_box_select_row (fixture->list, gtk_list_box_get_row_at_index (fixture->list, 4));
  ids = rungs_canvas_get_selected (fixture->host->canvas);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, "cup-2");
  g_assert_cmpstr (ids[1], ==, "cup-3");
}

static void
test_activate (Fixture       *fixture,
               gconstpointer  data)
{
  g_signal_emit_by_name (fixture->list, "row-activated",
                         gtk_list_box_get_row_at_index (fixture->list, 1));
  g_assert_true (rungs_canvas_host_take (fixture->host, "activate cup-1>cup-2"));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/app/canvas-outline/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("selection", test_selection);
  ADD ("activate", test_activate);
#undef ADD
  return g_test_run ();
}
