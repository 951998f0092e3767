/* test-sequences-page.c: a sequence is told by the names of products and messages, not by keys. */

#include "sequences/rungs-sequences-page.h"

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"

static void
test_names (void)
{
  RungsStore *store = rungs_app_store_new_demo ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (RUNGS_TYPE_SEQUENCES_PAGE, "store", store, NULL);

  gtk_window_set_default_size (window, 1000, 700);
  gtk_window_set_child (window, page);
  gtk_window_present (window);
  rungs_app_fixture_wait_for (page, "A lead enters who orders “Ten Glazes That Never Fail”.");
  rungs_app_fixture_wait_for (page, "Guide 1: Welcome");
  rungs_app_fixture_wait_for (page, "Has a kiln: yes");
  gtk_window_destroy (window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/sequences/names", test_names);
  return g_test_run ();
}
