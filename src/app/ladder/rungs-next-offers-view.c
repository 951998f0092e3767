/* rungs-next-offers-view.c: how many leads each product could be offered now, and what that may
 * bring.
 *
 * It takes seconds where there are a million leads: it is read beside, what was there stays until
 * then, and a newer question ends an older one. */

#include "ladder/rungs-next-offers-view.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "insights/rungs-offer-outlook.h"
#include "ladder/rungs-outlook-row.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-bulk.h"
#include "leads/rungs-lead-pickers.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-forms.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-focus.h"

struct _RungsNextOffersView
{
  GtkWidget parent_instance;

  RungsPage *page;          /* (unowned) (nullable): that it stands in */
  RungsOutlook *outlook;    /* (owned) (nullable): what is shown */
  GCancellable *reading;    /* (owned) (nullable) */
  GArray *leads;            /* (owned) (nullable) (element-type gint64): whom a sequence is chosen
                             * for */
  GtkWidget *stack;
  GtkLabel *summary;
  GtkSpinner *spinner;
  GtkBox *groups;
  AdwStatusPage *fault;
};

/* ---- what is shown */

static const char *
page_for (const RungsOutlook *outlook)
{
  if (!outlook->has_offers)
    return "no-offers";
  return outlook->products->len > 0 ? "offers" : "nobody";
}

/* A list for each currency. */
static GtkWidget *
get_list (RungsNextOffersView *self,
          const char          *currency)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self->groups));
  GtkWidget *list;

  if (last != NULL && g_str_equal (gtk_widget_get_name (last), currency))
    return last;
  list = gtk_list_box_new ();
  gtk_widget_set_name (list, currency);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Products that can be offered"), -1);
  gtk_box_append (self->groups, list);
  return list;
}

/* "1,987 of 2,000 leads can be offered something now." */
static char *
summary_words (const RungsOutlook *outlook)
{
  g_autofree char *offered = rungs_display_number (outlook->offered);
  g_autofree char *leads = rungs_display_number (outlook->leads);

  return g_strdup_printf (ngettext ("%s of %s leads can be offered something now",
                                    "%s of %s leads can be offered something now",
                                    (gulong) outlook->offered),
                          offered, leads);
}

static void
show_outlook (RungsNextOffersView *self)
{
  GtkWidget *child;
  g_autofree char *summary = summary_words (self->outlook);
  RungsFocus *focus = rungs_focus_note (GTK_WIDGET (self->groups));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  for (guint i = 0; i < self->outlook->products->len; i++)
    {
      const RungsOutlookProduct *product = g_ptr_array_index (self->outlook->products, i);

      gtk_list_box_append (GTK_LIST_BOX (get_list (self, product->expected.currency)),
                           rungs_outlook_row_new (product));
    }
  gtk_label_set_text (self->summary, summary);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page_for (self->outlook));
  rungs_focus_restore (focus, GTK_WIDGET (self->groups));
}

/* ---- reading */

static gpointer
load_outlook (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return rungs_outlook_load (db, rungs_display_now (), error);
}

/* What was shown stays, if there is something; else the place where it would be says why not. */
static void
show_fault (RungsNextOffersView *self,
            const GError        *error)
{
  if (self->outlook != NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  adw_status_page_set_description (self->fault, error->message);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "fault");
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsNextOffersView) self = data;
  g_autoptr (GError) error = NULL;
  RungsOutlook *outlook = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&outlook, rungs_outlook_free);
      return;
    }
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->reading);
  if (outlook == NULL)
    {
      show_fault (self, error);
      return;
    }
  g_clear_pointer (&self->outlook, rungs_outlook_free);
  self->outlook = outlook;
  show_outlook (self);
}

static void
refresh (RungsLadderView *view)
{
  RungsNextOffersView *self = RUNGS_NEXT_OFFERS_VIEW (view);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  if (self->outlook == NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "reading");
  rungs_store_read_async (rungs_page_get_store (self->page), load_outlook, NULL, NULL,
                          (GDestroyNotify) rungs_outlook_free, self->reading, loaded_cb,
                          g_object_ref (self));
}

/* ---- what can be done with those who are offered a product */

static char *
rule_of (const char *sku)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *leaf = json_object_new ();

  json_object_set_string_member (leaf, "field", "next_offer");
  json_object_set_string_member (leaf, "op", "is");
  json_object_set_string_member (leaf, "value", sku);
  json_node_take_object (node, leaf);
  return json_to_string (node, FALSE);
}

static void
show_leads_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  g_autofree char *target
    = g_strdup_printf ("next-offer:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads", target);
}

static void
segment_saved_cb (RungsNextOffersView *self,
                  gint64               id)
{
  g_autofree char *target = g_strdup_printf ("segment:%" G_GINT64_FORMAT, id);

  if (self->page != NULL)
    rungs_page_notify_of (self->page, _ ("Segment saved"), "segments", target);
}

static void
save_segment_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RungsNextOffersView *self = RUNGS_NEXT_OFFERS_VIEW (widget);
  g_autofree char *rule = rule_of (g_variant_get_string (parameter, NULL));
  RungsForm *form = rungs_segment_form_new (widget, rungs_page_get_store (self->page), rule);

  g_signal_connect_object (form, "saved", G_CALLBACK (segment_saved_cb), self, G_CONNECT_SWAPPED);
}

/* Returns: (transfer full): the leads who are offered the product. */
static gpointer
load_leads (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, *(gint64 *) data, error);
  g_autofree char *json = product ? rule_of (product->sku) : NULL;
  g_autoptr (RungsRule) rule = json ? rungs_rule_parse (json, error) : NULL;

  return rule ? rungs_rule_list (db, rule, rungs_display_now (), 0, G_MAXINT32, error) : NULL;
}

static void
sequence_picked_cb (gint64      id,
                    const char *name,
                    gpointer    data)
{
  RungsNextOffersView *self = data;

  if (self->page != NULL && self->leads != NULL)
    rungs_lead_bulk_enter (self->page, g_steal_pointer (&self->leads), id);
}

static void
leads_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsNextOffersView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) leads = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->page == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  if (leads == NULL)
    {
      rungs_page_notify_error (self->page, error);
      return;
    }
  if (leads->len == 0)
    {
      rungs_page_notify (self->page, _ ("Nobody is offered it next any more"));
      return;
    }
  g_clear_pointer (&self->leads, g_array_unref);
  self->leads = g_steal_pointer (&leads);
  rungs_lead_pick (GTK_WIDGET (self), RUNGS_STORE (source), RUNGS_LEAD_PICK_SEQUENCE,
                   self->leads->len, sequence_picked_cb, self);
}

static void
start_sequence_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  RungsNextOffersView *self = RUNGS_NEXT_OFFERS_VIEW (widget);
  gint64 product = g_variant_get_int64 (parameter);

  gtk_spinner_start (self->spinner);
  rungs_store_read_async (rungs_page_get_store (self->page), load_leads,
                          g_memdup2 (&product, sizeof product), g_free,
                          (GDestroyNotify) g_array_unref, NULL, leads_loaded_cb,
                          g_object_ref (self));
}

static void
show_ladder_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  rungs_page_show_target (RUNGS_NEXT_OFFERS_VIEW (widget)->page, "map");
}

/* ---- the class */

static void
set_up (RungsLadderView *view,
        RungsPage       *page)
{
  RungsNextOffersView *self = RUNGS_NEXT_OFFERS_VIEW (view);

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
}

static void
ladder_view_init (RungsLadderViewInterface *iface)
{
  iface->set_up = set_up;
  iface->refresh = refresh;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsNextOffersView, rungs_next_offers_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_LADDER_VIEW, ladder_view_init))

static void
rungs_next_offers_view_dispose (GObject *object)
{
  RungsNextOffersView *self = RUNGS_NEXT_OFFERS_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->outlook, rungs_outlook_free);
  g_clear_pointer (&self->leads, g_array_unref);
  G_OBJECT_CLASS (rungs_next_offers_view_parent_class)->dispose (object);
}

static void
rungs_next_offers_view_class_init (RungsNextOffersViewClass *klass)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } ACTIONS[] = {
    { "offers.show-leads", "x", show_leads_action },
    { "offers.save-segment", "s", save_segment_action },
    { "offers.start-sequence", "x", start_sequence_action },
    { "offers.show-ladder", NULL, show_ladder_action },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_next_offers_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-next-offers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNextOffersView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsNextOffersView, summary);
  gtk_widget_class_bind_template_child (widget_class, RungsNextOffersView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RungsNextOffersView, groups);
  gtk_widget_class_bind_template_child (widget_class, RungsNextOffersView, fault);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (widget_class, ACTIONS[i].name, ACTIONS[i].parameter,
                                     ACTIONS[i].activate);
}

static void
rungs_next_offers_view_init (RungsNextOffersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
