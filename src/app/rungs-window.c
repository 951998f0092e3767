/* rungs-window.c: the window of one business: navigation at the left, the page at the right.
 *
 * The window is in one of four states, each a child of one stack: "opening" while the file is
 * opened, "welcome" where there is none yet, "failure" where it cannot be opened, "business" with
 * the pages. The page that is seen first is made before the window is shown, the others one by one
 * when the program has nothing else to do: their badges need them. */

#include "rungs-window.h"

#include <glib/gi18n.h>

#include "background/rungs-notifier.h"
#include "compat/rungs-question.h"
#include "engine/rungs-business.h"
#include "leads/rungs-business-store.h"
#include "rungs-application.h"
#include "rungs-navigation.h"
#include "rungs-page-list.h"
#include "rungs-window-actions.h"
#include "start/rungs-failure-view.h"
#include "start/rungs-restore.h"
#include "start/rungs-welcome-view.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

struct _RungsWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack *states;
  RungsNavigation *navigation;
  GtkStack *pages;

  GSettings *settings;       /* (owned) */
  GCancellable *cancellable; /* (owned): of the opening under way */
  RungsStore *store;         /* (owned) (nullable) */
  RungsEngine *engine;       /* (owned) (nullable): runs while the store is open */
  RungsNotifier *notifier;   /* (owned) (nullable): tells of new leads while the store is open */
  char *path;                /* (owned) (nullable) */
  char *backup;              /* (owned) (nullable): the one a question is about */
  char *page;                /* (owned): the page to show, as far as it can be */
  char *target;              /* (owned) (nullable): what to go to there once the file is open */
  guint build_source;        /* makes the pages that are not seen yet; 0: none left */
  gboolean may_lose;         /* what is not saved: the question was answered so */
};

G_DEFINE_FINAL_TYPE (RungsWindow, rungs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
badge_changed_cb (RungsPage   *page,
                  GParamSpec  *pspec,
                  RungsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (page);
  const char *name = NULL;

  /* a page of a file or a window that was closed may still have been reading */
  if (gtk_widget_get_parent (widget) == NULL)
    return;
  name = gtk_stack_page_get_name (gtk_stack_get_page (self->pages, widget));
  rungs_navigation_set_badge (self->navigation, name, rungs_page_get_badge (page));
}

static RungsPage *
make_page (RungsWindow         *self,
           const RungsPageKind *kind)
{
  GtkWidget *page = g_object_new (kind->get_type (),
                                  "store", self->store,
                                  "engine", self->engine,
                                  "title", _ (kind->title),
                                  NULL);

  gtk_stack_add_named (self->pages, page, kind->name);
  g_signal_connect (page, "notify::badge", G_CALLBACK (badge_changed_cb), self);
  return RUNGS_PAGE (page);
}

static gboolean
make_next_page_cb (gpointer data)
{
  RungsWindow *self = data;
  guint n = 0;
  const RungsPageKind *kinds = rungs_page_list (&n);

  for (guint i = 0; i < n; i++)
    if (gtk_stack_get_child_by_name (self->pages, kinds[i].name) == NULL)
      {
        make_page (self, &kinds[i]);
        return G_SOURCE_CONTINUE;
      }

  self->build_source = 0;
  return G_SOURCE_REMOVE;
}

static void
drop_pages (RungsWindow *self)
{
  GtkWidget *page = NULL;

  g_clear_handle_id (&self->build_source, g_source_remove);
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

static void
close_store (RungsWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_pages (self);
  if (self->engine != NULL)
    rungs_engine_stop (self->engine);
  g_clear_object (&self->engine);
  if (self->notifier != NULL)
    rungs_notifier_stop (self->notifier);
  g_clear_object (&self->notifier);
  if (self->store != NULL)
    rungs_store_close (self->store);
  g_clear_object (&self->store);
}

/* On a thread of the store. */
static gpointer
load_name (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  return business != NULL ? g_steal_pointer (&business->name) : NULL;
}

static void
name_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *title = NULL;

  if (name == NULL && self->store == RUNGS_STORE (source) && rungs_window_get_shown_page (self))
    rungs_page_notify_error (rungs_window_get_shown_page (self), error);
  if (name == NULL || *name == '\0' || self->store != RUNGS_STORE (source))
    return;
  /* Translators: the title of the window: the name of the business and of the program. */
  title = g_strdup_printf (_ ("%s – Rungs"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  rungs_navigation_set_title (self->navigation, name);
}

static void
show_name (RungsWindow *self)
{
  rungs_store_read_async (self->store, load_name, NULL, NULL, g_free, self->cancellable,
                          name_loaded_cb, g_object_ref (self));
}

/* What this window wrote may be due now; what others write the engine sees by itself. */
static void
store_changed_cb (RungsWindow *self,
                  GHashTable  *tables)
{
  if (!g_hash_table_contains (tables, "*") && self->engine != NULL)
    rungs_engine_wake (self->engine);
  if (rungs_store_change_touches (tables, "business"))
    show_name (self);
  if (self->notifier != NULL && rungs_store_change_touches (tables, "notice"))
    rungs_notifier_look (self->notifier);
}

/* (nullable): what goes on when the window is closed. */
static RungsBackground *
get_background (RungsWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  return RUNGS_IS_APPLICATION (app) ? rungs_application_get_background (RUNGS_APPLICATION (app))
                                    : NULL;
}

/* (transfer full) (nullable): the one that ran while there was no window. */
static RungsEngine *
take_engine (RungsWindow *self)
{
  RungsBackground *background = get_background (self);

  return background != NULL ? rungs_background_take (background, self->path) : NULL;
}

static void
start_notifier (RungsWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (app != NULL)
    self->notifier = rungs_notifier_new (G_APPLICATION (app), self->path);
}

static void
start_engine (RungsWindow *self)
{
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  RungsEngine *running = take_engine (self);

  self->engine = running != NULL ? running : rungs_engine_new (self->path, clock, "rungs");
  g_signal_connect_object (self->engine, "worked", G_CALLBACK (rungs_store_note_change),
                           self->store, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (running == NULL)
    rungs_engine_start (self->engine);
}

/* Leaves the engine running where the user wants that. */
static void
leave_engine (RungsWindow *self)
{
  RungsBackground *background = get_background (self);

  if (background == NULL || self->engine == NULL || !rungs_background_is_wanted (background))
    return;
  g_signal_handlers_disconnect_by_data (self->engine, self->store);
  rungs_background_keep (background, self->path, g_steal_pointer (&self->engine));
}

static void
show_current_page (RungsWindow *self)
{
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (rungs_window_get_page (self, self->page)));
  rungs_navigation_select (self->navigation, self->page);
}

/* Makes that the current page, and shows it once there is a file. FALSE: it was it already, or
 * there is no such page. */
static gboolean
change_page (RungsWindow *self,
             const char  *name)
{
  if (rungs_page_list_find (name) == NULL || g_str_equal (name, self->page))
    return FALSE;
  g_free (self->page);
  self->page = g_strdup (name);
  if (self->store != NULL)
    show_current_page (self);
  return TRUE;
}

static void
set_state (RungsWindow *self,
           const char  *state)
{
  gboolean open = g_str_equal (state, "business");
  const char *const of_pages[] = { "search", "main-action", "show-target" };

  gtk_stack_set_visible_child_name (self->states, state);
  for (guint i = 0; i < G_N_ELEMENTS (of_pages); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), of_pages[i]);

      if (G_IS_SIMPLE_ACTION (action))
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), open);
    }
}

static void
business_made_cb (RungsWindow *self,
                  const char  *path)
{
  g_settings_set_string (self->settings, "last-file", path);
  rungs_window_open (self, path);
}

static void
retry_cb (RungsWindow *self)
{
  rungs_window_open (self, self->path);
}

/* The failure and the welcome are seldom seen: each is made when it is. */
static void
show_failure (RungsWindow  *self,
              const GError *error)
{
  GtkWidget *view = gtk_stack_get_child_by_name (self->states, "failure");

  if (view == NULL)
    {
      view = g_object_new (RUNGS_TYPE_FAILURE_VIEW, NULL);
      g_signal_connect_object (view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->states, view, "failure");
    }
  rungs_failure_view_show (RUNGS_FAILURE_VIEW (view), self->path, error);
  set_state (self, "failure");
}

static void
store_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStore) store = rungs_store_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (store == NULL)
    {
      show_failure (self, error);
      return;
    }

  self->store = g_steal_pointer (&store);
  start_engine (self);
  start_notifier (self);
  show_name (self);
  show_current_page (self);
  set_state (self, "business");
  rungs_page_take_focus (rungs_window_get_shown_page (self));
  if (self->target != NULL)
    rungs_page_show_target (rungs_window_get_shown_page (self), self->target);
  g_clear_pointer (&self->target, g_free);
  self->build_source = g_idle_add_full (G_PRIORITY_LOW, make_next_page_cb, self, NULL);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  RungsWindow *self = RUNGS_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (!rungs_restore_finish (result, &error))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Backup Could Not Be Restored"), error);
  /* one that was closed meanwhile stays closed */
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    rungs_window_open (self, self->path);
}

static void
restore_answered_cb (gboolean agreed,
                     gpointer data)
{
  RungsWindow *self = data;
  g_autofree char *backup = g_steal_pointer (&self->backup);

  if (!agreed)
    return;
  set_state (self, "opening");
  close_store (self);
  rungs_restore_async (G_OBJECT (self), backup, self->path, restored_cb, NULL);
}

/* (nullable): what is lost when the pages go now. */
static char *
dup_unsaved (RungsWindow *self)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    {
      g_autofree char *unsaved = rungs_page_dup_unsaved (RUNGS_PAGE (page));

      if (unsaved != NULL)
        g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "", unsaved);
    }
  return all->len > 0 ? g_strdup (all->str) : NULL;
}

static void
restore_backup_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       data)
{
  RungsWindow *self = data;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;
  g_autofree char *unsaved = NULL;
  g_autofree char *body = NULL;

  g_free (self->backup);
  self->backup = g_variant_dup_bytestring (parameter, NULL);
  name = g_path_get_basename (self->backup);
  words = g_strdup_printf (
      _ ("The business goes back to %s. What was written since then is kept in a file beside "
         "it that ends in “.replaced”."),
      name);
  unsaved = dup_unsaved (self);
  body = g_strjoin ("\n\n", words, unsaved, NULL);
  rungs_question_ask (GTK_WIDGET (self), _ ("Restore the Backup?"), body, _ ("_Restore"),
                      RUNGS_QUESTION_DESTRUCTIVE, restore_answered_cb, self);
}

/* Who walks through the navigation stays there. */
static void
page_selected_cb (RungsWindow *self,
                  const char  *name)
{
  change_page (self, name);
}

static void
page_activated_cb (RungsWindow *self,
                   const char  *name)
{
  rungs_window_show_page (self, name);
}

static void
folded_changed_cb (RungsWindow *self)
{
  rungs_navigation_set_folded (self->navigation,
                               g_settings_get_boolean (self->settings, "navigation-folded"));
}

static gboolean
file_dropped_cb (GtkDropTarget *target_of_drop,
                 const GValue  *value,
                 double         x,
                 double         y,
                 RungsWindow   *self)
{
  GSList *files = g_value_get_boxed (value);
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;
  g_autofree char *target = g_strconcat ("import:", path, NULL);

  if (path == NULL || self->store == NULL || rungs_page_list_find ("leads") == NULL)
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (self), "win.show-target", "(ss)", "leads",
                                     target);
}

static void
remember (RungsWindow *self)
{
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (self->settings, "page", self->page);
}

static void
close_answered_cb (gboolean agreed,
                   gpointer data)
{
  RungsWindow *self = data;

  self->may_lose = agreed;
  if (agreed)
    gtk_window_close (GTK_WINDOW (self));
}

/* TRUE where a page, which is shown then, holds what is not saved. */
static gboolean
ask_about_unsaved (RungsWindow *self)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    {
      g_autofree char *unsaved = rungs_page_dup_unsaved (RUNGS_PAGE (page));

      if (unsaved == NULL)
        continue;
      rungs_window_show_page (self,
                              gtk_stack_page_get_name (gtk_stack_get_page (self->pages, page)));
      rungs_question_ask (GTK_WIDGET (self), _ ("Close Without Saving?"), unsaved,
                          _ ("_Close Without Saving"), RUNGS_QUESTION_DESTRUCTIVE,
                          close_answered_cb, self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
rungs_window_close_request (GtkWindow *window)
{
  RungsWindow *self = RUNGS_WINDOW (window);

  if (!self->may_lose && ask_about_unsaved (self))
    return TRUE;
  remember (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  leave_engine (self);
  close_store (self);
  return GTK_WINDOW_CLASS (rungs_window_parent_class)->close_request (window);
}

static void
rungs_window_dispose (GObject *object)
{
  RungsWindow *self = RUNGS_WINDOW (object);

  if (self->pages != NULL)
    close_store (self);
  self->pages = NULL;
  g_clear_object (&self->settings);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->backup, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->target, g_free);

  G_OBJECT_CLASS (rungs_window_parent_class)->dispose (object);
}

static void
rungs_window_class_init (RungsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_window_close_request;

  g_type_ensure (RUNGS_TYPE_NAVIGATION);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/rungs/Rungs/rungs-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, states);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, RungsWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
}

static void
add_actions (RungsWindow *self)
{
  g_autoptr (GAction) fold = g_settings_create_action (self->settings, "navigation-folded");
  const GActionEntry entries[] = {
    { .name = "restore-backup", .activate = restore_backup_cb, .parameter_type = "ay" },
  };

  rungs_window_actions_add (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), fold);
}

static void
accept_files (RungsWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (file_dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
fill_navigation (RungsWindow *self)
{
  guint n = 0;
  const RungsPageKind *kinds = rungs_page_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *accelerator = g_strdup_printf ("<Control>%u", i + 1);

      rungs_navigation_add (self->navigation, kinds[i].name, _ (kinds[i].title), kinds[i].icon_name,
                            g_str_equal (kinds[i].name, "settings") ? "<Control>comma"
                                                                    : accelerator);
    }
}

static void
rungs_window_init (RungsWindow *self)
{
  self->settings = g_settings_new (RUNGS_APP_ID);
  self->page = g_settings_get_string (self->settings, "page");
  if (rungs_page_list_find (self->page) == NULL)
    {
      g_free (self->page);
      self->page = g_strdup ("today");
    }

  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  accept_files (self);
  fill_navigation (self);
  g_signal_connect_object (self->settings, "changed::navigation-folded",
                           G_CALLBACK (folded_changed_cb), self, G_CONNECT_SWAPPED);
  folded_changed_cb (self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  set_state (self, "opening");
}

RungsWindow *
rungs_window_new (GtkApplication *app)
{
  return g_object_new (RUNGS_TYPE_WINDOW, "application", app, NULL);
}

void
rungs_window_welcome (RungsWindow *self)
{
  GtkWidget *view = NULL;

  g_return_if_fail (RUNGS_IS_WINDOW (self));

  view = gtk_stack_get_child_by_name (self->states, "welcome");
  if (view == NULL)
    {
      view = g_object_new (RUNGS_TYPE_WELCOME_VIEW, NULL);
      g_signal_connect_object (view, "made", G_CALLBACK (business_made_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->states, view, "welcome");
    }
  rungs_welcome_view_set_path (RUNGS_WELCOME_VIEW (view), self->path);
  set_state (self, "welcome");
}

void
rungs_window_open (RungsWindow *self,
                   const char  *path)
{
  g_autofree char *copy = g_strdup (path);

  g_return_if_fail (RUNGS_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  close_store (self);
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      rungs_window_welcome (self);
      return;
    }
  set_state (self, "opening");
  self->cancellable = g_cancellable_new ();
  rungs_store_open_async (self->path, RUNGS_DB_WRITE, rungs_business_open, self->cancellable,
                          store_opened_cb, g_object_ref (self));
}

const char *
rungs_window_get_path (RungsWindow *self)
{
  g_return_val_if_fail (RUNGS_IS_WINDOW (self), NULL);

  return self->path;
}

void
rungs_window_show_page (RungsWindow *self,
                        const char  *name)
{
  gboolean other;

  g_return_if_fail (RUNGS_IS_WINDOW (self));

  other = change_page (self, name);
  /* the keys of a page work only while the focus is in it */
  if (self->store != NULL
      && (other || !rungs_focus_is_in (GTK_WIDGET (rungs_window_get_shown_page (self)))))
    rungs_page_take_focus (rungs_window_get_shown_page (self));
}

void
rungs_window_show_target (RungsWindow *self,
                          const char  *page,
                          const char  *target)
{
  g_return_if_fail (RUNGS_IS_WINDOW (self));
  g_return_if_fail (target != NULL);

  rungs_window_show_page (self, page);
  g_clear_pointer (&self->target, g_free);
  if (self->store == NULL)
    self->target = g_strdup (target);
  else if (rungs_window_get_page (self, page) != NULL)
    rungs_page_show_target (rungs_window_get_page (self, page), target);
}

RungsPage *
rungs_window_get_page (RungsWindow *self,
                       const char  *name)
{
  GtkWidget *page = NULL;

  g_return_val_if_fail (RUNGS_IS_WINDOW (self), NULL);

  if (self->store == NULL || rungs_page_list_find (name) == NULL)
    return NULL;
  page = gtk_stack_get_child_by_name (self->pages, name);
  return page != NULL ? RUNGS_PAGE (page) : make_page (self, rungs_page_list_find (name));
}

RungsPage *
rungs_window_get_shown_page (RungsWindow *self)
{
  g_return_val_if_fail (RUNGS_IS_WINDOW (self), NULL);

  return RUNGS_PAGE (gtk_stack_get_visible_child (self->pages));
}
