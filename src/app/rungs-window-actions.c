/* rungs-window-actions.c: what the menus and keys of the window do. */

#include "rungs-window-actions.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "rungs-application.h"
#include "rungs-help-window.h"
#include "rungs-shortcuts-window.h"

static void
business_chosen_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (RungsWindow) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);
  g_autoptr (GSettings) settings = NULL;

  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  settings = g_settings_new (RUNGS_APP_ID);
  g_settings_set_string (settings, "last-file", g_file_peek_path (file));
  rungs_application_open (RUNGS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                          g_file_peek_path (file), NULL);
}

static void
open_business_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  RungsWindow *self = data;

  rungs_file_chooser_open_async (GTK_WINDOW (self), _ ("Open Business"), _ ("Businesses"), "*.db",
                                 NULL, business_chosen_cb, g_object_ref (self));
}

static void
new_business_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  RungsWindow *window = rungs_window_new (gtk_window_get_application (GTK_WINDOW (data)));

  rungs_window_welcome (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  rungs_window_show_page (data, g_variant_get_string (parameter, NULL));
}

static void
show_target_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  const char *page = NULL;
  const char *target = NULL;

  g_variant_get (parameter, "(&s&s)", &page, &target);
  rungs_window_show_target (data, page, target);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  rungs_page_start_search (rungs_window_get_shown_page (data));
}

static void
main_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  rungs_page_do_main_action (rungs_window_get_shown_page (data));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  gtk_window_present (GTK_WINDOW (rungs_shortcuts_window_new (GTK_WINDOW (data))));
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  gtk_window_present (GTK_WINDOW (rungs_help_window_new (GTK_WINDOW (data))));
}

static void
close_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  gtk_window_close (GTK_WINDOW (data));
}

void
rungs_window_actions_add (RungsWindow *window)
{
  const GActionEntry entries[] = {
    { .name = "close", .activate = close_cb },
    { .name = "help", .activate = help_cb },
    { .name = "main-action", .activate = main_action_cb },
    { .name = "new-business", .activate = new_business_cb },
    { .name = "open-business", .activate = open_business_cb },
    { .name = "search", .activate = search_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
    { .name = "show-target", .activate = show_target_cb, .parameter_type = "(ss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
