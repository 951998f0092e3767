/* rungs-rule-editor.c: edits a rule.
 *
 * The tree is what counts. A line that is changed changes its part of the tree; all other changes
 * make the widgets of the tree anew, and the keys find their part again by its number. Before each
 * change the tree is copied for Undo. */

#include "rungs-rule-editor.h"

#include <glib/gi18n.h>

#include "widgets/rungs-rows.h"
#include "widgets/rungs-rule-answers.h"
#include "widgets/rungs-rule-group-box.h"
#include "widgets/rungs-rule-history.h"
#include "widgets/rungs-rule-row.h"
#include "widgets/rungs-rule-samples.h"

/* The editor does what lines and groups ask for. */
typedef struct
{
  void (*row_changed) (RungsRuleEditor *self,
                       gboolean         typing,
                       GtkWidget       *row);
  void (*part_removed) (RungsRuleEditor *self,
                        GtkWidget       *widget);
  void (*kind_changed) (RungsRuleEditor *self,
                        guint            kind,
                        GtkWidget       *group);
  void (*add) (RungsRuleEditor *self,
               guint            kind,
               GtkWidget       *group);
  RungsRuleDropped on_row;
  RungsRuleDropped on_head;
  RungsRuleDropped on_foot;
} PartAnswers;

struct _RungsRuleEditor
{
  GtkWidget parent_instance;

  const PartAnswers *answers_to_parts;

  RungsRuleFields *fields;   /* (owned) (nullable) */
  RungsRuleAnswers *answers; /* (owned) (nullable): there with the fields */
  RungsRuleTree *tree;       /* (owned) */
  RungsRuleHistory *history; /* (owned) */

  GtkWidget *box;
  GtkWidget *rule_box;
  GHashTable *widgets; /* (owned): number of a part -> its row or group */
  RungsRuleSamples *samples;
};

G_DEFINE_FINAL_TYPE (RungsRuleEditor, rungs_rule_editor, GTK_TYPE_WIDGET)

static guint changed_signal;
static guint counted_signal;

/* ---- what is known of the rule */

static void
show_answer (RungsRuleEditor     *self,
             const RungsRulePart *line)
{
  GtkWidget *row = g_hash_table_lookup (self->widgets, GUINT_TO_POINTER (line->id));
  const RungsRuleLine *answer = rungs_rule_answers_get_line (self->answers, line);

  if (row == NULL)
    return;
  rungs_rule_row_set_count (RUNGS_RULE_ROW (row), answer ? answer->count : -1);
  rungs_rule_row_set_fault (RUNGS_RULE_ROW (row), answer ? answer->fault : NULL);
}

static void
show_answers (RungsRuleEditor *self)
{
  g_autoptr (GPtrArray) lines = rungs_rule_tree_lines (self->tree);

  for (guint i = 0; i < lines->len; i++)
    show_answer (self, g_ptr_array_index (lines, i));
}

static void
asked_cb (RungsRuleEditor *self)
{
  rungs_rule_samples_wait (self->samples, NULL);
}

static void
tally_cb (RungsRuleEditor *self,
          const char      *rule,
          RungsRuleTally  *tally)
{
  rungs_rule_samples_show (self->samples, rule, tally);
  g_signal_emit (self, counted_signal, 0, tally->count);
}

static void
failed_cb (RungsRuleEditor *self,
           const char      *text)
{
  rungs_rule_samples_wait (self->samples, text);
}

static void
ask (RungsRuleEditor *self)
{
  if (self->answers != NULL)
    rungs_rule_answers_ask (self->answers, self->tree);
}

/* ---- changes */

static void
remember (RungsRuleEditor *self)
{
  rungs_rule_history_add (self->history, rungs_rule_tree_copy (self->tree));
}

static void
tell_changed (RungsRuleEditor *self)
{
  ask (self);
  g_signal_emit (self, changed_signal, 0);
}

/* The part in which the keys are; NULL: in none. */
static RungsRulePart *
focused_part (RungsRuleEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root ? gtk_root_get_focus (root) : NULL;

  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    {
      if (RUNGS_IS_RULE_ROW (widget))
        return rungs_rule_tree_find (self->tree, rungs_rule_row_get_id (RUNGS_RULE_ROW (widget)));
      if (RUNGS_IS_RULE_GROUP_BOX (widget))
        return rungs_rule_tree_find (self->tree,
                                     rungs_rule_group_box_get_id (RUNGS_RULE_GROUP_BOX (widget)));
    }
  return NULL;
}

static void
focus_part (RungsRuleEditor *self,
            guint            id)
{
  GtkWidget *widget = g_hash_table_lookup (self->widgets, GUINT_TO_POINTER (id));

  if (widget == NULL)
    widget = g_hash_table_lookup (self->widgets, GUINT_TO_POINTER (self->tree->root->id));
  gtk_widget_grab_focus (widget);
}

/* ---- the widgets of the tree */

static GtkWidget *
build_part (RungsRuleEditor     *self,
            const RungsRulePart *part)
{
  const PartAnswers *answers = self->answers_to_parts;
  GtkWidget *widget;

  if (rungs_rule_part_is_group (part))
    {
      widget = rungs_rule_group_box_new (part);
      g_signal_connect_swapped (widget, "kind-changed", G_CALLBACK (answers->kind_changed), self);
      g_signal_connect_swapped (widget, "add", G_CALLBACK (answers->add), self);
      rungs_rule_handle_add_target (
        rungs_rule_group_box_get_head (RUNGS_RULE_GROUP_BOX (widget)), answers->on_head, self);
      rungs_rule_handle_add_target (
        rungs_rule_group_box_get_foot (RUNGS_RULE_GROUP_BOX (widget)), answers->on_foot, self);
      for (guint i = 0; i < part->children->len; i++)
        rungs_rule_group_box_append (
          RUNGS_RULE_GROUP_BOX (widget),
          build_part (self, g_ptr_array_index (part->children, i)));
    }
  else
    {
      widget = rungs_rule_row_new (self->fields, part);
      g_signal_connect_swapped (widget, "changed", G_CALLBACK (answers->row_changed), self);
      rungs_rule_handle_add_target (widget, answers->on_row, self);
    }
  g_signal_connect_swapped (widget, "removed", G_CALLBACK (answers->part_removed), self);
  g_hash_table_insert (self->widgets, GUINT_TO_POINTER (part->id), widget);
  return widget;
}

/* Makes all widgets anew; the keys go to the part with the number `focus`; 0: they stay where they
 * are. */
static void
rebuild (RungsRuleEditor *self,
         guint            focus)
{
  GtkWidget *old = gtk_widget_get_first_child (self->rule_box);
  GtkWidget *new;

  g_hash_table_remove_all (self->widgets);
  new = build_part (self, self->tree->root);
  gtk_widget_set_parent (new, self->rule_box);
  if (focus != 0)
    focus_part (self, focus);
  if (old != NULL)
    gtk_widget_unparent (old);
  show_answers (self);
}

static void
changed_in_shape (RungsRuleEditor *self,
                  guint            focus)
{
  rebuild (self, focus);
  tell_changed (self);
}

/* ---- what lines and groups ask for */

static void
row_changed_cb (RungsRuleEditor *self,
                gboolean         typing,
                GtkWidget       *row)
{
  guint id = rungs_rule_row_get_id (RUNGS_RULE_ROW (row));
  RungsRulePart *part = rungs_rule_tree_find (self->tree, id);

  if (part == NULL)
    return;
  if (typing)
    rungs_rule_history_add_typed (self->history, self->tree, id);
  else
    remember (self);
  rungs_rule_row_store (RUNGS_RULE_ROW (row), part);
  show_answer (self, part);
  tell_changed (self);
}

/* Where the keys go when the part is taken out: the next one, the one before, the group. */
static guint
heir_of (const RungsRulePart *part)
{
  guint position = rungs_rule_part_get_position (part);
  GPtrArray *siblings = part->parent->children;

  if (position + 1 < siblings->len)
    return ((RungsRulePart *) g_ptr_array_index (siblings, position + 1))->id;
  if (position > 0)
    return ((RungsRulePart *) g_ptr_array_index (siblings, position - 1))->id;
  return part->parent->id;
}

static void
remove_part (RungsRuleEditor *self,
             RungsRulePart   *part)
{
  guint heir;

  if (part->parent == NULL)
    return;
  heir = heir_of (part);
  remember (self);
  rungs_rule_tree_remove (self->tree, part);
  changed_in_shape (self, heir);
}

static void
part_removed_cb (RungsRuleEditor *self,
                 GtkWidget       *widget)
{
  guint id = RUNGS_IS_RULE_ROW (widget)
                 ? rungs_rule_row_get_id (RUNGS_RULE_ROW (widget))
                 : rungs_rule_group_box_get_id (RUNGS_RULE_GROUP_BOX (widget));
  RungsRulePart *part = rungs_rule_tree_find (self->tree, id);

  if (part != NULL)
    remove_part (self, part);
}

static RungsRulePart *
part_of_group (RungsRuleEditor *self,
               GtkWidget       *group)
{
  return rungs_rule_tree_find (self->tree,
                               rungs_rule_group_box_get_id (RUNGS_RULE_GROUP_BOX (group)));
}

static void
kind_changed_cb (RungsRuleEditor *self,
                 guint            kind,
                 GtkWidget       *group)
{
  RungsRulePart *part = part_of_group (self, group);

  if (part == NULL || part->kind == kind || kind > RUNGS_RULE_PART_NONE)
    return;
  remember (self);
  part->kind = (RungsRulePartKind) kind;
  tell_changed (self);
}

/* A new group begins with a line, and asks for the other of all and any than the one around it. */
static void
add_part (RungsRuleEditor   *self,
          RungsRulePart     *group,
          guint              position,
          RungsRulePartKind  kind)
{
  RungsRulePart *part;

  remember (self);
  if (kind != RUNGS_RULE_PART_LINE)
    kind = group->kind == RUNGS_RULE_PART_ANY ? RUNGS_RULE_PART_ALL : RUNGS_RULE_PART_ANY;
  part = rungs_rule_tree_add (self->tree, group, position, kind);
  if (kind != RUNGS_RULE_PART_LINE)
    part = rungs_rule_tree_add (self->tree, part, 0, RUNGS_RULE_PART_LINE);
  changed_in_shape (self, part->id);
}

static void
add_cb (RungsRuleEditor *self,
        guint            kind,
        GtkWidget       *group)
{
  RungsRulePart *part = part_of_group (self, group);

  if (part != NULL)
    add_part (self, part, G_MAXUINT, kind);
}

/* ---- dropping */

static void
move_part (RungsRuleEditor *self,
           guint            id,
           RungsRulePart   *group,
           guint            position)
{
  g_autoptr (RungsRuleTree) before = rungs_rule_tree_copy (self->tree);
  RungsRulePart *part = rungs_rule_tree_find (self->tree, id);

  if (part == NULL || group == NULL || !rungs_rule_tree_move (self->tree, part, group, position))
    return;
  rungs_rule_history_add (self->history, g_steal_pointer (&before));
  changed_in_shape (self, id);
}

static void
dropped_on_row (GtkWidget *target,
                guint      id,
                gboolean   below,
                gpointer   data)
{
  RungsRuleEditor *self = data;
  RungsRulePart *part
    = rungs_rule_tree_find (self->tree, rungs_rule_row_get_id (RUNGS_RULE_ROW (target)));

  if (part != NULL)
    move_part (self, id, part->parent, rungs_rule_part_get_position (part) + (below ? 1 : 0));
}

static void
dropped_on_head (GtkWidget *target,
                 guint      id,
                 gboolean   below,
                 gpointer   data)
{
  RungsRuleEditor *self = data;
  GtkWidget *group = gtk_widget_get_ancestor (target, RUNGS_TYPE_RULE_GROUP_BOX);
  RungsRulePart *part = part_of_group (self, group);

  if (part != NULL && !below && part->parent != NULL)
    move_part (self, id, part->parent, rungs_rule_part_get_position (part));
  else if (part != NULL)
    move_part (self, id, part, 0);
}

static void
dropped_on_foot (GtkWidget *target,
                 guint      id,
                 gboolean   below,
                 gpointer   data)
{
  RungsRuleEditor *self = data;
  GtkWidget *group = gtk_widget_get_ancestor (target, RUNGS_TYPE_RULE_GROUP_BOX);

  move_part (self, id, part_of_group (self, group), G_MAXUINT);
}

/* ---- keys */

typedef gboolean (*Back) (RungsRuleHistory  *history,
                          RungsRuleTree    **tree);

static gboolean
go_back (RungsRuleEditor *self,
         Back             back)
{
  RungsRulePart *part = focused_part (self);
  guint focus = part ? part->id : self->tree->root->id;

  if (!back (self->history, &self->tree))
    return FALSE;
  changed_in_shape (self, focus);
  return TRUE;
}

static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  return go_back (RUNGS_RULE_EDITOR (widget), rungs_rule_history_undo);
}

static gboolean
redo_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  return go_back (RUNGS_RULE_EDITOR (widget), rungs_rule_history_redo);
}

typedef gboolean (*Move) (RungsRuleTree *tree,
                          RungsRulePart *part);

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  static const Move moves[] = { rungs_rule_tree_move_up, rungs_rule_tree_move_down,
                                rungs_rule_tree_move_out, rungs_rule_tree_wrap };
  RungsRuleEditor *self = RUNGS_RULE_EDITOR (widget);
  g_autoptr (RungsRuleTree) before = rungs_rule_tree_copy (self->tree);
  RungsRulePart *part = focused_part (self);

  if (part == NULL)
    return FALSE;
  if (!moves[GPOINTER_TO_UINT (data)](self->tree, part))
    {
      gtk_widget_error_bell (widget);
      return TRUE;
    }
  rungs_rule_history_add (self->history, g_steal_pointer (&before));
  changed_in_shape (self, part->id);
  return TRUE;
}

static gboolean
insert_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  RungsRuleEditor *self = RUNGS_RULE_EDITOR (widget);
  RungsRulePart *part = focused_part (self);

  if (part == NULL)
    part = self->tree->root;
  if (rungs_rule_part_is_group (part))
    add_part (self, part, G_MAXUINT, RUNGS_RULE_PART_LINE);
  else
    add_part (self, part->parent, rungs_rule_part_get_position (part) + 1, RUNGS_RULE_PART_LINE);
  return TRUE;
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  RungsRuleEditor *self = RUNGS_RULE_EDITOR (widget);
  RungsRulePart *part = focused_part (self);

  if (part == NULL || part->parent == NULL)
    return FALSE;
  remove_part (self, part);
  return TRUE;
}

static void
add_key (GtkShortcutController *keys,
         guint                  key,
         GdkModifierType        modifiers,
         GtkShortcutFunc        func,
         gpointer               data)
{
  gtk_shortcut_controller_add_shortcut (
    keys, gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                            gtk_callback_action_new (func, data, NULL)));
}

/* What an entry would take for itself comes here first; Delete only after it. */
static void
add_keys (RungsRuleEditor *self)
{
  GtkShortcutController *first = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());
  GtkShortcutController *later = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (first), GTK_PHASE_CAPTURE);
  add_key (first, GDK_KEY_z, GDK_CONTROL_MASK, undo_cb, NULL);
  add_key (first, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, redo_cb, NULL);
  add_key (first, GDK_KEY_Up, GDK_ALT_MASK, move_cb, GUINT_TO_POINTER (0));
  add_key (first, GDK_KEY_Down, GDK_ALT_MASK, move_cb, GUINT_TO_POINTER (1));
  add_key (first, GDK_KEY_Left, GDK_ALT_MASK, move_cb, GUINT_TO_POINTER (2));
  add_key (first, GDK_KEY_Right, GDK_ALT_MASK, move_cb, GUINT_TO_POINTER (3));
  add_key (first, GDK_KEY_Insert, 0, insert_cb, NULL);
  add_key (later, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (first));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (later));
}

/* ---- the class */

static void
rungs_rule_editor_dispose (GObject *object)
{
  RungsRuleEditor *self = RUNGS_RULE_EDITOR (object);

  if (self->answers != NULL)
    {
      rungs_rule_answers_stop (self->answers);
      g_signal_handlers_disconnect_by_data (self->answers, self);
    }
  g_clear_object (&self->answers);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_rule_editor_parent_class)->dispose (object);
}

static void
rungs_rule_editor_finalize (GObject *object)
{
  RungsRuleEditor *self = RUNGS_RULE_EDITOR (object);

  rungs_rule_tree_free (self->tree);
  rungs_rule_history_free (self->history);
  g_hash_table_unref (self->widgets);

  G_OBJECT_CLASS (rungs_rule_editor_parent_class)->finalize (object);
}

static void
rungs_rule_editor_class_init (RungsRuleEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_rule_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_editor_finalize;
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_RULE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  counted_signal = g_signal_new ("counted", RUNGS_TYPE_RULE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "ruleeditor");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rungs_rule_editor_init (RungsRuleEditor *self)
{
  static const PartAnswers answers = {
    row_changed_cb, part_removed_cb, kind_changed_cb, add_cb,
    dropped_on_row, dropped_on_head, dropped_on_foot,
  };

  self->answers_to_parts = &answers;
  self->tree = rungs_rule_tree_new (NULL, NULL);
  self->history = rungs_rule_history_new ();
  self->widgets = g_hash_table_new (NULL, NULL);
  self->box = g_object_new (RUNGS_TYPE_ROWS, "spacing", 18, NULL);
  self->rule_box = g_object_new (RUNGS_TYPE_ROWS, NULL);
  gtk_widget_set_parent (self->rule_box, self->box);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Rule"),
                                  -1);
  add_keys (self);
}

void
rungs_rule_editor_set_fields (RungsRuleEditor *self,
                              RungsRuleFields *fields)
{
  g_return_if_fail (RUNGS_IS_RULE_EDITOR (self));
  g_return_if_fail (self->fields == NULL);

  self->fields = g_object_ref (fields);
  self->answers = rungs_rule_answers_new (rungs_rule_fields_get_store (fields));
  g_signal_connect_swapped (self->answers, "asked", G_CALLBACK (asked_cb), self);
  g_signal_connect_swapped (self->answers, "lines", G_CALLBACK (show_answers), self);
  g_signal_connect_swapped (self->answers, "tally", G_CALLBACK (tally_cb), self);
  g_signal_connect_swapped (self->answers, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_object (fields, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  self->samples = RUNGS_RULE_SAMPLES (rungs_rule_samples_new (fields));
  gtk_widget_set_parent (GTK_WIDGET (self->samples), self->box);
  rungs_rule_editor_set_rule (self, NULL);
}

void
rungs_rule_editor_set_rule (RungsRuleEditor *self,
                            const char      *rule)
{
  RungsRuleTree *tree;

  g_return_if_fail (RUNGS_IS_RULE_EDITOR (self));
  g_return_if_fail (self->fields != NULL);

  tree = rungs_rule_tree_new (rule, NULL);
  rungs_rule_tree_free (self->tree);
  self->tree = tree ? tree : rungs_rule_tree_new (NULL, NULL);
  rungs_rule_history_clear (self->history);
  rebuild (self, 0);
  ask (self);
}

char *
rungs_rule_editor_dup_rule (RungsRuleEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_EDITOR (self), NULL);

  return rungs_rule_tree_to_json (self->tree);
}

/* Says what is missing in the part, and in what is in it. Returns: (nullable): the first widget
 * that misses something. */
static GtkWidget *
mark_missing (RungsRuleEditor     *self,
              const RungsRulePart *part)
{
  GtkWidget *widget = g_hash_table_lookup (self->widgets, GUINT_TO_POINTER (part->id));
  GtkWidget *first = NULL;

  if (!rungs_rule_part_is_group (part))
    {
      g_autofree char *rule = rungs_rule_part_to_rule (part);

      if (rule != NULL)
        return NULL;
      rungs_rule_row_set_fault (RUNGS_RULE_ROW (widget), _ ("Something is still missing here"));
      return widget;
    }
  if (part->children->len == 0 && (part->parent != NULL || part->kind != RUNGS_RULE_PART_ALL))
    {
      rungs_rule_group_box_set_fault (RUNGS_RULE_GROUP_BOX (widget),
                                      _ ("Add a line, or take the group out"));
      return widget;
    }
  for (guint i = 0; i < part->children->len; i++)
    {
      GtkWidget *missing = mark_missing (self, g_ptr_array_index (part->children, i));

      if (first == NULL)
        first = missing;
    }
  return first;
}

char *
rungs_rule_editor_finish (RungsRuleEditor *self)
{
  GtkWidget *missing;

  g_return_val_if_fail (RUNGS_IS_RULE_EDITOR (self), NULL);

  missing = mark_missing (self, self->tree->root);
  if (missing == NULL)
    return rungs_rule_tree_to_rule (self->tree);
  if (RUNGS_IS_RULE_ROW (missing))
    rungs_rule_row_focus_missing (RUNGS_RULE_ROW (missing));
  else
    gtk_widget_grab_focus (missing);
  return NULL;
}

void
rungs_rule_editor_refresh (RungsRuleEditor *self)
{
  g_return_if_fail (RUNGS_IS_RULE_EDITOR (self));

  if (self->answers != NULL)
    rungs_rule_answers_forget (self->answers);
  ask (self);
}

void
rungs_rule_editor_start (RungsRuleEditor *self)
{
  GPtrArray *children = self->tree->root->children;

  g_return_if_fail (RUNGS_IS_RULE_EDITOR (self));

  focus_part (self, children->len > 0 ? ((RungsRulePart *) g_ptr_array_index (children, 0))->id
                                      : self->tree->root->id);
}
