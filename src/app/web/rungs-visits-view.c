/* rungs-visits-view.c: how often pages and links were opened. */

#include "rungs-visits-view.h"

#include <glib/gi18n.h>

#include "rungs-visit-rows.h"
#include "web/rungs-web-relay-store.h"
#include "web/rungs-web-visit-store.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-drop-down.h"

struct _RungsVisitsView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkDropDown *period;
  GtkMenuButton *site;
  GtkLabel *script;
  GtkWidget *unreachable;

  gboolean has_any; /* something was opened once, be it long ago */
};

G_DEFINE_FINAL_TYPE (RungsVisitsView, rungs_visits_view, RUNGS_TYPE_PAGE_VIEW)

/* In the order of the choice. */
static const guint DAYS[] = { 7, 30, 90, 365 };

#define USUAL 1

static RungsPage *
page_of (RungsVisitsView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsVisitsView *self = data;

  return rungs_visit_query_new (DAYS[gtk_drop_down_get_selected (self->period)],
                                rungs_page_get_search_text (page_of (self)));
}

static void
search (RungsPageView *view)
{
  RungsVisitsView *self = RUNGS_VISITS_VIEW (view);

  rungs_browser_requery (self->browser,
                         *rungs_page_get_search_text (page_of (self)) != '\0'
                           || self->has_any);
}

static void
period_chosen_cb (RungsVisitsView *self)
{
  if (page_of (self) != NULL)
    search (RUNGS_PAGE_VIEW (self));
}

static void
n_rows_changed_cb (RungsVisitsView *self)
{
  rungs_page_view_summary_changed (RUNGS_PAGE_VIEW (self));
}

/* ---- whether there are any, and the script for one's own site */

typedef struct
{
  gboolean has_any;
  char *relay; /* (owned): its address; "" without one */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->relay);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

/* On a thread of the store. */
static gpointer
load_facts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, NULL);
  g_autoptr (Facts) facts = g_new0 (Facts, 1);

  facts->relay = g_strdup (relay != NULL ? relay->address : "");
  return rungs_web_visit_is_any (db, &facts->has_any, error) ? g_steal_pointer (&facts) : NULL;
}

static void
show_script (RungsVisitsView *self,
             const char      *relay)
{
  gboolean has_relay = *relay != '\0';
  g_autofree char *script = g_strdup_printf ("<script src=\"%s/v.js\" defer></script>",
                                             has_relay ? relay : "https://…");

  gtk_label_set_label (self->script, script);
  gtk_widget_set_visible (self->unreachable, !has_relay);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visits.copy-script", has_relay);
}

static void
facts_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsVisitsView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Facts) facts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->script == NULL || page_of (self) == NULL)
    return;
  if (facts == NULL)
    {
      rungs_page_notify_error (page_of (self), error);
      return;
    }
  show_script (self, facts->relay);
  if (self->has_any == facts->has_any)
    return;
  self->has_any = facts->has_any;
  search (RUNGS_PAGE_VIEW (self));
}

static void
copy_script_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RungsVisitsView *self = RUNGS_VISITS_VIEW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_label (self->script));
  gtk_menu_button_popdown (self->site);
  rungs_page_notify (page_of (self), _ ("The script is in the clipboard"));
}

/* ---- the view */

static void
refresh (RungsPageView *view)
{
  RungsVisitsView *self = RUNGS_VISITS_VIEW (view);

  if (page_of (self) == NULL)
    return;
  rungs_browser_refresh (self->browser);
  rungs_store_read_async (rungs_page_view_get_store (view), load_facts, NULL, NULL, facts_free,
                          NULL, facts_loaded_cb, g_object_ref (self));
}

static void
set_up (RungsPageView *view)
{
  RungsVisitsView *self = RUNGS_VISITS_VIEW (view);
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_visit_rows_get_columns (&n);

  rungs_browser_set_up (self->browser, "visits", rungs_page_view_get_store (view),
                        rungs_visit_rows_get_source (), columns, n, make_query, self);
}

static gboolean
focus_content (RungsPageView *view)
{
  return rungs_browser_focus (RUNGS_VISITS_VIEW (view)->browser);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_VISITS_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s page", "%s pages", n), number) : NULL;
}

static void
rungs_visits_view_class_init (RungsVisitsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->search_placeholder = N_ ("Search by page or source");
  view_class->set_up = set_up;
  view_class->refresh = refresh;
  view_class->search = search;
  view_class->focus_content = focus_content;
  view_class->dup_summary = dup_summary;

  gtk_widget_class_install_action (widget_class, "visits.copy-script", NULL, copy_script_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-visits-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsVisitsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsVisitsView, period);
  gtk_widget_class_bind_template_child (widget_class, RungsVisitsView, site);
  gtk_widget_class_bind_template_child (widget_class, RungsVisitsView, script);
  gtk_widget_class_bind_template_child (widget_class, RungsVisitsView, unreachable);
  gtk_widget_class_bind_template_callback (widget_class, period_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
}

static void
rungs_visits_view_init (RungsVisitsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_selected (self->period, USUAL);
  rungs_drop_down_set_label (self->period, _ ("Which days"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visits.copy-script", FALSE);
}
