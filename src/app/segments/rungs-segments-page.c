/* rungs-segments-page.c: the segments, and who is in the one that is selected. */

#include "rungs-segments-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-segment-counts.h"
#include "rungs-segment-forms.h"
#include "rungs-segment-overlap.h"
#include "rungs-segment-picker.h"
#include "rungs-segment-row.h"
#include "rungs-segment-view.h"
#include "rungs-segment-work.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-rule-words.h"
#include "widgets/rungs-tab-stop.h"

struct _RungsSegmentsPage
{
  RungsPage parent_instance;

  RungsRuleFields *fields;    /* (owned) (nullable) */
  GPtrArray *segments;        /* (owned) (element-type RungsSegment) */
  gint64 selected;            /* 0: none */
  gboolean edit;              /* the one that is selected next is new: its rule is shown */
  RungsSegmentCounts *counts; /* (owned) (nullable): there with the fields */

  GtkStack *stack;
  GtkListBox *list;
  RungsSegmentView *view;
};

G_DEFINE_FINAL_TYPE (RungsSegmentsPage, rungs_segments_page, RUNGS_TYPE_PAGE)

static RungsStore *
store_of (RungsSegmentsPage *self)
{
  return rungs_page_get_store (RUNGS_PAGE (self));
}

static const RungsSegment *
find_segment (RungsSegmentsPage *self,
              gint64             id)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);

      if (segment->id == id)
        return segment;
    }
  return NULL;
}

static RungsSegmentRow *
find_row (RungsSegmentsPage *self,
          gint64             id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (rungs_segment_row_get_id (RUNGS_SEGMENT_ROW (row)) == id)
      return RUNGS_SEGMENT_ROW (row);
  return NULL;
}

/* ---- the one that is selected */

static void
allow_actions (RungsSegmentsPage *self,
               guint              n_leads)
{
  static const char *const of_segment[]
    = { "segments.rename", "segments.duplicate", "segments.delete" };
  const RungsSegment *segment = find_segment (self, self->selected);
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (of_segment); i++)
    gtk_widget_action_set_enabled (widget, of_segment[i], segment != NULL);
  gtk_widget_action_set_enabled (widget, "segments.compare",
                                 segment != NULL && self->segments->len > 1);
  gtk_widget_action_set_enabled (widget, "segments.snapshot",
                                 segment != NULL && segment->kind == RUNGS_SEGMENT_LIVE);
  gtk_widget_action_set_enabled (widget, "segments.add-leads", n_leads > 0);
  gtk_widget_action_set_enabled (widget, "segments.remove-leads",
                                 n_leads > 0 && segment != NULL
                                     && segment->kind == RUNGS_SEGMENT_FIXED);
}

static void
show_selected (RungsSegmentsPage *self)
{
  const RungsSegment *segment = find_segment (self, self->selected);

  rungs_segment_view_set_segment (self->view, segment);
  gtk_widget_set_visible (GTK_WIDGET (self->view), segment != NULL);
  allow_actions (self, 0);
  if (segment != NULL && self->edit)
    rungs_segment_view_edit (self->view);
  self->edit = FALSE;
}

static void
row_selected_cb (RungsSegmentsPage *self,
                 RungsSegmentRow   *row)
{
  gint64 id = row ? rungs_segment_row_get_id (row) : 0;

  if (id == 0 || id == self->selected)
    return;
  self->selected = id;
  show_selected (self);
}

static void
segment_counted_cb (RungsSegmentsPage *self,
                    gint64             segment,
                    gint64             count)
{
  RungsSegmentRow *row = find_row (self, segment);

  if (row != NULL)
    rungs_segment_row_set_count (row, count);
}

static void
counted_cb (RungsSegmentsPage *self,
            gint64             count)
{
  segment_counted_cb (self, self->selected, count);
}

static void
selected_cb (RungsSegmentsPage *self,
             guint              n)
{
  allow_actions (self, n);
}

/* ---- the list */

static void
show_rows (RungsSegmentsPage *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);
      RungsSegmentRow *row = find_row (self, segment->id);
      g_autofree char *words = segment->rule ? rungs_rule_words (self->fields, segment->rule)
                                             : g_strdup (_ ("Chosen by hand"));

      if (row != NULL)
        rungs_segment_row_set (row, segment, words);
    }
}

static gboolean
same_rows (RungsSegmentsPage *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (row == NULL || rungs_segment_row_get_id (RUNGS_SEGMENT_ROW (row)) != segment->id)
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->list, (int) self->segments->len) == NULL;
}

static void
leads_dropped_cb (RungsSegmentsPage *self,
                  GArray            *leads,
                  RungsSegmentRow   *row)
{
  rungs_segment_put_into (RUNGS_PAGE (self), rungs_segment_row_get_id (row), g_array_ref (leads));
}

static void
fill_list (RungsSegmentsPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);
      GtkWidget *new = rungs_segment_row_new (segment->id);

      g_signal_connect_swapped (new, "leads-dropped", G_CALLBACK (leads_dropped_cb), self);
      gtk_list_box_append (self->list, new);
    }
}

static void
show_list (RungsSegmentsPage *self)
{
  guint n = self->segments->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *subtitle
    = g_strdup_printf (ngettext ("%s segment", "%s segments", n), number);
  gboolean other = !same_rows (self);
  gboolean focused = other && rungs_focus_is_in (GTK_WIDGET (self->list));
  GtkListBoxRow *row;

  rungs_page_set_subtitle (RUNGS_PAGE (self), n > 0 ? subtitle : NULL);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (other)
    fill_list (self);
  show_rows (self);
  if (find_segment (self, self->selected) == NULL)
    self->selected = n > 0 ? ((RungsSegment *) g_ptr_array_index (self->segments, 0))->id : 0;
  row = GTK_LIST_BOX_ROW (find_row (self, self->selected));
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  if (row != NULL && focused)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  show_selected (self);
  rungs_segment_view_refresh (self->view);
  rungs_segment_counts_start (self->counts, self->segments);
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

static void
list_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsSegmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *segments = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (segments != NULL)
    {
      g_ptr_array_unref (self->segments);
      self->segments = segments;
      if (self->list != NULL)
        show_list (self);
    }
  else
    rungs_page_notify_error (RUNGS_PAGE (self), error);
}

static void
rungs_segments_page_refresh (RungsPage *page)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (page);

  if (self->fields != NULL)
    rungs_rule_fields_refresh (self->fields);
  rungs_store_read_async (rungs_page_get_store (page), rungs_segment_work_list, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, list_loaded_cb,
                          g_object_ref (page));
}

static gboolean
is_sought (GtkListBoxRow *row,
           gpointer       data)
{
  g_autofree char *sought = g_utf8_casefold (rungs_page_get_search_text (data), -1);
  const char *name = rungs_segment_row_get_name (RUNGS_SEGMENT_ROW (row));
  g_autofree char *text = g_utf8_casefold (name ? name : "", -1);

  return strstr (text, sought) != NULL;
}

static void
rungs_segments_page_search (RungsPage  *page,
                            const char *text)
{
  gtk_list_box_invalidate_filter (RUNGS_SEGMENTS_PAGE (page)->list);
}

/* ---- what can be done */

static void
made_cb (RungsSegmentsPage *self,
         gint64             id)
{
  self->selected = id;
  self->edit = TRUE;
  rungs_page_queue_refresh (RUNGS_PAGE (self));
}

static void
follow_form (RungsSegmentsPage *self,
             RungsForm         *form)
{
  g_signal_connect_object (form, "saved", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
}

static void
rungs_segments_page_main_action (RungsPage *page)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (page);

  if (self->fields != NULL)
    follow_form (self, rungs_segment_form_new (GTK_WIDGET (page), store_of (self), NULL));
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);
  const RungsSegment *segment = find_segment (self, self->selected);

  if (segment != NULL)
    rungs_segment_form_rename (widget, store_of (self), segment);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);
  const RungsSegment *segment = find_segment (self, self->selected);

  if (segment != NULL)
    follow_form (self, rungs_segment_form_duplicate (widget, store_of (self), segment));
}

static void
snapshot_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);
  const RungsSegment *segment = find_segment (self, self->selected);

  if (segment != NULL)
    follow_form (self, rungs_segment_form_snapshot (widget, store_of (self), segment));
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);

  if (find_segment (self, self->selected) != NULL)
    rungs_segment_overlap_open (widget, store_of (self), self->segments, self->selected);
}

/* ---- deleting */

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsSegmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  RungsSegmentSnapshot *snapshot
    = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  const RungsPageWork undo = {
    .func = rungs_segment_work_restore,
    .data = snapshot,
    .data_free = (GDestroyNotify) rungs_segment_snapshot_free,
    .failed = _ ("The Segment Could Not Be Put Back"),
  };

  if (snapshot != NULL)
    rungs_page_offer_undo (RUNGS_PAGE (self), _ ("Segment deleted"), &undo);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Segment Could Not Be Deleted"), error);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);

  if (self->selected != 0)
    rungs_store_write_async (store_of (self), rungs_segment_work_delete,
                             rungs_segment_work_new (self->selected, NULL, NULL),
                             (GDestroyNotify) rungs_segment_work_free,
                             (GDestroyNotify) rungs_segment_snapshot_free, NULL, deleted_cb,
                             g_object_ref (self));
}

/* ---- the rule */

static void
saved_cb (RungsSegmentsPage *self,
          RungsSegmentWork  *before)
{
  const RungsPageWork undo = {
    .func = rungs_segment_work_set_rule,
    .data = before,
    .data_free = (GDestroyNotify) rungs_segment_work_free,
    .result_free = (GDestroyNotify) rungs_segment_work_free,
    .failed = _ ("The Rule Could Not Be Saved"),
  };

  rungs_page_offer_undo (RUNGS_PAGE (self), _ ("Rule saved"), &undo);
}

/* ---- leads */

static void
add_leads_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);

  rungs_segment_put (RUNGS_PAGE (self), rungs_segment_view_get_selected (self->view));
}

static void
remove_leads_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (widget);

  rungs_segment_take_out (RUNGS_PAGE (self), self->selected,
                          rungs_segment_view_get_selected (self->view));
}

/* ---- the page */

static void
rungs_segments_page_show_target (RungsPage  *page,
                                 const char *target)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (page);
  RungsSegmentRow *row;
  gint64 id;

  if (!g_str_has_prefix (target, "segment:"))
    return;
  id = g_ascii_strtoll (target + strlen ("segment:"), NULL, 10);
  row = find_row (self, id);
  if (row != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  else
    self->selected = id;
}

static char *
rungs_segments_page_dup_unsaved (RungsPage *page)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (page);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);

      if (!rungs_segment_view_is_unsaved (self->view, segment->id))
        continue;
      g_string_append (names, n++ > 0 ? ", " : "");
      /* Translators: a name in quotation marks, one of a list. */
      g_string_append_printf (names, _ ("“%s”"), segment->name);
    }
  if (n == 0)
    return NULL;
  return g_strdup_printf (ngettext ("The rule of the segment %s was changed and is not saved.",
                                    "The rules of the segments %s were changed and are not saved.",
                                    n),
                          names->str);
}

static void
rungs_segments_page_constructed (GObject *object)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (object);
  RungsStore *store = store_of (self);

  G_OBJECT_CLASS (rungs_segments_page_parent_class)->constructed (object);

  allow_actions (self, 0);
  gtk_list_box_set_filter_func (self->list, is_sought, self, NULL);
  if (store == NULL)
    return;
  self->fields = rungs_rule_fields_new (store);
  self->counts = rungs_segment_counts_new (store);
  g_signal_connect_object (self->counts, "counted", G_CALLBACK (segment_counted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "loaded", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  rungs_segment_view_set_fields (self->view, self->fields);
}

static void
rungs_segments_page_dispose (GObject *object)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (object);

  if (self->counts != NULL)
    rungs_segment_counts_stop (self->counts);
  g_clear_object (&self->counts);
  g_clear_object (&self->fields);
  self->list = NULL;

  G_OBJECT_CLASS (rungs_segments_page_parent_class)->dispose (object);
}

static void
rungs_segments_page_finalize (GObject *object)
{
  RungsSegmentsPage *self = RUNGS_SEGMENTS_PAGE (object);

  g_ptr_array_unref (self->segments);

  G_OBJECT_CLASS (rungs_segments_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  const struct
  {
    const char *action;
    GtkWidgetActionActivateFunc activate;
    guint key;
  } actions[] = {
    { "segments.rename", rename_action, GDK_KEY_F2 },
    { "segments.duplicate", duplicate_action, 0 },
    { "segments.snapshot", snapshot_action, 0 },
    { "segments.compare", compare_action, 0 },
    { "segments.delete", delete_action, 0 },
    { "segments.add-leads", add_leads_action, 0 },
    { "segments.remove-leads", remove_leads_action, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].activate);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, 0, actions[i].action,
                                             NULL);
    }
}

static gboolean
list_key_cb (RungsSegmentsPage *self,
             guint              key)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete)
    return FALSE;
  delete_action (GTK_WIDGET (self), NULL, NULL);
  return TRUE;
}

static void
rungs_segments_page_class_init (RungsSegmentsPageClass *klass)
{
  static const char *const tables[]
    = { "segment",     "segment_member", "lead",  "lead_tag",   "lead_value", "touch", "consent",
        "sales_order", "refund_line",    "owned", "enrolment",  "event",      NULL };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  object_class->constructed = rungs_segments_page_constructed;
  object_class->dispose = rungs_segments_page_dispose;
  object_class->finalize = rungs_segments_page_finalize;
  page_class->tables = tables;
  page_class->main_action = rungs_segments_page_main_action;
  page_class->search = rungs_segments_page_search;
  page_class->refresh = rungs_segments_page_refresh;
  page_class->show_target = rungs_segments_page_show_target;
  page_class->dup_unsaved = rungs_segments_page_dup_unsaved;
  install_actions (widget_class);

  g_type_ensure (RUNGS_TYPE_SEGMENT_VIEW);
  g_type_ensure (RUNGS_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/segments/rungs-segments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, counted_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
}

static void
rungs_segments_page_init (RungsSegmentsPage *self)
{
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_segment_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
