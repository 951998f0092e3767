/* rungs-offer-inspector.c: all that is said of an offer, edited where it stands. */

#include "rungs-offer-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-product.h"
#include "rungs-offer-facets.h"
#include "rungs-product-row.h"
#include "rungs-spin-wait.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-error-words.h"

#define FACET "rungs-facet"

struct _RungsOfferInspector
{
  RungsInspector parent_instance;

  const RungsOfferFacets *facets; /* (unowned) (nullable): as read last */
  GArray *targets;                /* (owned) (element-type gint64): of the list `to` */
  char *name;                     /* (owned) */
  gboolean filling;               /* the fields are set by the program, not by a person */
  gboolean wants_keys;            /* once it is read */

  GtkWidget *scroller;
  GtkBox *figures;
  AdwActionRow *from;
  AdwComboRow *to;
  AdwComboRow *kind;
  GtkSpinButton *days;
  GtkSpinButton *priority;
  RungsConditionRow *condition;
  AdwEntryRow *first_day;
  AdwEntryRow *last_day;
  GtkSpinButton *cap;
  AdwComboRow *fallback;
  GtkButton *remove;
};

G_DEFINE_FINAL_TYPE (RungsOfferInspector, rungs_offer_inspector, RUNGS_TYPE_INSPECTOR)

/* ---- storing */

static gint64
offer_of (RungsOfferInspector *self)
{
  return rungs_inspector_get_thing (RUNGS_INSPECTOR (self));
}

static RungsLadderWriter *
writer_of (RungsOfferInspector *self)
{
  return rungs_inspector_get_writer (RUNGS_INSPECTOR (self));
}

static void
change (RungsOfferInspector *self,
        RungsOfferFacet      facet,
        const char          *text,
        gint64               number,
        AdwEntryRow         *row)
{
  if (self->filling || self->facets == NULL)
    return;
  rungs_ladder_writer_do (writer_of (self), rungs_offer_change_do,
                          rungs_offer_change_new (offer_of (self), facet, text, number),
                          (GDestroyNotify) rungs_offer_change_free,
                          rungs_offer_facet_done_words (facet), row,
                          _ ("The Offer Could Not Be Saved"));
}

static void
to_chosen_cb (RungsOfferInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->to);

  if (chosen < self->targets->len)
    change (self, RUNGS_OFFER_FACET_TO, NULL, g_array_index (self->targets, gint64, chosen), NULL);
}

static void
kind_chosen_cb (RungsOfferInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->kind);

  if (chosen <= RUNGS_OFFER_DOWNSELL)
    change (self, RUNGS_OFFER_FACET_KIND, NULL, chosen, NULL);
}

static void
fallback_chosen_cb (RungsOfferInspector *self)
{
  guint chosen = adw_combo_row_get_selected (self->fallback);
  const RungsOffer *other = NULL;

  if (self->facets == NULL || chosen > self->facets->siblings->len)
    return;
  if (chosen > 0)
    other = self->facets->siblings->pdata[chosen - 1];
  change (self, RUNGS_OFFER_FACET_FALLBACK, NULL, other != NULL ? other->id : 0, NULL);
}

static void
condition_changed_cb (RungsOfferInspector *self)
{
  change (self, RUNGS_OFFER_FACET_CONDITION, rungs_condition_row_get_rule (self->condition), 0,
          NULL);
}

static void
spin_settled_cb (GtkSpinButton *spin,
                 gpointer       inspector)
{
  RungsOfferInspector *self = inspector;
  RungsOfferFacet facet = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (spin), FACET));
  gint64 number = gtk_spin_button_get_value_as_int (spin);

  if (self->facets != NULL && number != rungs_offer_facet_get_number (self->facets->offer, facet))
    change (self, facet, NULL, number, NULL);
}

static const char *
known_day (RungsOfferInspector *self,
           AdwEntryRow         *row)
{
  return row == self->first_day ? self->facets->first_day : self->facets->last_day;
}

static void
settle_day (RungsOfferInspector *self,
            AdwEntryRow         *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (self->facets == NULL)
    return;
  if (strcmp (text, known_day (self, row)) != 0)
    change (self,
            row == self->first_day ? RUNGS_OFFER_FACET_FIRST_DAY : RUNGS_OFFER_FACET_LAST_DAY,
            text, 0, row);
  else if (gtk_widget_has_css_class (GTK_WIDGET (row), "error"))
    rungs_error_mark_row (row, NULL);
}

static void
day_left_cb (RungsOfferInspector     *self,
             GtkEventControllerFocus *focus)
{
  settle_day (self, ADW_ENTRY_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus))));
}

static void
remove_clicked_cb (RungsOfferInspector *self)
{
  gint64 offer = offer_of (self);

  rungs_ladder_writer_do (writer_of (self), rungs_offer_change_retire,
                          g_memdup2 (&offer, sizeof offer), g_free,
                          _ ("The offer was removed"), NULL,
                          _ ("The Ladder Could Not Be Changed"));
}

static void
settle (RungsInspector *inspector)
{
  RungsOfferInspector *self = RUNGS_OFFER_INSPECTOR (inspector);

  settle_day (self, self->first_day);
  settle_day (self, self->last_day);
  rungs_spin_wait_settle (self->days);
  rungs_spin_wait_settle (self->priority);
  rungs_spin_wait_settle (self->cap);
}

/* ---- showing */

static void
show_targets (RungsOfferInspector *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const RungsOffer *offer = self->facets->offer;
  guint chosen = 0;

  g_array_set_size (self->targets, 0);
  for (guint i = 0; i < self->facets->products->len; i++)
    {
      const RungsProduct *product = self->facets->products->pdata[i];

      if (product->id == offer->from_product
          || (product->retired_at != 0 && product->id != offer->to_product))
        continue;
      if (product->id == offer->to_product)
        chosen = self->targets->len;
      g_array_append_val (self->targets, product->id);
      gtk_string_list_append (names, product->name);
    }
  adw_combo_row_set_model (self->to, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->to, chosen);
}

static void
show_fallbacks (RungsOfferInspector *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  gtk_string_list_append (names, _ ("Nothing else"));
  for (guint i = 0; i < self->facets->siblings->len; i++)
    {
      const RungsOffer *other = self->facets->siblings->pdata[i];

      gtk_string_list_append (names, rungs_offer_facets_name (self->facets, other->to_product));
      if (other->id == self->facets->offer->fallback)
        chosen = i + 1;
    }
  adw_combo_row_set_model (self->fallback, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->fallback, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->fallback), self->facets->siblings->len > 0);
}

/* Fills a day, unless somebody is at it, or what is in it is on its way or was refused. */
static void
show_day (RungsOfferInspector *self,
          AdwEntryRow         *row,
          const char          *day,
          const char          *before)
{
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (row));

  if (before != NULL && strcmp (shown, before) != 0 && strcmp (shown, day) != 0
      && (gtk_widget_get_focus_child (GTK_WIDGET (row)) != NULL
          || rungs_ladder_writer_is_writing (writer_of (self), row)
          || gtk_widget_has_css_class (GTK_WIDGET (row), "error")))
    return;
  if (strcmp (shown, day) != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), day);
  rungs_error_mark_row (row, NULL);
}

static void
show_days (RungsOfferInspector    *self,
           const RungsOfferFacets *before)
{
  show_day (self, self->first_day, self->facets->first_day,
            before != NULL ? before->first_day : NULL);
  show_day (self, self->last_day, self->facets->last_day,
            before != NULL ? before->last_day : NULL);
  if (self->facets->over)
    gtk_widget_add_css_class (GTK_WIDGET (self->last_day), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->last_day), "warning");
}

void
rungs_offer_inspector_edit (RungsOfferInspector *self)
{
  g_return_if_fail (RUNGS_IS_OFFER_INSPECTOR (self));

  self->wants_keys = !gtk_widget_get_visible (self->scroller);
  if (!self->wants_keys)
    gtk_widget_grab_focus (GTK_WIDGET (self->to));
}

static void
fill (RungsOfferInspector    *self,
      const RungsOfferFacets *before)
{
  const RungsOffer *offer = self->facets->offer;
  const char *from = offer->from_product != 0
                       ? rungs_offer_facets_name (self->facets, offer->from_product)
                       : _ ("Leads who own nothing yet");

  g_free (self->name);
  self->name = g_strdup_printf ("%s → %s", from,
                                rungs_offer_facets_name (self->facets, offer->to_product));
  adw_action_row_set_subtitle (self->from, from);
  show_targets (self);
  adw_combo_row_set_selected (self->kind, offer->kind);
  rungs_spin_wait_show (self->days, offer->after_days);
  rungs_spin_wait_show (self->priority, offer->priority);
  rungs_spin_wait_show (self->cap, offer->cap);
  rungs_condition_row_set_rule (self->condition, offer->condition);
  show_days (self, before);
  show_fallbacks (self);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), offer->retired_at == 0);
}

static void
show (RungsInspector *inspector,
      gpointer        facets,
      gpointer        before)
{
  RungsOfferInspector *self = RUNGS_OFFER_INSPECTOR (inspector);

  self->facets = facets;
  if (facets == NULL)
    return;
  self->filling = TRUE;
  fill (self, before);
  self->filling = FALSE;
  gtk_widget_set_visible (self->scroller, TRUE);
  if (self->wants_keys)
    rungs_offer_inspector_edit (self);
}

static const char *
get_name (RungsInspector *inspector)
{
  return RUNGS_OFFER_INSPECTOR (inspector)->name;
}

static gboolean
is_removed (RungsInspector *inspector)
{
  return RUNGS_OFFER_INSPECTOR (inspector)->facets->offer->retired_at != 0;
}

/* ---- the class */

static void
rungs_offer_inspector_finalize (GObject *object)
{
  RungsOfferInspector *self = RUNGS_OFFER_INSPECTOR (object);

  g_array_unref (self->targets);
  g_free (self->name);
  G_OBJECT_CLASS (rungs_offer_inspector_parent_class)->finalize (object);
}

static void
rungs_offer_inspector_class_init (RungsOfferInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  RungsInspectorClass *inspector_class = RUNGS_INSPECTOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_offer_inspector_finalize;
  inspector_class->load = rungs_offer_facets_load;
  inspector_class->facets_free = (GDestroyNotify) rungs_offer_facets_free;
  inspector_class->show = show;
  inspector_class->settle = settle;
  inspector_class->get_name = get_name;
  inspector_class->is_removed = is_removed;

  g_type_ensure (RUNGS_TYPE_CONDITION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-offer-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, figures);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, from);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, to);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, days);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, priority);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, condition);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, first_day);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, last_day);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, cap);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, fallback);
  gtk_widget_class_bind_template_child (widget_class, RungsOfferInspector, remove);
}

static void
watch_day (RungsOfferInspector *self,
           AdwEntryRow         *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (day_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (settle_day), self,
                           G_CONNECT_SWAPPED);
}

static void
watch_spin (RungsOfferInspector *self,
            GtkSpinButton       *spin,
            RungsOfferFacet      facet)
{
  g_object_set_data (G_OBJECT (spin), FACET, GUINT_TO_POINTER (facet));
  rungs_spin_wait_watch (spin, spin_settled_cb, self);
}

static void
watch_choices (RungsOfferInspector *self)
{
  g_signal_connect_object (self->to, "notify::selected", G_CALLBACK (to_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fallback, "notify::selected", G_CALLBACK (fallback_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->condition, "changed", G_CALLBACK (condition_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
rungs_offer_inspector_init (RungsOfferInspector *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->targets = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->name = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->scroller, FALSE);
  for (int kind = RUNGS_OFFER_NEXT; kind <= RUNGS_OFFER_DOWNSELL; kind++)
    gtk_string_list_append (kinds, rungs_offer_kind_words (kind));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  watch_day (self, self->first_day);
  watch_day (self, self->last_day);
  watch_spin (self, self->days, RUNGS_OFFER_FACET_DAYS);
  watch_spin (self, self->priority, RUNGS_OFFER_FACET_PRIORITY);
  watch_spin (self, self->cap, RUNGS_OFFER_FACET_CAP);
  watch_choices (self);
}

RungsOfferInspector *
rungs_offer_inspector_new (RungsLadderWriter *writer)
{
  RungsOfferInspector *self = g_object_new (RUNGS_TYPE_OFFER_INSPECTOR, NULL);
  RungsStore *store = rungs_page_get_store (rungs_ladder_writer_get_page (writer));
  g_autoptr (RungsRuleFields) fields = store != NULL ? rungs_rule_fields_new (store) : NULL;

  rungs_inspector_set_writer (RUNGS_INSPECTOR (self), writer);
  if (fields != NULL)
    rungs_condition_row_set_fields (self->condition, fields);
  return self;
}

GtkBox *
rungs_offer_inspector_get_figures (RungsOfferInspector *self)
{
  g_return_val_if_fail (RUNGS_IS_OFFER_INSPECTOR (self), NULL);

  return self->figures;
}
