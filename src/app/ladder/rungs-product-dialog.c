/* rungs-product-dialog.c: makes a product. */

#include "rungs-product-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-parts-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsProductDialog
{
  AdwWindow parent_instance;

  RungsStore *store;      /* (owned) */
  RungsProductEdit *edit; /* (owned) */

  GtkButton *save;
  AdwEntryRow *name;
  AdwEntryRow *sku;
  AdwEntryRow *price;
  GtkSpinButton *rung;
  GtkSpinButton *refund_days;
  AdwComboRow *period;
  AdwEntryRow *delivery;
  RungsPartsRow *parts;
};

G_DEFINE_FINAL_TYPE (RungsProductDialog, rungs_product_dialog, ADW_TYPE_WINDOW)

/* How often a subscription is paid, in the order of the template's list. */
static const gint64 PERIODS[] = { 0, 1, 3, 6, 12 };

static void
rungs_product_dialog_dispose (GObject *object)
{
  RungsProductDialog *self = RUNGS_PRODUCT_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->edit, rungs_product_edit_free);
  G_OBJECT_CLASS (rungs_product_dialog_parent_class)->dispose (object);
}

static const char *
entry_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
replace (char       **text,
         AdwEntryRow *row)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (entry_text (row)));
}

/* Reads the form; what is wrong is marked on its row. */
static gboolean
read_form (RungsProductDialog *self)
{
  RungsProduct *product = self->edit->product;
  guint period = adw_combo_row_get_selected (self->period);
  gboolean priced;

  replace (&product->name, self->name);
  replace (&product->sku, self->sku);
  replace (&product->delivery, self->delivery);
  rungs_error_mark_row (self->name, *product->name ? NULL : _ ("Give the product a name"));
  rungs_error_mark_row (self->sku, *product->sku ? NULL : _ ("Give it a short code"));
  priced = rungs_money_parse (entry_text (self->price), product->price.currency, &product->price,
                              NULL)
           && product->price.minor >= 0;
  rungs_error_mark_row (self->price, priced ? NULL : _ ("Write an amount such as 49.00"));
  product->rung = gtk_spin_button_get_value_as_int (self->rung);
  product->refund_days = gtk_spin_button_get_value_as_int (self->refund_days);
  product->period_months = period < G_N_ELEMENTS (PERIODS) ? PERIODS[period]
                                                           : product->period_months;

  rungs_parts_row_get (self->parts, self->edit->parts);
  return *product->name != '\0' && *product->sku != '\0' && priced;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsProductDialog) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
  rungs_error_tell (GTK_WIDGET (self), _ ("The Product Could Not Be Saved"), error);
}

static void
save_cb (RungsProductDialog *self)
{
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)) || !read_form (self))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  /* the edit stays with the dialog, which the callback holds until the write has ended */
  rungs_store_write_async (self->store, rungs_product_edit_save, self->edit, NULL, NULL, NULL,
                           saved_cb, g_object_ref (self));
}

static void
rungs_product_dialog_class_init (RungsProductDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_product_dialog_dispose;

  g_type_ensure (RUNGS_TYPE_PARTS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-product-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, sku);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, price);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, rung);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, refund_days);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, period);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, delivery);
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, parts);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_product_dialog_init (RungsProductDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_form (RungsProductDialog *self)
{
  const RungsProduct *product = self->edit->product;
  g_autofree char *price = rungs_money_format_amount (product->price);
  g_autofree char *title = g_strdup_printf (_ ("Price in %s"), product->price.currency);

  gtk_editable_set_text (GTK_EDITABLE (self->name), product->name);
  gtk_editable_set_text (GTK_EDITABLE (self->sku), product->sku);
  gtk_editable_set_text (GTK_EDITABLE (self->price), product->price.minor > 0 ? price : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->price), title);
  gtk_spin_button_set_value (self->rung, (double) product->rung);
  gtk_spin_button_set_value (self->refund_days, (double) product->refund_days);
  gtk_editable_set_text (GTK_EDITABLE (self->delivery), product->delivery);
  for (guint i = 0; i < G_N_ELEMENTS (PERIODS); i++)
    if (PERIODS[i] == product->period_months)
      adw_combo_row_set_selected (self->period, i);
}

RungsProductDialog *
rungs_product_dialog_new (GtkWindow         *parent,
                          RungsStore        *store,
                          RungsProductEdit  *edit,
                          const RungsLadder *ladder)
{
  RungsProductDialog *self
    = g_object_new (RUNGS_TYPE_PRODUCT_DIALOG, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->edit = edit;
  rungs_parts_row_show (self->parts, ladder->products, 0, edit->parts);
  fill_form (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));
  return self;
}
