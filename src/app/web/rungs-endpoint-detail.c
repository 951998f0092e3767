/* rungs-endpoint-detail.c: all that is known of one endpoint. */

#include "rungs-endpoint-detail.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "rungs-delivery-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsEndpointDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *address;
  GtkWidget *unreachable;
  GtkWidget *facts;
  GtkWidget *answers_title;
  GtkWidget *answers;
  GtkWidget *retire;
  GtkWidget *take_back;
};

G_DEFINE_FINAL_TYPE (RungsEndpointDetail, rungs_endpoint_detail, GTK_TYPE_WIDGET)

enum
{
  FACT_PROVIDER,
  FACT_SOURCE,
  FACT_FORM,
  FACT_WORDING,
  FACT_PRODUCT,
  FACT_SHOP,
  FACT_LAST,
  FACT_ALL,
  FACT_QUARANTINED,
  FACT_WORD,
  FACT_ASKED,
  FACT_ASKED_NEXT,
  FACT_ASK_TROUBLE,
};

static void
rungs_endpoint_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_ENDPOINT_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_endpoint_detail_parent_class)->dispose (object);
}

static void
rungs_endpoint_detail_class_init (RungsEndpointDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_endpoint_detail_dispose;
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-endpoint-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, address);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, unreachable);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, answers_title);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, answers);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, retire);
  gtk_widget_class_bind_template_child (widget_class, RungsEndpointDetail, take_back);
}

static void
rungs_endpoint_detail_init (RungsEndpointDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_facts (RungsEndpointDetail        *self,
            const RungsEndpointDetails *details)
{
  const RungsWebEndpoint *endpoint = details->row->endpoint;
  const RungsWebTally *tally = &details->row->tally;
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_PROVIDER, _ ("Provider"), g_strdup (details->row->provider));
  rungs_facts_add (facts, FACT_SOURCE, _ ("Source"), g_strdup (details->row->source));
  rungs_facts_add (facts, FACT_FORM, _ ("Form"), g_strdup (endpoint->form));
  rungs_facts_add (facts, FACT_WORDING, _ ("Agreed to"), g_strdup (endpoint->wording));
  rungs_facts_add (facts, FACT_PRODUCT, _ ("Product"), g_strdup (details->product));
  rungs_facts_add (facts, FACT_SHOP, _ ("Shop"), g_strdup (endpoint->shop));
  rungs_facts_add (facts, FACT_LAST, _ ("Last delivery"),
                   tally->last_at != 0 ? rungs_display_time (tally->last_at)
                                       : g_strdup (_ ("Nothing came yet")));
  rungs_facts_add (facts, FACT_ALL, _ ("Deliveries"), rungs_display_number (tally->all));
  rungs_facts_add (facts, FACT_QUARANTINED, _ ("Quarantine"),
                   tally->quarantined > 0 ? rungs_display_number (tally->quarantined) : NULL);
  rungs_facts_add (facts, FACT_WORD, _ ("Its word"), g_strdup (endpoint->handshake));
  if (details->is_asked)
    {
      rungs_facts_add (facts, FACT_ASKED, _ ("Asked"),
                       details->asked_at != 0 ? rungs_display_time (details->asked_at)
                                              : g_strdup (_ ("Not yet")));
      rungs_facts_add (facts, FACT_ASKED_NEXT, _ ("Asked next"),
                       details->ask_next_at != 0 ? rungs_display_time (details->ask_next_at)
                                                 : NULL);
      rungs_facts_add (facts, FACT_ASK_TROUBLE, _ ("Trouble"), g_strdup (details->ask_trouble));
    }
  rungs_facts_show (self->facts, facts);
}

/* What was said of its answers. */
static void
show_answers (RungsEndpointDetail    *self,
              const RungsWebEndpoint *endpoint)
{
  g_autoptr (JsonNode) node = json_from_string (endpoint->mapping, NULL);
  g_autoptr (GPtrArray) facts = rungs_facts_new ();
  gboolean is_object = node != NULL && JSON_NODE_HOLDS_OBJECT (node);
  JsonObjectIter iter;
  const char *answer;
  JsonNode *place;
  gint64 n = 0;

  if (is_object)
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &answer, &place))
        if (JSON_NODE_HOLDS_VALUE (place) && json_node_get_value_type (place) == G_TYPE_STRING)
          rungs_facts_add (facts, n++, answer,
                           rungs_delivery_field_words (json_node_get_string (place)));
    }
  gtk_widget_set_visible (self->answers_title, n > 0);
  gtk_widget_set_visible (self->answers, n > 0);
  rungs_facts_show (self->answers, facts);
}

void
rungs_endpoint_detail_show (RungsEndpointDetail        *self,
                            const RungsEndpointDetails *details)
{
  const RungsWebEndpoint *endpoint = details->row->endpoint;

  g_return_if_fail (RUNGS_IS_ENDPOINT_DETAIL (self));

  gtk_label_set_label (self->name, endpoint->name);
  gtk_widget_set_visible (GTK_WIDGET (self->state), endpoint->retired_at != 0);
  gtk_label_set_label (self->address, details->address);
  gtk_widget_set_visible (self->unreachable, !details->is_reachable);
  gtk_widget_set_visible (self->retire, endpoint->retired_at == 0);
  gtk_widget_set_visible (self->take_back, endpoint->retired_at != 0);
  show_facts (self, details);
  show_answers (self, endpoint);
}
