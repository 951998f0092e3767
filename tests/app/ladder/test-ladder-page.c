/* test-ladder-page.c: the ladder marks what does not hold together, and retires with a way back. */

#include "ladder/rungs-ladder-list-view.h"
#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-product-row.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "products");
  rungs_app_fixture_wait_for (
    rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_LADDER_LIST_VIEW), "Master Class Year");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static GtkWidget *
row_of (Fixture    *fixture,
        const char *product)
{
  GtkWidget *name = rungs_app_fixture_find (fixture->page, product);

  return gtk_widget_get_ancestor (name, RUNGS_TYPE_PRODUCT_ROW);
}

/* Nothing sells the master class in the demo; the evening studio has no fault. */
static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *mark = rungs_app_fixture_find_type (row_of (fixture, "Master Class Year"),
                                                 GTK_TYPE_MENU_BUTTON);

  g_assert_nonnull (mark);
  gtk_menu_button_popup (GTK_MENU_BUTTON (mark));
  rungs_app_fixture_wait_for (mark, "No live sequence sells it.");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (mark));
  g_assert_null (
    rungs_app_fixture_find_type (row_of (fixture, "Evening Studio"), GTK_TYPE_MENU_BUTTON));
}

static gboolean
is_retired (gpointer fixture)
{
  return rungs_app_store_ask (((Fixture *) fixture)->store,
                              "SELECT count (*) FROM offer WHERE retired_at IS NOT NULL") == 1;
}

static gboolean
is_back (gpointer fixture)
{
  return !is_retired (fixture);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 offer = rungs_app_store_ask (fixture->store, "SELECT min (id) FROM offer");

  gtk_widget_activate_action (
    rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_LADDER_LIST_VIEW), "ladder.remove-offer",
    "x", offer);
  rungs_app_fixture_wait (is_retired, fixture);
  rungs_app_fixture_wait_for (fixture->page, "The offer was removed");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (is_back, fixture);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/ladder/faults", Fixture, NULL, set_up, test_faults, tear_down);
  g_test_add ("/app/ladder/undo", Fixture, NULL, set_up, test_undo, tear_down);
  return g_test_run ();
}
