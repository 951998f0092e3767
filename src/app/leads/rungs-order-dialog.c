/* rungs-order-dialog.c: enters an order of a lead. */

#include "rungs-order-dialog.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-coupon-field.h"
#include "rungs-order-lines.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  GtkWidget *parent;   /* (owned) (nullable): until the form is open */
  RungsStore *store;   /* (owned) */
  gint64 lead;
  gint64 proposed;     /* a product; 0: any */
  GPtrArray *products; /* (owned) (nullable) (element-type RungsProduct): those that are sold */

  RungsForm *form;
  RungsOrderLines *lines; /* (nullable): where there are no products */
  RungsCouponField *coupon;
  AdwEntryRow *date;
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_clear_object (&self->parent);
  g_clear_object (&self->store);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_free (self);
}

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  dialog_free (data);
}

/* ---- on threads of the store */

static gpointer
load_products (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);

  for (guint i = products != NULL ? products->len : 0; i > 0; i--)
    if (((RungsProduct *) g_ptr_array_index (products, i - 1))->retired_at != 0)
      g_ptr_array_remove_index (products, i - 1);
  return g_steal_pointer (&products);
}

/* `data` are orders (element-type RungsOrder). */
static gpointer
add_orders (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray *orders = data;
  gint64 now = g_get_real_time () / 1000;
  gint64 id = 0;

  for (guint i = 0; i < orders->len; i++)
    {
      id = rungs_order_add (db, g_ptr_array_index (orders, i), now, error);
      if (id == 0)
        return NULL;
    }
  return g_memdup2 (&id, sizeof id);
}

/* ---- the form */

/* The day that was entered; today is this very moment. */
static gboolean
read_date (Dialog *self,
           gint64 *at)
{
  g_autofree char *text = rungs_form_dup_entry (self->date);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = rungs_display_now ();
  g_autofree char *today = rungs_time_format_day (now, zone);

  *at = now;
  if (*text == '\0' || g_str_equal (text, today))
    return TRUE;
  return rungs_time_parse (text, zone, at, NULL) && *at <= now;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  g_autofree char *coupon = rungs_coupon_field_dup_codes (self->coupon);
  AdwEntryRow *row = rungs_coupon_field_get_row (self->coupon);
  gint64 at = 0;
  gboolean date_good = read_date (self, &at);
  g_autoptr (GPtrArray) orders = rungs_order_lines_read (self->lines, self->lead, at, coupon);

  rungs_error_mark_row (self->date,
                        date_good ? NULL : _ ("Write a day of the past, such as 2026-03-31"));
  if (orders == NULL || !date_good)
    return;
  for (guint i = 0; i < orders->len; i++)
    ((RungsOrder *) g_ptr_array_index (orders, i))->anyway
        = rungs_coupon_field_get_anyway (self->coupon);
  rungs_form_save (form, self->store, add_orders, g_steal_pointer (&orders),
                   (GDestroyNotify) g_ptr_array_unref, _ ("The Order Could Not Be Stored"),
                   row != NULL ? row : rungs_order_lines_get_amount (self->lines));
}

/* Whether a coupon fits depends on what is ordered, and when. */
static void
order_changed_cb (Dialog *self)
{
  gint64 at = 0;

  read_date (self, &at);
  rungs_coupon_field_set_order (self->coupon, rungs_order_lines_list_products (self->lines), at);
}

static void
currency_chosen_cb (RungsChoiceRow *row,
                    GParamSpec     *pspec,
                    Dialog         *self)
{
  rungs_order_lines_set_currency (self->lines, rungs_choice_row_get_value (row));
}

static void
add_currency (Dialog *self)
{
  GtkWidget *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Paid in"));
  rungs_choice_row_add (RUNGS_CHOICE_ROW (row), "", _ ("Currency of the Price"));
  rungs_choice_row_add_currencies (RUNGS_CHOICE_ROW (row));
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), "");
  g_signal_connect (row, "notify::value", G_CALLBACK (currency_chosen_cb), self);
  rungs_form_add_widget (self->form, row);
}

static void
fill_form (Dialog *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *today = rungs_time_format_day (rungs_display_now (), zone);
  GtkWidget *lines;

  rungs_form_set_ready (self->form, self->products->len > 0);
  if (self->products->len == 0)
    {
      rungs_form_set_text (self->form,
                           _ ("There is no product to order yet. Add one on the page Ladder."));
      return;
    }
  rungs_form_set_text (self->form, _ ("What was paid outside of Rungs. Sequences that sell the"
                                      " product end at once."));
  lines = rungs_order_lines_new (self->products, self->proposed);
  self->lines = RUNGS_ORDER_LINES (lines);
  g_signal_connect_object (lines, "activated", G_CALLBACK (rungs_form_agree), self->form,
                           G_CONNECT_SWAPPED);
  rungs_form_add_widget (self->form, lines);
  rungs_form_set_first (self->form, lines);
  rungs_form_add_group (self->form, NULL);
  add_currency (self);
  self->date = rungs_form_add_entry (self->form, _ ("Day"), today);
  self->coupon = rungs_coupon_field_new (self->form, self->store, self->lead);
  g_signal_connect_swapped (lines, "changed", G_CALLBACK (order_changed_cb), self);
  g_signal_connect_swapped (self->date, "changed", G_CALLBACK (order_changed_cb), self);
  order_changed_cb (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) parent = g_steal_pointer (&self->parent);
  GtkRoot *window = gtk_widget_get_root (parent);

  self->products = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (self->products == NULL || window == NULL)
    {
      if (error != NULL && window != NULL)
        rungs_error_tell (parent, _ ("The Products Could Not Be Read"), error);
      dialog_free (self);
      return;
    }
  self->form = rungs_form_new (GTK_WINDOW (window), _ ("New Order"), _ ("_Store"));
  fill_form (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), form_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->form));
}

void
rungs_order_dialog_open (GtkWidget  *parent,
                         RungsStore *store,
                         gint64      lead,
                         gint64      product)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUNGS_IS_STORE (store));

  self->parent = g_object_ref (parent);
  self->store = g_object_ref (store);
  self->lead = lead;
  self->proposed = product;
  rungs_store_read_async (store, load_products, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                          NULL, loaded_cb, self);
}
