/* rungs-rule-group-box.c: a group of a rule: how many of its parts must hold, and the parts. */

#include "rungs-rule-group-box.h"

#include <glib/gi18n.h>

#include "widgets/rungs-rows.h"

struct _RungsRuleGroupBox
{
  GtkWidget parent_instance;

  guint id;
  GtkWidget *box;
  GtkWidget *head;
  GtkDropDown *kind;
  GtkWidget *parts;
  GtkLabel *fault;
  GtkWidget *foot;
};

G_DEFINE_FINAL_TYPE (RungsRuleGroupBox, rungs_rule_group_box, GTK_TYPE_WIDGET)

static guint kind_signal;
static guint add_signal;
static guint removed_signal;

static void
kind_selected_cb (RungsRuleGroupBox *self)
{
  g_signal_emit (self, kind_signal, 0, gtk_drop_down_get_selected (self->kind));
}

static void
add_line_clicked_cb (RungsRuleGroupBox *self)
{
  g_signal_emit (self, add_signal, 0, RUNGS_RULE_PART_LINE);
}

static void
add_group_clicked_cb (RungsRuleGroupBox *self)
{
  g_signal_emit (self, add_signal, 0, RUNGS_RULE_PART_ALL);
}

static void
remove_clicked_cb (RungsRuleGroupBox *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static gboolean
rungs_rule_group_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNGS_RULE_GROUP_BOX (widget)->kind));
}

static void
rungs_rule_group_box_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_RULE_GROUP_BOX (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rungs_rule_group_box_parent_class)->dispose (object);
}

static void
rungs_rule_group_box_class_init (RungsRuleGroupBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_rule_group_box_dispose;
  widget_class->grab_focus = rungs_rule_group_box_grab_focus;
  kind_signal = g_signal_new ("kind-changed", RUNGS_TYPE_RULE_GROUP_BOX, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  add_signal = g_signal_new ("add", RUNGS_TYPE_RULE_GROUP_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                             NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  removed_signal = g_signal_new ("removed", RUNGS_TYPE_RULE_GROUP_BOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rulegroup");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rungs_rule_group_box_init (RungsRuleGroupBox *self)
{
}

static GtkWidget *
new_button (RungsRuleGroupBox *self,
            const char        *label,
            const char        *tooltip,
            GCallback          clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
new_remove_button (RungsRuleGroupBox *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Take this group out, with all that is in it (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take this group out"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
  return button;
}

static void
build_head (RungsRuleGroupBox   *self,
            const RungsRulePart *part)
{
  const char *const kinds[]
    = { _ ("All of these hold"), _ ("At least one of these holds"), _ ("None of these holds"),
        NULL };

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->kind = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (kinds));
  gtk_drop_down_set_selected (self->kind, part->kind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How many must hold"), -1);
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (kind_selected_cb), self);
  if (part->parent != NULL)
    gtk_box_append (GTK_BOX (self->head), rungs_rule_handle_new (part->id, GTK_WIDGET (self)));
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->kind));
  if (part->parent != NULL)
    {
      GtkWidget *remove = new_remove_button (self);

      gtk_widget_set_hexpand (remove, TRUE);
      gtk_widget_set_halign (remove, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (self->head), remove);
    }
}

GtkWidget *
rungs_rule_group_box_new (const RungsRulePart *part)
{
  RungsRuleGroupBox *self = g_object_new (RUNGS_TYPE_RULE_GROUP_BOX, NULL);

  self->id = part->id;
  build_head (self, part);
  self->box = g_object_new (RUNGS_TYPE_ROWS, "spacing", 6, NULL);
  self->parts = g_object_new (RUNGS_TYPE_ROWS, "spacing", 6, NULL);
  self->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->fault = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->fault, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->fault), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->fault), "caption");
  gtk_box_append (GTK_BOX (self->foot), new_button (self, _ ("Add Line"),
                                                    _ ("Ask one thing more (Insert)"),
                                                    G_CALLBACK (add_line_clicked_cb)));
  gtk_box_append (GTK_BOX (self->foot), new_button (self, _ ("Add Group"),
                                                    _ ("Lines of which all, one or none must hold"),
                                                    G_CALLBACK (add_group_clicked_cb)));
  gtk_widget_set_parent (self->head, self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->fault), self->box);
  gtk_widget_set_parent (self->parts, self->box);
  gtk_widget_set_parent (self->foot, self->box);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  if (part->parent == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "root");
  return GTK_WIDGET (self);
}

guint
rungs_rule_group_box_get_id (RungsRuleGroupBox *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_GROUP_BOX (self), 0);

  return self->id;
}

void
rungs_rule_group_box_append (RungsRuleGroupBox *self,
                         GtkWidget         *child)
{
  g_return_if_fail (RUNGS_IS_RULE_GROUP_BOX (self));

  gtk_widget_set_parent (child, self->parts);
}

GtkWidget *
rungs_rule_group_box_get_head (RungsRuleGroupBox *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_GROUP_BOX (self), NULL);

  return self->head;
}

GtkWidget *
rungs_rule_group_box_get_foot (RungsRuleGroupBox *self)
{
  g_return_val_if_fail (RUNGS_IS_RULE_GROUP_BOX (self), NULL);

  return self->foot;
}

void
rungs_rule_group_box_set_fault (RungsRuleGroupBox *self,
                            const char        *fault)
{
  g_return_if_fail (RUNGS_IS_RULE_GROUP_BOX (self));

  gtk_label_set_label (self->fault, fault ? fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), fault != NULL);
}
