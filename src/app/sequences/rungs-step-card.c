/* rungs-step-card.c: a step of a sequence as a node of the canvas. */

#include "rungs-step-card.h"

#include <glib/gi18n.h>

#include "rungs-step-words.h"
#include "widgets/rungs-display.h"

struct _RungsStepCard
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *kind;
  GtkLabel *words;
  GtkLabel *figures;
};

G_DEFINE_FINAL_TYPE (RungsStepCard, rungs_step_card, GTK_TYPE_BOX)

/* A popover that hangs on the card goes with it: the canvas is drawn anew while one may be open. */
static void
rungs_step_card_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GTK_IS_POPOVER (child))
        gtk_widget_unparent (child);
      child = next;
    }
  G_OBJECT_CLASS (rungs_step_card_parent_class)->dispose (object);
}

static void
rungs_step_card_class_init (RungsStepCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_step_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/sequences/rungs-step-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, words);
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, figures);
}

static void
rungs_step_card_init (RungsStepCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
figures_words (const RungsSequenceStepCounts *counts)
{
  g_autofree char *waiting = rungs_display_number (counts->waiting);
  g_autofree char *walked = rungs_display_number (counts->walked);
  g_autofree char *sent = rungs_display_number (counts->sent);

  if (counts->sent > 0)
    /* Translators: how many messages of the step were sent, how many leads walked it */
    return g_strdup_printf (_ ("%s sent · %s walked"), sent, walked);
  if (counts->waiting > 0)
    return g_strdup_printf (_ ("%s here now · %s walked"), waiting, walked);
  return g_strdup_printf (_ ("%s walked"), walked);
}

GtkWidget *
rungs_step_card_new (void)
{
  return g_object_new (RUNGS_TYPE_STEP_CARD, NULL);
}

void
rungs_step_card_show (RungsStepCard                 *self,
                      const RungsGraphStep          *step,
                      const RungsSequenceStepCounts *counts,
                      RungsStepNames                *names)
{
  const char *kind = rungs_step_kind_words (step);
  g_autofree char *words = rungs_step_words (step, names);
  g_autofree char *figures = counts ? figures_words (counts) : g_strdup (_ ("nobody yet"));

  const char *classes[] = { "step-card", rungs_graph_kind_to_text (step->kind), NULL };

  g_return_if_fail (RUNGS_IS_STEP_CARD (self));

  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_image_set_from_icon_name (self->icon, rungs_step_icon (step->kind));
  gtk_label_set_label (self->kind, kind);
  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->figures, figures);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
}
