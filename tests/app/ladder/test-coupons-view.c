/* test-coupons-view.c: the coupons are listed with what they did; one is given up and accepted
 * again, and a new one is made and taken away again. */

#include "ladder/rungs-coupon-detail.h"
#include "ladder/rungs-ladder-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "rungs-page.h"
#include "widgets/rungs-form.h"

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
  gtk_window_set_default_size (fixture->window, 1100, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "coupon:2");
  rungs_app_fixture_wait_for (fixture->page, "HARBOUR");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  return rungs_app_store_ask (fixture->store, sql);
}

static gboolean
is_given_up (gpointer fixture)
{
  return ask (fixture, "SELECT count (*) FROM coupon WHERE id = 2 AND retired_at > 0") == 1;
}

static void
test_given_up (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *detail = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_COUPON_DETAIL);

  rungs_app_fixture_wait_for (detail, "Told to whoever rings about the weekend");
  rungs_app_fixture_wait_for (detail, "An apron as a gift");
  g_assert_false (is_given_up (fixture));
  g_assert_true (gtk_widget_activate_action (detail, "coupons.retire", NULL));
  rungs_app_fixture_wait (is_given_up, fixture);
  rungs_app_fixture_wait_for (detail, "Given up");
}

static gboolean
is_added (gpointer fixture)
{
  return ask (fixture, "SELECT count (*) FROM coupon WHERE code_key = 'fair7'") == 1;
}

static void
test_added (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *detail = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_COUPON_DETAIL);

  rungs_app_fixture_wait_for (detail, "RING ME");
  g_assert_true (gtk_widget_activate_action (detail, "coupons.new", "s", "Fair 7"));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait (is_added, fixture);
  rungs_app_fixture_wait_for (fixture->page, "Fair 7");
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/ladder/coupons-view/given-up", Fixture, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/ladder/coupons-view/added", Fixture, NULL, set_up, test_added, tear_down);
  return g_test_run ();
}
