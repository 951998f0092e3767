/* test-map-template.c: an empty map offers whole ladders; what is chosen is there, and taken back
 * in one go. */

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-map-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = rungs_app_store_new (NULL, &f->reader);
  f->window = GTK_WINDOW (gtk_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", f->store, NULL);
  gtk_window_set_default_size (f->window, 1200, 800);
  gtk_window_set_child (f->window, f->page);
  gtk_window_present (f->window);
  rungs_app_fixture_wait_for (f->page, "Start from a _Template…");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (400);
  rungs_db_close (f->reader);
  rungs_app_store_close (f->store);
}

static gboolean
is_there (gpointer data)
{
  return rungs_app_store_ask (((Fixture *) data)->store, "SELECT count (*) FROM product") == 4;
}

static gboolean
is_gone (gpointer data)
{
  return rungs_app_store_ask (((Fixture *) data)->store,
                              "SELECT (SELECT count (*) FROM product)"
                              " + (SELECT count (*) FROM offer)"
                              " + (SELECT count (*) FROM sales_letter)") == 0;
}

static void
test_start (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *map = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_MAP_VIEW);
  GtkWidget *row;
  RungsForm *form;

  gtk_widget_activate_action (map, "map.template", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = RUNGS_FORM (rungs_app_fixture_find_form (NULL));
  row = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (GTK_WIDGET (form), "Coaching"),
                                 ADW_TYPE_ACTION_ROW);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  rungs_form_agree (form);
  g_assert_null (rungs_app_fixture_find_form (NULL));
  rungs_app_fixture_wait (is_there, f);
  rungs_app_fixture_wait_for (f->page, "Mentoring for a year");

  gtk_widget_activate_action (map, "history.undo", NULL);
  rungs_app_fixture_wait (is_gone, f);
  gtk_widget_activate_action (map, "history.redo", NULL);
  rungs_app_fixture_wait (is_there, f);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/map-template/start", Fixture, NULL, set_up, test_start, tear_down);
  return g_test_run ();
}
