/* rungs-delivery-detail.c: all that is known of one delivery: what it is, what became of it, and
 * every byte that came. */

#include "rungs-delivery-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rungs-delivery-words.h"
#include "rungs-leaf-list.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsDeliveryDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *title;
  GtkLabel *state;
  GtkButton *lead;
  GtkWidget *trouble;
  GtkLabel *reason;
  GtkWidget *facts;
  GtkWidget *did_title;
  GtkWidget *did;
  GtkWidget *gone;
  GtkWidget *content;
  GtkStack *parts;
  GtkStackPage *values_page;
  RungsLeafList *values;
  GtkTextView *text;
  GtkTextView *headers;
  GtkWidget *cut;

  gboolean has_left_values; /* because there were none, not because somebody wanted to */
};

G_DEFINE_FINAL_TYPE (RungsDeliveryDetail, rungs_delivery_detail, GTK_TYPE_WIDGET)

enum
{
  FACT_ENDPOINT,
  FACT_PROVIDER,
  FACT_KIND,
  FACT_CAME,
  FACT_ENDED,
  FACT_ADDRESS,
  FACT_REQUEST,
  FACT_DEEDS = 100,
  FACT_CONSENT = 10000,
  FACT_VALUES,
};

static void
rungs_delivery_detail_dispose (GObject *object)
{
  RungsDeliveryDetail *self = RUNGS_DELIVERY_DETAIL (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_delivery_detail_parent_class)->dispose (object);
}

static void
rungs_delivery_detail_class_init (RungsDeliveryDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_delivery_detail_dispose;
  g_type_ensure (RUNGS_TYPE_LEAF_LIST);
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-delivery-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, title);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, lead);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, trouble);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, reason);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, did_title);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, did);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, gone);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, content);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, parts);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, values_page);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, values);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, text);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, headers);
  gtk_widget_class_bind_template_child (widget_class, RungsDeliveryDetail, cut);
}

static void
rungs_delivery_detail_init (RungsDeliveryDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_state (RungsDeliveryDetail    *self,
            const RungsWebDelivery *delivery)
{
  static const char *const STYLES[] = { "warning", "success", "error", "dim-label" };
  const char *reason = rungs_error_stored_words (delivery->reason);
  gboolean is_stuck = delivery->state == RUNGS_WEB_QUARANTINE;

  for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), STYLES[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), rungs_delivery_state_style (delivery->state));
  gtk_label_set_label (self->state, rungs_delivery_state_words (delivery->state));
  gtk_label_set_label (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *reason != '\0');
  gtk_widget_set_visible (self->trouble, is_stuck);
  gtk_button_set_label (self->lead, delivery->lead_name);
  gtk_widget_set_visible (GTK_WIDGET (self->lead), delivery->lead != 0);
}

static void
show_facts (RungsDeliveryDetail        *self,
            const RungsDeliveryDetails *details)
{
  const RungsWebDelivery *delivery = details->delivery;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_ENDPOINT, _ ("Endpoint"),
                   g_strdup (delivery->endpoint_name));
  rungs_facts_add (facts, FACT_PROVIDER, _ ("Provider"), g_strdup (details->provider));
  rungs_facts_add (facts, FACT_KIND, _ ("Kind"), g_strdup (delivery->kind));
  rungs_facts_add (facts, FACT_CAME, _ ("Came"), rungs_display_time (delivery->received_at));
  rungs_facts_add (facts, FACT_ENDED, _ ("Ended"),
                   delivery->ended_at != 0 ? rungs_display_time (delivery->ended_at) : NULL);
  if (details->raw != NULL)
    {
      rungs_facts_add (facts, FACT_ADDRESS, _ ("From the address"),
                       g_strdup (details->raw->address));
      rungs_facts_add (facts, FACT_REQUEST, _ ("Request"),
                       g_strdup_printf ("%s %s", details->raw->method, details->raw->path));
    }
  rungs_facts_show (self->facts, facts);
}

/* What it says, and where it did it, what that changed. */
static void
show_did (RungsDeliveryDetail        *self,
          const RungsDeliveryDetails *details)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint n = details->deeds != NULL ? MIN (details->deeds->len, 50) : 0;

  for (guint i = 0; n > 1 && i < n; i++)
    rungs_facts_add (facts, FACT_DEEDS + i, _ ("Says"),
                     rungs_delivery_deed_words (details->deeds->pdata[i]));
  rungs_facts_add (facts, FACT_CONSENT, _ ("Agreed to"), g_strdup (details->consent));
  for (guint i = 0; i < details->values->len; i++)
    {
      const RungsWebValue *value = details->values->pdata[i];
      char *title = rungs_delivery_field_words (value->field);

      g_ptr_array_add (titles, title);
      rungs_facts_add (facts, FACT_VALUES + i, title, g_strdup (value->value));
    }
  gtk_widget_set_visible (self->did_title, facts->len > 0);
  gtk_widget_set_visible (self->did, facts->len > 0);
  rungs_facts_show (self->did, facts);
}

static void
show_content (RungsDeliveryDetail        *self,
              const RungsDeliveryDetails *details)
{
  g_autofree char *headers = NULL;
  const char *shown = gtk_stack_get_visible_child_name (self->parts);

  gtk_widget_set_visible (self->gone, details->raw == NULL);
  gtk_widget_set_visible (self->content, details->raw != NULL);
  if (details->raw == NULL)
    return;
  headers = rungs_raw_delivery_dup_headers (details->raw);
  rungs_leaf_list_clear (self->values);
  for (guint i = 0; i < details->content->leaves->len; i++)
    {
      const RungsWebLeaf *leaf = details->content->leaves->pdata[i];

      rungs_leaf_list_add (self->values, leaf->path, leaf->path, leaf->value, NULL);
    }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), details->content->text, -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers), headers, -1);
  gtk_widget_set_visible (self->cut, !details->content->is_whole);
  gtk_stack_page_set_visible (self->values_page, details->content->leaves->len > 0);
  if (details->content->leaves->len > 0 && self->has_left_values)
    {
      gtk_stack_set_visible_child_name (self->parts, "values");
      self->has_left_values = FALSE;
    }
  else if (details->content->leaves->len == 0 && g_strcmp0 (shown, "values") == 0)
    {
      gtk_stack_set_visible_child_name (self->parts, "text");
      self->has_left_values = TRUE;
    }
}

void
rungs_delivery_detail_show (RungsDeliveryDetail        *self,
                            const RungsDeliveryDetails *details)
{
  g_autofree char *title = rungs_delivery_title (details);

  g_return_if_fail (RUNGS_IS_DELIVERY_DETAIL (self));

  gtk_label_set_label (self->title, title);
  show_state (self, details->delivery);
  show_facts (self, details);
  show_did (self, details);
  show_content (self, details);
}
