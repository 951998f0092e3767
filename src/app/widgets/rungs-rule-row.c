/* rungs-rule-row.c: a line of a rule: field, operator, value, and what else it says.
 *
 * The row has a part of its own, which it changes and which the editor copies. Another field or
 * another operator may want another value, so that what stands behind them is made anew. */

#include "rungs-rule-row.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-rule-entry.h"
#include "widgets/rungs-rule-handle.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsRuleRow
{
  GtkWidget parent_instance;

  RungsRuleFields *fields; /* (owned) */
  RungsRuleTree *tree;     /* (owned): with the one line */
  RungsRulePart *line;     /* of the tree */
  guint id;

  GtkWidget *box;
  RungsWrapBox *wrap;
  RungsPickButton *field;
  RungsPickButton *operator;
  RungsRuleEntry *value;  /* (nullable) */
  GPtrArray *parameters;  /* (owned) (element-type RungsRuleEntry): those that are said */
  RungsPickButton *more;  /* (nullable) */
  GtkLabel *count;
  GtkLabel *fault_label;
  char *fault;            /* (owned) (nullable): what the editor says */
};

G_DEFINE_FINAL_TYPE (RungsRuleRow, rungs_rule_row, GTK_TYPE_WIDGET)

static guint changed_signal;
static guint removed_signal;

static const char *
name_of (RungsRuleRow *self)
{
  return rungs_rule_part_get_text (self->line, "field");
}

/* ---- what is wrong */

static const char *
written_fault (RungsRuleRow *self)
{
  const char *fault = self->value ? rungs_rule_entry_get_fault (self->value) : NULL;

  for (guint i = 0; fault == NULL && i < self->parameters->len; i++)
    fault = rungs_rule_entry_get_fault (g_ptr_array_index (self->parameters, i));
  return fault;
}

static void
show_fault (RungsRuleRow *self)
{
  const char *written = written_fault (self);
  const char *fault = written ? written : self->fault;

  gtk_label_set_label (self->fault_label, fault ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), fault != NULL);
  /* where it can be counted nothing is wrong: it is only to be thought of */
  gtk_widget_remove_css_class (GTK_WIDGET (self->fault_label), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->fault_label), "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self->fault_label),
                            written == NULL && *gtk_label_get_label (self->count) ? "warning"
                                                                                   : "error");
}

/* ---- values */

static void
emit_changed (RungsRuleRow *self,
              gboolean      typing)
{
  show_fault (self);
  g_signal_emit (self, changed_signal, 0, typing);
}

static void
entry_changed_cb (RungsRuleRow   *self,
                  RungsRuleEntry *entry)
{
  const char *member = g_object_get_data (G_OBJECT (entry), "member");
  JsonNode *value = rungs_rule_entry_get_value (entry);

  rungs_rule_part_set (self->line, member, value ? json_node_copy (value) : NULL);
  if (value == NULL && entry != self->value)
    rungs_rule_part_set (self->line, member, json_node_init_null (json_node_alloc ()));
  emit_changed (self, TRUE);
}

static RungsRuleEntry *
add_entry (RungsRuleRow   *self,
           const char     *member,
           RungsRuleShape  shape,
           RungsRuleSource source,
           const char     *currency,
           const char     *name)
{
  RungsRuleEntryKind kind = {
    .shape = shape,
    .source = source,
    .context = rungs_rule_fields_get_context (source, name_of (self),
                                              rungs_rule_part_get_text (self->line, "sequence")),
    .currency = currency,
    .name = name,
  };
  GtkWidget *entry
    = rungs_rule_entry_new (self->fields, &kind, rungs_rule_part_get (self->line, member));

  g_object_set_data (G_OBJECT (entry), "member", (gpointer) member);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (entry_changed_cb), self);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  return RUNGS_RULE_ENTRY (entry);
}

static void
add_value (RungsRuleRow            *self,
           const RungsRuleOperator *operator)
{
  if (operator->shape == RUNGS_SHAPE_NONE)
    return;
  self->value = add_entry (self, "value", operator->shape,
                           rungs_rule_fields_get_source (self->fields, name_of (self)),
                           rungs_rule_fields_get_currency_of (self->fields, name_of (self)),
                           _ ("Value"));
  rungs_wrap_box_append (self->wrap, GTK_WIDGET (self->value));
}

/* ---- what else it says */

static void
add_parameter (RungsRuleRow             *self,
               const RungsRuleParameter *parameter)
{
  GtkWidget *label = gtk_label_new (parameter->shape == RUNGS_SHAPE_DAYS
                                        /* Translators: before a number of days. */
                                        ? _ ("in the last")
                                        : _ (parameter->label));
  RungsRuleEntry *entry = add_entry (self, parameter->name, parameter->shape, parameter->source,
                                     NULL, _ (parameter->label));

  gtk_widget_add_css_class (label, "dim-label");
  g_ptr_array_add (self->parameters, entry);
  rungs_wrap_box_append (self->wrap, label);
  rungs_wrap_box_append (self->wrap, GTK_WIDGET (entry));
}

/* "More": what the line could say beside, or says already. */
static void
add_more (RungsRuleRow         *self,
          const RungsRuleField *field)
{
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; field->parameters[i].name != NULL; i++)
    {
      const RungsRuleParameter *parameter = &field->parameters[i];
      gboolean said = rungs_rule_part_get (self->line, parameter->name) != NULL;
      g_autofree char *label = NULL;

      if (parameter->required)
        continue;
      /* Translators: a menu item that takes a part of a line out again: “Without: product”. */
      label = said ? g_strdup_printf (_ ("Without: %s"), _ (parameter->label))
                   : g_strdup (_ (parameter->label));
      g_ptr_array_add (picks, rungs_pick_new (parameter->name, label, NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more), picks->len > 0);
  rungs_pick_button_set_picks (self->more, picks);
}

static const RungsRuleOperator *
operator_of (RungsRuleRow *self)
{
  return name_of (self) ? rungs_rule_fields_find_operator (
                            self->fields, name_of (self),
                            rungs_rule_part_get_text (self->line, "op"))
                        : NULL;
}

/* ---- the parts of the row */

static void
show_operators (RungsRuleRow *self)
{
  g_autoptr (GPtrArray) operators = rungs_rule_fields_get_operators (self->fields, name_of (self));
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; i < operators->len; i++)
    {
      const RungsRuleOperator *operator = g_ptr_array_index (operators, i);

      g_ptr_array_add (picks, rungs_pick_new (operator->name, _ (operator->words), NULL));
    }
  rungs_pick_button_set_picks (self->operator, picks);
  rungs_pick_button_set_value (self->operator, rungs_rule_part_get_text (self->line, "op"));
  gtk_widget_set_visible (GTK_WIDGET (self->operator), name_of (self) != NULL);
}

/* Makes what stands behind field and operator anew; those two stay, with the focus. */
static void
build (RungsRuleRow *self)
{
  const char *name = name_of (self);
  const RungsRuleField *field = name ? rungs_field_table_find (name) : NULL;
  const RungsRuleOperator *operator = operator_of (self);
  GtkWidget *child;

  rungs_pick_button_set_picks (self->field, rungs_rule_fields_get_picks (self->fields));
  rungs_pick_button_set_value (self->field, name);
  show_operators (self);
  while ((child = gtk_widget_get_next_sibling (GTK_WIDGET (self->operator))) != NULL
         && child != GTK_WIDGET (self->more))
    gtk_widget_unparent (child);
  self->value = NULL;
  g_ptr_array_set_size (self->parameters, 0);
  g_object_ref (self->more);
  gtk_widget_unparent (GTK_WIDGET (self->more));
  if (operator != NULL)
    add_value (self, operator);
  for (guint i = 0; field != NULL && field->parameters[i].name != NULL; i++)
    if (field->parameters[i].required
        || rungs_rule_part_get (self->line, field->parameters[i].name) != NULL)
      add_parameter (self, &field->parameters[i]);
  rungs_wrap_box_append (self->wrap, GTK_WIDGET (self->more));
  g_object_unref (self->more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  if (field != NULL)
    add_more (self, field);
}

/* ---- what the user does */

static void
field_picked_cb (RungsRuleRow *self,
                 const char   *name)
{
  const RungsRuleOperator *operator
    = rungs_rule_fields_get_first_operator (self->fields, name);

  rungs_rule_part_begin (self->line, name, operator ? operator->name : "is");
  if (operator != NULL)
    rungs_rule_part_set (self->line, "value", rungs_rule_entry_first_value (operator->shape));
  build (self);
  emit_changed (self, FALSE);
}

static void
operator_picked_cb (RungsRuleRow *self,
                    const char   *op)
{
  const RungsRuleOperator *before = operator_of (self);
  const RungsRuleOperator *operator
    = rungs_rule_fields_find_operator (self->fields, name_of (self), op);

  if (operator == NULL || operator == before)
    return;
  rungs_rule_part_set (self->line, "op", json_node_init_string (json_node_alloc (), op));
  if (before == NULL || before->shape != operator->shape)
    {
      const char *text = rungs_rule_part_get_text (self->line, "value");
      g_autofree char *kept = g_strdup (text);
      JsonNode *value = rungs_rule_entry_first_value (operator->shape);

      if (kept != NULL && operator->shape == RUNGS_SHAPE_TEXTS)
        {
          g_autoptr (JsonArray) texts = json_array_new ();

          json_array_add_string_element (texts, kept);
          value = json_node_init_array (json_node_alloc (), texts);
        }
      rungs_rule_part_set (self->line, "value", value);
    }
  build (self);
  emit_changed (self, FALSE);
}

static void
more_picked_cb (RungsRuleRow *self,
                const char   *name)
{
  const RungsRuleField *field = rungs_field_table_find (name_of (self));
  const RungsRuleParameter *parameter = rungs_rule_field_get_parameter (field, name);
  gboolean said = rungs_rule_part_get (self->line, name) != NULL;
  JsonNode *value = NULL;

  rungs_pick_button_set_value (self->more, NULL);
  if (!said && parameter->fallback != NULL)
    value = json_node_init_string (json_node_alloc (), parameter->fallback);
  else if (!said)
    value = rungs_rule_entry_first_value (parameter->shape);
  if (!said && value == NULL)
    value = json_node_init_null (json_node_alloc ());
  rungs_rule_part_set (self->line, name, value);
  build (self);
  for (guint i = 0; i < self->parameters->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (self->parameters, i);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (entry), "member"), name) == 0)
        gtk_widget_grab_focus (entry);
    }
  emit_changed (self, FALSE);
}

static void
remove_clicked_cb (RungsRuleRow *self)
{
  g_signal_emit (self, removed_signal, 0);
}

/* The file's own fields have come, or it has others. */
static void
loaded_cb (RungsRuleRow *self)
{
  rungs_pick_button_set_picks (self->field, rungs_rule_fields_get_picks (self->fields));
  if (name_of (self) != NULL && self->value == NULL)
    build (self);
}

/* ---- the class */

static gboolean
rungs_rule_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNGS_RULE_ROW (widget)->field));
}

static void
rungs_rule_row_dispose (GObject *object)
{
  RungsRuleRow *self = RUNGS_RULE_ROW (object);

  g_ptr_array_set_size (self->parameters, 0);
  self->value = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->fields);

  G_OBJECT_CLASS (rungs_rule_row_parent_class)->dispose (object);
}

static void
rungs_rule_row_finalize (GObject *object)
{
  RungsRuleRow *self = RUNGS_RULE_ROW (object);

  g_clear_pointer (&self->tree, rungs_rule_tree_free);
  g_ptr_array_unref (self->parameters);
  g_free (self->fault);

  G_OBJECT_CLASS (rungs_rule_row_parent_class)->finalize (object);
}

static void
rungs_rule_row_class_init (RungsRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_rule_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_rule_row_finalize;
  widget_class->grab_focus = rungs_rule_row_grab_focus;
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_RULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  removed_signal = g_signal_new ("removed", RUNGS_TYPE_RULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rulerow");
}

static RungsPickButton *
add_pick (RungsRuleRow *self,
          const char   *name,
          const char   *prompt,
          GCallback     picked)
{
  GtkWidget *button = rungs_pick_button_new (name, prompt);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "picked", picked, self);
  rungs_wrap_box_append (self->wrap, button);
  return RUNGS_PICK_BUTTON (button);
}

static GtkWidget *
new_remove_button (RungsRuleRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Take this line out (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take this line out"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  return button;
}

static GtkWidget *
new_line (RungsRuleRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *handle = rungs_rule_handle_new (self->id, GTK_WIDGET (self));

  self->wrap = RUNGS_WRAP_BOX (rungs_wrap_box_new (6));
  self->field = add_pick (self, _ ("Field"), _ ("Choose what to ask…"),
                          G_CALLBACK (field_picked_cb));
  self->operator = add_pick (self, _ ("Comparison"), _ ("Choose…"),
                             G_CALLBACK (operator_picked_cb));
  self->more = add_pick (self, _ ("More"), _ ("What else this line can say"),
                         G_CALLBACK (more_picked_cb));
  rungs_pick_button_set_icon (self->more, "view-more-horizontal-symbolic",
                              _ ("What else this line can say"));
  gtk_widget_add_css_class (GTK_WIDGET (self->field), "field");
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count),
                               _ ("For so many leads this line holds, taken alone"));
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->count), 8);
  gtk_widget_set_margin_top (handle, 9);
  gtk_widget_set_valign (handle, GTK_ALIGN_START);
  gtk_widget_set_hexpand (GTK_WIDGET (self->wrap), TRUE);
  gtk_box_append (GTK_BOX (line), handle);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->wrap));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (line), new_remove_button (self));
  return line;
}

static void
rungs_rule_row_init (RungsRuleRow *self)
{
  self->parameters = g_ptr_array_new ();
  self->tree = rungs_rule_tree_new (NULL, NULL);
  self->box = g_object_new (RUNGS_TYPE_ROWS, "spacing", 3, NULL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->fault_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->fault_label, 0);
  gtk_label_set_wrap (self->fault_label, TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->fault_label), 24);
  gtk_widget_add_css_class (GTK_WIDGET (self->fault_label), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->fault_label), "caption");
  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), FALSE);
}

GtkWidget *
rungs_rule_row_new (RungsRuleFields     *fields,
                    const RungsRulePart *part)
{
  RungsRuleRow *self = g_object_new (RUNGS_TYPE_RULE_ROW, NULL);

  self->fields = g_object_ref (fields);
  self->id = part->id;
  self->line = rungs_rule_tree_add (self->tree, self->tree->root, 0, RUNGS_RULE_PART_LINE);
  rungs_rule_part_copy_line (self->line, part);
  gtk_widget_set_parent (new_line (self), self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->fault_label), self->box);
  build (self);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

guint
rungs_rule_row_get_id (RungsRuleRow *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_ROW (self), 0);

  return self->id;
}

void
rungs_rule_row_store (RungsRuleRow  *self,
                      RungsRulePart *part)
{
  g_return_if_fail (RUNGS_IS_RULE_ROW (self));

  rungs_rule_part_copy_line (part, self->line);
}

void
rungs_rule_row_set_count (RungsRuleRow *self,
                          gint64        count)
{
  g_autofree char *text = count >= 0 ? rungs_display_number (count) : g_strdup ("");

  g_return_if_fail (RUNGS_IS_RULE_ROW (self));

  gtk_label_set_label (self->count, text);
}

void
rungs_rule_row_set_fault (RungsRuleRow *self,
                          const char   *fault)
{
  g_return_if_fail (RUNGS_IS_RULE_ROW (self));

  g_free (self->fault);
  self->fault = g_strdup (fault);
  show_fault (self);
}

void
rungs_rule_row_focus_missing (RungsRuleRow *self)
{
  g_return_if_fail (RUNGS_IS_RULE_ROW (self));

  if (name_of (self) == NULL || self->value == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->field));
  else if (rungs_rule_entry_get_value (self->value) == NULL || self->parameters->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->value));
  else
    gtk_widget_grab_focus (g_ptr_array_index (self->parameters, 0));
}
