/* rungs-step-rows.c: which rows of a form a step of each kind has, and the sequence itself. */

#include "rungs-step-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-lead.h"
#include "rungs-step-words.h"
#include "sequences/rungs-graph-path.h"
#include "widgets/rungs-members.h"

#define MOST_DAYS 3650

static const char *
text_of (const RungsStepForm *form)
{
  return rungs_draft_get_text (RUNGS_DRAFT (form->document));
}

/* ---- groups */

static AdwPreferencesGroup *
add_group (GtkBox     *box,
           const char *title)
{
  return rungs_members_add_group (box, title, NULL);
}

static void
add_button (GtkBox     *box,
            const char *label,
            const char *action,
            GVariant   *target)
{
  GtkWidget *button = rungs_members_button (label, action, target);

  gtk_widget_set_margin_top (button, 6);
  gtk_box_append (box, button);
}

static char *
path_of (const char *prefix,
         const char *name)
{
  return g_strdup_printf ("%s.%s", prefix, name);
}

/* ---- events */

static const char *const EVENTS[]
  = { "tag", "form", "import", "order", "segment", "event", "manual" };

static guint
event_chosen (const char *text,
              const char *step,
              const char *path)
{
  g_autofree char *on_path = path_of (path, "on");
  g_autofree char *on = rungs_graph_path_get_text (text, step, on_path);

  for (guint i = 0; on != NULL && i < G_N_ELEMENTS (EVENTS); i++)
    if (strcmp (EVENTS[i], on) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static char *
choose_event (const char  *text,
              const char  *step,
              const char  *path,
              guint        choice,
              GError     **error)
{
  g_autofree char *event
    = g_strdup_printf ("{\"on\": \"%s\"}", EVENTS[MIN (choice, G_N_ELEMENTS (EVENTS) - 1)]);

  return rungs_graph_path_set (text, step, path, event, error);
}

/* What else an event says, by the place in EVENTS. */
static GtkWidget *
event_row (const RungsStepForm *form,
           const char          *path,
           guint                event)
{
  g_autofree char *name = path_of (path, "name");
  g_autofree char *source = path_of (path, "source");
  g_autofree char *sku = path_of (path, "sku");
  g_autofree char *segment = path_of (path, "segment");
  g_autofree char *kind = path_of (path, "kind");

  switch (event)
    {
    case 0:
      return rungs_step_field_pick (form, name, _ ("Tag"), RUNGS_RULE_FROM_TAGS, NULL, TRUE);
    case 1:
      return rungs_step_field_text (form, name, _ ("Name of the form"));
    case 2:
      return rungs_step_field_pick (form, source, _ ("Source"), RUNGS_RULE_FROM_SOURCES,
                                    _ ("Any source"), FALSE);
    case 3:
      return rungs_step_field_pick (form, sku, _ ("Product"), RUNGS_RULE_FROM_PRODUCTS,
                                    _ ("Any product"), FALSE);
    case 4:
      return rungs_step_field_pick (form, segment, _ ("Segment"), RUNGS_RULE_FROM_SEGMENTS, NULL,
                                    FALSE);
    case 5:
      return rungs_step_field_pick_of (form, kind, _ ("Event"), rungs_event_kind_picks ());
    default:
      return NULL;
    }
}

static void
add_event (const RungsStepForm *form,
           AdwPreferencesGroup *group,
           const char          *path,
           const char          *title,
           gboolean             trigger)
{
  const char *words[] = {
    _ ("Gets a tag"), _ ("Sends a form"), _ ("Is imported"), _ ("Orders"),
    _ ("Comes into a segment"), _ ("Something else happens"),
    trigger ? _ ("Is entered by hand") : NULL, NULL,
  };
  guint event = event_chosen (text_of (form), form->step, path);
  GtkWidget *row = event_row (form, path, event);
  g_autofree char *detail = path_of (path, "detail");

  adw_preferences_group_add (
    group, rungs_step_field_turn (form, path, title, words, event_chosen, choose_event));
  if (row != NULL)
    adw_preferences_group_add (group, row);
  if (event == 5)
    adw_preferences_group_add (group, rungs_step_field_text (form, detail, _ ("Only where it is")));
}

/* ---- waits */

static void
add_length (const RungsStepForm *form,
            AdwPreferencesGroup *group)
{
  adw_preferences_group_add (group,
                             rungs_step_field_number (form, "days", _ ("Days"), 0, MOST_DAYS, 0));
  adw_preferences_group_add (group,
                             rungs_step_field_number (form, "hours", _ ("Hours"), 0, 9999, 0));
  adw_preferences_group_add (group,
                             rungs_step_field_number (form, "minutes", _ ("Minutes"), 0, 9999, 0));
}

static void
add_zone (const RungsStepForm *form,
          AdwPreferencesGroup *group)
{
  const char *const values[] = { "lead", "business", NULL };
  const char *const words[] = { _ ("The lead's"), _ ("The business's"), NULL };

  adw_preferences_group_add (
    group, rungs_step_field_choice (form, "zone", _ ("By whose clock"), values, words));
}

/* A date of the lead has a time, too. */
static const char *const UNTIL[] = { "lead_date", "date", "event", "time" };

/* How the first of them begins: at nine. */
#define LEAD_DATE                                                                                  \
  "{\"kind\": \"wait_until\", \"lead_date\": \"last_order\", \"after_days\": 7," \
  " \"time\": \"09:00\"}"

static guint
until_chosen (const char *text,
              const char *step,
              const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (UNTIL); i++)
    {
      g_autofree char *value = rungs_graph_path_get (text, step, UNTIL[i]);

      if (value != NULL)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static char *
choose_until (const char  *text,
              const char  *step,
              const char  *path,
              guint        choice,
              GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) week = g_date_time_add_days (now, 7);
  g_autofree char *day = g_date_time_format (week, "%Y-%m-%d 09:00");
  g_autofree char *json = NULL;

  if (choice == 3)
    json = g_strdup ("{\"kind\": \"wait_until\", \"time\": \"09:00\"}");
  else if (choice == 0)
    json = g_strdup (LEAD_DATE);
  else if (choice == 1)
    json = g_strdup_printf ("{\"kind\": \"wait_until\", \"date\": \"%s\"}", day);
  else
    json = g_strdup ("{\"kind\": \"wait_until\", \"event\": {\"on\": \"order\"}, \"days\": 3}");
  return rungs_graph_edit_set (text, step, json, error);
}

/* The dates that every lead has or may have, and the business's own. */
static GPtrArray *
date_picks (RungsRuleFields *fields)
{
  GPtrArray *picks = rungs_picks_new ();
  GPtrArray *all = fields ? rungs_rule_fields_get_picks (fields) : NULL;

  g_ptr_array_add (picks, rungs_pick_new ("created", _ ("The day it became known"), NULL));
  g_ptr_array_add (picks, rungs_pick_new ("first_order", _ ("Its first order"), NULL));
  g_ptr_array_add (picks, rungs_pick_new ("last_order", _ ("Its last order"), NULL));
  g_ptr_array_add (picks, rungs_pick_new ("paid_until", _ ("The end of what it has paid"), NULL));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (all, i);

      if (g_str_has_prefix (pick->value, "field:")
          && rungs_rule_fields_get_kind (fields, pick->value) == RUNGS_RULE_DATE)
        g_ptr_array_add (picks, rungs_pick_new (pick->value, pick->label, NULL));
    }
  return picks;
}

static guint
yearly_chosen (const char *text,
               const char *step,
               const char *path)
{
  g_autofree char *yearly = rungs_graph_path_get (text, step, "yearly");

  return yearly != NULL && strcmp (yearly, "true") == 0;
}

static char *
choose_yearly (const char  *text,
               const char  *step,
               const char  *path,
               guint        choice,
               GError     **error)
{
  return rungs_graph_path_set (text, step, "yearly", choice == 1 ? "true" : NULL, error);
}

static void
add_lead_date (const RungsStepForm *form,
               AdwPreferencesGroup *group)
{
  const char *const words[] = { _ ("Once"), _ ("Each year"), NULL };
  const char *text = text_of (form);

  adw_preferences_group_add (
    group, rungs_step_field_pick_of (form, "lead_date", _ ("Which"), date_picks (form->fields)));
  if (rungs_graph_path_get_number (text, form->step, "after_days", 0) == 0)
    adw_preferences_group_add (group, rungs_step_field_number (form, "before_days",
                                                               _ ("Days before"), 0, 3650, 0));
  if (rungs_graph_path_get_number (text, form->step, "before_days", 0) == 0)
    adw_preferences_group_add (group, rungs_step_field_number (form, "after_days",
                                                               _ ("Days after"), 0, 3650, 0));
  adw_preferences_group_add (group, rungs_step_field_time (form, "time", _ ("Time")));
  adw_preferences_group_add (group, rungs_step_field_turn (form, "yearly", _ ("How often"), words,
                                                           yearly_chosen, choose_yearly));
  add_zone (form, group);
}

static void
add_until (const RungsStepForm *form,
           GtkBox              *box)
{
  const char *const words[]
    = { _ ("A date of the lead"), _ ("A date"), _ ("Something happens"), _ ("A time of day"),
        NULL };
  AdwPreferencesGroup *group = add_group (box, NULL);
  guint until = until_chosen (text_of (form), form->step, "until");

  adw_preferences_group_add (
    group, rungs_step_field_turn (form, "until", _ ("Until"), words, until_chosen, choose_until));
  if (until == 0)
    add_lead_date (form, group);
  else if (until == 3)
    {
      adw_preferences_group_add (group, rungs_step_field_time (form, "time", _ ("Time")));
      adw_preferences_group_add (
        group, rungs_step_field_weekdays (form, "weekdays", _ ("On these days; none: on any")));
      add_zone (form, group);
    }
  else if (until == 1)
    {
      adw_preferences_group_add (
        group, rungs_step_field_text (form, "date", _ ("Date, with or without a time")));
      add_zone (form, group);
    }
  else if (until == 2)
    {
      add_event (form, group, "event", _ ("The lead"), FALSE);
      add_length (form, add_group (box, _ ("For at most")));
    }
}

/* ---- actions */

static const char *const ACTS[]
  = { "add_tag", "remove_tag", "set_field", "add_score", "task", "start", "stop" };

static const char *const NEW_ACTS[] = {
  "\"add_tag\": null", "\"remove_tag\": null", "\"set_field\": {\"value\": \"\"}",
  "\"add_score\": 5",  "\"task\": {\"days\": 1}", "\"start\": null", "\"stop\": null",
};

static guint
act_chosen (const char *text,
            const char *step,
            const char *path)
{
  g_autofree char *json = rungs_graph_edit_get (text, step, NULL);

  for (guint i = 0; json != NULL && i < G_N_ELEMENTS (ACTS); i++)
    {
      g_autofree char *member = g_strdup_printf ("\"%s\":", ACTS[i]);

      if (strstr (json, member) != NULL)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static char *
choose_act (const char  *text,
            const char  *step,
            const char  *path,
            guint        choice,
            GError     **error)
{
  g_autofree char *json = g_strdup_printf ("{\"kind\": \"action\", %s}",
                                           NEW_ACTS[MIN (choice, G_N_ELEMENTS (ACTS) - 1)]);

  return rungs_graph_edit_set (text, step, json, error);
}

/* The columns of a lead that a sequence can set, and the business's own. */
static GPtrArray *
field_picks (RungsRuleFields *fields)
{
  GPtrArray *picks = rungs_picks_new ();
  const char *const *columns = rungs_lead_columns ();
  GPtrArray *all = fields ? rungs_rule_fields_get_picks (fields) : NULL;

  for (guint i = 0; columns[i] != NULL; i++)
    if (strcmp (columns[i], "email") != 0)
      g_ptr_array_add (
        picks, rungs_pick_new (columns[i],
                               fields ? rungs_rule_fields_get_label (fields, columns[i])
                                      : columns[i],
                               NULL));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (all, i);

      if (g_str_has_prefix (pick->value, "field:"))
        g_ptr_array_add (picks, rungs_pick_new (pick->value, pick->label, NULL));
    }
  return picks;
}

static void
add_act (const RungsStepForm *form,
         AdwPreferencesGroup *group,
         guint                act)
{
  switch (act)
    {
    case 0:
    case 1:
      adw_preferences_group_add (group,
                                 rungs_step_field_pick (form, ACTS[act], _ ("Tag"),
                                                        RUNGS_RULE_FROM_TAGS, NULL, TRUE));
      break;
    case 2:
      adw_preferences_group_add (group,
                                 rungs_step_field_pick_of (form, "set_field.field", _ ("Field"),
                                                           field_picks (form->fields)));
      adw_preferences_group_add (
        group, rungs_step_field_text (form, "set_field.value", _ ("To this; empty: nothing")));
      break;
    case 3:
      adw_preferences_group_add (
        group, rungs_step_field_number (form, "add_score", _ ("Points"), -1000, 1000, -1001));
      break;
    case 4:
      adw_preferences_group_add (
        group, rungs_step_field_text (form, "task.title", _ ("What is to be done")));
      adw_preferences_group_add (
        group, rungs_step_field_number (form, "task.days", _ ("Due in days"), 0, MOST_DAYS, 0));
      break;
    case 5:
    case 6:
      adw_preferences_group_add (group,
                                 rungs_step_field_pick (form, ACTS[act], _ ("Sequence"),
                                                        RUNGS_RULE_FROM_SEQUENCES, NULL, FALSE));
      break;
    default:
      break;
    }
}

static void
add_action (const RungsStepForm *form,
            GtkBox              *box)
{
  const char *const words[] = {
    _ ("Add a tag"), _ ("Remove a tag"), _ ("Set a field"), _ ("Change the score"),
    _ ("Make a task"), _ ("Start a sequence"), _ ("Stop a sequence"), NULL,
  };
  AdwPreferencesGroup *group = add_group (box, NULL);

  adw_preferences_group_add (
    group, rungs_step_field_turn (form, "act", _ ("What it does"), words, act_chosen, choose_act));
  add_act (form, group, act_chosen (text_of (form), form->step, NULL));
}

/* ---- goals */

static guint
goal_chosen (const char *text,
             const char *step,
             const char *path)
{
  g_autofree char *event = rungs_graph_path_get (text, step, "event");
  g_autofree char *json = rungs_graph_edit_get (text, step, NULL);

  if (event != NULL)
    return 0;
  return json != NULL && strstr (json, "\"rule\":") != NULL ? 1 : 2;
}

static char *
choose_goal (const char  *text,
             const char  *step,
             const char  *path,
             guint        choice,
             GError     **error)
{
  static const char *const GOALS[] = {
    "{\"kind\": \"goal\", \"event\": {\"on\": \"order\"}}",
    "{\"kind\": \"goal\", \"rule\": null}",
    "{\"kind\": \"goal\"}",
  };

  return rungs_graph_edit_set (text, step, GOALS[MIN (choice, 2)], error);
}

static void
add_goal (const RungsStepForm *form,
          GtkBox              *box)
{
  const char *const words[]
    = { _ ("Something happens"), _ ("A rule comes true"), _ ("A lead comes here"), NULL };
  AdwPreferencesGroup *group = add_group (box, NULL);
  guint goal = goal_chosen (text_of (form), form->step, NULL);

  adw_preferences_group_add (group, rungs_step_field_turn (form, "goal", _ ("Reached when"), words,
                                                           goal_chosen, choose_goal));
  if (goal == 0)
    add_event (form, group, "event", _ ("The lead"), FALSE);
  else if (goal == 1)
    adw_preferences_group_add (group, rungs_step_field_rule (form, "rule", _ ("Rule")));
}

/* ---- splits */

static void
add_split (const RungsStepForm *form,
           GtkBox              *box)
{
  AdwPreferencesGroup *group = add_group (box, _ ("By chance, in these proportions"));
  guint n = rungs_graph_path_count (text_of (form), form->step, "branches");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("branches.%u.weight", i);
      g_autofree char *title = g_strdup_printf (_ ("Way %u"), i + 1);
      g_autofree char *way = g_strdup_printf ("%u", i + 1);
      GtkWidget *row = rungs_step_field_number (form, path, title, 1, 1000, 1);

      if (n > 2)
        adw_action_row_add_suffix (
          ADW_ACTION_ROW (row),
          rungs_members_icon_button ("list-remove-symbolic", _ ("Remove this way"),
                                     "flow.remove-branch",
                                     g_variant_new ("(ss)", form->step, way)));
      adw_preferences_group_add (group, row);
    }
  add_button (box, _ ("_Add Way"), "flow.add-branch", g_variant_new_string (form->step));
}

/* ---- messages */

static void
add_message (const RungsStepForm *form,
             GtkBox              *box)
{
  AdwPreferencesGroup *late;

  adw_preferences_group_add (add_group (box, NULL),
                             rungs_step_field_pick (form, "message", _ ("Message"),
                                                    RUNGS_RULE_FROM_MESSAGES, NULL, FALSE));
  add_button (box, _ ("_Open Message"), "flow.write-message", g_variant_new_string (form->step));
  late = add_group (box, _ ("Where its time was slept through"));
  adw_preferences_group_add (late, rungs_step_field_number (form, "late.hours",
                                                            _ ("At once, up to hours late"), 0,
                                                            8760, 0));
  adw_preferences_group_add (late, rungs_step_field_number (form, "late.days",
                                                            _ ("Not at all after days"), -1,
                                                            3650, -1));
}

/* ---- steps */

static void
add_ways (const RungsStepForm  *form,
          const RungsGraphStep *step,
          GtkBox               *box)
{
  AdwPreferencesGroup *group;

  if (step->branches->len == 0)
    return;
  group = add_group (box, _ ("Goes on to"));
  for (guint i = 0; i < step->branches->len; i++)
    {
      const RungsGraphBranch *branch = g_ptr_array_index (step->branches, i);
      g_autofree char *words = rungs_branch_words (step, branch);
      g_autofree char *title
        = step->kind == RUNGS_GRAPH_SPLIT
            ? g_strdup_printf (_ ("Way %s: %s"), branch->label, words)
            : g_strdup (words ? words : _ ("Then"));

      adw_preferences_group_add (group, rungs_step_field_way (form, branch->label, title));
    }
}

static void
add_step (const RungsStepForm  *form,
          const RungsGraphStep *step,
          GtkBox               *box)
{
  switch (step->kind)
    {
    case RUNGS_GRAPH_MESSAGE:
      add_message (form, box);
      break;
    case RUNGS_GRAPH_WAIT:
      add_length (form, add_group (box, NULL));
      break;
    case RUNGS_GRAPH_WAIT_UNTIL:
      add_until (form, box);
      break;
    case RUNGS_GRAPH_CONDITION:
      adw_preferences_group_add (add_group (box, NULL),
                                 rungs_step_field_rule (form, "rule", _ ("Yes, where")));
      break;
    case RUNGS_GRAPH_SPLIT:
      add_split (form, box);
      break;
    case RUNGS_GRAPH_ACTION:
      add_action (form, box);
      break;
    case RUNGS_GRAPH_GOAL:
      add_goal (form, box);
      break;
    case RUNGS_GRAPH_EXIT:
    default:
      break;
    }
  add_ways (form, step, box);
}

/* ---- the sequence itself */

static guint
reentry_chosen (const char *text,
                const char *step,
                const char *path)
{
  g_autofree char *reentry = rungs_graph_path_get (text, step, "entry.reentry");

  if (reentry == NULL || strcmp (reentry, "\"never\"") == 0)
    return 0;
  return strcmp (reentry, "\"after_end\"") == 0 ? 1 : 2;
}

static char *
choose_reentry (const char  *text,
                const char  *step,
                const char  *path,
                guint        choice,
                GError     **error)
{
  static const char *const REENTRIES[] = { "\"never\"", "\"after_end\"", "{\"after_days\": 30}" };

  return rungs_graph_path_set (text, step, "entry.reentry", REENTRIES[MIN (choice, 2)], error);
}

static void
add_reentry (const RungsStepForm *form,
             GtkBox              *box)
{
  const char *const words[] = { _ ("No"), _ ("Yes, at once"), _ ("Yes, after some days"), NULL };
  AdwPreferencesGroup *group = add_group (box, NULL);
  const char *text = text_of (form);

  adw_preferences_group_add (group, rungs_step_field_turn (form, "entry.reentry",
                                                           _ ("Who has left may enter again"),
                                                           words, reentry_chosen, choose_reentry));
  if (reentry_chosen (text, NULL, NULL) == 2)
    adw_preferences_group_add (group,
                               rungs_step_field_number (form, "entry.reentry.after_days",
                                                        _ ("Days"), 1, MOST_DAYS, 0));
}

static void
add_triggers (const RungsStepForm *form,
              GtkBox              *box)
{
  guint n = rungs_graph_path_count (text_of (form), NULL, "entry.triggers");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("entry.triggers.%u", i);
      AdwPreferencesGroup *group
        = add_group (box, i == 0 ? _ ("A lead enters who") : _ ("Or who"));

      adw_preferences_group_set_header_suffix (
        group, rungs_members_icon_button ("list-remove-symbolic", _ ("Remove this trigger"),
                                          "flow.remove-trigger", g_variant_new_uint32 (i)));
      add_event (form, group, path, _ ("Trigger"), TRUE);
    }
  add_button (box, n > 0 ? _ ("_Add Trigger") : _ ("_Let Leads Enter by Themselves"),
              "flow.add-trigger", g_variant_new_string ("tag"));
}

static void
add_sending (const RungsStepForm *form,
             GtkBox              *box)
{
  const char *const values[] = { "lead", "business", NULL };
  const char *const words[] = { _ ("The lead's"), _ ("The business's"), NULL };
  AdwPreferencesGroup *group = add_group (box, _ ("Its messages leave only"));

  adw_preferences_group_add (group, rungs_step_field_weekdays (form, "sending.weekdays",
                                                               _ ("On these days; none: on any")));
  adw_preferences_group_add (group, rungs_step_field_time (form, "sending.from", _ ("From")));
  adw_preferences_group_add (group, rungs_step_field_time (form, "sending.to", _ ("To")));
  adw_preferences_group_add (group, rungs_step_field_choice (form, "sending.zone",
                                                             _ ("By whose clock"), values, words));
}

static void
add_reply (const RungsStepForm *form,
           GtkBox              *box)
{
  const char *const values[] = { "go_on", "pause", "end", NULL };
  const char *const words[] = { _ ("It goes on"), _ ("It waits until you have answered"),
                                _ ("It ends"), NULL };
  AdwPreferencesGroup *group = add_group (box, NULL);

  adw_preferences_group_add (group, rungs_step_field_choice (form, "reply",
                                                             _ ("When the lead replies"), values,
                                                             words));
}

static void
add_sequence (const RungsStepForm *form,
              GtkBox              *box)
{
  AdwPreferencesGroup *group = add_group (box, NULL);

  adw_preferences_group_add (group, rungs_step_field_text (form, "name", _ ("Name")));
  adw_preferences_group_add (group, rungs_step_field_pick (form, "sells", _ ("Sells"),
                                                           RUNGS_RULE_FROM_PRODUCTS,
                                                           _ ("No product"), FALSE));
  add_triggers (form, box);
  add_reentry (form, box);
  add_sending (form, box);
  add_reply (form, box);
}

void
rungs_step_rows_add (const RungsStepForm *form,
                     GtkBox              *box)
{
  const RungsGraphStep *step
    = rungs_graph_find (rungs_sequence_document_get_graph (form->document), form->step);

  if (form->step == NULL)
    add_sequence (form, box);
  else if (step != NULL)
    add_step (form, step, box);
}

/* ---- shapes */

char *
rungs_step_rows_dup_shape (const RungsStepForm *form)
{
  const char *text = text_of (form);
  const RungsGraphStep *step
    = rungs_graph_find (rungs_sequence_document_get_graph (form->document), form->step);
  g_autoptr (GString) shape = g_string_new (form->step);
  guint triggers = form->step ? 0 : rungs_graph_path_count (text, NULL, "entry.triggers");

  for (guint i = 0; i < triggers; i++)
    {
      g_autofree char *path = g_strdup_printf ("entry.triggers.%u", i);

      g_string_append_printf (shape, " %u", event_chosen (text, NULL, path));
    }
  if (form->step == NULL)
    g_string_append_printf (shape, " again %u", reentry_chosen (text, NULL, NULL));
  if (step == NULL)
    return g_string_free (g_steal_pointer (&shape), FALSE);
  g_string_append_printf (shape, " %s %u event %u until %u side %d",
                          rungs_graph_kind_to_text (step->kind), step->branches->len,
                          event_chosen (text, form->step, "event"),
                          until_chosen (text, form->step, NULL),
                          step->days > 0 ? 1 : step->days < 0 ? -1 : 0);
  if (step->kind == RUNGS_GRAPH_ACTION)
    g_string_append_printf (shape, " act %u", act_chosen (text, form->step, NULL));
  if (step->kind == RUNGS_GRAPH_GOAL)
    g_string_append_printf (shape, " goal %u", goal_chosen (text, form->step, NULL));
  return g_string_free (g_steal_pointer (&shape), FALSE);
}
