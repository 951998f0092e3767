/* rungs-sequence-inspector.c: all that is said of a step, or of the sequence itself.
 *
 * The rows are made anew when there are others to be shown (another step, another kind of event);
 * else those that are there are filled again. What is wrong, when the step would be reached, and
 * how often it was, stands in a part of its own above them. */

#include "rungs-sequence-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-problem-words.h"
#include "rungs-step-rows.h"
#include "rungs-step-words.h"
#include "sequences/rungs-graph-preview.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-members.h"

#define WIDTH 330

struct _RungsSequenceInspector
{
  GtkWidget parent_instance;

  RungsSequenceDocument *document; /* (owned) (nullable) */
  RungsRuleFields *fields;         /* (owned) (nullable) */
  char *step;                      /* (owned) (nullable) */
  char *shape;                     /* (owned) (nullable): of the rows that are there */

  GtkWidget *scroller;
  GtkLabel *kind;
  GtkLabel *title;
  GtkBox *state;  /* what is wrong, when, how often */
  GtkBox *rows;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (RungsSequenceInspector, rungs_sequence_inspector, GTK_TYPE_WIDGET)

/* ---- rows */

static void
for_each_row (RungsSequenceInspector *self,
              RungsMemberFunc          func,
              gpointer                 data)
{
  rungs_members_for_each (self->rows, rungs_step_field_get_path, func, data);
}

static void
update_row (GtkWidget *row,
            gpointer   data)
{
  rungs_step_field_update (row);
}

static void
settle_row (GtkWidget *row,
            gpointer   data)
{
  rungs_step_field_settle (row);
}

typedef struct
{
  const char *path; /* NULL: any */
  GtkWidget *found;
} Wanted;

static void
find_row_cb (GtkWidget *row,
             gpointer   data)
{
  Wanted *wanted = data;
  const char *path = rungs_step_field_get_path (row);

  if (wanted->found == NULL
      && (wanted->path == NULL || strcmp (path, wanted->path) == 0
          || g_str_has_suffix (path, wanted->path)))
    wanted->found = row;
}

static GtkWidget *
find_row (RungsSequenceInspector *self,
          const char             *path)
{
  Wanted wanted = { path, NULL };

  for_each_row (self, find_row_cb, &wanted);
  return wanted.found;
}

static void
make_rows (RungsSequenceInspector *self,
           const RungsStepForm    *form)
{
  g_autofree char *focused
    = rungs_members_dup_focused (self->rows, rungs_step_field_get_path);
  GtkWidget *row;

  rungs_members_clear (self->rows);
  rungs_step_rows_add (form, self->rows);
  row = focused != NULL ? find_row (self, focused) : NULL;
  if (row != NULL)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

/* ---- state */

static void
add_text (GtkBox     *box,
          const char *text,
          const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

static GtkWidget *
remedy_button (const RungsGraphProblem *problem)
{
  const char *label = rungs_problem_remedy (problem);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sus)",
                                    problem->step ? problem->step : "", (guint) problem->fault,
                                    problem->member ? problem->member : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "flow.mend");
  return button;
}

static GtkWidget *
problem_row (const RungsGraphProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *words = rungs_problem_words (problem);

  gtk_widget_add_css_class (icon, problem->fatal ? "error" : "warning");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (rungs_problem_remedy (problem) != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), remedy_button (problem));
  return row;
}

/* Of a step, what is wrong with it; of the sequence, what is wrong with all of it. */
static void
show_problems (RungsSequenceInspector *self)
{
  GPtrArray *problems = rungs_draft_get_problems (RUNGS_DRAFT (self->document));
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  GtkWidget *group = NULL;

  for (guint i = 0; i < problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (problems, i);
      gboolean lost = problem->step != NULL && rungs_graph_find (graph, problem->step) == NULL;

      if (g_strcmp0 (problem->step, self->step) != 0 && !(self->step == NULL && lost))
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          gtk_box_append (self->state, group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), problem_row (problem));
    }
}

/* How many steps are not as they should be, where the sequence itself is shown. */
static void
show_sum (RungsSequenceInspector *self)
{
  GPtrArray *problems = rungs_draft_get_problems (RUNGS_DRAFT (self->document));
  g_autoptr (GHashTable) steps = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *words = NULL;
  guint n;

  for (guint i = 0; i < problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (problems, i);

      if (problem->step != NULL && problem->fatal)
        g_hash_table_add (steps, problem->step);
    }
  n = g_hash_table_size (steps);
  if (n == 0)
    return;
  words = g_strdup_printf (ngettext ("%u step is not finished, and is marked.",
                                     "%u steps are not finished, and are marked.", n),
                           n);
  add_text (self->state, words, "warning");
}

/* "Tuesday 24 November, 09:00" */
static char *
day_words (gint64     at,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a day and time: Tuesday 24 November at 09:00 */
  return g_date_time_format (local, _ ("%A %-d %B at %H:%M"));
}

static void
show_preview (RungsSequenceInspector *self)
{
  GTimeZone *zone = rungs_sequence_document_get_facts (self->document)->zone;
  RungsGraphPreview preview
    = rungs_graph_preview (rungs_sequence_document_get_graph (self->document), self->step,
                           rungs_display_now (), zone, zone);
  g_autofree char *day = day_words (preview.at, zone);
  g_autofree char *words = NULL;

  if (!preview.reached)
    return;
  if (preview.at - rungs_display_now () < 60000)
    words = g_strdup (_ ("A lead who enters now comes here at once."));
  else if (preview.earliest)
    words = g_strdup_printf (
      _ ("A lead who enters now comes here on %s, their time, at the earliest."), day);
  else
    words = g_strdup_printf (_ ("A lead who enters now comes here on %s, their time."), day);
  add_text (self->state, words, NULL);
  if (preview.chosen)
    add_text (self->state, _ ("If it goes this way: ways part before."), "dim-label");
}

static void
show_results (RungsSequenceInspector *self)
{
  GHashTable *results = rungs_sequence_document_get_results (self->document);
  const RungsStepResult *result = results ? g_hash_table_lookup (results, self->step) : NULL;
  g_autofree char *words = result ? rungs_step_result_words (result) : NULL;
  g_autofree char *days = NULL;

  if (words == NULL)
    return;
  days = g_strdup_printf (ngettext ("%s within %d day", "%s within %d days",
                                    RUNGS_STEP_RESULT_DAYS),
                          words, RUNGS_STEP_RESULT_DAYS);
  add_text (self->state, result->ordered > 0 ? days : words, "numeric");
}

static void
show_counts (RungsSequenceInspector *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  const RungsSequenceStepCounts *counts = g_hash_table_lookup (facts->counts, self->step);
  g_autofree char *words = counts ? rungs_step_count_words (counts) : NULL;

  if (words == NULL)
    return;
  add_text (self->state, words, "numeric");
  show_results (self);
  if (counts->waiting > 0)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Who Is Here Now"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->step);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "flow.waiting");
      gtk_box_append (self->state, button);
    }
}

static void
show_state (RungsSequenceInspector *self)
{
  RungsFocus *focus = rungs_focus_note (GTK_WIDGET (self->state));

  rungs_members_clear (self->state);
  if (self->step != NULL)
    {
      show_preview (self);
      show_counts (self);
    }
  else
    show_sum (self);
  show_problems (self);
  gtk_widget_set_visible (GTK_WIDGET (self->state),
                          gtk_widget_get_first_child (GTK_WIDGET (self->state)) != NULL);
  rungs_focus_restore (focus, GTK_WIDGET (self->state));
}

/* ---- all of it */

static void
show_title (RungsSequenceInspector *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  const RungsGraphStep *step = rungs_graph_find (graph, self->step);
  g_autofree char *words = step ? rungs_step_words (step, facts->names) : g_strdup (graph->name);

  gtk_label_set_label (self->kind, step ? rungs_step_kind_words (step) : _ ("Sequence"));
  gtk_label_set_label (self->title, words);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), step != NULL);
}

static void
show (RungsSequenceInspector *self)
{
  RungsStepForm form = { self->document, self->fields, self->step };
  g_autofree char *shape = NULL;

  if (self->document == NULL || rungs_sequence_document_get_facts (self->document) == NULL)
    return;
  if (self->step != NULL
      && rungs_graph_find (rungs_sequence_document_get_graph (self->document), self->step) == NULL)
    g_clear_pointer (&self->step, g_free);
  form.step = self->step;
  shape = rungs_step_rows_dup_shape (&form);
  show_title (self);
  show_state (self);
  if (g_strcmp0 (shape, self->shape) == 0)
    {
      for_each_row (self, update_row, NULL);
      return;
    }
  g_free (self->shape);
  self->shape = g_steal_pointer (&shape);
  make_rows (self, &form);
}

/* ---- the class */

static void
rungs_sequence_inspector_dispose (GObject *object)
{
  RungsSequenceInspector *self = RUNGS_SEQUENCE_INSPECTOR (object);

  if (self->scroller != NULL)
    {
      rungs_members_clear (self->rows);
      rungs_members_clear (self->state);
    }
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->document);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (rungs_sequence_inspector_parent_class)->dispose (object);
}

static void
rungs_sequence_inspector_finalize (GObject *object)
{
  g_free (RUNGS_SEQUENCE_INSPECTOR (object)->step);
  g_free (RUNGS_SEQUENCE_INSPECTOR (object)->shape);
  G_OBJECT_CLASS (rungs_sequence_inspector_parent_class)->finalize (object);
}

static void
rungs_sequence_inspector_class_init (RungsSequenceInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_sequence_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_sequence_inspector_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/sequences/rungs-sequence-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, title);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, state);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, rows);
  gtk_widget_class_bind_template_child (widget_class, RungsSequenceInspector, buttons);
}

static void
rungs_sequence_inspector_init (RungsSequenceInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
}

GtkWidget *
rungs_sequence_inspector_new (void)
{
  return g_object_new (RUNGS_TYPE_SEQUENCE_INSPECTOR, NULL);
}

void
rungs_sequence_inspector_set_document (RungsSequenceInspector *self,
                                       RungsSequenceDocument  *document,
                                       RungsRuleFields        *fields)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_INSPECTOR (self));

  rungs_sequence_inspector_settle (self);
  rungs_members_clear (self->rows);
  g_clear_pointer (&self->shape, g_free);
  g_clear_pointer (&self->step, g_free);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  if (self->fields != NULL)
    g_signal_handlers_disconnect_by_data (self->fields, self);
  g_set_object (&self->document, document);
  g_set_object (&self->fields, fields);
  if (document != NULL)
    g_signal_connect_object (document, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  if (fields != NULL)
    g_signal_connect_object (fields, "loaded", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
rungs_sequence_inspector_select (RungsSequenceInspector *self,
                                 const char             *step)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_INSPECTOR (self));

  if (g_strcmp0 (step, self->step) == 0)
    return;
  rungs_sequence_inspector_settle (self);
  g_free (self->step);
  self->step = g_strdup (step);
  show (self);
}

void
rungs_sequence_inspector_settle (RungsSequenceInspector *self)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_INSPECTOR (self));

  for_each_row (self, settle_row, NULL);
}

void
rungs_sequence_inspector_edit (RungsSequenceInspector *self,
                               const char             *path)
{
  GtkWidget *row;

  g_return_if_fail (RUNGS_IS_SEQUENCE_INSPECTOR (self));

  row = path != NULL ? find_row (self, path) : NULL;
  if (row == NULL)
    row = find_row (self, NULL);
  if (row != NULL)
    rungs_step_field_edit (row);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->buttons), GTK_DIR_TAB_FORWARD);
}
