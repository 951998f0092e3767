/* rungs-segment-row.c: a segment in the list at the left of its page. */

#include "rungs-segment-row.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

struct _RungsSegmentRow
{
  GtkListBoxRow parent_instance;

  gint64 id;
  gboolean fixed;
  GtkLabel *name;
  GtkLabel *kind;
  GtkLabel *count;
  GtkLabel *words;
};

G_DEFINE_FINAL_TYPE (RungsSegmentRow, rungs_segment_row, GTK_TYPE_LIST_BOX_ROW)

static guint dropped_signal;

static void
describe (RungsSegmentRow *self)
{
  g_autofree char *spoken
    = g_strdup_printf ("%s, %s, %s, %s", gtk_label_get_label (self->name),
                       gtk_label_get_label (self->kind), gtk_label_get_label (self->count),
                       gtk_label_get_label (self->words));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Who is in a live one is for its rule to say. */
static gboolean
accept_cb (RungsSegmentRow *self)
{
  return self->fixed;
}

static gboolean
dropped_cb (RungsSegmentRow *self,
            const GValue    *value)
{
  if (self->fixed)
    g_signal_emit (self, dropped_signal, 0, g_value_get_boxed (value));
  return self->fixed;
}

static void
rungs_segment_row_class_init (RungsSegmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  dropped_signal = g_signal_new ("leads-dropped", RUNGS_TYPE_SEGMENT_ROW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/segments/rungs-segment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentRow, name);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentRow, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentRow, count);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentRow, words);
}

static void
rungs_segment_row_init (RungsSegmentRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_ARRAY, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "accept", G_CALLBACK (accept_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
rungs_segment_row_new (gint64 id)
{
  RungsSegmentRow *self = g_object_new (RUNGS_TYPE_SEGMENT_ROW, NULL);

  self->id = id;
  return GTK_WIDGET (self);
}

gint64
rungs_segment_row_get_id (RungsSegmentRow *self)
{
  g_return_val_if_fail (RUNGS_IS_SEGMENT_ROW (self), 0);

  return self->id;
}

void
rungs_segment_row_set (RungsSegmentRow    *self,
                       const RungsSegment *segment,
                       const char         *words)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_ROW (self));

  self->fixed = segment->kind == RUNGS_SEGMENT_FIXED;
  gtk_label_set_label (self->name, segment->name);
  gtk_label_set_label (self->kind, self->fixed ? C_ ("segment", "fixed") : C_ ("segment", "live"));
  gtk_label_set_label (self->words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), words);
  if (self->fixed)
    gtk_widget_remove_css_class (GTK_WIDGET (self->kind), "live");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->kind), "live");
  if (self->fixed)
    rungs_segment_row_set_count (self, segment->leads);
  describe (self);
}

const char *
rungs_segment_row_get_name (RungsSegmentRow *self)
{
  g_return_val_if_fail (RUNGS_IS_SEGMENT_ROW (self), NULL);

  return gtk_label_get_label (self->name);
}

void
rungs_segment_row_set_count (RungsSegmentRow *self,
                             gint64           count)
{
  g_autofree char *number = rungs_display_number (count);
  g_autofree char *text
    = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) count), number);

  g_return_if_fail (RUNGS_IS_SEGMENT_ROW (self));

  gtk_label_set_label (self->count, text);
  describe (self);
}
