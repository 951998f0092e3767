/* rungs-web-page.c: what comes from the web, a view each for its kinds. */

#include "rungs-web-page.h"

#include <glib/gi18n.h>

#include "rungs-deliveries-view.h"
#include "rungs-endpoints-view.h"
#include "rungs-forms-view.h"
#include "rungs-landing-view.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-relay-store.h"
#include "widgets/rungs-error-words.h"

struct _RungsWebPage
{
  RungsPage parent_instance;

  AdwViewStack *stack;
  GtkRevealer *banner;
  GtkLabel *banner_label;
};

G_DEFINE_FINAL_TYPE (RungsWebPage, rungs_web_page, RUNGS_TYPE_PAGE)

typedef struct
{
  const char *name;  /* of targets */
  const char *title; /* untranslated */
  const char *icon_name;
  GType (*get_type) (void);
} View;

/* In the order of the switcher; the first is seen first. */
static const View VIEWS[] = {
  { "forms", N_ ("Forms"), "view-list-bullet-symbolic", rungs_forms_view_get_type },
  { "deliveries", N_ ("Deliveries"), "rungs-web-symbolic", rungs_deliveries_view_get_type },
  { "endpoints", N_ ("Endpoints"), "network-server-symbolic", rungs_endpoints_view_get_type },
  { "pages", N_ ("Pages"), "text-x-generic-symbolic", rungs_landing_view_get_type },
};

static RungsWebView *
view_of (RungsWebPage *self)
{
  return RUNGS_WEB_VIEW (adw_view_stack_get_visible_child (self->stack));
}

static void
show_summary (RungsWebPage *self)
{
  g_autofree char *summary = NULL;

  if (rungs_page_get_store (RUNGS_PAGE (self)) == NULL)
    return;
  summary = rungs_web_view_dup_summary (view_of (self));
  rungs_page_set_subtitle (RUNGS_PAGE (self), summary);
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

static void
summary_changed_cb (RungsWebPage *self,
                    RungsWebView *view)
{
  if (view == view_of (self))
    show_summary (self);
}

/* ---- the badge: how many deliveries are in quarantine; and how the relay is */

typedef struct
{
  gint64 counts[RUNGS_WEB_STATES];
  gboolean has_endpoints;
  RungsWebRelay *relay; /* (owned) (nullable) */
} News;

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_pointer (&self->relay, rungs_web_relay_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (News, news_free)

static gpointer
load_news (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (News) news = g_new0 (News, 1);
  g_autoptr (GPtrArray) endpoints = rungs_web_endpoint_list (db, error);

  for (guint i = 0; endpoints != NULL && i < endpoints->len; i++)
    news->has_endpoints |= ((const RungsWebEndpoint *) endpoints->pdata[i])->retired_at == 0;
  news->relay = rungs_web_relay_load (db, NULL);
  return endpoints != NULL && rungs_web_delivery_count (db, news->counts, error)
             ? g_steal_pointer (&news)
             : NULL;
}

static void
show_relay (RungsWebPage *self,
            const News   *news)
{
  const char *trouble = news->relay != NULL ? rungs_error_stored_words (news->relay->trouble) : "";
  g_autofree char *words = NULL;

  if (news->relay == NULL && news->has_endpoints)
    words = g_strdup (_ ("No relay is paired: forms and shops cannot reach you."));
  else if (*trouble != '\0')
    words = g_strdup_printf (_ ("The relay cannot be asked: %s"), trouble);
  if (words != NULL)
    gtk_label_set_label (self->banner_label, words);
  gtk_revealer_set_reveal_child (self->banner, words != NULL);
}

static void
news_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsWebPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (News) news = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    return;
  if (news == NULL)
    {
      rungs_page_notify_error (RUNGS_PAGE (self), error);
      return;
    }
  rungs_page_set_badge (RUNGS_PAGE (self), (guint) news->counts[RUNGS_WEB_QUARANTINE]);
  show_relay (self, news);
}

static void
rungs_web_page_refresh_badge (RungsPage *page)
{
  rungs_store_read_async (rungs_page_get_store (page), load_news, NULL, NULL, news_free, NULL,
                          news_loaded_cb, g_object_ref (page));
}

/* ---- the page */

static void
rungs_web_page_refresh (RungsPage *page)
{
  rungs_web_view_refresh (view_of (RUNGS_WEB_PAGE (page)));
}

static void
rungs_web_page_search (RungsPage  *page,
                       const char *text)
{
  if (rungs_page_get_store (page) != NULL)
    rungs_web_view_search (view_of (RUNGS_WEB_PAGE (page)));
}

static gboolean
rungs_web_page_focus_content (RungsPage *page)
{
  return rungs_web_view_focus_content (view_of (RUNGS_WEB_PAGE (page)));
}

static void
rungs_web_page_main_action (RungsPage *page)
{
  if (rungs_page_get_store (page) != NULL)
    rungs_web_view_do_main_action (view_of (RUNGS_WEB_PAGE (page)));
}

/* Another view is seen: it may be old, and may have been searched for other words. */
static void
view_changed_cb (RungsWebPage *self)
{
  RungsPage *page = RUNGS_PAGE (self);
  RungsWebViewClass *klass = NULL;

  if (adw_view_stack_get_visible_child (self->stack) == NULL)
    return;
  klass = RUNGS_WEB_VIEW_GET_CLASS (view_of (self));
  rungs_page_set_main_action_label (page, klass->main_action_label != NULL
                                              ? _ (klass->main_action_label)
                                              : NULL);
  g_object_set (page, "search-placeholder",
                klass->search_placeholder != NULL ? _ (klass->search_placeholder) : "", NULL);
  rungs_page_set_search_shown (page, klass->search_placeholder != NULL);
  if (rungs_page_get_store (page) == NULL)
    return;
  rungs_web_view_refresh (view_of (self));
  rungs_web_view_search (view_of (self));
  show_summary (self);
}

static void
rungs_web_page_show_target (RungsPage  *page,
                            const char *target)
{
  RungsWebPage *self = RUNGS_WEB_PAGE (page);
  g_auto (GStrv) parts = g_strsplit (target, ":", 2);
  GtkWidget *view = parts[0] != NULL ? adw_view_stack_get_child_by_name (self->stack, parts[0])
                                     : NULL;

  if (view == NULL)
    return;
  adw_view_stack_set_visible_child (self->stack, view);
  if (parts[1] == NULL)
    return;
  rungs_page_set_search_text (page, "");
  rungs_web_view_show_target (RUNGS_WEB_VIEW (view), parts[1]);
}

/* The first of them that has something: all are asked, those that are not seen, too. */
static char *
rungs_web_page_dup_unsaved (RungsPage *page)
{
  RungsWebPage *self = RUNGS_WEB_PAGE (page);
  char *unsaved = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS) && unsaved == NULL; i++)
    unsaved = rungs_web_view_dup_unsaved (
      RUNGS_WEB_VIEW (adw_view_stack_get_child_by_name (self->stack, VIEWS[i].name)));
  return unsaved;
}

static void
rungs_web_page_constructed (GObject *object)
{
  RungsWebPage *self = RUNGS_WEB_PAGE (object);

  G_OBJECT_CLASS (rungs_web_page_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++)
    {
      GtkWidget *view = g_object_new (VIEWS[i].get_type (), NULL);

      if (rungs_page_get_store (RUNGS_PAGE (self)) != NULL)
        rungs_web_view_set_up (RUNGS_WEB_VIEW (view), RUNGS_PAGE (self));
      g_signal_connect_object (view, "summary-changed", G_CALLBACK (summary_changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_view_stack_add_titled_with_icon (self->stack, view, VIEWS[i].name, _ (VIEWS[i].title),
                                           VIEWS[i].icon_name);
    }
}

static void
rungs_web_page_class_init (RungsWebPageClass *klass)
{
  static const char *const tables[]
    = { "web_delivery", "web_endpoint", "web_relay", "opt_in", "opt_in_version",
        "opt_in_submission", "web_visit", "message", "segment", "sequence", "landing_page",
        NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_web_page_constructed;
  page_class->tables = tables;
  page_class->main_action = rungs_web_page_main_action;
  page_class->search = rungs_web_page_search;
  page_class->focus_content = rungs_web_page_focus_content;
  page_class->refresh = rungs_web_page_refresh;
  page_class->refresh_badge = rungs_web_page_refresh_badge;
  page_class->show_target = rungs_web_page_show_target;
  page_class->dup_unsaved = rungs_web_page_dup_unsaved;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-web-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, banner_label);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
}

static void
rungs_web_page_init (RungsWebPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
