/* rungs-product-dialog.c: makes or edits a product. */

#include "rungs-product-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-error-words.h"

#define PART "rungs-part"

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
  AdwExpanderRow *parts;
  GtkWidget *retire_group;
  GPtrArray *checks; /* (owned) (element-type GtkCheckButton) */
};

G_DEFINE_FINAL_TYPE (RungsProductDialog, rungs_product_dialog, ADW_TYPE_WINDOW)

enum
{
  RETIRE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* How often a subscription is paid, in the order of the template's list. */
static const gint64 PERIODS[] = { 0, 1, 3, 6, 12 };

static void
rungs_product_dialog_dispose (GObject *object)
{
  RungsProductDialog *self = RUNGS_PRODUCT_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->edit, rungs_product_edit_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
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

  g_array_set_size (self->edit->parts, 0);
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);
      gint64 *part = g_object_get_data (G_OBJECT (check), PART);

      if (gtk_check_button_get_active (check))
        g_array_append_val (self->edit->parts, *part);
    }
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
retire_clicked_cb (RungsProductDialog *self)
{
  gint64 id = self->edit->product->id;

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[RETIRE], 0, id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
rungs_product_dialog_class_init (RungsProductDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_product_dialog_dispose;

  signals[RETIRE] = g_signal_new ("retire", RUNGS_TYPE_PRODUCT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

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
  gtk_widget_class_bind_template_child (widget_class, RungsProductDialog, retire_group);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, retire_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_product_dialog_init (RungsProductDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_part_row (RungsProductDialog *self,
              const RungsProduct *part)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  gboolean held = FALSE;

  for (guint i = 0; i < self->edit->parts->len; i++)
    held |= g_array_index (self->edit->parts, gint64, i) == part->id;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), part->name);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), held);
  g_object_set_data_full (G_OBJECT (check), PART, g_memdup2 (&part->id, sizeof part->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, part->name,
                                  -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (self->parts, row);
  g_ptr_array_add (self->checks, check);
}

static void
fill_form (RungsProductDialog *self)
{
  const RungsProduct *product = self->edit->product;
  g_autofree char *price = rungs_money_format_amount (product->price);
  g_autofree char *title = g_strdup_printf (_ ("Price in %s"), product->price.currency);

  gtk_editable_set_text (GTK_EDITABLE (self->name), product->name);
  gtk_editable_set_text (GTK_EDITABLE (self->sku), product->sku);
  gtk_editable_set_text (GTK_EDITABLE (self->price), product->id ? price : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->price), title);
  gtk_spin_button_set_value (self->rung, (double) product->rung);
  gtk_spin_button_set_value (self->refund_days, (double) product->refund_days);
  gtk_editable_set_text (GTK_EDITABLE (self->delivery), product->delivery);
  for (guint i = 0; i < G_N_ELEMENTS (PERIODS); i++)
    if (PERIODS[i] == product->period_months)
      adw_combo_row_set_selected (self->period, i);
  gtk_widget_set_visible (self->retire_group, product->id != 0 && product->retired_at == 0);
  gtk_window_set_title (GTK_WINDOW (self), product->id ? _ ("Edit Product") : _ ("New Product"));
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
  for (guint i = 0; i < ladder->products->len; i++)
    {
      const RungsProduct *part = g_ptr_array_index (ladder->products, i);

      if (part->id != edit->product->id && part->retired_at == 0)
        add_part_row (self, part);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->parts), self->checks->len > 0);
  fill_form (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));
  return self;
}
