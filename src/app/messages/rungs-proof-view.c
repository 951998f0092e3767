/* rungs-proof-view.c: what is wrong with a message, and what a lead reads of it. */

#include "rungs-proof-view.h"

#include <glib/gi18n.h>

#include "rungs-message-words.h"

struct _RungsProofView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkBox *problems;
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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-proof-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, problems);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, content);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, subject);
  gtk_widget_class_bind_template_child (widget_class, RungsProofView, text);
}

static void
rungs_proof_view_init (RungsProofView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
clear_problems (RungsProofView *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->problems))) != NULL)
    gtk_box_remove (self->problems, row);
}

static void
add_problem (RungsProofView *self,
             const char     *words,
             gboolean        is_error)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_error ? "dialog-error-symbolic"
                                                           : "dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_add_css_class (icon, is_error ? "error" : "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (self->problems, row);
}

void
rungs_proof_view_show (RungsProofView          *self,
                       const RungsMessageProof *proof)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));
  g_return_if_fail (proof != NULL);

  clear_problems (self);
  for (guint i = 0; i < proof->problems->len; i++)
    {
      const RungsMessageProblem *problem = g_ptr_array_index (proof->problems, i);
      g_autofree char *words = rungs_message_problem_words (problem);

      add_problem (self, words, problem->is_error);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems), proof->problems->len > 0);
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

  clear_problems (self);
  add_problem (self, words, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), TRUE);
  gtk_widget_set_visible (self->content, FALSE);
}

void
rungs_proof_view_set_has_text (RungsProofView *self,
                               gboolean        has_text)
{
  g_return_if_fail (RUNGS_IS_PROOF_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->text), has_text);
}
