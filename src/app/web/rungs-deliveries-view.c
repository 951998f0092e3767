/* rungs-deliveries-view.c: what forms, shops and mail services sent, and what became of it. */

#include "rungs-deliveries-view.h"

#include <glib/gi18n.h>

#include "rungs-delivery-detail.h"
#include "rungs-delivery-replay.h"
#include "rungs-delivery-rows.h"
#include "rungs-delivery-words.h"
#include "rungs-mapping-window.h"
#include "rungs-provider-window.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"

struct _RungsDeliveriesView
{
  RungsPageView parent_instance;

  RungsBrowser *browser;
  GtkDropDown *states;
  GtkWidget *endpoint_chip;
  GtkLabel *endpoint_label;
  RungsDeliveryDetail *detail;
  GMenuModel *row_menu;

  gint64 endpoint;  /* only those of it; 0: of any */
  gboolean filling; /* the drop-down changes because of us */
};

G_DEFINE_FINAL_TYPE (RungsDeliveriesView, rungs_deliveries_view, RUNGS_TYPE_PAGE_VIEW)

/* The states in the order of the drop-down; below 0: all. */
static const int STATES[]
    = { -1, RUNGS_WEB_QUARANTINE, RUNGS_WEB_APPLIED, RUNGS_WEB_IGNORED, RUNGS_WEB_WAITING };

static RungsPage *
page_of (RungsDeliveriesView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

/* ---- the list */

static int
state_of (RungsDeliveriesView *self)
{
  guint selected = gtk_drop_down_get_selected (self->states);

  return selected < G_N_ELEMENTS (STATES) ? STATES[selected] : -1;
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsDeliveriesView *self = data;
  RungsWebQuery *query = g_new0 (RungsWebQuery, 1);
  gboolean descending = TRUE;
  gboolean is_sorted = rungs_browser_get_sort (browser, &descending) != NULL;

  query->state = state_of (self);
  query->endpoint = self->endpoint;
  query->words = g_strdup (rungs_page_get_search_text (page_of (self)));
  query->rising = is_sorted && !descending;
  return query;
}

static gboolean
is_narrowed (RungsDeliveriesView *self)
{
  return state_of (self) >= 0 || self->endpoint != 0
         || *rungs_page_get_search_text (page_of (self)) != '\0';
}

static void
state_chosen_cb (RungsDeliveriesView *self)
{
  if (!self->filling && page_of (self) != NULL)
    rungs_browser_requery (self->browser, is_narrowed (self));
}

static void
set_endpoint (RungsDeliveriesView *self,
              gint64               endpoint,
              const char          *name)
{
  self->endpoint = endpoint;
  gtk_label_set_label (self->endpoint_label, name);
  gtk_widget_set_visible (self->endpoint_chip, endpoint != 0);
  state_chosen_cb (self);
}

static void
all_endpoints_cb (RungsDeliveriesView *self)
{
  set_endpoint (self, 0, "");
}

static void
set_state (RungsDeliveriesView *self,
           int                  state)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (STATES[i] == state)
      gtk_drop_down_set_selected (self->states, i);
}

/* ---- how many are in each state */

static gpointer
load_counts (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree gint64 *counts = g_new0 (gint64, RUNGS_WEB_STATES);

  return rungs_web_delivery_count (db, counts, error) ? g_steal_pointer (&counts) : NULL;
}

/* Another list would close the drop-down while somebody looks into it. */
static gboolean
says_the_same (GListModel *labels,
               GListModel *shown)
{
  if (shown == NULL || g_list_model_get_n_items (shown) != g_list_model_get_n_items (labels))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (labels); i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (labels), i),
                      gtk_string_list_get_string (GTK_STRING_LIST (shown), i)))
      return FALSE;
  return TRUE;
}

static void
show_counts (RungsDeliveriesView *self,
             const gint64         counts[RUNGS_WEB_STATES])
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->states);
  gint64 all = 0;

  for (guint i = 0; i < RUNGS_WEB_STATES; i++)
    all += counts[i];
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      g_autofree char *number = rungs_display_number (STATES[i] < 0 ? all : counts[STATES[i]]);
      g_autofree char *label
          = g_strdup_printf ("%s · %s",
                             STATES[i] < 0 ? _ ("All") : rungs_delivery_state_words (STATES[i]),
                             number);

      gtk_string_list_append (labels, label);
    }
  if (says_the_same (G_LIST_MODEL (labels), gtk_drop_down_get_model (self->states)))
    return;
  rungs_drop_down_set_label (self->states, _ ("State"));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->states, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->states, selected < G_N_ELEMENTS (STATES) ? selected : 0);
  self->filling = FALSE;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsDeliveriesView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (page_of (self) == NULL)
    return;
  if (counts != NULL)
    show_counts (self, counts);
  else
    rungs_page_notify_error (page_of (self), error);
}

/* ---- the details of the selected row */

static RungsDeliveryDetails *
details_of (RungsDeliveriesView *self)
{
  return rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));
}

static void
show_details (RungsPageView *view)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (view);
  RungsDeliveryDetails *details = details_of (self);
  GtkWidget *widget = GTK_WIDGET (self);
  guint n = rungs_browser_get_n_selected (self->browser);
  gboolean has_bytes = details != NULL && details->raw != NULL;

  gtk_widget_action_set_enabled (widget, "deliveries.replay", n > 0);
  gtk_widget_action_set_enabled (widget, "deliveries.dismiss", n > 0);
  gtk_widget_action_set_enabled (widget, "deliveries.copy", has_bytes);
  gtk_widget_action_set_enabled (widget, "deliveries.save", has_bytes);
  gtk_widget_action_set_enabled (widget, "deliveries.new-provider", has_bytes);
  gtk_widget_action_set_enabled (widget, "deliveries.mend",
                                 has_bytes && details->endpoint != NULL);
  gtk_widget_action_set_enabled (widget, "deliveries.show-lead",
                                 details != NULL && details->delivery->lead != 0);
  if (details != NULL)
    rungs_delivery_detail_show (self->detail, details);
}

/* ---- what can be done */

static void
show_lead_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsDeliveryDetails *details = details_of (RUNGS_DELIVERIES_VIEW (widget));
  g_autofree char *target = NULL;

  if (details == NULL || details->delivery->lead == 0)
    return;
  target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, details->delivery->lead);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
activated_cb (RungsDeliveriesView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "deliveries.show-lead", NULL);
}

static void
replay_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);

  rungs_delivery_replay (page_of (self), rungs_browser_get_selected (self->browser), 0);
}

static void
replay_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);

  rungs_delivery_replay (page_of (self), NULL, self->endpoint);
}

/* Where its answers go. */
static void
mend_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);
  RungsDeliveryDetails *details = details_of (self);

  if (details != NULL && details->endpoint != NULL && details->raw != NULL)
    rungs_mapping_window_open (page_of (self), details->endpoint->id, details->delivery->id);
}

static void
new_provider_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);
  RungsDeliveryDetails *details = details_of (self);

  if (details != NULL && details->raw != NULL)
    rungs_provider_window_open_delivery (page_of (self), details->delivery->id);
}

static void
dismissed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsDeliveriesView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dismissed
      = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (dismissed == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Decision Could Not Be Stored"), error);
      return;
    }
  if (dismissed->len == 0)
    {
      rungs_page_notify (page_of (self), _ ("There is nothing to decide about these deliveries."));
      return;
    }
  number = rungs_display_number (dismissed->len);
  words = g_strdup_printf (ngettext ("%s delivery means nothing", "%s deliveries mean nothing",
                                     dismissed->len),
                           number);
  rungs_page_offer_undo (page_of (self), words,
                         &(RungsPageWork) { .func = rungs_delivery_undo_dismiss,
                                            .data = g_steal_pointer (&dismissed),
                                            .data_free = (GDestroyNotify) g_ptr_array_unref,
                                            .done = _ ("They are in quarantine again"),
                                            .failed = _ ("It Could Not Be Undone") });
}

static void
dismiss_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);

  rungs_store_write_async (rungs_page_view_get_store (RUNGS_PAGE_VIEW (self)),
                           rungs_delivery_do_dismiss, rungs_browser_get_selected (self->browser),
                           (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref,
                           NULL, dismissed_cb, g_object_ref (self));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);
  RungsDeliveryDetails *details = details_of (self);

  if (details == NULL || details->content == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details->content->text);
  rungs_page_notify (page_of (self), _ ("What was sent is in the clipboard"));
}

/* ---- a file of it, as rungsctl and other businesses of Rungs take it */

static void
saved_cb (GtkWidget *widget)
{
  RungsPage *page = page_of (RUNGS_DELIVERIES_VIEW (widget));

  if (page != NULL)
    rungs_page_notify (page, _ ("The delivery is in the file"));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (widget);
  RungsDeliveryDetails *details = details_of (self);
  g_autofree char *proposed = NULL;

  if (details == NULL || details->raw == NULL)
    return;
  proposed = g_strdup_printf ("delivery-%" G_GINT64_FORMAT ".delivery", details->delivery->id);
  rungs_file_save (widget,
                   &(RungsFileSave) { .title = _ ("Save Delivery"),
                                      .proposed = proposed,
                                      .bytes = rungs_raw_delivery_to_bytes (details->raw),
                                      .flags = G_FILE_CREATE_PRIVATE,
                                      .failed = _ ("The Delivery Could Not Be Written"),
                                      .done = saved_cb });
}

/* ---- the view */

static void
set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "deliveries",
                             .source = rungs_delivery_rows_get_source (),
                             .make_query = make_query,
                             .load = rungs_delivery_load_details,
                             .details_free = (GDestroyNotify) rungs_delivery_details_free };

  rows.columns = rungs_delivery_rows_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_DELIVERIES_VIEW (view)->browser, &rows);
}

static void
refresh (RungsPageView *view)
{
  if (rungs_page_view_get_store (view) == NULL)
    return;
  RUNGS_PAGE_VIEW_CLASS (rungs_deliveries_view_parent_class)->refresh (view);
  rungs_store_read_async (rungs_page_view_get_store (view), load_counts, NULL, NULL, g_free, NULL,
                          counted_cb, g_object_ref (view));
}

static void
search (RungsPageView *view)
{
  state_chosen_cb (RUNGS_DELIVERIES_VIEW (view));
}

static char *
dup_summary (RungsPageView *view)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (view);
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  if (is_narrowed (self))
    return g_strdup_printf (ngettext ("%s delivery found", "%s deliveries found", n), number);
  return n > 0 ? g_strdup_printf (ngettext ("%s delivery", "%s deliveries", n), number) : NULL;
}

/* "state:quarantine", "endpoint:3:Contact", "12". */
static void
show_target (RungsPageView *view,
             const char   *rest)
{
  RungsDeliveriesView *self = RUNGS_DELIVERIES_VIEW (view);
  g_auto (GStrv) parts = g_strsplit (rest, ":", 3);
  RungsWebState state;

  set_endpoint (self, 0, "");
  set_state (self, -1);
  if (g_strcmp0 (parts[0], "state") == 0 && rungs_web_state_from_text (parts[1], &state))
    set_state (self, (int) state);
  else if (g_strcmp0 (parts[0], "endpoint") == 0 && parts[1] != NULL && parts[2] != NULL)
    set_endpoint (self, g_ascii_strtoll (parts[1], NULL, 10), parts[2]);
  else if (g_ascii_isdigit (*rest))
    rungs_browser_select (self->browser, g_ascii_strtoll (rest, NULL, 10));
}

static void
rungs_deliveries_view_class_init (RungsDeliveriesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->search_placeholder = N_ ("Search by lead, endpoint, kind or reason");
  view_class->set_up = set_up;
  view_class->refresh = refresh;
  view_class->search = search;
  view_class->dup_summary = dup_summary;
  view_class->show_target = show_target;
  view_class->show_details = show_details;

  gtk_widget_class_install_action (widget_class, "deliveries.show-lead", NULL, show_lead_action);
  gtk_widget_class_install_action (widget_class, "deliveries.replay", NULL, replay_action);
  gtk_widget_class_install_action (widget_class, "deliveries.replay-all", NULL, replay_all_action);
  gtk_widget_class_install_action (widget_class, "deliveries.mend", NULL, mend_action);
  gtk_widget_class_install_action (widget_class, "deliveries.new-provider", NULL,
                                   new_provider_action);
  gtk_widget_class_install_action (widget_class, "deliveries.dismiss", NULL, dismiss_action);
  gtk_widget_class_install_action (widget_class, "deliveries.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "deliveries.save", NULL, save_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_DELIVERY_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-deliveries-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, states);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, endpoint_chip);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, endpoint_label);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveriesView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_endpoints_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_chosen_cb);
}

static void
rungs_deliveries_view_init (RungsDeliveriesView *self)
{
  const gint64 none[RUNGS_WEB_STATES] = { 0 };

  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_counts (self, none);
  show_details (RUNGS_PAGE_VIEW (self));
}
