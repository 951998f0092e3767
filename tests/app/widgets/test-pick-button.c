/* test-pick-button.c: a list that was opened can get other things to pick from. */

#include "widgets/rungs-pick-button.h"

#include "rungs-app-fixture.h"

/* Two things that stand under one heading. */
static void
set_picks (GtkWidget  *button,
           const char *first,
           const char *second)
{
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  g_ptr_array_add (picks, rungs_pick_new (first, first, "Fruit of the year"));
  g_ptr_array_add (picks, rungs_pick_new (second, second, "Fruit of the year"));
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (button), picks);
}

static void
picked_cb (GtkWidget   *button,
           const char  *value,
           char       **picked)
{
  g_free (*picked);
  *picked = g_strdup (value);
}

static void
test_other_picks (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *button = rungs_pick_button_new ("Fruit", "Choose…");
  g_autofree char *picked = NULL;
  GtkWidget *row;

  set_picks (button, "apple", "pear");
  gtk_window_set_child (window, button);
  gtk_window_present (window);
  rungs_pick_button_open_list (RUNGS_PICK_BUTTON (button));
  rungs_app_fixture_wait_for (button, "Fruit of the year");

  set_picks (button, "plum", "cherry");
  g_assert_null (rungs_app_fixture_find (button, "apple"));
  g_signal_connect (button, "picked", G_CALLBACK (picked_cb), &picked);
  row = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (button, "cherry"),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_activate (row);
  g_assert_cmpstr (picked, ==, "cherry");
  rungs_app_fixture_wait_for (button, "cherry");
  gtk_window_destroy (window);
  rungs_app_fixture_settle (50);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/pick-button/other-picks", test_other_picks);
  return g_test_run ();
}
