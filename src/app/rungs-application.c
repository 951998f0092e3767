/* rungs-application.c: the program: its command line, its windows, its actions. */

#include "rungs-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "rungs-page-list.h"
#include "rungs-window.h"

struct _RungsApplication
{
  AdwApplication parent_instance;

  RungsBackground *background; /* (owned) */
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

/* Unlike closing the windows one by one it ends what would go on without them too. */
static void
quit (RungsApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  g_autoptr (GList) copy = g_list_copy (windows);

  for (GList *item = copy; item != NULL; item = item->next)
    gtk_window_close (item->data);
  rungs_background_stop (self->background);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  quit (data);
}

/* The session ends: messages under way are finished. */
static gboolean
terminated_cb (gpointer data)
{
  quit (data);
  return G_SOURCE_CONTINUE;
}

static void
show_business_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  rungs_application_open (data, g_variant_get_string (parameter, NULL), NULL);
}

/* To what a notification is about. */
static void
show_target_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  const char *path, *page, *target;

  g_variant_get (parameter, "(&s&s&s)", &path, &page, &target);
  rungs_application_open (data, path, NULL);
  rungs_window_show_target (find_window (data, path), page, target);
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

/* At the beginning of the session. A file that is not there is no reason to ask anything then. */
static void
begin_without_window (RungsApplication *self,
                      const char       *path)
{
  if (find_window (self, path) == NULL && !rungs_background_has (self->background, path)
      && g_file_test (path, G_FILE_TEST_EXISTS))
    rungs_background_keep (self->background, path, NULL);
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

  if (g_variant_dict_contains (options, "background"))
    begin_without_window (RUNGS_APPLICATION (app), path);
  else
    rungs_application_open (RUNGS_APPLICATION (app), path, page);
  return 0;
}

static void
rungs_application_startup (GApplication *app)
{
  const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
    { .name = "show-business", .activate = show_business_cb, .parameter_type = "s" },
    { .name = "show-target", .activate = show_target_cb, .parameter_type = "(sss)" },
  };

  G_APPLICATION_CLASS (rungs_application_parent_class)->startup (app);

  gtk_window_set_default_icon_name (RUNGS_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), app);
  set_accels (GTK_APPLICATION (app));
  g_unix_signal_add (SIGTERM, terminated_cb, app);
  g_unix_signal_add (SIGINT, terminated_cb, app);
}

static void
rungs_application_finalize (GObject *object)
{
  g_clear_object (&RUNGS_APPLICATION (object)->background);

  G_OBJECT_CLASS (rungs_application_parent_class)->finalize (object);
}

static void
rungs_application_class_init (RungsApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_application_finalize;
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
    { .long_name = "background",
      .description = N_ ("Walk the sequences and send, without a window") },
    { .long_name = "list-pages", .description = N_ ("Print the names of the pages") },
    { .long_name = "version", .description = N_ ("Print the version") },
    { 0 },
  };

  self->background = rungs_background_new (G_APPLICATION (self));
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

RungsBackground *
rungs_application_get_background (RungsApplication *self)
{
  g_return_val_if_fail (RUNGS_IS_APPLICATION (self), NULL);

  return self->background;
}

char *
rungs_application_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "rungs", "rungs.db", NULL);
}
