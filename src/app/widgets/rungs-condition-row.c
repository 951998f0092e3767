/* rungs-condition-row.c: a row of a form with a condition that leads must meet. */

#include "rungs-condition-row.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"
#include "widgets/rungs-rule-tally.h"
#include "widgets/rungs-rule-window.h"
#include "widgets/rungs-rule-words.h"

struct _RungsConditionRow
{
  AdwActionRow parent_instance;

  GtkWidget *remove_button;

  RungsRuleFields *fields;   /* (owned) (nullable) */
  char *rule;                /* (owned) (nullable) */
  gint64 count;              /* -1: not known yet */
  char *fault;               /* (owned) (nullable): why it cannot be asked */
  GCancellable *cancellable; /* (owned) (nullable): of the counting */
};

G_DEFINE_FINAL_TYPE (RungsConditionRow, rungs_condition_row, ADW_TYPE_ACTION_ROW)

static guint changed_signal;

/* "Tags include “vip”\n29 leads" */
static void
show_words (RungsConditionRow *self)
{
  g_autofree char *words = self->rule && self->fields ? rungs_rule_words (self->fields, self->rule)
                                                      : g_strdup (_ ("None: every lead"));
  g_autofree char *number = rungs_display_number (self->count);
  g_autofree char *leads
    = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) self->count), number);
  g_autofree char *subtitle = NULL;

  if (self->rule == NULL || (self->count < 0 && self->fault == NULL))
    subtitle = g_strdup (words);
  else
    subtitle = g_strdup_printf ("%s\n%s", words, self->fault ? self->fault : leads);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (self->remove_button, self->rule != NULL);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsConditionRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRuleTally) tally
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->fields == NULL)
    return;
  self->count = tally ? tally->count : -1;
  self->fault = tally ? NULL : g_strdup (error->message);
  show_words (self);
}

static void
count (RungsConditionRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->fault, g_free);
  self->count = -1;
  if (self->rule == NULL || self->fields == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (rungs_rule_fields_get_store (self->fields), rungs_rule_tally_load,
                          g_strdup (self->rule), g_free, (GDestroyNotify) rungs_rule_tally_free,
                          self->cancellable, counted_cb, g_object_ref (self));
}

static void
agreed_cb (RungsConditionRow *self,
           const char        *rule)
{
  rungs_condition_row_set_rule (self, rule);
  g_signal_emit (self, changed_signal, 0);
}

static void
remove_cb (RungsConditionRow *self)
{
  agreed_cb (self, NULL);
}

static void
rungs_condition_row_dispose (GObject *object)
{
  RungsConditionRow *self = RUNGS_CONDITION_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (rungs_condition_row_parent_class)->dispose (object);
}

static void
rungs_condition_row_finalize (GObject *object)
{
  RungsConditionRow *self = RUNGS_CONDITION_ROW (object);

  g_free (self->rule);
  g_free (self->fault);
  G_OBJECT_CLASS (rungs_condition_row_parent_class)->finalize (object);
}

static void
rungs_condition_row_class_init (RungsConditionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_condition_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_condition_row_finalize;
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_condition_row_init (RungsConditionRow *self)
{
  GtkWidget *edit = gtk_button_new_with_mnemonic (_ ("_Edit…"));

  self->remove_button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove_button, "flat");
  gtk_widget_set_tooltip_text (self->remove_button, _ ("Take the condition away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Take the condition away"),
                                  -1);
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (rungs_condition_row_edit), self);
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), edit);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 4);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->count = -1;
  show_words (self);
}

void
rungs_condition_row_set_fields (RungsConditionRow *self,
                                RungsRuleFields   *fields)
{
  g_return_if_fail (RUNGS_IS_CONDITION_ROW (self));
  g_return_if_fail (self->fields == NULL);

  self->fields = g_object_ref (fields);
  g_signal_connect_object (fields, "loaded", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
}

void
rungs_condition_row_set_rule (RungsConditionRow *self,
                              const char        *rule)
{
  char *kept;

  g_return_if_fail (RUNGS_IS_CONDITION_ROW (self));

  kept = g_strdup (rule);
  g_free (self->rule);
  self->rule = kept;
  count (self);
  show_words (self);
}

const char *
rungs_condition_row_get_rule (RungsConditionRow *self)
{
  g_return_val_if_fail (RUNGS_IS_CONDITION_ROW (self), NULL);

  return self->rule;
}

void
rungs_condition_row_edit (RungsConditionRow *self)
{
  GtkWidget *window;

  g_return_if_fail (RUNGS_IS_CONDITION_ROW (self));

  if (self->fields == NULL)
    return;
  window = rungs_rule_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  self->fields,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  _ ("_Take This Rule"), self->rule);
  g_signal_connect_object (window, "agreed", G_CALLBACK (agreed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
