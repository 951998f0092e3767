/* rungs-rehearsal-pane.c: what would come of a delivery. */

#include "rungs-rehearsal-pane.h"

#include <glib/gi18n.h>

#include "rungs-delivery-words.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"

struct _RungsRehearsalPane
{
  AdwBin parent_instance;

  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *reason;
  GtkWidget *facts;

  guint asked; /* how often was asked: only the last answer counts */
};

G_DEFINE_FINAL_TYPE (RungsRehearsalPane, rungs_rehearsal_pane, ADW_TYPE_BIN)

static guint answered_signal;

enum
{
  FACT_DEEDS,
  FACT_CONSENT = 1000,
  FACT_VALUES,
};

static void
rungs_rehearsal_pane_class_init (RungsRehearsalPaneClass *klass)
{
  answered_signal = g_signal_new ("answered", RUNGS_TYPE_REHEARSAL_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
rungs_rehearsal_pane_init (RungsRehearsalPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->name = add_label (box, "title-4");
  self->state = add_label (box, "caption");
  self->reason = add_label (box, NULL);
  self->facts = g_object_new (RUNGS_TYPE_ROWS, "spacing", 3, NULL);
  gtk_box_append (GTK_BOX (box), self->facts);
  adw_bin_set_child (ADW_BIN (self), box);
}

static const char *
state_words (const RungsWebRehearsal *rehearsal)
{
  if (rehearsal->state == RUNGS_WEB_QUARANTINE)
    return _ ("It would be in quarantine");
  if (rehearsal->state != RUNGS_WEB_APPLIED)
    return _ ("Nothing would be done");
  if (*rehearsal->lead_name == '\0')
    return _ ("It would be done");
  return rehearsal->is_new ? _ ("A new lead") : _ ("A lead that you have");
}

static void
set_state (RungsRehearsalPane *self,
           const char         *words,
           const char         *style)
{
  static const char *const STYLES[] = { "success", "error", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), STYLES[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), style);
  gtk_label_set_label (self->state, words);
}

static void
show_rehearsal (RungsRehearsalPane      *self,
                const RungsWebRehearsal *rehearsal)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  const char *reason = rungs_error_stored_words (rehearsal->reason);

  for (guint i = 0; i < MIN (rehearsal->deeds->len, 20); i++)
    rungs_facts_add (facts, FACT_DEEDS + i, _ ("Says"),
                     rungs_delivery_deed_words (rehearsal->deeds->pdata[i]));
  for (guint i = 0; i < rehearsal->values->len; i++)
    {
      const RungsWebValue *value = rehearsal->values->pdata[i];
      char *title = rungs_delivery_field_words (value->field);

      g_ptr_array_add (titles, title);
      rungs_facts_add (facts, FACT_VALUES + i, title, g_strdup (value->value));
    }
  rungs_facts_add (facts, FACT_CONSENT, _ ("Agreed to"), g_strdup (rehearsal->consent));
  gtk_label_set_label (self->name, rehearsal->lead_name);
  gtk_widget_set_visible (GTK_WIDGET (self->name), *rehearsal->lead_name != '\0');
  gtk_label_set_label (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *reason != '\0');
  set_state (self, state_words (rehearsal), rungs_delivery_state_style (rehearsal->state));
  rungs_facts_show (self->facts, facts);
}

static void
show_trouble (RungsRehearsalPane *self,
              const char         *words)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  gtk_label_set_label (self->reason, words);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), TRUE);
  set_state (self, "", "dim-label");
  rungs_facts_show (self->facts, facts);
}

void
rungs_rehearsal_pane_show_trouble (RungsRehearsalPane *self,
                                   const char         *words)
{
  g_return_if_fail (RUNGS_IS_REHEARSAL_PANE (self));

  self->asked++;
  show_trouble (self, words);
}

/* A question on its way. */
typedef struct
{
  RungsRehearsalPane *pane; /* (owned) */
  guint number;
} Asking;

static void
asking_free (Asking *self)
{
  g_object_unref (self->pane);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Asking) asking = data;
  RungsRehearsalPane *self = asking->pane;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsWebRehearsal) rehearsal
    = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || asking->number != self->asked)
    return;
  if (rehearsal != NULL)
    {
      show_rehearsal (self, rehearsal);
      g_signal_emit (self, answered_signal, 0, rehearsal);
      return;
    }
  words = rungs_error_words (error);
  show_trouble (self, words);
}

void
rungs_rehearsal_pane_ask (RungsRehearsalPane   *self,
                          RungsStore           *store,
                          RungsMappingQuestion *question)
{
  Asking *asking;

  g_return_if_fail (RUNGS_IS_REHEARSAL_PANE (self));

  asking = g_new0 (Asking, 1);
  asking->pane = g_object_ref (self);
  asking->number = ++self->asked;
  rungs_store_write_async (store, rungs_mapping_ask, question,
                           (GDestroyNotify) rungs_mapping_question_free,
                           (GDestroyNotify) rungs_web_rehearsal_free, NULL, answered_cb, asking);
}
