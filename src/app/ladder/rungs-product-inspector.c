/* rungs-product-inspector.c: all that is said of a product, edited where it stands. Each facet
 * (rungs-product-facets.h) has a field. */

#include "rungs-product-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-ladder-change-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-ladder-words.h"
#include "rungs-letter-group.h"
#include "rungs-parts-row.h"
#include "rungs-product-facets.h"
#include "rungs-spin-wait.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

#define FACET "rungs-facet"
/* How often a subscription is paid, in months. */
static const gint64 PERIODS[] = { 0, 1, 3, 6, 12 };

struct _RungsProductInspector
{
  RungsInspector parent_instance;

  const RungsProductFacets *facets; /* (unowned) (nullable): as read last */
  gboolean filling;                 /* the fields are set by the program, not by a person */

  GtkWidget *scroller;
  GtkWidget *retired;
  GtkButton *owners;
  GtkLabel *revenue;
  GtkLabel *refunded;
  AdwEntryRow *entries[RUNGS_N_TEXT_FACETS];
  GtkLabel *price_currency;
  GtkLabel *cost_currency;
  GtkSpinButton *rung;
  GtkSpinButton *refund;
  GtkSpinButton *lapse;
  GtkWidget *lapse_row;
  AdwActionRow *margin;
  AdwComboRow *period;
  AdwComboRow *deliver;
  AdwComboRow *message;
  RungsLetterGroup *letters;
  GtkBox *ways;
  RungsPartsRow *parts;
  GtkButton *retire;
};

G_DEFINE_FINAL_TYPE (RungsProductInspector, rungs_product_inspector, RUNGS_TYPE_INSPECTOR)

/* ---- storing */

static gint64
product_of (RungsProductInspector *self)
{
  return rungs_inspector_get_thing (RUNGS_INSPECTOR (self));
}

static RungsLadderWriter *
writer_of (RungsProductInspector *self)
{
  return rungs_inspector_get_writer (RUNGS_INSPECTOR (self));
}

static void
change (RungsProductInspector *self,
        RungsFacet             facet,
        const char            *text,
        gint64                 number,
        AdwEntryRow           *row)
{
  rungs_ladder_writer_do (writer_of (self), rungs_facet_change_do,
                          rungs_facet_change_new (product_of (self), facet, text, number),
                          (GDestroyNotify) rungs_facet_change_free, rungs_facet_done_words (facet),
                          row, _ ("The Product Could Not Be Saved"));
}

/* Whether what stands in the field was typed since it was read. */
static gboolean
is_edited (RungsProductInspector *self,
           RungsFacet             facet)
{
  g_autofree char *known = rungs_facet_dup_text (self->facets->product, facet);

  return strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entries[facet])), known) != 0;
}

/* Stores a field that was edited, or marks what is wrong with it. */
static void
settle_entry (RungsProductInspector *self,
              RungsFacet             facet)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entries[facet]));
  g_autoptr (RungsProduct) product = NULL;
  g_autoptr (GError) fault = NULL;

  if (self->facets == NULL || self->filling)
    return;
  if (!is_edited (self, facet))
    {
      if (gtk_widget_has_css_class (GTK_WIDGET (self->entries[facet]), "error"))
        rungs_error_mark_row (self->entries[facet], NULL);
      return;
    }
  product = rungs_product_new ();
  product->price = self->facets->product->price;
  if (rungs_facet_take_text (product, facet, text, &fault))
    change (self, facet, text, 0, self->entries[facet]);
  else
    rungs_error_mark_row (self->entries[facet], fault->message);
}

static RungsFacet
facet_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (widget, FACET));
}

static void
entry_left_cb (RungsProductInspector   *self,
               GtkEventControllerFocus *focus)
{
  settle_entry (self, facet_of (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus))));
}

static void
entry_activated_cb (RungsProductInspector *self,
                    AdwEntryRow           *row)
{
  settle_entry (self, facet_of (row));
}

static void
spin_settled_cb (GtkSpinButton *spin,
                 gpointer       inspector)
{
  RungsProductInspector *self = inspector;
  RungsFacet facet = facet_of (spin);
  gint64 number = gtk_spin_button_get_value_as_int (spin);

  if (self->facets != NULL && number != rungs_facet_get_number (self->facets->product, facet))
    change (self, facet, NULL, number, NULL);
}

static void
period_chosen_cb (RungsProductInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->period);

  if (!self->filling && self->facets != NULL && chosen < G_N_ELEMENTS (PERIODS))
    change (self, RUNGS_FACET_PERIOD, NULL, PERIODS[chosen], NULL);
}

static void
delivery_chosen_cb (RungsProductInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->deliver);

  if (!self->filling && self->facets != NULL && chosen < RUNGS_N_DELIVERY_KINDS)
    change (self, RUNGS_FACET_DELIVERY, NULL, chosen, NULL);
}

static void
message_chosen_cb (RungsProductInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->message);
  const RungsMessageRow *row;

  if (self->filling || self->facets == NULL || chosen > self->facets->messages->len)
    return;
  row = chosen > 0 ? self->facets->messages->pdata[chosen - 1] : NULL;
  change (self, RUNGS_FACET_MESSAGE, NULL, row != NULL ? row->message->id : 0, NULL);
}

static void
parts_changed_cb (RungsProductInspector *self)
{
  RungsPartsChange *parts;

  if (self->facets == NULL)
    return;
  parts = rungs_parts_change_new (product_of (self));
  rungs_parts_row_get (self->parts, parts->parts);
  rungs_ladder_writer_do (writer_of (self), rungs_parts_change_do, parts,
                          (GDestroyNotify) rungs_parts_change_free, _ ("Bundle changed"), NULL,
                          _ ("The Bundle Could Not Be Changed"));
}

static gboolean
give_up (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  return rungs_ladder_give_up_product (db, *(gint64 *) data, rungs_display_now (), error);
}

static gboolean
sell_again (RungsDb   *db,
            gpointer   data,
            GError   **error)
{
  return rungs_ladder_take_up_product (db, *(gint64 *) data, error);
}

static void
retire_clicked_cb (RungsProductInspector *self)
{
  gboolean sold = self->facets != NULL && self->facets->product->retired_at == 0;
  gint64 product = product_of (self);

  rungs_ladder_writer_do (writer_of (self), sold ? give_up : sell_again,
                          g_memdup2 (&product, sizeof product), g_free,
                          sold ? _ ("The product is no longer sold")
                               : _ ("The product is sold again"),
                          NULL, _ ("The Product Could Not Be Saved"));
}

static void
settle (RungsInspector *inspector)
{
  RungsProductInspector *self = RUNGS_PRODUCT_INSPECTOR (inspector);

  for (guint i = 0; i < RUNGS_N_TEXT_FACETS; i++)
    settle_entry (self, i);
  rungs_spin_wait_settle (self->rung);
  rungs_spin_wait_settle (self->refund);
  rungs_spin_wait_settle (self->lapse);
}

/* ---- showing */

static void
show_figures (RungsProductInspector *self)
{
  gint64 product = product_of (self);
  const RungsProductFigures *figures = g_hash_table_lookup (self->facets->figures, &product);
  g_autofree char *owners = rungs_display_number (figures->owners);
  g_autofree char *revenue = NULL;
  g_autofree char *refunded = NULL;
  g_autofree char *otherwise = NULL;
  g_autofree char *target = g_strdup_printf ("product:%" G_GINT64_FORMAT, product);

  g_return_if_fail (figures != NULL);

  revenue = rungs_ladder_words_told (figures->revenue, figures->converted);
  otherwise = rungs_ladder_words_converted (figures->converted);
  refunded = rungs_ladder_words_monies (figures->refunded);
  gtk_button_set_label (self->owners, owners);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->owners), "(ss)", "leads", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->owners), "win.show-target");
  gtk_label_set_label (self->revenue, revenue);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->revenue), otherwise);
  gtk_label_set_label (self->refunded, refunded);
}

static void
show_margin (RungsProductInspector *self)
{
  const RungsProduct *product = self->facets->product;
  g_autofree char *amount = NULL;
  g_autofree char *words = NULL;
  RungsMoney margin;

  if (!rungs_product_margin (product, &margin))
    {
      adw_action_row_set_subtitle (self->margin, _ ("Not known until its cost is"));
      return;
    }
  amount = rungs_display_money (margin);
  if (product->price.minor > 0)
    words = g_strdup_printf (_ ("%s, that is %d %%"), amount,
                             (int) ((__int128) margin.minor * 100 / product->price.minor));
  adw_action_row_set_subtitle (self->margin, words != NULL ? words : amount);
}

/* What could be better about what stands in the field; NULL: nothing. */
static void
show_hint (AdwEntryRow *row,
           const char  *hint)
{
  g_autofree char *title = NULL;

  if (hint == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "warning");
      return;
    }
  /* Translators: the name of a field and what could be better about what stands in it. */
  title = g_strdup_printf (_ ("%s: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                           hint);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (GTK_WIDGET (row), "warning");
}

/* Fills a field, unless somebody is at it, or what is in it is on its way or was refused;
 * `before`: the product as it was read before. */
static void
show_entry (RungsProductInspector *self,
            RungsFacet             facet,
            const RungsProduct    *before)
{
  AdwEntryRow *row = self->entries[facet];
  g_autofree char *old = before != NULL ? rungs_facet_dup_text (before, facet) : NULL;
  g_autofree char *text = rungs_facet_dup_text (self->facets->product, facet);
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (row));

  if (old != NULL && strcmp (shown, old) != 0 && strcmp (shown, text) != 0
      && (gtk_widget_get_focus_child (GTK_WIDGET (row)) != NULL
          || rungs_ladder_writer_is_writing (writer_of (self), row)
          || gtk_widget_has_css_class (GTK_WIDGET (row), "error")))
    return;
  if (strcmp (shown, text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  rungs_error_mark_row (row, NULL);
  show_hint (row, rungs_facet_hint (self->facets->product, facet));
}

static void
show_period (RungsProductInspector *self)
{
  gint64 months = self->facets->product->period_months;
  g_autoptr (GtkStringList) words = gtk_string_list_new (
    (const char *const[]) { _ ("Once"), _ ("Every month"), _ ("Every 3 months"),
                            _ ("Every 6 months"), _ ("Every year"), NULL });
  g_autofree char *other
    = g_strdup_printf (ngettext ("Every %d month", "Every %d months", (gulong) months),
                       (int) months);
  guint chosen = 0;

  while (chosen < G_N_ELEMENTS (PERIODS) && PERIODS[chosen] != months)
    chosen++;
  if (chosen == G_N_ELEMENTS (PERIODS))
    gtk_string_list_append (words, other);
  adw_combo_row_set_model (self->period, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->period, chosen);
  gtk_widget_set_visible (self->lapse_row, months > 0);
}

static void
show_messages (RungsProductInspector *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  gtk_string_list_append (names, _ ("A plain one"));
  for (guint i = 0; i < self->facets->messages->len; i++)
    {
      const RungsMessageRow *row = self->facets->messages->pdata[i];

      gtk_string_list_append (names, row->message->name);
      if (row->message->id == self->facets->product->delivery_message)
        chosen = i + 1;
    }
  adw_combo_row_set_model (self->message, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->message, chosen);
}

/* Only what the kind of delivery needs is asked. */
static void
show_delivery (RungsProductInspector *self)
{
  RungsDeliveryKind kind = self->facets->product->delivery_kind;
  gboolean by_mail = kind == RUNGS_DELIVERY_LINK || kind == RUNGS_DELIVERY_MESSAGE;

  adw_combo_row_set_selected (self->deliver, kind);
  show_messages (self);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[RUNGS_FACET_LINK]),
                          kind == RUNGS_DELIVERY_LINK);
  gtk_widget_set_visible (GTK_WIDGET (self->message), by_mail);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[RUNGS_FACET_BY]),
                          rungs_delivery_kind_needs_person (kind));
}

static void
show_parts (RungsProductInspector *self)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->facets->parts->len; i++)
    g_array_append_val (parts, ((RungsProduct *) self->facets->parts->pdata[i])->id);
  rungs_parts_row_show (self->parts, self->facets->products, product_of (self), parts);
}

static void
fill (RungsProductInspector *self,
      const RungsProduct    *before)
{
  gboolean sold = self->facets->product->retired_at == 0;

  gtk_label_set_label (self->price_currency, self->facets->product->price.currency);
  gtk_label_set_label (self->cost_currency, self->facets->product->price.currency);
  show_figures (self);
  for (guint i = 0; i < RUNGS_N_TEXT_FACETS; i++)
    show_entry (self, i, before);
  rungs_spin_wait_show (self->rung, self->facets->product->rung);
  rungs_spin_wait_show (self->refund, self->facets->product->refund_days);
  rungs_spin_wait_show (self->lapse, self->facets->product->lapse_days);
  show_margin (self);
  show_period (self);
  show_delivery (self);
  show_parts (self);
  rungs_letter_group_show (self->letters, product_of (self), self->facets->letters);
  gtk_widget_set_visible (self->retired, !sold);
  gtk_button_set_label (self->retire, sold ? _ ("S_top Selling It") : _ ("S_ell It Again"));
}

static void
show (RungsInspector *inspector,
      gpointer        facets,
      gpointer        before)
{
  RungsProductInspector *self = RUNGS_PRODUCT_INSPECTOR (inspector);

  self->facets = facets;
  if (facets == NULL)
    return;
  self->filling = TRUE;
  fill (self, before != NULL ? ((RungsProductFacets *) before)->product : NULL);
  self->filling = FALSE;
}

static const char *
get_name (RungsInspector *inspector)
{
  return RUNGS_PRODUCT_INSPECTOR (inspector)->facets->product->name;
}

/* ---- the class */

static void
bind_entries (GtkWidgetClass *widget_class)
{
  static const char *const NAMES[RUNGS_N_TEXT_FACETS]
    = { "name", "sku", "price", "cost", "rate", "link", "by", "words" };

  for (guint i = 0; i < RUNGS_N_TEXT_FACETS; i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, NAMES[i], FALSE,
      (gssize) (G_STRUCT_OFFSET (RungsProductInspector, entries) + i * sizeof (AdwEntryRow *)));
}

static void
rungs_product_inspector_class_init (RungsProductInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  RungsInspectorClass *inspector_class = RUNGS_INSPECTOR_CLASS (klass);

  inspector_class->load = rungs_product_facets_load;
  inspector_class->facets_free = (GDestroyNotify) rungs_product_facets_free;
  inspector_class->show = show;
  inspector_class->settle = settle;
  inspector_class->get_name = get_name;

  g_type_ensure (RUNGS_TYPE_LETTER_GROUP);
  g_type_ensure (RUNGS_TYPE_PARTS_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/ladder/rungs-product-inspector.ui");
  bind_entries (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, retired);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, owners);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, revenue);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, refunded);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, rung);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, refund);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, lapse);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, lapse_row);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, price_currency);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, cost_currency);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, margin);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, period);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, deliver);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, message);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, letters);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, ways);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, parts);
  gtk_widget_class_bind_template_child (widget_class, RungsProductInspector, retire);
}

static void
watch_entry (RungsProductInspector *self,
             RungsFacet             facet)
{
  GtkWidget *row = GTK_WIDGET (self->entries[facet]);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_object_set_data (G_OBJECT (row), FACET, GUINT_TO_POINTER (facet));
  g_signal_connect_object (focus, "leave", G_CALLBACK (entry_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, focus);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
watch_spin (RungsProductInspector *self,
            GtkSpinButton         *spin,
            RungsFacet             facet)
{
  g_object_set_data (G_OBJECT (spin), FACET, GUINT_TO_POINTER (facet));
  rungs_spin_wait_watch (spin, spin_settled_cb, self);
}

static void
rungs_product_inspector_init (RungsProductInspector *self)
{
  g_autoptr (GtkStringList) deliveries = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->scroller, FALSE);
  deliveries = gtk_string_list_new ((const char *const[]) {
    _ ("Nothing happens by itself"), _ ("Address of a download"), _ ("Message"), _ ("Parcel"),
    _ ("Appointment"), NULL });
  adw_combo_row_set_model (self->deliver, G_LIST_MODEL (deliveries));
  for (guint i = 0; i < RUNGS_N_TEXT_FACETS; i++)
    watch_entry (self, i);
  watch_spin (self, self->rung, RUNGS_FACET_RUNG);
  watch_spin (self, self->refund, RUNGS_FACET_REFUND);
  watch_spin (self, self->lapse, RUNGS_FACET_LAPSE);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (period_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deliver, "notify::selected", G_CALLBACK (delivery_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::selected", G_CALLBACK (message_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->parts, "changed", G_CALLBACK (parts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->retire, "clicked", G_CALLBACK (retire_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

RungsProductInspector *
rungs_product_inspector_new (RungsLadderWriter *writer)
{
  RungsProductInspector *self = g_object_new (RUNGS_TYPE_PRODUCT_INSPECTOR, NULL);

  rungs_inspector_set_writer (RUNGS_INSPECTOR (self), writer);
  rungs_letter_group_set_writer (self->letters, writer);
  return self;
}

void
rungs_product_inspector_rename (RungsProductInspector *self)
{
  g_return_if_fail (RUNGS_IS_PRODUCT_INSPECTOR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entries[RUNGS_FACET_NAME]));
  gtk_editable_select_region (GTK_EDITABLE (self->entries[RUNGS_FACET_NAME]), 0, -1);
}

GtkBox *
rungs_product_inspector_get_ways (RungsProductInspector *self)
{
  g_return_val_if_fail (RUNGS_IS_PRODUCT_INSPECTOR (self), NULL);

  return self->ways;
}
