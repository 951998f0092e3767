/* test-next-offers-view.c: how many could be offered what, and what is done with them. */

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-next-offers-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *view;
} Shown;

static Shown
show (RungsStore *store)
{
  Shown shown = { .window = GTK_WINDOW (gtk_window_new ()) };
  GtkWidget *page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", store, NULL);

  gtk_window_set_default_size (shown.window, 900, 700);
  gtk_window_set_child (shown.window, page);
  gtk_window_present (shown.window);
  rungs_page_show_target (RUNGS_PAGE (page), "offers");
  shown.view = rungs_app_fixture_find_type (page, RUNGS_TYPE_NEXT_OFFERS_VIEW);
  return shown;
}

static void
hide (Shown      *shown,
      RungsStore *store)
{
  gtk_window_destroy (shown->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (store);
}

static GtkWindow *
newest_window (const Shown *shown)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i - 1);

      if (window != shown->window && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
asks (gpointer shown)
{
  return newest_window (shown) != NULL;
}

/* The form that the action opens is closed again. */
static void
assert_asks (Shown      *shown,
             const char *action,
             GVariant   *parameter)
{
  g_assert_true (gtk_widget_activate_action_variant (shown->view, action, parameter));
  rungs_app_fixture_wait (asks, shown);
  gtk_window_destroy (newest_window (shown));
  rungs_app_fixture_settle (100);
}

static void
test_demo (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  gint64 kit = rungs_app_store_ask (store, "SELECT id FROM product WHERE sku = 'KIT'");
  Shown shown = show (store);

  rungs_app_fixture_wait_for (shown.view, "Home Starter Kit");
  adw_expander_row_set_expanded (
    ADW_EXPANDER_ROW (rungs_app_fixture_find_type (shown.view, ADW_TYPE_EXPANDER_ROW)), TRUE);
  rungs_app_fixture_wait_for (shown.view, "Upsell, after Ten Glazes That Never Fail");
  assert_asks (&shown, "offers.save-segment", g_variant_new_string ("KIT"));
  assert_asks (&shown, "offers.start-sequence", g_variant_new_int64 (kit));
  hide (&shown, store);
}

static void
test_empty (void)
{
  RungsDb *reader = NULL;
  RungsStore *store = rungs_app_store_new (NULL, &reader);
  Shown shown = show (store);

  rungs_app_fixture_wait_for (shown.view, "No Offers Yet");
  rungs_db_close (reader);
  hide (&shown, store);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/app/next-offers-view/demo", test_demo);
  g_test_add_func ("/app/next-offers-view/empty", test_empty);
  return g_test_run ();
}
