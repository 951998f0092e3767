/* rungs-value-row.c: a short value at the right of its title, with room for what it means. */

#include "rungs-value-row.h"

#include "widgets/rungs-day-button.h"

struct _RungsValueRow
{
  AdwActionRow parent_instance;

  GtkWidget *box; /* of the entry and its button */
  GtkWidget *entry;
  char *hint;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsValueRow, rungs_value_row, ADW_TYPE_ACTION_ROW)

static guint agreed_signal;
static guint changed_signal;

static void
rungs_value_row_finalize (GObject *object)
{
  g_free (RUNGS_VALUE_ROW (object)->hint);
  G_OBJECT_CLASS (rungs_value_row_parent_class)->finalize (object);
}

/* What is written in it has the keys, and not the row, in which nothing can be written. */
static gboolean
rungs_value_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUNGS_VALUE_ROW (widget)->entry);
}

static void
rungs_value_row_class_init (RungsValueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_value_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rungs_value_row_grab_focus;
  agreed_signal = g_signal_new ("agreed", RUNGS_TYPE_VALUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_VALUE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
changed_cb (RungsValueRow *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
agreed_cb (RungsValueRow *self)
{
  g_signal_emit (self, agreed_signal, 0);
}

static void
rungs_value_row_init (RungsValueRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->entry = gtk_entry_new ();
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (agreed_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->entry);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

RungsValueRow *
rungs_value_row_new (const char *title,
                     const char *hint,
                     const char *example,
                     const char *unit)
{
  RungsValueRow *self
    = g_object_new (RUNGS_TYPE_VALUE_ROW, "use-markup", FALSE, "title", title, NULL);

  self->hint = g_strdup (hint);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), example);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 7);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  if (unit != NULL)
    {
      GtkWidget *label = gtk_label_new (unit);

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
    }
  rungs_value_row_mark (self, NULL);
  return self;
}

void
rungs_value_row_add_calendar (RungsValueRow *self,
                              const char    *rest)
{
  g_return_if_fail (RUNGS_IS_VALUE_ROW (self));

  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 16);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 16);
  gtk_box_append (GTK_BOX (self->box),
                  rungs_day_button_new (GTK_EDITABLE (self->entry), rest));
}

void
rungs_value_row_set_text (RungsValueRow *self,
                          const char    *text)
{
  g_return_if_fail (RUNGS_IS_VALUE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

char *
rungs_value_row_dup_text (RungsValueRow *self)
{
  g_return_val_if_fail (RUNGS_IS_VALUE_ROW (self), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

void
rungs_value_row_mark (RungsValueRow *self,
                      const char    *fault)
{
  const char *words = fault != NULL ? fault : self->hint;

  g_return_if_fail (RUNGS_IS_VALUE_ROW (self));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words != NULL ? words : "");
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  if (fault != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

void
rungs_value_row_set_width (RungsValueRow *self,
                           int            chars)
{
  g_return_if_fail (RUNGS_IS_VALUE_ROW (self));

  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), chars);
}
