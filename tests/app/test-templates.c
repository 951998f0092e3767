/* test-templates.c: every template is instantiated, shown and let go, with warnings fatal; every
 * icon that the templates name exists. */

#include "rungs-app-fixture.h"
#include "import/rungs-import-reading.h"
#include "import/rungs-import-window.h"
#include "import/rungs-imports-window.h"
#include "ladder/rungs-order-detail.h"
#include "ladder/rungs-order-import-window.h"
#include "leads/rungs-lead-detail.h"
#include "leads/rungs-lead-export-dialog.h"
#include "leads/rungs-merge-window.h"
#include "leads/rungs-lead-filters.h"
#include "messages/rungs-message-dialog.h"
#include "messages/rungs-message-preview.h"
#include "rungs-help-window.h"
#include "rungs-navigation.h"
#include "rungs-page-list.h"
#include "rungs-page.h"
#include "rungs-shortcuts-window.h"
#include "start/rungs-failure-view.h"
#include "start/rungs-welcome-view.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-progress-view.h"
#include "widgets/rungs-why-popover.h"

static void
show_and_let_go (GtkWidget *widget)
{
  GtkWindow *window = NULL;

  if (GTK_IS_WINDOW (widget))
    {
      window = GTK_WINDOW (widget);
    }
  else
    {
      window = GTK_WINDOW (gtk_window_new ());
      gtk_window_set_child (window, widget);
    }
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_present (window);
  rungs_app_fixture_settle (150);
  gtk_window_destroy (window);
  rungs_app_fixture_settle (150);
  g_assert_null (widget);
}

static void
test_widgets (void)
{
  GType (*const types[]) (void) = {
    rungs_failure_view_get_type,
    rungs_form_get_type,
    rungs_help_window_get_type,
    rungs_import_reading_get_type,
    rungs_import_window_get_type,
    rungs_imports_window_get_type,
    rungs_order_detail_get_type,
    rungs_order_import_window_get_type,
    rungs_lead_detail_get_type,
    rungs_lead_export_dialog_get_type,
    rungs_merge_window_get_type,
    rungs_lead_filters_get_type,
    rungs_message_dialog_get_type,
    rungs_message_preview_get_type,
    rungs_navigation_get_type,
    rungs_progress_view_get_type,
    rungs_shortcuts_window_get_type,
    rungs_welcome_view_get_type,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    show_and_let_go (g_object_new (types[i] (), NULL));
}

static void
test_why (void)
{
  RungsWhyPopover *popover = rungs_why_popover_new ("Nothing is offered");
  GtkWidget *button = gtk_menu_button_new ();

  rungs_why_popover_add (popover, RUNGS_WHY_FOR, "Owns the starter kit", FALSE);
  rungs_why_popover_add (popover, RUNGS_WHY_AGAINST, "Bought only yesterday", TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (popover));
  show_and_let_go (button);
}

static void
test_pages (void)
{
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_test_message ("page %s", pages[i].name);
      show_and_let_go (g_object_new (pages[i].get_type (), "title", pages[i].title, NULL));
    }
}

/* The icons that a text names, found by a pattern. */
static void
check_icons_in (const char *name,
                const char *text,
                const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *icon = g_match_info_fetch (match, 1);

      if (!gtk_icon_theme_has_icon (theme, icon))
        g_error ("%s names an icon that is not there: %s", name, icon);
    }
}

static void
check_icons_under (const char *folder)
{
  g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, names[i], NULL);

      if (g_str_has_suffix (path, "/"))
        check_icons_under (path);
      else if (g_str_has_suffix (path, ".ui"))
        {
          g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

          check_icons_in (path, g_bytes_get_data (bytes, NULL), ">([a-z-]+-symbolic)<");
        }
    }
}

/* Those that code names. */
static void
check_icons_of_code (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_icons_of_code (path);
      else if (g_file_get_contents (path, &text, NULL, NULL))
        check_icons_in (path, text, "\"([a-z-]+-symbolic)\"");
    }
}

static void
test_icons (void)
{
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);
  g_autofree char *code = g_test_build_filename (G_TEST_DIST, "src", "app", NULL);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = 0; i < n; i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, pages[i].icon_name));
  check_icons_under ("/app/rungs/Rungs/");
  check_icons_of_code (code);
}

/* An error in the style is a warning of GTK, and fatal here. */
static void
test_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *text = NULL;

  gtk_css_provider_load_from_resource (provider, "/app/rungs/Rungs/style.css");
  text = gtk_css_provider_to_string (provider);
  g_assert_nonnull (strstr (text, "badge"));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/templates/widgets", test_widgets);
  g_test_add_func ("/app/templates/why", test_why);
  g_test_add_func ("/app/templates/pages", test_pages);
  g_test_add_func ("/app/templates/icons", test_icons);
  g_test_add_func ("/app/templates/style", test_style);
  return g_test_run ();
}
