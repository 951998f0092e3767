/* rungs-endpoints-view.c: where forms, shops and mail services send to. */

#include "rungs-endpoints-view.h"

#include <glib/gi18n.h>

#include "rungs-endpoint-detail.h"
#include "rungs-endpoint-dialog.h"
#include "rungs-endpoint-rows.h"
#include "rungs-mapping-window.h"
#include "rungs-provider-dialog.h"
#include "rungs-pull-dialog.h"
#include "rungs-pull-now.h"
#include "rungs-trial-window.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsEndpointsView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  RungsEndpointDetail *detail;
  GMenuModel *row_menu;
};

G_DEFINE_FINAL_TYPE (RungsEndpointsView, rungs_endpoints_view, RUNGS_TYPE_PAGE_VIEW)

static RungsPage *
page_of (RungsEndpointsView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return g_strdup (rungs_page_get_search_text (page_of (data)));
}

/* ---- the details of the selected row */

static RungsEndpointDetails *
details_of (RungsEndpointsView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static const RungsWebEndpoint *
endpoint_of (RungsEndpointsView *self)
{
  RungsEndpointDetails *details = details_of (self);

  return details != NULL ? details->row->endpoint : NULL;
}

static void
show_details (RungsPageView *view)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (view);
  static const char *const ACTIONS[]
      = { "endpoints.edit", "endpoints.copy", "endpoints.deliveries", "endpoints.answers" };
  const RungsWebEndpoint *endpoint = endpoint_of (self);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_used = endpoint != NULL && endpoint->retired_at == 0;

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_action_set_enabled (widget, ACTIONS[i], endpoint != NULL);
  gtk_widget_action_set_enabled (widget, "endpoints.try", is_used);
  gtk_widget_action_set_enabled (widget, "endpoints.asking",
                                 is_used && details_of (self)->can_be_asked);
  gtk_widget_action_set_enabled (widget, "endpoints.ask",
                                 is_used && details_of (self)->is_asked);
  gtk_widget_action_set_enabled (widget, "endpoints.retire", is_used);
  gtk_widget_action_set_enabled (widget, "endpoints.take-back", endpoint != NULL && !is_used);
  if (endpoint != NULL)
    rungs_endpoint_detail_show (self->detail, details_of (self));
}

/* ---- what can be done */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_endpoint_dialog_open (page_of (self), endpoint->id, NULL);
}

static void
activated_cb (RungsEndpointsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "endpoints.edit", NULL);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_endpoint_dialog_open (page_of (RUNGS_ENDPOINTS_VIEW (widget)), 0, NULL);
}

static void
new_provider_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  rungs_provider_dialog_open (page_of (RUNGS_ENDPOINTS_VIEW (widget)));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  RungsEndpointDetails *details = details_of (self);

  if (details == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details->address);
  rungs_page_notify (page_of (self),
                     details->is_reachable
                         ? _ ("The address is in the clipboard")
                         : _ ("The path is in the clipboard; its beginning comes with a relay"));
}

static void
deliveries_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  const RungsWebEndpoint *endpoint = endpoint_of (RUNGS_ENDPOINTS_VIEW (widget));
  g_autofree char *target = NULL;

  if (endpoint == NULL)
    return;
  target = g_strdup_printf ("deliveries:endpoint:%" G_GINT64_FORMAT ":%s", endpoint->id,
                            endpoint->name);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "web", target);
}

static void
answers_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_mapping_window_open (page_of (self), endpoint->id, 0);
}

static void
try_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_trial_window_open (page_of (self), endpoint->id, endpoint->name);
}

static void
asking_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_pull_dialog_open (page_of (self), endpoint->id);
}

static void
ask_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_pull_now_start (page_of (self), endpoint->id);
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);
  g_autofree char *done = NULL;

  if (endpoint == NULL)
    return;
  done = g_strdup_printf (_ ("What comes to “%s” is kept, but no longer done"), endpoint->name);
  rungs_page_do (page_of (self),
                 &(RungsPageWork) { .func = rungs_endpoint_do_retire,
                                    .data = g_memdup2 (&endpoint->id, sizeof endpoint->id),
                                    .data_free = g_free,
                                    .done = done,
                                    .failed = _ ("The Endpoint Could Not Be Retired") },
                 &(RungsPageWork) { .func = rungs_endpoint_undo_retire,
                                    .data = g_memdup2 (&endpoint->id, sizeof endpoint->id),
                                    .data_free = g_free,
                                    .done = _ ("The endpoint is in use again"),
                                    .failed = _ ("It Could Not Be Undone") });
}

static void
take_back_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsEndpointsView *self = RUNGS_ENDPOINTS_VIEW (widget);
  const RungsWebEndpoint *endpoint = endpoint_of (self);

  if (endpoint != NULL)
    rungs_page_do (page_of (self),
                   &(RungsPageWork) { .func = rungs_endpoint_undo_retire,
                                      .data = g_memdup2 (&endpoint->id, sizeof endpoint->id),
                                      .data_free = g_free,
                                      .done = _ ("The endpoint is in use again"),
                                      .failed = _ ("The Endpoint Could Not Be Used Again") },
                   NULL);
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "endpoints",
                             .source = rungs_endpoint_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_endpoint_load_details,
                             .details_free = (GDestroyNotify) rungs_endpoint_details_free };

  rows.columns = rungs_endpoint_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_ENDPOINTS_VIEW (view)->browser, &rows);
}

static void
main_action (RungsPageView *view)
{
  rungs_endpoint_dialog_open (rungs_page_view_get_page (view), 0, NULL);
}

static char *
dup_summary (RungsPageView *view)
{
  guint n = rungs_browser_get_n_rows (RUNGS_ENDPOINTS_VIEW (view)->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s endpoint", "%s endpoints", n), number) : NULL;
}

static void
show_target (RungsPageView *view,
             const char   *rest)
{
  rungs_browser_select (RUNGS_ENDPOINTS_VIEW (view)->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_endpoints_view_class_init (RungsEndpointsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Endpoint…");
  view_class->search_placeholder = N_ ("Search by name, provider, form or shop");
  view_class->set_up = set_up;
  view_class->main_action = main_action;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "endpoints.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "endpoints.new-provider", NULL,
                                   new_provider_action);
  gtk_widget_class_install_action (widget_class, "endpoints.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "endpoints.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "endpoints.deliveries", NULL, deliveries_action);
  gtk_widget_class_install_action (widget_class, "endpoints.answers", NULL, answers_action);
  gtk_widget_class_install_action (widget_class, "endpoints.try", NULL, try_action);
  gtk_widget_class_install_action (widget_class, "endpoints.asking", NULL, asking_action);
  gtk_widget_class_install_action (widget_class, "endpoints.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "endpoints.retire", NULL, retire_action);
  gtk_widget_class_install_action (widget_class, "endpoints.take-back", NULL, take_back_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_ENDPOINT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-endpoints-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointsView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointsView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rungs_endpoints_view_init (RungsEndpointsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (RUNGS_PAGE_VIEW (self));
}
