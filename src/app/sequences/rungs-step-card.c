/* rungs-step-card.c: a step of a sequence as a node of the canvas. */

#include "rungs-step-card.h"


struct _RungsStepCard
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *kind;
  GtkLabel *words;
  GtkLabel *figures;
  GtkWidget *fault_box;
  GtkLabel *fault;
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
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, fault_box);
  gtk_widget_class_bind_template_child (widget_class, RungsStepCard, fault);
}

static void
rungs_step_card_init (RungsStepCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rungs_step_card_new (void)
{
  return g_object_new (RUNGS_TYPE_STEP_CARD, NULL);
}

void
rungs_step_card_show_texts (RungsStepCard *self,
                            const char    *icon,
                            const char    *kind,
                            const char    *words,
                            const char    *figures,
                            const char    *style)
{
  const char *classes[] = { "step-card", style, NULL };

  g_return_if_fail (RUNGS_IS_STEP_CARD (self));

  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->kind, kind);
  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->figures, figures ? figures : "");
  gtk_widget_set_visible (GTK_WIDGET (self->figures), figures != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
}

void
rungs_step_card_set_fault (RungsStepCard *self,
                           const char    *fault,
                           gboolean       grave)
{
  g_return_if_fail (RUNGS_IS_STEP_CARD (self));

  gtk_widget_set_visible (self->fault_box, fault != NULL);
  gtk_label_set_label (self->fault, fault ? fault : "");
  gtk_widget_remove_css_class (self->fault_box, grave ? "warning" : "error");
  gtk_widget_add_css_class (self->fault_box, grave ? "error" : "warning");
}
