/* rungs-application.c: the program: its command line, its windows, its actions. */

#include "rungs-application.h"

#include <glib/gi18n.h>

#include "rungs-page-list.h"
#include "rungs-window.h"

struct _RungsApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsApplication, rungs_application, ADW_TYPE_APPLICATION)

static void
list_pages (void)
{
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);

  for (guint i = 0; i < n; i++)
    g_print ("%s\n", pages[i].name);
}

static RungsWindow *
find_window (RungsApplication *self,
             const char       *path)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *item = windows; item != NULL; item = item->next)
    if (RUNGS_IS_WINDOW (item->data)
        && g_strcmp0 (rungs_window_get_path (item->data), path) == 0)
      return item->data;
  return NULL;
}

/* The file that was open last where it still exists, else the one in the user's data folder. */
static char *
dup_start_path (void)
{
  g_autoptr (GSettings) settings = g_settings_new (RUNGS_APP_ID);
  g_autofree char *last = g_settings_get_string (settings, "last-file");

  if (*last != '\0' && g_file_test (last, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&last);
  return rungs_application_dup_default_path ();
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  gtk_show_about_dialog (window,
                         "program-name", _ ("Rungs"),
                         "logo-icon-name", RUNGS_APP_ID,
                         "version", RUNGS_VERSION,
                         "comments", _ ("The back end of a small business: where leads come from, "
                                        "what they are sent, what they are offered next."),
                         "copyright", _ ("© 2026 The Rungs developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "translator-credits", _ ("translator-credits"),
                         NULL);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));
  g_autoptr (GList) copy = g_list_copy (windows);

  for (GList *item = copy; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

static void
set_page_accels (GtkApplication *app)
{
  guint n = 0;
  const RungsPageKind *pages = rungs_page_list (&n);

  for (guint i = 0; i < MIN (n, 9); i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-page::%s", pages[i].name);
      g_autofree char *accel = g_strdup_printf ("<Control>%u", i + 1);
      g_autofree char *keypad = g_strdup_printf ("<Control>KP_%u", i + 1);
      const char *accels[] = { accel, keypad, NULL };

      if (g_str_equal (pages[i].name, "settings"))
        continue;
      gtk_application_set_accels_for_action (app, action, accels);
    }
}

static void
set_accels (GtkApplication *app)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } ACCELS[] = {
    { "app.quit", { "<Control>q" } },
    { "win.close", { "<Control>w" } },
    { "win.search", { "<Control>f" } },
    { "win.main-action", { "<Control>n" } },
    { "win.open-business", { "<Control>o" } },
    { "win.navigation-folded", { "F9" } },
    { "win.shortcuts", { "<Control>question", "<Control><Shift>question" } },
    { "win.help", { "F1" } },
    { "win.show-page::settings", { "<Control>comma" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ACCELS); i++)
    gtk_application_set_accels_for_action (app, ACCELS[i].action, ACCELS[i].accels);
  set_page_accels (app);
}

static int
rungs_application_handle_local_options (GApplication *app,
                                        GVariantDict *options)
{
  const char *page = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("rungs %s\n", RUNGS_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "list-pages"))
    {
      list_pages ();
      return 0;
    }
  if (g_variant_dict_lookup (options, "page", "&s", &page) && rungs_page_list_find (page) == NULL)
    {
      g_printerr (_ ("There is no page “%s”. These pages exist:\n"), page);
      list_pages ();
      return 2;
    }
  return -1;
}

static int
rungs_application_command_line (GApplication            *app,
                                GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char *named = NULL;
  g_autofree char *path = NULL;
  const char *page = NULL;

  g_variant_dict_lookup (options, "page", "&s", &page);
  if (g_variant_dict_lookup (options, "file", "^ay", &named))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, named);

      path = g_file_get_path (file);
    }
  else
    {
      path = dup_start_path ();
    }

  rungs_application_open (RUNGS_APPLICATION (app), path, page);
  return 0;
}

static void
rungs_application_startup (GApplication *app)
{
  const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };

  G_APPLICATION_CLASS (rungs_application_parent_class)->startup (app);

  gtk_window_set_default_icon_name (RUNGS_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), app);
  set_accels (GTK_APPLICATION (app));
}

static void
rungs_application_class_init (RungsApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->handle_local_options = rungs_application_handle_local_options;
  app_class->command_line = rungs_application_command_line;
  app_class->startup = rungs_application_startup;
}

static void
rungs_application_init (RungsApplication *self)
{
  const GOptionEntry entries[] = {
    { .long_name = "file", .short_name = 'f', .arg = G_OPTION_ARG_FILENAME,
      .description = N_ ("Open this business"), .arg_description = N_ ("FILE") },
    { .long_name = "page", .short_name = 'p', .arg = G_OPTION_ARG_STRING,
      .description = N_ ("Begin with this page"), .arg_description = N_ ("NAME") },
    { .long_name = "list-pages", .description = N_ ("Print the names of the pages") },
    { .long_name = "version", .description = N_ ("Print the version") },
    { 0 },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

RungsApplication *
rungs_application_new (void)
{
  return g_object_new (RUNGS_TYPE_APPLICATION,
                       "application-id", RUNGS_APP_ID,
                       "resource-base-path", "/app/rungs/Rungs",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}

void
rungs_application_open (RungsApplication *self,
                        const char       *path,
                        const char       *page)
{
  RungsWindow *window = NULL;

  g_return_if_fail (RUNGS_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  window = find_window (self, path);
  if (window == NULL)
    {
      window = rungs_window_new (GTK_APPLICATION (self));
      rungs_window_open (window, path);
    }
  if (page != NULL)
    rungs_window_show_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
}

char *
rungs_application_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "rungs", "rungs.db", NULL);
}
