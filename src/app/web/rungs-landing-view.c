/* rungs-landing-view.c: landing pages and sales letters on the web. */

#include "rungs-landing-view.h"

#include <glib/gi18n.h>

#include "rungs-landing-editor.h"
#include "web/rungs-landing-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-row-menu.h"
#include "widgets/rungs-sheet.h"

struct _RungsLandingView
{
  RungsPageView parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *begin;

  GPtrArray *pages;     /* (owned) (nullable) (element-type RungsLandingPage) */
  GPtrArray *addresses; /* (owned) (nullable) (element-type utf8): two of each page */
};

G_DEFINE_FINAL_TYPE (RungsLandingView, rungs_landing_view, RUNGS_TYPE_PAGE_VIEW)

static RungsPage *
page_of (RungsLandingView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- what there is */

typedef struct
{
  GPtrArray *pages;     /* (owned) */
  GPtrArray *addresses; /* (owned) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->pages, g_ptr_array_unref);
  g_clear_pointer (&found->addresses, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

/* On a thread of the store. */
static gpointer
load (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->addresses = g_ptr_array_new_with_free_func (g_free);
  found->pages = rungs_landing_list (db, error);
  for (guint i = 0; found->pages != NULL && i < found->pages->len; i++)
    for (int j = 0; j < RUNGS_LANDING_VARIANTS; j++)
      g_ptr_array_add (found->addresses,
                       rungs_landing_dup_address (
                         db, ((RungsLandingPage *) found->pages->pdata[i])->slug, j));
  return found->pages != NULL ? g_steal_pointer (&found) : NULL;
}

static char *
describe_state (const RungsLandingPage *page)
{
  g_autofree char *when = NULL;

  if (page->retired_at != 0)
    return g_strdup (_ ("off the web"));
  if (page->published_at == 0)
    return g_strdup (_ ("not published yet"));
  if (page->is_changed)
    return g_strdup (_ ("changed since it was published"));
  when = rungs_display_moment (page->published_at, rungs_display_now ());
  /* Translators: a moment: "14:05", "12 Mar 14:05". */
  return g_strdup_printf (_ ("published: %s"), when);
}

static char *
describe (const RungsLandingPage *page)
{
  g_autofree char *state = describe_state (page);
  g_autofree char *ppc = rungs_display_number (page->visits[RUNGS_LANDING_PPC]);
  g_autofree char *email = rungs_display_number (page->visits[RUNGS_LANDING_EMAIL]);

  /* Translators: an address, "/p/clay", how it is with the page, and how often it was opened. */
  return g_strdup_printf (_ ("/p/%s · %s · opened %s times from advertisements, %s from messages"),
                          page->slug, state, ppc, email);
}

static GMenu *
make_menu (const RungsLandingPage *page)
{
  GMenu *menu = g_menu_new ();

  rungs_row_menu_append (menu, _ ("Copy the Address for _Advertisements"), "landing.copy-ppc",
                         page->id);
  rungs_row_menu_append (menu, _ ("Copy the Address for _Messages"), "landing.copy-email",
                         page->id);
  if (page->retired_at == 0 && (page->published_at == 0 || page->is_changed))
    rungs_row_menu_append (menu, _ ("_Publish"), "landing.publish", page->id);
  if (page->retired_at == 0)
    rungs_row_menu_append (menu, _ ("_Take off the Web"), "landing.retire", page->id);
  else
    rungs_row_menu_append (menu, _ ("_Use Again"), "landing.use-again", page->id);
  return menu;
}

static GtkWidget *
new_row (const RungsLandingPage *page)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GMenu) menu = make_menu (page);
  g_autofree char *title = g_markup_escape_text (page->draft->title, -1);
  g_autofree char *words = describe (page);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             rungs_row_menu_button_new (menu, page->draft->title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", page->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "landing.edit");
  if (page->retired_at != 0)
    gtk_widget_add_css_class (row, "dim-label");
  return row;
}

static void
show (RungsLandingView *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->pages->len; i++)
    gtk_list_box_append (self->list, new_row (self->pages->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, self->pages->len > 0 ? "list" : "empty");
  rungs_page_view_summary_changed (RUNGS_PAGE_VIEW (self));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLandingView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->stack == NULL || page_of (self) == NULL)
    return;
  if (found == NULL)
    {
      rungs_page_notify_error (page_of (self), error);
      return;
    }
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  self->pages = g_steal_pointer (&found->pages);
  self->addresses = g_steal_pointer (&found->addresses);
  show (self);
}

static void
refresh (RungsPageView *view)
{
  if (rungs_page_view_get_store (view) != NULL)
    rungs_store_read_async (rungs_page_view_get_store (view), load, NULL, NULL, found_free, NULL,
                            loaded_cb, g_object_ref (view));
}

/* ---- what can be done */

static void
open_editor (RungsLandingView *self,
             gint64            page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsStore *store = rungs_page_view_get_store (RUNGS_PAGE_VIEW (self));

  if (store != NULL)
    gtk_window_present (GTK_WINDOW (
      rungs_landing_editor_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, store, page)));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_editor (RUNGS_LANDING_VIEW (widget), 0);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_editor (RUNGS_LANDING_VIEW (widget), g_variant_get_int64 (parameter));
}

static void
copy_address (GtkWidget           *widget,
              gint64               id,
              RungsLandingVariant  variant)
{
  RungsLandingView *self = RUNGS_LANDING_VIEW (widget);

  for (guint i = 0; self->pages != NULL && i < self->pages->len; i++)
    {
      const char *address = self->addresses->pdata[i * RUNGS_LANDING_VARIANTS + variant];

      if (((RungsLandingPage *) self->pages->pdata[i])->id != id)
        continue;
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), address);
      rungs_page_notify (page_of (self),
                         *address != '/'
                           ? _ ("The address is in the clipboard")
                           : _ ("The path is in the clipboard; its beginning comes with a relay"));
    }
}

static void
copy_ppc_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  copy_address (widget, g_variant_get_int64 (parameter), RUNGS_LANDING_PPC);
}

static void
copy_email_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  copy_address (widget, g_variant_get_int64 (parameter), RUNGS_LANDING_EMAIL);
}

/* On the store's writing thread. */
static gpointer
publish (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return GINT_TO_POINTER (
    rungs_landing_publish (db, *(gint64 *) data, rungs_display_now (), error));
}

static gpointer
retire (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return GINT_TO_POINTER (rungs_landing_retire (db, *(gint64 *) data, rungs_display_now (), error));
}

static gpointer
use_again (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return GINT_TO_POINTER (rungs_landing_retire (db, *(gint64 *) data, 0, error));
}

/* `undo` (nullable). */
static void
work (GtkWidget      *widget,
      GVariant       *parameter,
      RungsStoreFunc  func,
      RungsStoreFunc  undo,
      const char     *done)
{
  gint64 id = g_variant_get_int64 (parameter);
  const RungsPageWork forth = { .func = func,
                                .data = g_memdup2 (&id, sizeof id),
                                .data_free = g_free,
                                .done = done,
                                .failed = _ ("The Page Could Not Be Changed") };
  const RungsPageWork back = { .func = undo,
                               .data = undo != NULL ? g_memdup2 (&id, sizeof id) : NULL,
                               .data_free = g_free,
                               .failed = _ ("The Page Could Not Be Changed") };

  rungs_page_do (page_of (RUNGS_LANDING_VIEW (widget)), &forth, undo != NULL ? &back : NULL);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  work (widget, parameter, publish, NULL, _ ("The page is published"));
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  work (widget, parameter, retire, use_again, _ ("The page is off the web"));
}

static void
use_again_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  work (widget, parameter, use_again, retire, _ ("The page is on the web again"));
}

/* ---- the view */

static void
main_action (RungsPageView *view)
{
  open_editor (RUNGS_LANDING_VIEW (view), 0);
}

static gboolean
focus_content (RungsPageView *view)
{
  RungsLandingView *self = RUNGS_LANDING_VIEW (view);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  return gtk_widget_grab_focus (row != NULL ? row : self->begin);
}

static char *
dup_summary (RungsPageView *view)
{
  GPtrArray *pages = RUNGS_LANDING_VIEW (view)->pages;
  g_autofree char *number = rungs_display_number (pages != NULL ? pages->len : 0);

  return pages != NULL && pages->len > 0
           ? g_strdup_printf (ngettext ("%s page", "%s pages", pages->len), number)
           : NULL;
}

static void
show_target (RungsPageView *view,
             const char   *rest)
{
  if (g_str_equal (rest, "new"))
    open_editor (RUNGS_LANDING_VIEW (view), 0);
  else if (g_ascii_isdigit (*rest))
    open_editor (RUNGS_LANDING_VIEW (view), g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_landing_view_dispose (GObject *object)
{
  RungsLandingView *self = RUNGS_LANDING_VIEW (object);

  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_landing_view_parent_class)->dispose (object);
}

static void
rungs_landing_view_class_init (RungsLandingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_landing_view_dispose;
  view_class->main_action_label = N_ ("_New Page…");
  view_class->refresh = refresh;
  view_class->main_action = main_action;
  view_class->focus_content = focus_content;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;

  gtk_widget_class_install_action (widget_class, "landing.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "landing.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "landing.copy-ppc", "x", copy_ppc_action);
  gtk_widget_class_install_action (widget_class, "landing.copy-email", "x", copy_email_action);
  gtk_widget_class_install_action (widget_class, "landing.publish", "x", publish_action);
  gtk_widget_class_install_action (widget_class, "landing.retire", "x", retire_action);
  gtk_widget_class_install_action (widget_class, "landing.use-again", "x", use_again_action);

  g_type_ensure (RUNGS_TYPE_SHEET);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-landing-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLandingView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingView, list);
  gtk_widget_class_bind_template_child (widget_class, RungsLandingView, begin);
}

static void
rungs_landing_view_init (RungsLandingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
