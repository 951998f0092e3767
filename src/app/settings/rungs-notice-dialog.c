/* rungs-notice-dialog.c: how staff are told of new leads, of all or of one way in. */

#include "settings/rungs-notice-dialog.h"

#include <glib/gi18n.h>

#include "widgets/rungs-error-words.h"

/* What belongs to the form. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsStore *store;
  RungsNoticeRule *rule; /* (nullable): NULL: a new one */
  GPtrArray *ways;       /* (element-type RungsNoticeRule): for which there can be a new one */
  AdwComboRow *way;      /* (nullable) */
  GtkSwitch *desktop;
  GtkSwitch *today;
  AdwEntryRow *mail;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->store);
  g_clear_pointer (&self->rule, rungs_notice_rule_free);
  g_ptr_array_unref (self->ways);
  g_free (self);
}

char *
rungs_notice_dup_title (const RungsNoticeRule *rule)
{
  switch (rule->scope)
    {
    case RUNGS_NOTICE_OF_SOURCE:
      return g_strdup_printf (_ ("The source “%s”"), rule->name);
    case RUNGS_NOTICE_OF_ENDPOINT:
      return g_strdup_printf (_ ("The endpoint “%s”"), rule->name);
    case RUNGS_NOTICE_OF_FORM:
      return g_strdup_printf (_ ("The form “%s”"), rule->name);
    case RUNGS_NOTICE_OF_ALL:
    default:
      return g_strdup (_ ("All new leads"));
    }
}

/* On the store's writing thread. */
static gpointer
save_rule (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  rungs_notice_rule_save (db, data, error);
  return NULL;
}

static void
agreed_cb (Dialog *self)
{
  const RungsNoticeRule *about
    = self->rule != NULL ? self->rule
                         : self->ways->pdata[adw_combo_row_get_selected (self->way)];
  RungsNoticeRule *rule = rungs_notice_rule_copy (about);

  rule->desktop = gtk_switch_get_active (self->desktop);
  rule->today = gtk_switch_get_active (self->today);
  g_free (rule->mail);
  rule->mail = rungs_form_dup_entry (self->mail);
  rungs_form_save (self->form, self->store, save_rule, rule,
                   (GDestroyNotify) rungs_notice_rule_free, _ ("It Could Not Be Saved"),
                   self->mail);
}

static GtkSwitch *
add_switch (Dialog     *self,
            const char *title,
            const char *subtitle,
            gboolean    active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  rungs_form_add_widget (self->form, row);
  return GTK_SWITCH (toggle);
}

static void
add_ways (Dialog *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->ways->len; i++)
    g_ptr_array_add (labels, rungs_notice_dup_title (self->ways->pdata[i]));
  g_ptr_array_add (labels, NULL);
  self->way = rungs_form_add_choice (self->form, _ ("For"), (const char *const *) labels->pdata);
}

static void
add_fields (Dialog *self)
{
  g_autoptr (RungsNoticeRule) blank = rungs_notice_rule_new (RUNGS_NOTICE_OF_ALL, 0, NULL);
  const RungsNoticeRule *rule = self->rule != NULL ? self->rule : blank;
  g_autofree char *mail = g_strdelimit (g_strdup (rule->mail), "\n", ' ');

  self->desktop = add_switch (self, _ ("On the Desktop"),
                              _ ("A notification, also while the window is closed"),
                              rule->desktop);
  self->today = add_switch (self, _ ("On Today"), _ ("Until somebody has looked at the lead"),
                            rule->today);
  self->mail = rungs_form_add_entry (self->form, _ ("By Mail To"), mail);
}

RungsForm *
rungs_notice_dialog_new (GtkWindow             *parent,
                         RungsStore            *store,
                         const RungsNoticeRule *rule,
                         GPtrArray             *ways)
{
  Dialog *self = g_new0 (Dialog, 1);
  g_autofree char *title = rule != NULL ? rungs_notice_dup_title (rule)
                                        : g_strdup (_ ("Tell of Some Leads Otherwise"));

  self->store = g_object_ref (store);
  self->rule = rule != NULL ? rungs_notice_rule_copy (rule) : NULL;
  self->ways = g_ptr_array_ref (ways);
  self->form = rungs_form_new (parent, title, _ ("_Save"));
  rungs_form_set_text (self->form,
                       _ ("Several addresses are parted by blanks. Mails to one address are kept "
                          "ten minutes apart: what came meanwhile is told in one."));
  if (rule == NULL)
    add_ways (self);
  add_fields (self);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  return self->form;
}
