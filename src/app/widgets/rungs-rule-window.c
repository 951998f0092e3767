/* rungs-rule-window.c: a rule editor in a window of its own. */

#include "rungs-rule-window.h"

#include "widgets/rungs-rule-editor.h"

/* What a rule that asks nothing is. */
#define EMPTY_RULE "{\"all\":[]}"

struct _RungsRuleWindow
{
  AdwWindow parent_instance;

  GtkButton *agree;
  RungsRuleEditor *editor;
};

G_DEFINE_FINAL_TYPE (RungsRuleWindow, rungs_rule_window, ADW_TYPE_WINDOW)

static guint agreed_signal;

static void
agree_cb (RungsRuleWindow *self)
{
  g_autofree char *rule = rungs_rule_editor_finish (self->editor);

  if (rule == NULL)
    return;
  g_signal_emit (self, agreed_signal, 0, g_str_equal (rule, EMPTY_RULE) ? NULL : rule);
  gtk_window_close (GTK_WINDOW (self));
}

static void
agree_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  agree_cb (RUNGS_RULE_WINDOW (widget));
}

static void
rungs_rule_window_class_init (RungsRuleWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  agreed_signal = g_signal_new ("agreed", RUNGS_TYPE_RULE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (RUNGS_TYPE_RULE_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-rule-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsRuleWindow, agree);
  gtk_widget_class_bind_template_child (widget_class, RungsRuleWindow, editor);
  gtk_widget_class_bind_template_callback (widget_class, agree_cb);
  gtk_widget_class_install_action (widget_class, "rule.agree", NULL, agree_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "rule.agree", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rungs_rule_window_init (RungsRuleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rungs_rule_window_new (GtkWindow       *parent,
                       RungsRuleFields *fields,
                       const char      *title,
                       const char      *agree,
                       const char      *rule)
{
  RungsRuleWindow *self
    = g_object_new (RUNGS_TYPE_RULE_WINDOW, "transient-for", parent, "title", title, NULL);

  g_return_val_if_fail (RUNGS_IS_RULE_FIELDS (fields), GTK_WIDGET (self));

  gtk_button_set_label (self->agree, agree);
  rungs_rule_editor_set_fields (self->editor, fields);
  rungs_rule_editor_set_rule (self->editor, rule);
  rungs_rule_editor_start (self->editor);
  return GTK_WIDGET (self);
}
