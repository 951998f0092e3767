/* rungs-step-field.c: rows of a form, each for one member of a step or of the sequence itself.
 *
 * What a row is for stands in a Field that goes with the row. What it shows came from the text of
 * the document; what a person does there makes another text. */

#include "rungs-step-field.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "ladder/rungs-spin-wait.h"
#include "rungs-flow.h"
#include "sequences/rungs-graph-path.h"
#include "sequences/rungs-graph-region.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-pick-button.h"

#define FIELD "rungs-step-field"
#define DAYS 7

typedef struct _Field Field;

struct _Field
{
  RungsSequenceDocument *document; /* (owned) */
  RungsRuleFields *fields;         /* (owned) */
  char *step;                      /* (owned) (nullable) */
  char *path;                      /* (owned) */
  GtkWidget *row;                  /* that it goes with */
  GtkWidget *control;              /* in it, or itself */
  void (*update) (Field *self);
  void (*settle) (Field *self);    /* (nullable) */
  gboolean filling;                /* the program shows, nobody edits */

  char *shown;             /* (owned) (nullable): of a line of text: what it was filled with */
  int least, none;         /* of a number */
  GtkWidget *days[DAYS];   /* of weekdays */
  char **values;           /* (owned) (nullable): of a choice */
  RungsRuleSource source;  /* of what is picked */
  char *none_words;        /* (owned) (nullable) */
  GPtrArray *picks;        /* (owned) (nullable) */
  RungsStepChosen chosen;  /* of a turn */
  RungsStepChoose choose;
};

static const char *const DAY_NAMES[DAYS] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static void
field_free (gpointer data)
{
  Field *self = data;

  g_clear_pointer (&self->picks, g_ptr_array_unref);
  g_clear_object (&self->fields);
  g_object_unref (self->document);
  g_strfreev (self->values);
  g_free (self->none_words);
  g_free (self->shown);
  g_free (self->step);
  g_free (self->path);
  g_free (self);
}

static Field *
field_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), FIELD);
}

/* Goes with the row from now on. */
static Field *
field_new (const RungsStepForm *form,
           const char          *path,
           GtkWidget           *row,
           void               (*update) (Field *self))
{
  Field *self = g_new0 (Field, 1);

  self->document = g_object_ref (form->document);
  self->fields = form->fields ? g_object_ref (form->fields) : NULL;
  self->step = g_strdup (form->step);
  self->path = g_strdup (path);
  self->row = self->control = row;
  self->update = update;
  g_object_set_data_full (G_OBJECT (row), FIELD, self, field_free);
  return self;
}

static const char *
text_of (Field *self)
{
  return rungs_draft_get_text (RUNGS_DRAFT (self->document));
}

static const char *
label_of (Field *self)
{
  return self->step != NULL ? _ ("change of a step") : _ ("change of the sequence");
}

/* Of "late" and "sending" nothing stays when the last of what they say was taken out. */
static char *
without_empty (Field *self,
               char  *text)
{
  const char *dot = strchr (self->path, '.');
  g_autofree char *parent = dot ? g_strndup (self->path, (gsize) (dot - self->path)) : NULL;
  g_autofree char *left = parent ? rungs_graph_path_get (text, self->step, parent) : NULL;
  char *shorter;

  if (g_strcmp0 (left, "{}") != 0
      || (strcmp (parent, "late") != 0 && strcmp (parent, "sending") != 0))
    return text;
  shorter = rungs_graph_path_set (text, self->step, parent, NULL, NULL);
  g_free (text);
  return shorter;
}

/* `value` is JSON; NULL leaves the member out. */
static void
put (Field      *self,
     const char *value)
{
  GError *error = NULL;
  char *text = rungs_graph_path_set (text_of (self), self->step, self->path, value, &error);

  if (text != NULL && value == NULL)
    text = without_empty (self, text);
  rungs_draft_edit (RUNGS_DRAFT (self->document), label_of (self), NULL, text, error);
}

/* An empty text leaves the member out, but that a field is emptied is said. */
static void
put_text (Field      *self,
          const char *value)
{
  gboolean kept = *value != '\0' || g_str_has_suffix (self->path, ".value");
  g_autofree char *quoted = kept ? rungs_graph_path_quote (value) : NULL;

  put (self, quoted);
}

static char *
get_text (Field *self)
{
  char *text = rungs_graph_path_get_text (text_of (self), self->step, self->path);

  return text != NULL ? text : g_strdup ("");
}

static void
fill (Field *self)
{
  self->filling = TRUE;
  self->update (self);
  self->filling = FALSE;
}

static void
name_row (GtkWidget  *row,
          const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

static void
name_control (GtkWidget  *control,
              const char *title)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/* ---- lines of text */

static char *
dup_entered (Field *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
}

/* Fills the line, unless something else was entered that is not kept yet. */
static void
update_text (Field *self)
{
  g_autofree char *text = get_text (self);
  const char *entered = gtk_editable_get_text (GTK_EDITABLE (self->row));

  if (self->shown != NULL && strcmp (entered, self->shown) != 0 && strcmp (entered, text) != 0
      && rungs_focus_is_in (self->row))
    return;
  if (strcmp (entered, text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  rungs_error_mark_row (ADW_ENTRY_ROW (self->row), NULL);
}

static void
settle_text (Field *self)
{
  g_autofree char *entered = dup_entered (self);

  if (g_strcmp0 (entered, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (entered);
  put_text (self, entered);
}

static void
text_left_cb (Field *self)
{
  if (!self->filling)
    self->settle (self);
}

static GtkWidget *
entry_new (const RungsStepForm *form,
           const char          *path,
           const char          *title,
           void               (*settle) (Field *self))
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Field *self = field_new (form, path, row, update_text);

  self->settle = settle;
  name_row (row, title);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (text_left_cb), self);
  gtk_widget_add_controller (row, focus);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (text_left_cb), self);
  fill (self);
  return row;
}

GtkWidget *
rungs_step_field_text (const RungsStepForm *form,
                       const char          *path,
                       const char          *title)
{
  return entry_new (form, path, title, settle_text);
}

/* "9", "9:5" and "09:05" are times. */
static void
settle_time (Field *self)
{
  g_autofree char *entered = dup_entered (self);
  g_autofree char *time = NULL;
  int hour = -1, minute = 0;
  int read = sscanf (entered, "%2d:%2d", &hour, &minute);

  if (g_strcmp0 (entered, self->shown) == 0)
    return;
  if (read < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    {
      rungs_error_mark_row (ADW_ENTRY_ROW (self->row), _ ("a time such as 09:00"));
      return;
    }
  time = g_strdup_printf ("%02d:%02d", hour, minute);
  g_free (self->shown);
  self->shown = g_strdup (time);
  gtk_editable_set_text (GTK_EDITABLE (self->row), time);
  put_text (self, time);
}

GtkWidget *
rungs_step_field_time (const RungsStepForm *form,
                       const char          *path,
                       const char          *title)
{
  return entry_new (form, path, title, settle_time);
}

/* ---- numbers */

static void
update_number (Field *self)
{
  rungs_spin_wait_show (
    GTK_SPIN_BUTTON (self->control),
    rungs_graph_path_get_number (text_of (self), self->step, self->path, self->none));
}

static void
number_settled_cb (GtkSpinButton *spin,
                   gpointer       data)
{
  Field *self = data;
  int number = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *value = number == self->none && self->none >= self->least
                             ? NULL
                             : g_strdup_printf ("%d", number);

  if (number
      != rungs_graph_path_get_number (text_of (self), self->step, self->path, self->none))
    put (self, value);
}

static void
settle_number (Field *self)
{
  rungs_spin_wait_settle (GTK_SPIN_BUTTON (self->control));
}

GtkWidget *
rungs_step_field_number (const RungsStepForm *form,
                         const char          *path,
                         const char          *title,
                         int                  least,
                         int                  most,
                         int                  none)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);
  Field *self = field_new (form, path, row, update_number);

  self->control = spin;
  self->settle = settle_number;
  self->least = least;
  self->none = none;
  name_row (row, title);
  name_control (spin, title);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  rungs_spin_wait_watch (GTK_SPIN_BUTTON (spin), number_settled_cb, self);
  fill (self);
  return row;
}

/* ---- weekdays */

static void
update_weekdays (Field *self)
{
  g_autofree char *list = rungs_graph_path_get (text_of (self), self->step, self->path);

  for (guint i = 0; i < DAYS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[i]),
                                  list != NULL && strstr (list, DAY_NAMES[i]) != NULL);
}

static void
day_toggled_cb (Field *self)
{
  g_autoptr (GString) list = g_string_new ("[");

  if (self->filling)
    return;
  for (guint i = 0; i < DAYS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[i])))
      g_string_append_printf (list, "%s\"%s\"", list->len > 1 ? "," : "", DAY_NAMES[i]);
  g_string_append_c (list, ']');
  put (self, list->len > 2 ? list->str : NULL);
}

/* "Mo" on the button, "Monday" for who hears or points at it. */
static GtkWidget *
day_button (Field *self,
            int    day)
{
  /* 5 January 2026 was a Monday */
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 1, 5 + day, 0, 0, 0);
  g_autofree char *name = g_date_time_format (date, "%A");
  g_autofree char *letters = g_utf8_substring (name, 0, 2);
  GtkWidget *button = gtk_toggle_button_new_with_label (letters);

  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "weekday");
  gtk_widget_set_tooltip_text (button, name);
  name_control (button, name);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (day_toggled_cb), self);
  return button;
}

/* A row with a title above what is in it. */
static GtkWidget *
tall_row_new (const char *title,
              GtkWidget  *content)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);

  name_row (row, title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), content);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

GtkWidget *
rungs_step_field_weekdays (const RungsStepForm *form,
                           const char          *path,
                           const char          *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *row = tall_row_new (title, box);
  Field *self = field_new (form, path, row, update_weekdays);

  gtk_widget_add_css_class (box, "linked");
  for (int day = 0; day < DAYS; day++)
    {
      self->days[day] = day_button (self, day);
      gtk_box_append (GTK_BOX (box), self->days[day]);
    }
  self->control = self->days[0];
  fill (self);
  return row;
}

/* ---- choices */

static GtkWidget *
combo_new (const char        *title,
           const char *const *words)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  name_row (row, title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  return row;
}

static void
update_choice (Field *self)
{
  g_autofree char *text = get_text (self);
  guint chosen = 0;

  for (guint i = 0; self->values[i] != NULL; i++)
    if (strcmp (self->values[i], text) == 0)
      chosen = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), chosen);
}

static void
choice_made_cb (Field *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  if (!self->filling && chosen < g_strv_length (self->values))
    put_text (self, self->values[chosen]);
}

GtkWidget *
rungs_step_field_choice (const RungsStepForm *form,
                         const char          *path,
                         const char          *title,
                         const char *const   *values,
                         const char *const   *words)
{
  GtkWidget *row = combo_new (title, words);
  Field *self = field_new (form, path, row, update_choice);

  self->values = g_strdupv ((char **) values);
  fill (self);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (choice_made_cb), self);
  return row;
}

static void
update_turn (Field *self)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row),
                              self->chosen (text_of (self), self->step, self->path));
}

static void
turned_cb (Field *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));
  GError *error = NULL;
  char *text;

  if (self->filling || chosen == self->chosen (text_of (self), self->step, self->path))
    return;
  text = self->choose (text_of (self), self->step, self->path, chosen, &error);
  rungs_draft_edit (RUNGS_DRAFT (self->document), label_of (self), NULL, text, error);
}

GtkWidget *
rungs_step_field_turn (const RungsStepForm *form,
                       const char          *path,
                       const char          *title,
                       const char *const   *words,
                       RungsStepChosen      chosen,
                       RungsStepChoose      choose)
{
  GtkWidget *row = combo_new (title, words);
  Field *self = field_new (form, path, row, update_turn);

  self->chosen = chosen;
  self->choose = choose;
  fill (self);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (turned_cb), self);
  return row;
}

/* ---- rules */

static void
update_rule (Field *self)
{
  g_autofree char *rule = rungs_graph_path_get (text_of (self), self->step, self->path);

  if (g_strcmp0 (rule, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (rule);
  rungs_condition_row_set_rule (RUNGS_CONDITION_ROW (self->row), rule);
}

static void
rule_changed_cb (Field *self)
{
  const char *rule = rungs_condition_row_get_rule (RUNGS_CONDITION_ROW (self->row));

  g_free (self->shown);
  self->shown = NULL;
  put (self, rule);
}

GtkWidget *
rungs_step_field_rule (const RungsStepForm *form,
                       const char          *path,
                       const char          *title)
{
  GtkWidget *row = g_object_new (RUNGS_TYPE_CONDITION_ROW, NULL);
  Field *self = field_new (form, path, row, update_rule);

  if (form->fields != NULL)
    rungs_condition_row_set_fields (RUNGS_CONDITION_ROW (row), form->fields);
  name_row (row, title);
  fill (self);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (rule_changed_cb), self);
  return row;
}

/* ---- what is picked */

/* What the file has, behind `none`. */
static void
set_picks (Field *self)
{
  g_autoptr (GPtrArray) picks = rungs_picks_new ();
  GPtrArray *values
    = self->fields ? rungs_rule_fields_get_values (self->fields, self->source, NULL) : NULL;

  if (self->none_words != NULL)
    g_ptr_array_add (picks, rungs_pick_new ("", self->none_words, NULL));
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (values, i);

      g_ptr_array_add (picks, rungs_pick_new (pick->value, pick->label, pick->group));
    }
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (self->control), picks);
}

static void
update_pick (Field *self)
{
  g_autofree char *text = get_text (self);

  if (self->picks == NULL)
    set_picks (self);
  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->control),
                               *text != '\0' || self->none_words != NULL ? text : NULL);
}

static void
picked_cb (Field      *self,
           const char *value)
{
  put_text (self, value);
}

static Field *
pick_new (const RungsStepForm *form,
          const char          *path,
          const char          *title,
          void               (*update) (Field *self))
{
  GtkWidget *button = rungs_pick_button_new (title, _ ("Choose…"));
  GtkWidget *row = tall_row_new (title, button);
  Field *self = field_new (form, path, row, update);

  self->control = button;
  gtk_widget_set_hexpand (button, TRUE);
  return self;
}

GtkWidget *
rungs_step_field_pick (const RungsStepForm *form,
                       const char          *path,
                       const char          *title,
                       RungsRuleSource      source,
                       const char          *none,
                       gboolean             open)
{
  Field *self = pick_new (form, path, title, update_pick);

  self->source = source;
  self->none_words = g_strdup (none);
  rungs_pick_button_set_open (RUNGS_PICK_BUTTON (self->control), open);
  fill (self);
  g_signal_connect_swapped (self->control, "picked", G_CALLBACK (picked_cb), self);
  return self->row;
}

GtkWidget *
rungs_step_field_pick_of (const RungsStepForm *form,
                          const char          *path,
                          const char          *title,
                          GPtrArray           *picks)
{
  Field *self = pick_new (form, path, title, update_pick);

  self->picks = picks;
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (self->control), picks);
  fill (self);
  g_signal_connect_swapped (self->control, "picked", G_CALLBACK (picked_cb), self);
  return self->row;
}

/* ---- ways */

/* The end, and all other steps. */
static void
update_way (Field *self)
{
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  RungsStepNames *names = rungs_sequence_document_get_facts (self->document)->names;
  const char *target = rungs_graph_get_target (graph, self->step, self->path);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  g_ptr_array_add (picks, rungs_pick_new ("", _ ("The end"), NULL));
  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (graph->steps, i);
      g_autofree char *words = rungs_flow_step_words (names, step);

      if (g_strcmp0 (step->id, self->step) != 0)
        g_ptr_array_add (picks, rungs_pick_new (step->id, words, NULL));
    }
  rungs_pick_button_set_picks (RUNGS_PICK_BUTTON (self->control), picks);
  rungs_pick_button_set_value (RUNGS_PICK_BUTTON (self->control), target ? target : "");
}

static void
way_picked_cb (Field      *self,
               const char *value)
{
  GError *error = NULL;
  char *text = rungs_graph_edit_lead (text_of (self), self->step, self->path,
                                      *value != '\0' ? value : NULL, &error);

  rungs_draft_edit (RUNGS_DRAFT (self->document), _ ("change of an arrow"), NULL, text, error);
}

GtkWidget *
rungs_step_field_way (const RungsStepForm *form,
                      const char          *way,
                      const char          *title)
{
  Field *self = pick_new (form, way, title, update_way);

  fill (self);
  g_signal_connect_swapped (self->control, "picked", G_CALLBACK (way_picked_cb), self);
  return self->row;
}

/* ---- all of them */

void
rungs_step_field_update (GtkWidget *row)
{
  Field *self = field_of (row);

  if (self != NULL)
    fill (self);
}

void
rungs_step_field_settle (GtkWidget *row)
{
  Field *self = field_of (row);

  if (self != NULL && self->settle != NULL)
    self->settle (self);
}

void
rungs_step_field_edit (GtkWidget *row)
{
  Field *self = field_of (row);

  if (self == NULL)
    return;
  if (RUNGS_IS_CONDITION_ROW (row)
      && rungs_condition_row_get_rule (RUNGS_CONDITION_ROW (row)) == NULL)
    rungs_condition_row_edit (RUNGS_CONDITION_ROW (row));
  else if (RUNGS_IS_PICK_BUTTON (self->control))
    {
      gtk_widget_child_focus (self->control, GTK_DIR_TAB_FORWARD);
      if (self->source == RUNGS_RULE_FROM_MESSAGES)
        rungs_pick_button_open_list (RUNGS_PICK_BUTTON (self->control));
    }
  else
    gtk_widget_grab_focus (self->control);
}

const char *
rungs_step_field_get_path (GtkWidget *row)
{
  Field *self = field_of (row);

  return self ? self->path : NULL;
}
