/* rungs-sequence-row.c: a sequence in the list at the left of its page. */

#include "rungs-sequence-row.h"

#include <glib/gi18n.h>

#include "rungs-step-words.h"
#include "widgets/rungs-display.h"

struct _RungsSequenceRow
{
  GtkListBoxRow parent_instance;

  gint64 id;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *sells;
  GtkLabel *figures;
};

G_DEFINE_FINAL_TYPE (RungsSequenceRow, rungs_sequence_row, GTK_TYPE_LIST_BOX_ROW)

static void
rungs_sequence_row_class_init (RungsSequenceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/sequences/rungs-sequence-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceRow, name);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceRow, state);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceRow, sells);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceRow, figures);
}

static void
rungs_sequence_row_init (RungsSequenceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rungs_sequence_row_new (const RungsSequence *sequence)
{
  RungsSequenceRow *self = g_object_new (RUNGS_TYPE_SEQUENCE_ROW, NULL);

  rungs_sequence_row_set (self, sequence);
  return GTK_WIDGET (self);
}

gint64
rungs_sequence_row_get_id (RungsSequenceRow *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_ROW (self), 0);

  return self->id;
}

void
rungs_sequence_row_set (RungsSequenceRow    *self,
                        const RungsSequence *sequence)
{
  g_autofree char *active = rungs_display_number (sequence->active);
  g_autofree char *sent = rungs_display_number (sequence->sent);
  g_autofree char *bought = rungs_display_number (sequence->bought + sequence->goal);
  g_autofree char *figures = NULL;
  g_autofree char *sells = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (RUNGS_IS_SEQUENCE_ROW (self));

  self->id = sequence->id;
  /* Translators: leads in a sequence, its messages sent, and leads who bought or reached a goal */
  figures = g_strdup_printf (_ ("%s in it · %s sent · %s won"), active, sent, bought);
  sells = sequence->sells_name ? g_strdup_printf (_ ("Sells %s"), sequence->sells_name)
                               : g_strdup (_ ("Sells nothing"));
  gtk_label_set_label (self->name, sequence->name);
  gtk_label_set_label (self->state, rungs_sequence_state_words (sequence->state));
  gtk_label_set_label (self->sells, sells);
  gtk_label_set_label (self->figures, figures);
  spoken = g_strdup_printf ("%s, %s, %s, %s", sequence->name, gtk_label_get_label (self->state),
                            sells, figures);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "live");
  if (sequence->state == RUNGS_SEQUENCE_LIVE)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "live");
}
