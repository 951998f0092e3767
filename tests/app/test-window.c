/* test-window.c: the window over real files: the first start, every page of the demo business,
 * files that cannot be opened, and going back to a backup. */

#include <glib/gstdio.h>

#include "db/rungs-backup.h"
#include "db/rungs-db.h"
#include "engine/rungs-business.h"
#include "engine/rungs-demo.h"
#include "rungs-app-fixture.h"
#include "rungs-application.h"
#include "rungs-navigation.h"
#include "rungs-page-list.h"
#include "rungs-window.h"
#include "start/rungs-welcome-view.h"
#include "widgets/rungs-focus.h"

typedef struct
{
  RungsApplication *app; /* not owned */
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  app)
{
  fixture->app = (RungsApplication *) app;
  fixture->folder = rungs_app_fixture_folder ();
  fixture->path = g_build_filename (fixture->folder, "rungs.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_free (fixture->folder);
  g_free (fixture->path);
}

static RungsWindow *
open_window (Fixture *fixture)
{
  rungs_application_open (fixture->app, fixture->path, NULL);
  return RUNGS_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (fixture->app)));
}

static gboolean
is_open (gpointer window)
{
  return rungs_window_get_page (window, "today") != NULL;
}

static GtkWidget *
wait_for (RungsWindow *window,
          const char  *text)
{
  return rungs_app_fixture_wait_for (GTK_WIDGET (window), text);
}

static void
press (RungsWindow *window,
       const char  *label)
{
  GtkWidget *widget = wait_for (window, label);
  GtkWidget *button = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);

  g_assert_nonnull (button);
  gtk_widget_activate (button);
}

/* Closes the window; nothing of it may be left. */
static void
close_window (RungsWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  rungs_app_fixture_settle (200);
  g_assert_null (window);
}

static void
make_demo (Fixture *fixture)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_demo_create (fixture->path, clock, &error);

  g_assert_no_error (error);
}

static void
make_business (Fixture *fixture)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db
    = rungs_business_create (fixture->path, "Test & Sons", "EUR", "Europe/Berlin", clock, &error);

  g_assert_no_error (error);
}

/* Writes bytes into the file, as another program or a bad disk would. */
static void
overwrite (Fixture    *fixture,
           goffset     at,
           const char *bytes,
           gsize       n)
{
  FILE *file = g_fopen (fixture->path, "r+b");

  g_assert_nonnull (file);
  fseek (file, at, SEEK_SET);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  fclose (file);
}

static void
test_first_start (Fixture       *fixture,
                  gconstpointer  data)
{
  RungsWindow *window = open_window (fixture);
  GtkWidget *name = NULL;
  GtkWidget *address = NULL;

  wait_for (window, "Welcome to Rungs");
  press (window, "Start with _My Own Leads");
  name = rungs_app_fixture_find_type (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (name), "Ann’s Shop");
  address = gtk_widget_get_next_sibling (name);
  gtk_editable_set_text (GTK_EDITABLE (address), "Ann’s Shop, Quay 3, Galway");
  press (window, "_Create");
  rungs_app_fixture_wait (is_open, window);
  wait_for (window, "Ann’s Shop");
  wait_for (window, "Nothing waits for you");
  close_window (window);
}

static gboolean
is_gone (gpointer weak_pointer)
{
  return *(gpointer *) weak_pointer == NULL;
}

/* A window that is closed while its business is made does not come back with it. */
static void
test_closed_while_made (Fixture       *fixture,
                        gconstpointer  data)
{
  RungsWindow *window = open_window (fixture);
  GtkWidget *view = rungs_app_fixture_find_type (GTK_WIDGET (window), RUNGS_TYPE_WELCOME_VIEW);

  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  press (window, "_Look Around in a Demo Business");
  wait_for (window, "Making the Business…");
  close_window (window);
  g_assert_nonnull (view);
  rungs_app_fixture_wait (is_gone, &view);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (fixture->app)));
}

/* Buttons that belong to another widget, which has the name. */
static gboolean
is_part (GtkWidget *widget)
{
  GType const wholes[] = { ADW_TYPE_ENTRY_ROW, GTK_TYPE_DROP_DOWN, GTK_TYPE_MENU_BUTTON,
                           GTK_TYPE_SPIN_BUTTON, GTK_TYPE_WINDOW_CONTROLS };

  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (gtk_widget_get_ancestor (gtk_widget_get_parent (widget), wholes[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Every button that shows an icon only tells a screen reader what it does, every table what is in
 * it. */
static void
assert_named (GtkWidget *widget)
{
  const char *icon = NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    icon = gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_BUTTON (widget))
    icon = gtk_button_get_icon_name (GTK_BUTTON (widget));
  if (icon != NULL && !is_part (widget) && !has_name (widget))
    g_error ("a button with the icon %s has no accessible name", icon);
  if (GTK_IS_COLUMN_VIEW (widget) && !has_name (widget))
    g_error ("a table has no accessible name");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

/* The window is usable on a small screen. */
static void
assert_fits (GtkWidget *window)
{
  int width = 0;
  int height = 0;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  g_test_message ("needs %d x %d", width, height);
  g_assert_cmpint (width, <=, 960);
  g_assert_cmpint (height, <=, 600);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  RungsWindow *window = NULL;
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);

  make_demo (fixture);
  window = open_window (fixture);
  rungs_app_fixture_wait (is_open, window);
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("page %s", pages[i].name);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", pages[i].name);
      rungs_app_fixture_settle (400);
      g_assert_true (
        gtk_widget_get_mapped (GTK_WIDGET (rungs_window_get_page (window, pages[i].name))));
      assert_fits (GTK_WIDGET (window));
    }
  assert_named (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.navigation-folded", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  rungs_app_fixture_settle (100);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.navigation-folded", NULL);
  close_window (window);
}

static gboolean
has_keys_in_content (gpointer data)
{
  RungsPage *page = rungs_window_get_shown_page (data);
  GtkWidget *content = rungs_app_fixture_find_type (GTK_WIDGET (page), ADW_TYPE_TOAST_OVERLAY);
  GtkStack *pages = GTK_STACK (gtk_widget_get_parent (GTK_WIDGET (page)));

  return !gtk_stack_get_transition_running (pages) && rungs_focus_is_in (content)
         && !GTK_IS_SCROLLED_WINDOW (gtk_window_get_focus (data));
}

/* The key of a page leads to what the page shows, which may still have to be read. */
static void
test_page_takes_keys (Fixture       *fixture,
                      gconstpointer  data)
{
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);
  RungsWindow *window;

  make_demo (fixture);
  window = open_window (fixture);
  rungs_app_fixture_wait (is_open, window);
  rungs_app_fixture_wait (has_keys_in_content, window);
  for (guint i = 0; i < 2 * n; i++)
    {
      g_test_message ("page %s", pages[i % n].name);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", pages[i % n].name);
      rungs_app_fixture_wait (has_keys_in_content, window);
    }
  close_window (window);
}

/* The navigation is one stop of Tab, and the arrow keys change the page without leaving it. */
static void
test_navigation_keys (Fixture       *fixture,
                      gconstpointer  data)
{
  RungsWindow *window;
  GtkWidget *navigation;
  GtkListBox *list;
  RungsPage *today;

  make_demo (fixture);
  window = open_window (fixture);
  rungs_app_fixture_wait (is_open, window);
  rungs_window_show_page (window, "today");
  rungs_app_fixture_wait (has_keys_in_content, window);
  today = rungs_window_get_page (window, "today");
  navigation = rungs_app_fixture_find_type (GTK_WIDGET (window), RUNGS_TYPE_NAVIGATION);
  list = GTK_LIST_BOX (rungs_app_fixture_find_type (navigation, GTK_TYPE_LIST_BOX));

  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (list)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD));
  g_assert_true (rungs_focus_is_in (GTK_WIDGET (today)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_BACKWARD));
  g_assert_true (rungs_focus_is_in (GTK_WIDGET (list)));
  g_assert_true (rungs_window_get_shown_page (window) == today);

  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_true (rungs_window_get_shown_page (window) == rungs_window_get_page (window, "leads"));
  g_assert_true (rungs_focus_is_in (GTK_WIDGET (list)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_BACKWARD));
  g_assert_false (rungs_focus_is_in (GTK_WIDGET (list)));
  g_assert_true (rungs_focus_is_in (navigation));

  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_selected_row (list)));
  rungs_app_fixture_wait (has_keys_in_content, window);
  close_window (window);
}

static void
test_not_ours (Fixture       *fixture,
               gconstpointer  data)
{
  RungsWindow *window = NULL;
  g_autofree char *text = NULL;

  g_file_set_contents (fixture->path, "a shopping list", -1, NULL);
  window = open_window (fixture);
  wait_for (window, "This Is Not a Business of Rungs");
  close_window (window);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "a shopping list");
}

static void
test_too_new (Fixture       *fixture,
              gconstpointer  data)
{
  RungsWindow *window = NULL;

  make_business (fixture);
  overwrite (fixture, 60, "\0\0\3\347", 4); /* user_version 999 */
  window = open_window (fixture);
  wait_for (window, "This Business Was Written by a Newer Rungs");
  close_window (window);
}

static void
answer_question (const char *response)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
#if ADW_CHECK_VERSION(1, 5, 0)
      GtkWidget *dialog = rungs_app_fixture_find_type (item->data, ADW_TYPE_ALERT_DIALOG);

      if (dialog != NULL)
        {
          g_signal_emit_by_name (dialog, "response", response);
          adw_dialog_force_close (ADW_DIALOG (dialog));
          return;
        }
#else
      if (ADW_IS_MESSAGE_DIALOG (item->data))
        {
          adw_message_dialog_response (item->data, response);
          return;
        }
#endif
    }
  g_assert_not_reached ();
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  RungsWindow *window = NULL;
  g_autofree char *noise = g_strnfill (3000, 'x');
  g_autoptr (GError) error = NULL;
  RungsDb *db = NULL;

  make_business (fixture);
  db = rungs_db_open (fixture->path, RUNGS_DB_WRITE, &error);
  g_assert_no_error (error);
  rungs_backup_keep_daily (db, g_get_real_time () / 1000, NULL, &error);
  g_assert_no_error (error);
  rungs_db_close (db);
  overwrite (fixture, 100, noise, 3000);

  window = open_window (fixture);
  wait_for (window, "The File of This Business Is Damaged");
  press (window, "_Restore the Newest Backup…");
  rungs_app_fixture_settle (600); /* the button is drawn as pressed for a while */
  answer_question ("agree");
  rungs_app_fixture_wait (is_open, window);
  wait_for (window, "Test & Sons");
  close_window (window);
}

static int
narrowest (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Names the branch of the tree that keeps `widget` from being narrower. */
static void
tell_why_wide (GtkWidget *widget,
               int        depth)
{
  GtkWidget *widest = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child)
        && (widest == NULL || narrowest (child) > narrowest (widest)))
      widest = child;
  g_test_message ("%*s%s %d", depth, "", G_OBJECT_TYPE_NAME (widget), narrowest (widget));
  if (widest != NULL)
    tell_why_wide (widest, depth + 1);
}

/* The window can be used from 960 x 600 on, whatever page it shows. */
static void
test_fits_960 (Fixture       *fixture,
               gconstpointer  data)
{
  guint n = 0;
  const RungsPageKind *kinds = rungs_page_list (&n);
  RungsWindow *window;

  make_demo (fixture);
  window = open_window (fixture);
  rungs_app_fixture_wait (is_open, window);
  for (guint i = 0; i < n; i++)
    {
      int minimum = 0;

      rungs_window_show_page (window, kinds[i].name);
      rungs_app_fixture_settle (400);
      if (narrowest (GTK_WIDGET (window)) > 960)
        tell_why_wide (GTK_WIDGET (window), 0);
      g_assert_cmpint (narrowest (GTK_WIDGET (window)), <=, 960);
      gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, 960, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 600);
    }
  close_window (window);
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/app/window/first-start", test_first_start }, { "/app/window/pages", test_pages },
    { "/app/window/closed-while-made", test_closed_while_made },
    { "/app/window/page-takes-keys", test_page_takes_keys },
    { "/app/window/navigation-keys", test_navigation_keys },
    { "/app/window/not-ours", test_not_ours },       { "/app/window/too-new", test_too_new },
    { "/app/window/damaged", test_damaged },         { "/app/window/fits-960", test_fits_960 },
  };
  g_autoptr (RungsApplication) app = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("GTK_A11Y", "test", TRUE);
  rungs_app_fixture_init (&argc, &argv);
  app = rungs_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, app, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
