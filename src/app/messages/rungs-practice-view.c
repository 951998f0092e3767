/* rungs-practice-view.c: the mails that the practice account wrote instead of sending them. */

#include "rungs-practice-view.h"

#include <glib/gi18n.h>

#include "mail/rungs-practice-transport.h"
#include "rungs-mail-view.h"
#include "rungs-practice-rows.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsPracticeView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  RungsMailView *mail;

  RungsPage *page;           /* (nullable): the one it stands in */
  GCancellable *cancellable; /* (owned) (nullable): of the mail that is being read */
  gint64 shown;              /* whose mail is shown; 0: none */
};

G_DEFINE_FINAL_TYPE (RungsPracticeView, rungs_practice_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsPracticeViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsPracticeView *self = data;

  return rungs_browser_query_new (browser, rungs_page_get_search_text (self->page));
}

static void
n_rows_changed_cb (RungsPracticeView *self)
{
  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

/* ---- the selected mail */

static void
mail_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsPracticeView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPracticeMail) mail
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->browser == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (mail != NULL)
    rungs_mail_view_show (self->mail, mail);
  else
    rungs_mail_view_show_trouble (self->mail, error->message);
}

/* A mail never changes once it is written. */
static void
selection_changed_cb (RungsPracticeView *self)
{
  gint64 id = rungs_browser_get_single (self->browser);

  if (id == self->shown)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->shown = id;
  if (id == 0 || self->page == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), rungs_practice_rows_load,
                          g_memdup2 (&id, sizeof id), g_free,
                          (GDestroyNotify) rungs_practice_mail_free, self->cancellable,
                          mail_loaded_cb, g_object_ref (self));
}

/* ---- the folder */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPracticeView) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error)
      && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Folder Could Not Be Opened"), error);
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RungsPracticeView *self = RUNGS_PRACTICE_VIEW (widget);
  g_autoptr (GdkAppLaunchContext) context
    = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;

  if (self->page == NULL)
    return;
  folder = rungs_practice_get_folder (rungs_store_get_path (rungs_page_get_store (self->page)));
  file = g_file_new_for_path (folder);
  uri = g_file_get_uri (file);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb,
                                           g_object_ref (self));
}

/* ---- the class */

static void
rungs_practice_view_dispose (GObject *object)
{
  RungsPracticeView *self = RUNGS_PRACTICE_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_practice_view_parent_class)->dispose (object);
}

static void
rungs_practice_view_class_init (RungsPracticeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_practice_view_dispose;
  gtk_widget_class_install_action (widget_class, "practice.open-folder", NULL, open_folder_action);

  signals[SIGNAL_SUMMARY_CHANGED] = g_signal_new ("summary-changed", RUNGS_TYPE_PRACTICE_VIEW,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_MAIL_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-practice-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPracticeView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsPracticeView, mail);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
}

static void
rungs_practice_view_init (RungsPracticeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_practice_view_set_up (RungsPracticeView *self,
                            RungsPage         *page)
{
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_practice_rows_get_columns (&n);

  g_return_if_fail (RUNGS_IS_PRACTICE_VIEW (self));

  self->page = page;
  rungs_browser_set_up (self->browser, "practice", rungs_page_get_store (page),
                        rungs_practice_rows_get_source (), columns, n, make_query, self);
}

void
rungs_practice_view_refresh (RungsPracticeView *self)
{
  g_return_if_fail (RUNGS_IS_PRACTICE_VIEW (self));

  rungs_browser_refresh (self->browser);
}

void
rungs_practice_view_search (RungsPracticeView *self)
{
  g_return_if_fail (RUNGS_IS_PRACTICE_VIEW (self));

  rungs_browser_requery (self->browser, *rungs_page_get_search_text (self->page) != '\0');
}

gboolean
rungs_practice_view_focus_content (RungsPracticeView *self)
{
  g_return_val_if_fail (RUNGS_IS_PRACTICE_VIEW (self), FALSE);

  return rungs_browser_focus (self->browser);
}

char *
rungs_practice_view_dup_summary (RungsPracticeView *self)
{
  guint n;
  g_autofree char *number = NULL;

  g_return_val_if_fail (RUNGS_IS_PRACTICE_VIEW (self), NULL);

  n = rungs_browser_get_n_rows (self->browser);
  number = rungs_display_number (n);
  if (n >= RUNGS_PRACTICE_SHOWN)
    return g_strdup_printf (_ ("The newest %s"), number);
  return n > 0 ? g_strdup_printf (ngettext ("%s mail written", "%s mails written", n), number)
               : NULL;
}
