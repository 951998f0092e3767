/* rungs-product-row.c: a rung of the ladder, with its figures and the offers that leave it. */

#include "rungs-product-row.h"

#include <glib/gi18n.h>

#include "rungs-fault-button.h"
#include "rungs-ladder-words.h"
#include "widgets/rungs-display.h"

struct _RungsProductRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *rung;
  GtkLabel *name;
  GtkLabel *detail;
  GtkBox *faults;
  GtkWidget *figures;
  GtkLabel *price;
  GtkButton *owners;
  GtkLabel *revenue;
  GtkLabel *refunds;
  GtkButton *edit;
  GtkBox *offers;
  GtkButton *add_offer;
};

G_DEFINE_FINAL_TYPE (RungsProductRow, rungs_product_row, GTK_TYPE_WIDGET)

static void
rungs_product_row_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PRODUCT_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_product_row_parent_class)->dispose (object);
}

static void
rungs_product_row_class_init (RungsProductRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_product_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-product-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, box);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, rung);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, name);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, faults);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, figures);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, price);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, owners);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, revenue);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, refunds);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, edit);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, offers);
  gtk_widget_class_bind_template_child (widget_class, RungsProductRow, add_offer);
}

static void
rungs_product_row_init (RungsProductRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- figures */

/* Amounts of several currencies after each other. */
static char *
amounts_words (GArray *amounts,
               GArray *converted)
{
  g_autoptr (GString) words = g_string_new (converted->len > 0 ? "≈ " : "");

  for (guint i = 0; i < amounts->len; i++)
    {
      g_autofree char *amount = rungs_display_money (g_array_index (amounts, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", amount);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What part of the revenue was given back; -1 where that cannot be said in one number. */
static int
refund_percent (const RungsProductFigures *figures)
{
  const RungsMoney *revenue, *refunded;

  if (figures->revenue->len != 1 || figures->refunded->len > 1)
    return -1;
  revenue = &g_array_index (figures->revenue, RungsMoney, 0);
  refunded = figures->refunded->len ? &g_array_index (figures->refunded, RungsMoney, 0) : NULL;
  if (revenue->minor <= 0 || refunded == NULL)
    return refunded == NULL ? 0 : -1;
  return (int) (((__int128) refunded->minor * 1000 / revenue->minor + 5) / 10);
}

static void
show_figures (RungsProductRow           *self,
              const RungsProduct        *product,
              const RungsProductFigures *figures)
{
  g_autofree char *price
    = product->price.minor > 0 ? rungs_display_money (product->price) : g_strdup (_ ("free"));
  g_autofree char *revenue = figures->revenue->len
                               ? amounts_words (figures->revenue, figures->converted)
                               : g_strdup ("–");
  g_autofree char *number = rungs_display_number (figures->owners);
  g_autofree char *owners = g_strdup_printf (
    ngettext ("%s owner", "%s owners", (gulong) figures->owners), number);
  g_autofree char *refunds = NULL;
  g_autofree char *otherwise = rungs_ladder_words_converted (figures->converted);
  g_autofree char *target = g_strdup_printf ("product:%" G_GINT64_FORMAT, product->id);
  int percent = refund_percent (figures);

  if (percent >= 0 && figures->sold > 0)
    refunds = g_strdup_printf (_ ("%d %% refunded"), percent);
  gtk_label_set_label (self->price, price);
  gtk_button_set_label (self->owners, owners);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->owners), "(ss)", "leads", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->owners), "win.show-target");
  gtk_label_set_label (self->revenue, revenue);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->revenue), otherwise);
  gtk_label_set_label (self->refunds, refunds ? refunds : "");
}

static char *
detail_words (const RungsProduct *product)
{
  g_autoptr (GString) words = g_string_new (product->sku);

  if (product->period_months > 0)
    g_string_append_printf (words, " · %s",
                            product->period_months == 1 ? _ ("subscription, monthly")
                            : product->period_months == 12 ? _ ("subscription, yearly")
                                                           : _ ("subscription"));
  if (product->refund_days > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words,
                              ngettext ("money back for %d day", "money back for %d days",
                                        (gulong) product->refund_days),
                              (int) product->refund_days);
    }
  if (product->retired_at != 0)
    g_string_append_printf (words, " · %s", _ ("no longer sold"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- offers */

const char *
rungs_offer_kind_words (RungsOfferKind kind)
{
  switch (kind)
    {
    case RUNGS_OFFER_UPSELL:
      return _ ("Upsell");
    case RUNGS_OFFER_DOWNSELL:
      return _ ("Downsell");
    case RUNGS_OFFER_CROSS:
      return _ ("Cross-sell");
    case RUNGS_OFFER_NEXT:
    default:
      return _ ("Next");
    }
}

static char *
offer_words (const RungsLadder *ladder,
             const RungsOffer  *offer)
{
  const RungsProduct *to = rungs_ladder_find (ladder, offer->to_product);
  g_autofree char *days = NULL;

  if (offer->after_days > 0)
    days = g_strdup_printf (ngettext ("after %d day", "after %d days", (gulong) offer->after_days),
                            (int) offer->after_days);
  return g_strdup_printf ("%s: %s%s%s%s", rungs_offer_kind_words (offer->kind), to ? to->name : "",
                          days ? ", " : "", days ? days : "",
                          offer->condition ? _ (", if a rule is met") : "");
}

/* `words` say which offer it is about to those who do not see the line it stands in. */
static GtkWidget *
offer_button (const char *icon,
              const char *tooltip,
              const char *words,
              const char *action,
              gint64      offer)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", offer);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_offer_line (RungsProductRow   *self,
                const RungsLadder *ladder,
                const RungsOffer  *offer)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = offer_words (ladder, offer);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  GtkWidget *faults
    = rungs_fault_button_new (ladder->faults, offer->from_product, offer->id, words);

  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_box_append (GTK_BOX (line), label);
  if (faults != NULL)
    gtk_box_append (GTK_BOX (line), faults);
  gtk_box_append (GTK_BOX (line), offer_button ("document-edit-symbolic", _ ("Edit Offer"), words,
                                                "ladder.edit-offer", offer->id));
  gtk_box_append (GTK_BOX (line), offer_button ("user-trash-symbolic", _ ("Remove Offer"), words,
                                                "ladder.remove-offer", offer->id));
  gtk_box_append (self->offers, line);
}

static void
show_faults (RungsProductRow    *self,
             const RungsLadder  *ladder,
             const RungsProduct *product)
{
  GtkWidget *button = rungs_fault_button_new (ladder->faults, product->id, 0, product->name);

  if (button != NULL)
    gtk_box_append (self->faults, button);
}

GtkWidget *
rungs_product_row_new (const RungsLadder  *ladder,
                       const RungsProduct *product)
{
  RungsProductRow *self = g_object_new (RUNGS_TYPE_PRODUCT_ROW, NULL);
  gint64 id = product ? product->id : 0;

  if (product != NULL)
    {
      g_autofree char *rung = g_strdup_printf ("%d", (int) product->rung);
      g_autofree char *detail = detail_words (product);
      RungsProductFigures *figures = g_hash_table_lookup (ladder->figures, &product->id);

      gtk_label_set_label (self->rung, product->rung > 0 ? rung : "");
      gtk_label_set_label (self->name, product->name);
      gtk_label_set_label (self->detail, detail);
      if (figures != NULL)
        show_figures (self, product, figures);
      show_faults (self, ladder, product);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, product->name, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->edit), "x", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit), "ladder.edit-product");
    }
  else
    {
      gtk_label_set_label (self->name, _ ("New leads"));
      gtk_label_set_label (self->detail, _ ("They own nothing yet"));
      gtk_widget_set_visible (self->figures, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->edit), FALSE);
    }
  for (guint i = 0; i < ladder->offers->len; i++)
    {
      const RungsOffer *offer = g_ptr_array_index (ladder->offers, i);

      if (offer->from_product == id)
        add_offer_line (self, ladder, offer);
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_offer), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_offer), "ladder.add-offer");
  return GTK_WIDGET (self);
}
