/* rungs-segment-view.c: the segment that is selected. */

#include "rungs-segment-view.h"

#include <glib/gi18n.h>

#include "leads/rungs-lead-chips.h"
#include "leads/rungs-lead-columns.h"
#include "leads/rungs-lead-rows.h"
#include "rungs-segment-why.h"
#include "rungs-segment-work.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-rule-editor.h"
#include "widgets/rungs-rule-words.h"

struct _RungsSegmentView
{
  GtkWidget parent_instance;

  RungsRuleFields *fields; /* (owned) (nullable) */
  gint64 segment;          /* 0: none */
  char *key;               /* (owned) (nullable): how rules name it */
  RungsSegmentKind kind;
  char *rule;              /* (owned) (nullable): as it is stored */
  char *saving;            /* (owned) (nullable): the one that is being stored */
  gboolean changed;        /* the editor holds another one */
  GHashTable *drafts;      /* (owned): id of a segment -> the rule that is not saved */
  RungsLeadRoll *roll;     /* (owned) */

  GtkWidget *box;
  GtkLabel *name;
  GtkLabel *summary;
  GtkLabel *rule_words;
  RungsSegmentWhy *why;
  GtkStack *stack;
  GtkStackPage *rule_page;
  RungsBrowser *browser;
  AdwStatusPage *nobody;
  GMenuModel *row_menu;
  RungsRuleEditor *editor;
  GtkActionBar *save_bar;
  GtkLabel *unsaved;
  GtkStack *days_stack;
  GtkListBox *days;
  GtkLabel *days_none;

  GCancellable *days_reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsSegmentView, rungs_segment_view, GTK_TYPE_WIDGET)

static guint counted_signal;
static guint saved_signal;
static guint selected_signal;

static RungsStore *
store_of (RungsSegmentView *self)
{
  return rungs_rule_fields_get_store (self->fields);
}

/* ---- the head */

static void
show_words (RungsSegmentView *self)
{
  g_autofree char *words = self->rule ? rungs_rule_words (self->fields, self->rule) : NULL;

  gtk_label_set_label (self->rule_words, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rule_words), words != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rule_words), words);
}

static void
show_count (RungsSegmentView *self,
            gint64            count)
{
  g_autofree char *number = rungs_display_number (count);
  g_autofree char *leads
    = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) count), number);
  g_autofree char *summary
    = g_strdup_printf ("%s · %s", self->kind == RUNGS_SEGMENT_FIXED ? _ ("Chosen by hand")
                                                                     : _ ("Live, by a rule"),
                       leads);

  gtk_label_set_label (self->summary, summary);
}

/* ---- who is in it */

/* "Is in the segment", whether it is live or fixed. */
static char *
rule_of_members (RungsSegmentView *self)
{
  g_autoptr (GPtrArray) chips
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_chip_free);
  RungsLeadChip *chip = rungs_lead_chip_new ("segment");

  rungs_lead_chip_toggle (chip, self->key ? self->key : "");
  g_ptr_array_add (chips, chip);
  return rungs_lead_chips_to_rule (chips);
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsSegmentView *self = data;
  RungsLeadQuery *query = g_new0 (RungsLeadQuery, 1);
  g_autofree char *rule = rule_of_members (self);

  rungs_lead_columns_sort (browser, query);
  return rungs_lead_rows_query_new (query, rule, self->roll);
}

static void
n_rows_changed_cb (RungsSegmentView *self)
{
  guint n = rungs_browser_get_n_rows (self->browser);

  if (self->segment == 0 || !rungs_browser_is_whole (self->browser))
    return;
  show_count (self, n);
  g_signal_emit (self, counted_signal, 0, (gint64) n);
}

static void
selection_changed_cb (RungsSegmentView *self)
{
  guint n = rungs_browser_get_n_selected (self->browser);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.open", n == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.why",
                                 n == 1 && self->kind == RUNGS_SEGMENT_LIVE);
  g_signal_emit (self, selected_signal, 0, n);
}

static void
activated_cb (RungsSegmentView *self,
              gint64            lead)
{
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-target", "(ss)", "leads", target);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsSegmentView *self = RUNGS_SEGMENT_VIEW (widget);
  gint64 lead = rungs_browser_get_single (self->browser);

  if (lead != 0)
    activated_cb (self, lead);
}

static void
why_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsSegmentView *self = RUNGS_SEGMENT_VIEW (widget);
  gint64 lead = rungs_browser_get_single (self->browser);

  if (lead != 0)
    rungs_segment_why_tell (self->why, lead);
}

/* ---- the rule */

static void
show_changed (RungsSegmentView *self,
              gboolean          changed)
{
  self->changed = changed;
  gtk_action_bar_set_revealed (self->save_bar, changed);
}

static void
editor_changed_cb (RungsSegmentView *self)
{
  g_autofree char *rule = rungs_rule_editor_dup_rule (self->editor);

  show_changed (self, g_strcmp0 (rule, self->rule) != 0);
}

static void
rule_counted_cb (RungsSegmentView *self,
                 gint64            count)
{
  g_autofree char *number = rungs_display_number (count);
  g_autofree char *words = g_strdup_printf (
    ngettext ("Not saved yet · %s lead", "Not saved yet · %s leads", (gulong) count), number);

  gtk_label_set_label (self->unsaved, words);
}

/* `rule` is in the file; what was changed since then is not. Takes `before`. */
static void
take_saved (RungsSegmentView *self,
            const char       *rule,
            RungsSegmentWork *before)
{
  g_hash_table_remove (self->drafts, &before->segment);
  if (before->segment == self->segment)
    {
      g_free (self->rule);
      self->rule = g_strdup (rule);
      show_words (self);
      editor_changed_cb (self);
    }
  g_signal_emit (self, saved_signal, 0, before);
}

static void
rule_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (RungsSegmentView) self = data;
  g_autoptr (GError) error = NULL;
  RungsSegmentWork *before = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *rule = g_steal_pointer (&self->saving);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      g_clear_pointer (&before, rungs_segment_work_free);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_bar), TRUE);
  if (before != NULL)
    take_saved (self, rule, before);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Rule Could Not Be Saved"), error);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsSegmentView *self = RUNGS_SEGMENT_VIEW (widget);

  if (!self->changed || self->saving != NULL)
    return;
  self->saving = rungs_rule_editor_finish (self->editor);
  if (self->saving == NULL)
    return;
  if (rungs_focus_is_in (GTK_WIDGET (self->save_bar))) /* which goes */
    rungs_rule_editor_start (self->editor);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_bar), FALSE);
  rungs_store_write_async (store_of (self), rungs_segment_work_set_rule,
                           rungs_segment_work_new (self->segment, NULL, self->saving),
                           (GDestroyNotify) rungs_segment_work_free,
                           (GDestroyNotify) rungs_segment_work_free, NULL, rule_saved_cb,
                           g_object_ref (self));
}

static void
discard_clicked_cb (RungsSegmentView *self)
{
  g_hash_table_remove (self->drafts, &self->segment);
  rungs_rule_editor_set_rule (self->editor, self->rule);
  rungs_rule_editor_start (self->editor);
  show_changed (self, FALSE);
}

static void
keep_draft (RungsSegmentView *self)
{
  if (self->segment != 0 && self->changed)
    g_hash_table_replace (self->drafts, g_memdup2 (&self->segment, sizeof self->segment),
                          rungs_rule_editor_dup_rule (self->editor));
  else
    g_hash_table_remove (self->drafts, &self->segment);
}

/* The stored rule, or what was begun with it and not saved. */
static void
show_rule (RungsSegmentView *self)
{
  const char *draft = g_hash_table_lookup (self->drafts, &self->segment);

  if (self->rule != NULL)
    rungs_rule_editor_set_rule (self->editor, draft ? draft : self->rule);
  show_changed (self, draft != NULL);
}

/* ---- who came and went */

static GtkWidget *
new_day_row (const RungsSegmentDay *day)
{
  g_auto (GStrv) parts = g_strsplit (day->day, "-", 3);
  g_autoptr (GDateTime) date
    = g_date_time_new_local (atoi (parts[0]), atoi (parts[1]), atoi (parts[2]), 12, 0, 0);
  g_autofree char *title
    = date ? rungs_display_day (g_date_time_to_unix (date) * 1000) : g_strdup (day->day);
  g_autofree char *came_number = rungs_display_number (day->came);
  g_autofree char *went_number = rungs_display_number (day->went);
  g_autofree char *came
    = g_strdup_printf (ngettext ("%s came", "%s came", (gulong) day->came), came_number);
  g_autofree char *went
    = g_strdup_printf (ngettext ("%s went", "%s went", (gulong) day->went), went_number);
  g_autofree char *words = day->came > 0 && day->went > 0 ? g_strdup_printf ("%s · %s", came, went)
                           : day->came > 0                ? g_strdup (came)
                                                          : g_strdup (went);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *figures = gtk_label_new (words);

  gtk_widget_add_css_class (figures, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), figures);
  return row;
}

static void
days_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (RungsSegmentView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) days = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkListBoxRow *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (days == NULL)
    {
      g_autofree char *words = rungs_error_words (error);

      gtk_label_set_label (self->days_none, words);
      gtk_stack_set_visible_child_name (self->days_stack, "none");
      return;
    }
  while ((row = gtk_list_box_get_row_at_index (self->days, 0)) != NULL)
    gtk_list_box_remove (self->days, GTK_WIDGET (row));
  for (guint i = 0; i < days->len; i++)
    gtk_list_box_append (self->days, new_day_row (&g_array_index (days, RungsSegmentDay, i)));
  gtk_stack_set_visible_child_name (self->days_stack, days->len > 0 ? "days" : "none");
  gtk_label_set_label (self->days_none,
                       self->kind == RUNGS_SEGMENT_FIXED
                           ? _ ("Nobody came or went in the last 90 days.")
                           : _ ("Of a live segment this is written down while something waits for"
                                " leads to come or go, such as a sequence."));
}

static void
load_days (RungsSegmentView *self)
{
  g_cancellable_cancel (self->days_reading);
  g_clear_object (&self->days_reading);
  if (self->segment == 0 || self->box == NULL)
    return;
  self->days_reading = g_cancellable_new ();
  rungs_store_read_async (store_of (self), rungs_segment_work_days,
                          rungs_segment_work_new (self->segment, NULL, NULL),
                          (GDestroyNotify) rungs_segment_work_free,
                          (GDestroyNotify) g_array_unref, self->days_reading, days_loaded_cb,
                          g_object_ref (self));
}

/* ---- the class */

static void
rungs_segment_view_dispose (GObject *object)
{
  RungsSegmentView *self = RUNGS_SEGMENT_VIEW (object);

  g_cancellable_cancel (self->days_reading);
  g_clear_object (&self->days_reading);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_segment_view_parent_class)->dispose (object);
}

static void
rungs_segment_view_finalize (GObject *object)
{
  RungsSegmentView *self = RUNGS_SEGMENT_VIEW (object);

  g_hash_table_unref (self->drafts);
  rungs_lead_roll_unref (self->roll);
  g_free (self->key);
  g_free (self->rule);
  g_free (self->saving);

  G_OBJECT_CLASS (rungs_segment_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, summary);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, rule_words);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, why);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, rule_page);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, nobody);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, row_menu);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, editor);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, save_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, unsaved);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, days_stack);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, days);
  gtk_widget_class_bind_template_child (widget_class, RungsSegmentView, days_none);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, editor_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rule_counted_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
}

static void
rungs_segment_view_class_init (RungsSegmentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_segment_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_segment_view_finalize;
  counted_signal = g_signal_new ("counted", RUNGS_TYPE_SEGMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  saved_signal = g_signal_new ("saved", RUNGS_TYPE_SEGMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  selected_signal = g_signal_new ("selected", RUNGS_TYPE_SEGMENT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_RULE_EDITOR);
  g_type_ensure (RUNGS_TYPE_SEGMENT_WHY);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/segments/rungs-segment-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "member.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "member.why", NULL, why_action);
  gtk_widget_class_install_action (widget_class, "rule.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "rule.save",
                                       NULL);
}

static void
rungs_segment_view_init (RungsSegmentView *self)
{
  self->drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->roll = rungs_lead_roll_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (load_days), self);
}

static void
load_columns (RungsSegmentView *self)
{
  rungs_lead_columns_load (self->browser, rungs_rule_fields_get_store (self->fields), FALSE);
}

void
rungs_segment_view_set_fields (RungsSegmentView *self,
                               RungsRuleFields  *fields)
{
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_lead_rows_get_columns (&n);

  g_return_if_fail (RUNGS_IS_SEGMENT_VIEW (self));

  self->fields = g_object_ref (fields);
  rungs_rule_editor_set_fields (self->editor, fields);
  rungs_segment_why_set_fields (self->why, fields);
  rungs_browser_set_up (self->browser, "segment", rungs_rule_fields_get_store (fields),
                        rungs_lead_rows_get_source (), columns, n, make_query, self);
  load_columns (self);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (load_columns), self, G_CONNECT_SWAPPED);
}

static void
show_other (RungsSegmentView   *self,
            const RungsSegment *segment)
{
  keep_draft (self);
  self->segment = segment->id;
  self->kind = segment->kind;
  g_free (self->key);
  self->key = g_strdup (segment->key);
  g_free (self->rule);
  self->rule = g_strdup (segment->rule);
  show_rule (self);
  gtk_label_set_label (self->summary, "…");
  adw_status_page_set_description (
    self->nobody, segment->rule != NULL
                      ? _ ("The rule holds for no lead.")
                      : _ ("Drag leads from their page onto the segment, or choose"
                           " “Add to Segment…” where they are listed."));
  gtk_stack_page_set_visible (self->rule_page, segment->rule != NULL);
  if (segment->rule == NULL
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "rule") == 0)
    gtk_stack_set_visible_child_name (self->stack, "leads");
  selection_changed_cb (self);
  rungs_browser_requery (self->browser, FALSE);
}

void
rungs_segment_view_set_segment (RungsSegmentView   *self,
                                const RungsSegment *segment)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_VIEW (self));

  if (segment == NULL)
    {
      keep_draft (self);
      self->segment = 0;
      return;
    }
  gtk_label_set_label (self->name, segment->name);
  if (segment->id != self->segment)
    {
      show_other (self, segment);
    }
  else if (g_strcmp0 (segment->rule, self->rule) != 0)
    {
      g_free (self->rule);
      self->rule = g_strdup (segment->rule);
      if (!self->changed)
        show_rule (self);
    }
  rungs_segment_why_set_segment (self->why, segment);
  show_words (self);
  load_days (self);
}

void
rungs_segment_view_refresh (RungsSegmentView *self)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_VIEW (self));

  rungs_lead_roll_forget (self->roll);
  if (self->segment == 0)
    return;
  rungs_browser_refresh (self->browser);
  rungs_rule_editor_refresh (self->editor);
}

void
rungs_segment_view_edit (RungsSegmentView *self)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_VIEW (self));

  if (self->rule == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "rule");
  rungs_rule_editor_start (self->editor);
}

GArray *
rungs_segment_view_get_selected (RungsSegmentView *self)
{
  g_return_val_if_fail (RUNGS_IS_SEGMENT_VIEW (self), NULL);

  return rungs_browser_get_selected (self->browser);
}

gboolean
rungs_segment_view_is_unsaved (RungsSegmentView *self,
                               gint64            segment)
{
  g_return_val_if_fail (RUNGS_IS_SEGMENT_VIEW (self), FALSE);

  return segment == self->segment ? self->changed : g_hash_table_contains (self->drafts, &segment);
}
