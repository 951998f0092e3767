/* rungs-order-consent-group.c: who of a file of orders may get marketing. */

#include "rungs-order-consent-group.h"

#include <glib/gi18n.h>

#include "import/rungs-import-reach.h"
#include "widgets/rungs-display.h"

struct _RungsOrderConsentGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *agreed;
  GtkSwitch *take;
  AdwEntryRow *words;

  GPtrArray *reach; /* (owned) (element-type GtkWidget) rows of ours */
};

G_DEFINE_FINAL_TYPE (RungsOrderConsentGroup, rungs_order_consent_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static void
take_changed_cb (RungsOrderConsentGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->words), gtk_switch_get_active (self->take));
  g_signal_emit (self, changed_signal, 0);
}

static void
rungs_order_consent_group_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_ORDER_CONSENT_GROUP (object)->reach, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_order_consent_group_parent_class)->dispose (object);
}

static void
rungs_order_consent_group_class_init (RungsOrderConsentGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_order_consent_group_dispose;

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_ORDER_CONSENT_GROUP, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/ladder/rungs-order-consent-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOrderConsentGroup, agreed);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderConsentGroup, take);
  gtk_widget_class_bind_template_child (widget_class, RungsOrderConsentGroup, words);
  gtk_widget_class_bind_template_callback (widget_class, take_changed_cb);
}

static void
rungs_order_consent_group_init (RungsOrderConsentGroup *self)
{
  self->reach = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_reach (RungsOrderConsentGroup *self,
            const RungsImportReach *reach)
{
  for (guint i = 0; i < self->reach->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->reach, i));
  g_ptr_array_unref (self->reach);
  self->reach = rungs_import_reach_rows (reach, NULL);
  for (guint i = 0; i < self->reach->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->reach, i));
}

static char *
agreed_words (const RungsOrderImportResult *result,
              gboolean                      taken)
{
  g_autofree char *number = rungs_display_number (result->consents);

  if (!taken)
    return g_strdup_printf (_ ("What the column “%s” says is left alone"), result->agreed_heading);
  return g_strdup_printf (ngettext ("%s person whose latest order says so in the column “%s”",
                                    "%s people whose latest order says so in the column “%s”",
                                    (gulong) result->consents),
                          number, result->agreed_heading);
}

void
rungs_order_consent_group_show (RungsOrderConsentGroup       *self,
                                const RungsOrderImportResult *result)
{
  gboolean says = result->agreed_heading != NULL;
  gboolean taken = gtk_switch_get_active (self->take);
  g_autofree char *words = says ? agreed_words (result, taken) : NULL;

  g_return_if_fail (RUNGS_IS_ORDER_CONSENT_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self->agreed), says);
  gtk_widget_set_visible (GTK_WIDGET (self->words), says && taken);
  if (says)
    adw_action_row_set_subtitle (self->agreed, words);
  show_reach (self, &result->reach);
}

gboolean
rungs_order_consent_group_get_refused (RungsOrderConsentGroup *self)
{
  g_return_val_if_fail (RUNGS_IS_ORDER_CONSENT_GROUP (self), FALSE);

  return !gtk_switch_get_active (self->take);
}

char *
rungs_order_consent_group_dup_words (RungsOrderConsentGroup *self)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (RUNGS_IS_ORDER_CONSENT_GROUP (self), NULL);

  words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->words))));
  return *words != '\0' ? g_steal_pointer (&words) : NULL;
}
