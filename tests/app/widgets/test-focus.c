/* test-focus.c: the keys stay where they are while widgets are made anew. */

#include "widgets/rungs-focus.h"

#include "rungs-app-fixture.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *box;
  GtkWidget *other;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) go = g_simple_action_new ("go", G_VARIANT_TYPE_INT64);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fixture->other = gtk_button_new_with_label ("Elsewhere");
  gtk_box_append (GTK_BOX (both), fixture->other);
  gtk_box_append (GTK_BOX (both), fixture->box);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (go));
  gtk_widget_insert_action_group (both, "test", G_ACTION_GROUP (actions));
  gtk_window_set_child (fixture->window, both);
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (50);
}

/* Makes the widgets anew: a button for each number up to `n`, but for `without`. */
static void
make (Fixture *fixture,
      guint    n,
      guint    without)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (fixture->box)) != NULL)
    gtk_box_remove (GTK_BOX (fixture->box), child);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *label = g_strdup_printf ("Number %u", i);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", (gint64) i);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "test.go");
      if (i != without)
        gtk_box_append (GTK_BOX (fixture->box), button);
      else
        g_object_unref (g_object_ref_sink (button));
    }
  rungs_app_fixture_settle (50);
}

static void
assert_focus (Fixture    *fixture,
              const char *label)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, label);
}

static void
test_stays (Fixture       *fixture,
            gconstpointer  data)
{
  RungsFocus *focus;

  make (fixture, 3, 0);
  gtk_widget_grab_focus (gtk_widget_get_last_child (fixture->box));
  assert_focus (fixture, "Number 3");
  focus = rungs_focus_note (fixture->box);
  make (fixture, 5, 0);
  rungs_focus_restore (focus, fixture->box);
  assert_focus (fixture, "Number 3");
}

/* What is gone leaves the keys to what stands in its place. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  RungsFocus *focus;

  make (fixture, 3, 0);
  gtk_widget_grab_focus (gtk_widget_get_first_child (fixture->box));
  focus = rungs_focus_note (fixture->box);
  make (fixture, 3, 1);
  rungs_focus_restore (focus, fixture->box);
  assert_focus (fixture, "Number 2");

  gtk_widget_grab_focus (gtk_widget_get_last_child (fixture->box));
  focus = rungs_focus_note (fixture->box);
  make (fixture, 2, 0);
  rungs_focus_restore (focus, fixture->box);
  assert_focus (fixture, "Number 2");
}

static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  RungsFocus *focus;

  make (fixture, 3, 0);
  gtk_widget_grab_focus (fixture->other);
  g_assert_false (rungs_focus_is_in (fixture->box));
  focus = rungs_focus_note (fixture->box);
  g_assert_null (focus);
  make (fixture, 3, 0);
  rungs_focus_restore (focus, fixture->box);
  assert_focus (fixture, "Elsewhere");
}

static GtkWidget *
add_menu_button (Fixture *fixture)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_menu_button_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), gtk_button_new_with_label ("Inside"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_box_append (GTK_BOX (fixture->box), button);
  return button;
}

/* What is open inside is closed before it goes, and its button, which stands in the same place
 * then, has the keys. */
static void
test_popover (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *button;
  GtkPopover *popover;
  RungsFocus *focus;

  make (fixture, 2, 0);
  button = add_menu_button (fixture);
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  rungs_app_fixture_settle (100);
  gtk_widget_grab_focus (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  rungs_app_fixture_settle (100);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (popover)));
  focus = rungs_focus_note (fixture->box);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (popover)));
  g_assert_nonnull (focus);
  make (fixture, 2, 0);
  button = add_menu_button (fixture);
  rungs_focus_restore (focus, fixture->box);
  g_assert_true (rungs_focus_is_in (button));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/focus/stays", Fixture, NULL, set_up, test_stays, tear_down);
  g_test_add ("/app/focus/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/app/focus/popover", Fixture, NULL, set_up, test_popover, tear_down);
  g_test_add ("/app/focus/elsewhere", Fixture, NULL, set_up, test_elsewhere, tear_down);
  return g_test_run ();
}
