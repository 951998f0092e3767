/* rungs-orders-view.c: the orders of all leads. */

#include "rungs-orders-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-order-dialog.h"
#include "partners/rungs-credit-form.h"
#include "rungs-order-detail.h"
#include "rungs-order-import-start.h"
#include "rungs-order-refund.h"
#include "rungs-order-rows.h"
#include "rungs-row-details.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

struct _RungsOrdersView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  GtkDropDown *filter;
  RungsOrderDetail *detail;
  GMenuModel *row_menu;

  RungsPage *page;            /* (unowned) (nullable): the one it stands in */
  RungsRowDetails *details;   /* (owned) (nullable): a RungsOrderDetails */
};

/* ---- the list */

static RungsOrderFilter
filter_of (RungsOrdersView *self)
{
  return gtk_drop_down_get_selected (self->filter);
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsOrdersView *self = data;
  RungsOrderQuery *query = g_new0 (RungsOrderQuery, 1);
  gboolean descending = FALSE;
  const char *sort = rungs_browser_get_sort (browser, &descending);

  query->filter = filter_of (self);
  query->words = g_strdup (rungs_page_get_search_text (self->page));
  query->sort = rungs_order_rows_get_sort (sort);
  query->descending = sort == NULL || descending;
  return query;
}

static gboolean
is_narrowed (RungsOrdersView *self)
{
  return filter_of (self) != RUNGS_ORDERS_ALL || *rungs_page_get_search_text (self->page) != '\0';
}

static void
n_rows_changed_cb (RungsOrdersView *self)
{
  if (self->page != NULL)
    rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

static void
filter_chosen_cb (RungsOrdersView *self)
{
  if (self->page != NULL)
    rungs_browser_requery (self->browser, is_narrowed (self));
}

/* ---- the details of the selected row */

static RungsOrderDetails *
details_of (RungsOrdersView *self)
{
  return self->details != NULL ? rungs_row_details_get (self->details) : NULL;
}

/* What can be done with another order is known with its details. */
static void
show_details (RungsOrdersView *self)
{
  RungsOrderDetails *details = details_of (self);
  const RungsOrderRow *row = details ? details->row : NULL;
  gboolean is_left = row != NULL && (row->refunded.minor == 0
                                     || row->refunded.minor < row->total.minor);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.show-lead", details != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.refund", is_left);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "orders.credit",
                                 details != NULL && details->credited != NULL);
  if (details != NULL)
    rungs_order_detail_show (self->detail, details);
}

/* ---- what can be done */

static void
show_lead_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (widget);
  RungsOrderDetails *details = details_of (self);
  g_autofree char *target = NULL;

  if (details == NULL)
    return;
  target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, details->row->lead);
  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
activated_cb (RungsOrdersView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "orders.show-lead", NULL);
}

static void
refund_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (widget);
  RungsOrderDetails *details = details_of (self);

  if (details != NULL)
    rungs_order_refund_open (self->page, details, g_variant_get_int64 (parameter));
}

static void
credit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (widget);
  RungsOrderDetails *details = details_of (self);

  if (details != NULL)
    rungs_credit_form_open (self->page, details->row->id);
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_order_import_choose (RUNGS_ORDERS_VIEW (widget)->page);
}

static void
imports_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_order_import_list_open (RUNGS_ORDERS_VIEW (widget)->page);
}

/* ---- a new order: of whom */

typedef struct
{
  RungsPage *page; /* (owned) */
  AdwEntryRow *email;
} NewOrder;

static void
new_order_free (gpointer  data,
                GObject  *form)
{
  NewOrder *order = data;

  g_object_unref (order->page);
  g_free (order);
}

static void
new_order_agreed_cb (RungsForm *form,
                     NewOrder  *order)
{
  rungs_form_save (form, rungs_page_get_store (order->page), rungs_orders_find_lead,
                   rungs_form_dup_entry (order->email), g_free, _ ("The Lead Was Not Found"),
                   order->email);
}

static void
new_order_found_cb (RungsForm *form,
                    gint64     lead,
                    NewOrder  *order)
{
  rungs_order_dialog_open (GTK_WIDGET (order->page), rungs_page_get_store (order->page), lead, 0);
}

static void
main_action (RungsLadderView *view)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (view);
  RungsForm *form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                    _ ("New Order"), _ ("_Next"));
  NewOrder *order = g_new0 (NewOrder, 1);

  order->page = g_object_ref (self->page);
  rungs_form_set_text (form, _ ("Who ordered? Who is not known yet is added on the page Leads."));
  order->email = rungs_form_add_entry (form, _ ("E-mail"), NULL);
  g_object_weak_ref (G_OBJECT (form), new_order_free, order);
  g_signal_connect (form, "agreed", G_CALLBACK (new_order_agreed_cb), order);
  g_signal_connect (form, "saved", G_CALLBACK (new_order_found_cb), order);
  gtk_window_present (GTK_WINDOW (form));
}

/* ---- the view */

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (view);
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_order_rows_get_columns (&n);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
  rungs_browser_set_up (self->browser, "orders", rungs_page_get_store (page),
                        rungs_order_rows_get_source (), columns, n, make_query, self);
  self->details = rungs_row_details_new (page, self->browser, rungs_orders_load_details,
                                         (GDestroyNotify) rungs_order_details_free);
  g_signal_connect_object (self->details, "changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

static void
refresh (RungsLadderView *view)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (view);

  rungs_browser_refresh (self->browser);
  rungs_row_details_refresh (self->details);
}

static char *
dup_summary (RungsLadderView *view)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (view);
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  if (self->page != NULL && is_narrowed (self))
    return g_strdup_printf (ngettext ("%s order found", "%s orders found", n), number);
  return n > 0 ? g_strdup_printf (ngettext ("%s order", "%s orders", n), number) : NULL;
}

static const char *
get_main_action_label (RungsLadderView *view)
{
  return _ ("_New Order…");
}

static const char *
get_search_placeholder (RungsLadderView *view)
{
  return _ ("Search by lead, product, coupon or number");
}

static void
search (RungsLadderView *view)
{
  filter_chosen_cb (RUNGS_ORDERS_VIEW (view));
}

static gboolean
focus_content (RungsLadderView *view)
{
  return rungs_browser_focus (RUNGS_ORDERS_VIEW (view)->browser);
}

static gboolean
show_target (RungsLadderView *view,
             const char      *target)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (view);

  if (!g_str_has_prefix (target, "order:"))
    return FALSE;
  gtk_drop_down_set_selected (self->filter, RUNGS_ORDERS_ALL);
  rungs_browser_select (self->browser, g_ascii_strtoll (target + strlen ("order:"), NULL, 10));
  return TRUE;
}

static void
ladder_view_init (RungsLadderViewInterface *iface)
{
  iface->set_up = set_up;
  iface->refresh = refresh;
  iface->dup_summary = dup_summary;
  iface->get_main_action_label = get_main_action_label;
  iface->main_action = main_action;
  iface->get_search_placeholder = get_search_placeholder;
  iface->search = search;
  iface->focus_content = focus_content;
  iface->show_target = show_target;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsOrdersView, rungs_orders_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_orders_view_dispose (GObject *object)
{
  RungsOrdersView *self = RUNGS_ORDERS_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_clear_object (&self->details);
  g_clear_weak_pointer (&self->page);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_orders_view_parent_class)->dispose (object);
}

static void
rungs_orders_view_class_init (RungsOrdersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_orders_view_dispose;
  gtk_widget_class_install_action (widget_class, "orders.show-lead", NULL, show_lead_action);
  gtk_widget_class_install_action (widget_class, "orders.refund", "x", refund_action);
  gtk_widget_class_install_action (widget_class, "orders.credit", NULL, credit_action);
  gtk_widget_class_install_action (widget_class, "orders.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "orders.imports", NULL, imports_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_ORDER_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-orders-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrdersView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsOrdersView, filter);
  gtk_widget_class_bind_template_child (widget_class, RungsOrdersView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsOrdersView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
}

static void
rungs_orders_view_init (RungsOrdersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (self);
}
