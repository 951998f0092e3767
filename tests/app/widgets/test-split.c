/* test-split.c: details keep the width that a person gave them, in other windows and at the next
 * start too. */

#include "widgets/rungs-split.h"

#include "rungs-app-fixture.h"

#define WIDTH "browser-detail-width"

typedef struct
{
  GtkWindow *window;
  GtkPaned *paned;
  GtkWidget *details;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *split;

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->details = gtk_label_new ("details");
  split = g_object_new (RUNGS_TYPE_SPLIT, "main", gtk_label_new ("main"), "details",
                        fixture->details, NULL);
  fixture->paned = GTK_PANED (rungs_app_fixture_find_type (split, GTK_TYPE_PANED));
  gtk_widget_set_size_request (gtk_paned_get_start_child (fixture->paned), 300, -1);
  gtk_widget_set_size_request (fixture->details, 279, -1);
  gtk_window_set_default_size (fixture->window, 1000, 300);
  gtk_window_set_child (fixture->window, split);
  gtk_window_present (fixture->window);
  rungs_app_fixture_settle (200);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
}

static void
resize (Fixture *fixture,
        int      width)
{
  gtk_window_set_default_size (fixture->window, width, 300);
  rungs_app_fixture_settle (200);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->paned)), ==, width);
}

static int
details_width (Fixture *fixture)
{
  return gtk_widget_get_width (fixture->details) + 1; /* with the line */
}

static void
test_width (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (RUNGS_APP_ID);
  Fixture next = { 0 };

  g_assert_cmpint (details_width (fixture), ==, 320);
  gtk_paned_set_position (fixture->paned, 550); /* as the mouse does */
  rungs_app_fixture_settle (600);
  g_assert_cmpint (details_width (fixture), ==, 450);
  g_assert_cmpint (g_settings_get_int (settings, WIDTH), ==, 450);

  resize (fixture, 1200);
  g_assert_cmpint (details_width (fixture), ==, 450);
  resize (fixture, 650); /* what is left of the room */
  g_assert_cmpint (details_width (fixture), ==, 350);
  resize (fixture, 900);
  g_assert_cmpint (details_width (fixture), ==, 450);
  rungs_app_fixture_settle (600);
  g_assert_cmpint (g_settings_get_int (settings, WIDTH), ==, 450);

  set_up (&next, NULL);
  g_assert_cmpint (details_width (&next), ==, 450);
  g_settings_set_int (settings, WIDTH, 500);
  rungs_app_fixture_settle (200);
  g_assert_cmpint (details_width (&next), ==, 500);
  g_assert_cmpint (details_width (fixture), ==, 500);
  gtk_widget_set_visible (next.details, FALSE);
  rungs_app_fixture_settle (200);
  gtk_widget_set_visible (next.details, TRUE);
  rungs_app_fixture_settle (200);
  g_assert_cmpint (details_width (&next), ==, 500);
  tear_down (&next, NULL);
  g_settings_reset (settings, WIDTH);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/split/width", Fixture, NULL, set_up, test_width, tear_down);
  return g_test_run ();
}
