/* rungs-coupons-view.c: the coupons, with what each did. */

#include "rungs-coupons-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-coupon-use-store.h"
#include "rungs-coupon-detail.h"
#include "rungs-coupon-dialog.h"
#include "rungs-coupon-rows.h"
#include "rungs-row-details.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

/* So many codes that are no coupons are offered. */
#define OFFERED 20

struct _RungsCouponsView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  GtkDropDown *filter;
  GtkMenuButton *unknown;
  RungsCouponDetail *detail;
  GMenuModel *row_menu;

  RungsPage *page;             /* (unowned) (nullable): the one it stands in */
  RungsRowDetails *details;    /* (owned) (nullable): a RungsCouponDetails */
};

/* ---- the list */

static RungsCouponFilter
filter_of (RungsCouponsView *self)
{
  return gtk_drop_down_get_selected (self->filter);
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsCouponsView *self = data;
  RungsCouponQuery *query = g_new0 (RungsCouponQuery, 1);

  query->filter = filter_of (self);
  query->words = g_strdup (rungs_page_get_search_text (self->page));
  query->sort = rungs_coupon_rows_get_sort (rungs_browser_get_sort (browser, &query->descending));
  query->now = rungs_display_now ();
  return query;
}

static gboolean
is_narrowed (RungsCouponsView *self)
{
  return filter_of (self) != RUNGS_COUPONS_ALL || *rungs_page_get_search_text (self->page) != '\0';
}

static void
n_rows_changed_cb (RungsCouponsView *self)
{
  if (self->page != NULL)
    rungs_ladder_view_summary_changed (RUNGS_LADDER_VIEW (self));
}

static void
filter_chosen_cb (RungsCouponsView *self)
{
  if (self->page != NULL)
    rungs_browser_requery (self->browser, is_narrowed (self));
}

/* ---- the details of the selected row */

static RungsCouponDetails *
details_of (RungsCouponsView *self)
{
  return self->details != NULL ? rungs_row_details_get (self->details) : NULL;
}

static void
show_details (RungsCouponsView *self)
{
  static const char *const ACTIONS[] = { "coupons.edit", "coupons.copy", "coupons.retire" };
  RungsCouponDetails *details = details_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), ACTIONS[i], details != NULL);
  if (details != NULL)
    rungs_coupon_detail_show (self->detail, details);
}

/* ---- codes that are no coupons */

static gpointer
load_unknown (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return rungs_coupon_unknown_list (db, OFFERED, error);
}

static GMenuModel *
menu_of (GPtrArray *codes)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < codes->len; i++)
    {
      const RungsCouponUnknown *code = g_ptr_array_index (codes, i);
      g_autofree char *orders = rungs_display_number (code->orders);
      g_autofree char *words = g_strdup_printf (
          ngettext ("%s, on %s order", "%s, on %s orders", (gulong) code->orders), code->code,
          orders);
      g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

      g_menu_item_set_action_and_target (item, "coupons.new", "s", code->code);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
unknown_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsCouponsView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *label = NULL;

  if (self->browser == NULL || self->page == NULL)
    return;
  if (codes == NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  menu = menu_of (codes);
  label = g_strdup_printf (ngettext ("%u Unknown Code", "%u Unknown Codes", codes->len),
                           codes->len);
  gtk_menu_button_set_label (self->unknown, label);
  gtk_menu_button_set_menu_model (self->unknown, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->unknown), codes->len > 0);
}

/* ---- what can be done */

static void
open_new (RungsCouponsView *self,
          const char       *code)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

  rungs_coupon_set (&coupon->code, code);
  rungs_coupon_dialog_open (self->page, coupon);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_new (RUNGS_COUPONS_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (widget);
  RungsCouponDetails *details = details_of (self);

  if (details != NULL)
    rungs_coupon_dialog_open (self->page, details->row->coupon);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (widget);
  RungsCouponDetails *details = details_of (self);

  if (details == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), details->row->coupon->code);
  rungs_page_notify (self->page, _ ("The code was copied"));
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (widget);
  RungsCouponDetails *details = details_of (self);

  if (details != NULL)
    rungs_coupon_retire_or_not (self->page, details->row->coupon);
}

static void
show_lead_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autofree char *target
      = g_strdup_printf ("lead:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
activated_cb (RungsCouponsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "coupons.edit", NULL);
}

/* ---- the view */

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (view);
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_coupon_rows_get_columns (&n);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
  rungs_browser_set_up (self->browser, "coupons", rungs_page_get_store (page),
                        rungs_coupon_rows_get_source (), columns, n, make_query, self);
  self->details = rungs_row_details_new (page, self->browser, rungs_coupon_details_load,
                                         (GDestroyNotify) rungs_coupon_details_free);
  g_signal_connect_object (self->details, "changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

static void
refresh (RungsLadderView *view)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (view);

  rungs_browser_refresh (self->browser);
  rungs_row_details_refresh (self->details);
  rungs_store_read_async (rungs_page_get_store (self->page), load_unknown, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, unknown_loaded_cb,
                          g_object_ref (self));
}

static char *
dup_summary (RungsLadderView *view)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (view);
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  if (self->page != NULL && is_narrowed (self))
    return g_strdup_printf (ngettext ("%s coupon found", "%s coupons found", n), number);
  return n > 0 ? g_strdup_printf (ngettext ("%s coupon", "%s coupons", n), number) : NULL;
}

static const char *
get_main_action_label (RungsLadderView *view)
{
  return _ ("_New Coupon…");
}

static void
main_action (RungsLadderView *view)
{
  open_new (RUNGS_COUPONS_VIEW (view), NULL);
}

static const char *
get_search_placeholder (RungsLadderView *view)
{
  return _ ("Search by code, discount, source or product");
}

static void
search (RungsLadderView *view)
{
  filter_chosen_cb (RUNGS_COUPONS_VIEW (view));
}

static gboolean
focus_content (RungsLadderView *view)
{
  return rungs_browser_focus (RUNGS_COUPONS_VIEW (view)->browser);
}

static gboolean
show_target (RungsLadderView *view,
             const char      *target)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (view);

  if (!g_str_has_prefix (target, "coupon:"))
    return FALSE;
  gtk_drop_down_set_selected (self->filter, RUNGS_COUPONS_ALL);
  rungs_browser_select (self->browser, g_ascii_strtoll (target + strlen ("coupon:"), NULL, 10));
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

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsCouponsView, rungs_coupons_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_coupons_view_dispose (GObject *object)
{
  RungsCouponsView *self = RUNGS_COUPONS_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_clear_object (&self->details);
  g_clear_weak_pointer (&self->page);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_coupons_view_parent_class)->dispose (object);
}

static void
rungs_coupons_view_class_init (RungsCouponsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_coupons_view_dispose;
  gtk_widget_class_install_action (widget_class, "coupons.new", "s", new_action);
  gtk_widget_class_install_action (widget_class, "coupons.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "coupons.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "coupons.retire", NULL, retire_action);
  gtk_widget_class_install_action (widget_class, "coupons.show-lead", "x", show_lead_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_COUPON_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-coupons-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsCouponsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponsView, filter);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponsView, unknown);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponsView, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsCouponsView, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_chosen_cb);
}

static void
rungs_coupons_view_init (RungsCouponsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  show_details (self);
}
