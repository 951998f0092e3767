/* rungs-order-dialog.c: enters an order of a lead. */

#include "rungs-order-dialog.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
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
  AdwComboRow *product;
  AdwEntryRow *amount;
  AdwEntryRow *coupon;
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

static gpointer
add_order (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 id = rungs_order_add (db, data, g_get_real_time () / 1000, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

/* ---- the form */

static const RungsProduct *
chosen_product (Dialog *self)
{
  guint selected = adw_combo_row_get_selected (self->product);

  return selected < self->products->len ? g_ptr_array_index (self->products, selected) : NULL;
}

static void
product_changed_cb (Dialog *self)
{
  const RungsProduct *product = chosen_product (self);
  g_autofree char *price = NULL;
  g_autofree char *title = NULL;

  if (product == NULL)
    return;
  price = rungs_money_format_amount (product->price);
  title = g_strdup_printf (_ ("Amount in %s"), product->price.currency);
  gtk_editable_set_text (GTK_EDITABLE (self->amount), price);
  rungs_error_mark_row (self->amount, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), title);
}

static gboolean
read_amount (Dialog     *self,
             const char *currency,
             gint64     *minor)
{
  g_autofree char *text = rungs_form_dup_entry (self->amount);
  RungsMoney money;
  gboolean good = rungs_money_parse (text, currency, &money, NULL) && money.minor >= 0
                  && g_str_equal (money.currency, currency);

  if (good)
    *minor = money.minor;
  return good;
}

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
  const RungsProduct *product = chosen_product (self);
  g_autofree char *coupon = rungs_form_dup_entry (self->coupon);
  gint64 minor = 0;
  gint64 at = 0;
  gboolean amount_good = product != NULL && read_amount (self, product->price.currency, &minor);
  gboolean date_good = read_date (self, &at);
  RungsOrder *order;

  rungs_error_mark_row (self->amount, amount_good ? NULL : _ ("Write an amount such as 49.00"));
  rungs_error_mark_row (self->date,
                        date_good ? NULL : _ ("Write a day of the past, such as 2026-03-31"));
  if (!amount_good || !date_good)
    return;
  order = rungs_order_new (self->lead, at);
  g_strlcpy (order->currency, product->price.currency, sizeof order->currency);
  g_free (order->coupon);
  order->coupon = g_steal_pointer (&coupon);
  rungs_order_add_line (order, product->id, 1, minor);
  rungs_form_save (form, self->store, add_order, order, (GDestroyNotify) rungs_order_free,
                   _ ("The Order Could Not Be Stored"), self->amount);
}

/* Where the proposed product stands; else the first one that costs something. */
static guint
position_of_proposed (Dialog *self)
{
  guint priced = G_MAXUINT;

  for (guint i = 0; i < self->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->products, i);

      if (product->id == self->proposed)
        return i;
      if (priced == G_MAXUINT && product->price.minor > 0)
        priced = i;
    }
  return priced == G_MAXUINT ? 0 : priced;
}

static void
fill_form (Dialog *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *today = rungs_time_format_day (rungs_display_now (), zone);

  for (guint i = 0; i < self->products->len; i++)
    g_strv_builder_add (names, ((RungsProduct *) g_ptr_array_index (self->products, i))->name);
  labels = g_strv_builder_end (names);
  rungs_form_set_text (self->form,
                       *labels != NULL
                         ? _ ("What was paid outside of Rungs. Sequences that sell the product end"
                              " at once.")
                         : _ ("There is no product to order yet. Add one on the page Ladder."));
  self->product = rungs_form_add_choice (self->form, _ ("Product"), (const char *const *) labels);
  self->amount = rungs_form_add_entry (self->form, _ ("Amount"), NULL);
  self->coupon = rungs_form_add_entry (self->form, _ ("Coupon, if one was used"), NULL);
  self->date = rungs_form_add_entry (self->form, _ ("Day"), today);
  rungs_form_set_ready (self->form, *labels != NULL);
  adw_combo_row_set_selected (self->product, position_of_proposed (self));
  g_signal_connect_swapped (self->product, "notify::selected", G_CALLBACK (product_changed_cb),
                            self);
  product_changed_cb (self);
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
