/* rungs-offer-dialog.c: makes or edits an offer: an arrow of the ladder. */

#include "rungs-offer-dialog.h"

#include <glib/gi18n.h>

#include "rungs-product-row.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsOfferDialog
{
  AdwWindow parent_instance;

  RungsStore *store; /* (owned) */
  RungsOffer *offer; /* (owned) */
  GArray *targets;   /* (owned) (element-type gint64): the products of the list, in its order */

  GtkButton *save;
  AdwActionRow *from;
  AdwComboRow *to;
  AdwComboRow *kind;
  GtkSpinButton *after_days;
  GtkSpinButton *priority;
  RungsConditionRow *condition;
};

G_DEFINE_FINAL_TYPE (RungsOfferDialog, rungs_offer_dialog, ADW_TYPE_WINDOW)

static void
rungs_offer_dialog_dispose (GObject *object)
{
  RungsOfferDialog *self = RUNGS_OFFER_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->offer, rungs_offer_free);
  g_clear_pointer (&self->targets, g_array_unref);
  G_OBJECT_CLASS (rungs_offer_dialog_parent_class)->dispose (object);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsOfferDialog) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
  rungs_error_tell (GTK_WIDGET (self), _ ("The Offer Could Not Be Saved"), error);
}

static void
save_clicked_cb (RungsOfferDialog *self)
{
  guint to = adw_combo_row_get_selected (self->to);

  if (to >= self->targets->len)
    return;
  self->offer->to_product = g_array_index (self->targets, gint64, to);
  self->offer->kind = adw_combo_row_get_selected (self->kind);
  self->offer->after_days = gtk_spin_button_get_value_as_int (self->after_days);
  self->offer->priority = gtk_spin_button_get_value_as_int (self->priority);
  g_free (self->offer->condition);
  self->offer->condition = g_strdup (rungs_condition_row_get_rule (self->condition));
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  /* the offer stays with the dialog, which the callback holds until the write has ended */
  rungs_store_write_async (self->store, rungs_offer_edit_save, self->offer, NULL, NULL, NULL,
                           saved_cb, g_object_ref (self));
}

static void
rungs_offer_dialog_class_init (RungsOfferDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_offer_dialog_dispose;

  g_type_ensure (RUNGS_TYPE_CONDITION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-offer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, from);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, to);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, after_days);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferDialog, condition);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_offer_dialog_init (RungsOfferDialog *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->targets = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int kind = RUNGS_OFFER_NEXT; kind <= RUNGS_OFFER_DOWNSELL; kind++)
    gtk_string_list_append (kinds, rungs_offer_kind_words (kind));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
}

static void
fill_targets (RungsOfferDialog  *self,
              const RungsLadder *ladder)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < ladder->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (ladder->products, i);

      if (product->id == self->offer->from_product
          || (product->retired_at != 0 && product->id != self->offer->to_product))
        continue;
      if (product->id == self->offer->to_product)
        selected = self->targets->len;
      g_array_append_val (self->targets, product->id);
      gtk_string_list_append (names, product->name);
    }
  adw_combo_row_set_model (self->to, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->to, selected);
}

RungsOfferDialog *
rungs_offer_dialog_new (GtkWindow         *parent,
                        RungsStore        *store,
                        RungsOffer        *offer,
                        const RungsLadder *ladder)
{
  RungsOfferDialog *self = g_object_new (RUNGS_TYPE_OFFER_DIALOG, "transient-for", parent, NULL);
  const RungsProduct *from = rungs_ladder_find (ladder, offer->from_product);
  g_autoptr (RungsRuleFields) fields = rungs_rule_fields_new (store);

  self->store = g_object_ref (store);
  self->offer = offer;
  adw_action_row_set_subtitle (self->from, from ? from->name : _ ("Leads who own nothing yet"));
  fill_targets (self, ladder);
  adw_combo_row_set_selected (self->kind, offer->kind);
  gtk_spin_button_set_value (self->after_days, (double) offer->after_days);
  gtk_spin_button_set_value (self->priority, (double) offer->priority);
  rungs_condition_row_set_fields (self->condition, fields);
  rungs_condition_row_set_rule (self->condition, offer->condition);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), self->targets->len > 0);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->to));
  gtk_window_set_title (GTK_WINDOW (self), offer->id ? _ ("Edit Offer") : _ ("New Offer"));
  return self;
}
