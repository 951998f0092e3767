/* rungs-segment-why.c: asks for a lead and says why it is in the segment or not. */

#include "rungs-segment-why.h"

#include <glib/gi18n.h>

#include "leads/rungs-lead-list-store.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-rule-why.h"

#define LEADS_SHOWN 8

struct _RungsSegmentWhy
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkSearchEntry *search;
  GtkListBox *list;

  RungsRuleFields *fields;   /* (owned) (nullable) */
  char *rule;                /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsSegmentWhy, rungs_segment_why, GTK_TYPE_WIDGET)

static gpointer
find_leads (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const RungsLeadQuery query = { .words = data, .descending = TRUE };

  return rungs_lead_list_page (db, &query, 0, LEADS_SHOWN, error);
}

static GtkWidget *
new_row (const RungsLead *lead)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = rungs_lead_dup_name (lead);
  g_autofree char *text = lead->email != NULL && !g_str_equal (name, lead->email)
                              ? g_strdup_printf ("%s · %s", name, lead->email)
                              : g_strdup (name);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "lead", g_memdup2 (&lead->id, sizeof lead->id), g_free);
  return row;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsSegmentWhy) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkListBoxRow *row;

  if (self->button == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      gtk_menu_button_popdown (self->button);
      rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Read"), error);
      return;
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsLeadRow *found = g_ptr_array_index (rows, i);

      if (found != NULL)
        gtk_list_box_append (self->list, new_row (found->lead));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), rows->len > 0);
}

static void
search_changed_cb (RungsSegmentWhy *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->fields == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_rule_fields_get_store (self->fields), find_leads, g_strdup (words),
                          g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, found_cb,
                          g_object_ref (self));
}

static void
row_activated_cb (RungsSegmentWhy *self,
                  GtkListBoxRow   *row)
{
  gint64 lead = *(gint64 *) g_object_get_data (G_OBJECT (row), "lead");

  gtk_menu_button_popdown (self->button);
  rungs_segment_why_tell (self, lead);
}

static void
search_activated_cb (RungsSegmentWhy *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (self->list)))
    row_activated_cb (self, row);
}

static void
search_stopped_cb (RungsSegmentWhy *self)
{
  gtk_menu_button_popdown (self->button);
}

static void
opened_cb (RungsSegmentWhy *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
rungs_segment_why_dispose (GObject *object)
{
  RungsSegmentWhy *self = RUNGS_SEGMENT_WHY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_segment_why_parent_class)->dispose (object);
}

static void
rungs_segment_why_finalize (GObject *object)
{
  g_free (RUNGS_SEGMENT_WHY (object)->rule);

  G_OBJECT_CLASS (rungs_segment_why_parent_class)->finalize (object);
}

static void
rungs_segment_why_class_init (RungsSegmentWhyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_segment_why_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_segment_why_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/segments/rungs-segment-why.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentWhy, button);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentWhy, search);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentWhy, list);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rungs_segment_why_init (RungsSegmentWhy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_segment_why_set_fields (RungsSegmentWhy *self,
                              RungsRuleFields *fields)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_WHY (self));

  g_set_object (&self->fields, fields);
}

void
rungs_segment_why_set_segment (RungsSegmentWhy    *self,
                               const RungsSegment *segment)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_WHY (self));

  g_free (self->rule);
  self->rule = g_strdup (segment->rule);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rule != NULL);
}

void
rungs_segment_why_tell (RungsSegmentWhy *self,
                        gint64           lead)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_WHY (self));

  if (self->rule != NULL && self->fields != NULL)
    rungs_rule_why_open (GTK_WIDGET (self), self->fields, self->rule, lead);
}
