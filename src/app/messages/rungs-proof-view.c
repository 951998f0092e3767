/* rungs-proof-view.c: what is wrong with a message, and what a lead reads of it. */

#include "rungs-proof-view.h"

#include "rungs-check-list.h"

struct _RungsProofView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  RungsCheckList *findings;
  GtkWidget *content;
  GtkLabel *subject;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (RungsProofView, rungs_proof_view, GTK_TYPE_WIDGET)

static void
rungs_proof_view_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PROOF_VIEW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_proof_view_parent_class)->dispose (object);
}

static void
rungs_proof_view_class_init (RungsProofViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_proof_view_dispose;

  g_type_ensure (RUNGS_TYPE_CHECK_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-proof-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, findings);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, content);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, subject);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, text);
}

static void
rungs_proof_view_init (RungsProofView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_proof_view_show_findings (RungsProofView *self,
                                GPtrArray      *findings)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));

  rungs_check_list_show (self->findings, findings);
}

void
rungs_proof_view_show (RungsProofView          *self,
                       const RungsMessageProof *proof)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));
  g_return_if_fail (proof != NULL);

  rungs_check_list_show (self->findings, proof->findings);
  gtk_widget_set_visible (self->content, proof->content.text != NULL);
  if (proof->content.text != NULL)
    {
      g_autofree char *text = g_strchomp (g_strdup (proof->content.text));

      gtk_label_set_label (self->subject, proof->content.subject);
      gtk_label_set_label (self->text, text);
    }
}

void
rungs_proof_view_show_trouble (RungsProofView *self,
                               const char     *words)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));

  rungs_check_list_show_trouble (self->findings, words);
  gtk_widget_set_visible (self->content, FALSE);
}

void
rungs_proof_view_set_has_text (RungsProofView *self,
                               gboolean        has_text)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->text), has_text);
}
