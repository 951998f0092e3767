/* rungs-web-page.c: what comes from the web, a view each for its kinds. */

#include "rungs-web-page.h"

#include <glib/gi18n.h>

#include "rungs-deliveries-view.h"
#include "rungs-endpoints-view.h"
#include "rungs-forms-view.h"
#include "rungs-landing-view.h"
#include "rungs-links-view.h"
#include "rungs-visits-view.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-relay-store.h"
#include "widgets/rungs-error-words.h"

struct _RungsWebPage
{
  RungsViewsPage parent_instance;

  AdwViewStack *stack;
  GtkRevealer *banner;
  GtkLabel *banner_label;
};

G_DEFINE_FINAL_TYPE (RungsWebPage, rungs_web_page, RUNGS_TYPE_VIEWS_PAGE)

/* In the order of the switcher; the first is seen first. */
static const RungsViewKind VIEWS[] = {
  { "forms", N_ ("Forms"), "view-list-bullet-symbolic", rungs_forms_view_get_type },
  { "deliveries", N_ ("Deliveries"), "rungs-web-symbolic", rungs_deliveries_view_get_type },
  { "endpoints", N_ ("Endpoints"), "network-server-symbolic", rungs_endpoints_view_get_type },
  { "pages", N_ ("Pages"), "text-x-generic-symbolic", rungs_landing_view_get_type },
  { "links", N_ ("Links"), "insert-link-symbolic", rungs_links_view_get_type },
  { "visits", N_ ("Visits"), "view-reveal-symbolic", rungs_visits_view_get_type },
};

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
rungs_web_page_constructed (GObject *object)
{
  RungsWebPage *self = RUNGS_WEB_PAGE (object);

  G_OBJECT_CLASS (rungs_web_page_parent_class)->constructed (object);

  rungs_views_page_set_up (RUNGS_VIEWS_PAGE (self), self->stack, VIEWS, G_N_ELEMENTS (VIEWS));
}

static void
rungs_web_page_class_init (RungsWebPageClass *klass)
{
  static const char *const tables[]
    = { "web_delivery", "web_endpoint", "web_pull", "web_pull_question", "web_relay",
        "opt_in", "opt_in_version", "opt_in_submission", "web_visit", "message", "segment",
        "sequence", "landing_page", "source", "source_link", "touch", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_web_page_constructed;
  page_class->tables = tables;
  page_class->refresh_badge = rungs_web_page_refresh_badge;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-web-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RungsWebPage, banner_label);
}

static void
rungs_web_page_init (RungsWebPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
