/* rungs-account-goa-form.c: an account of this computer: a row for each that GNOME Online Accounts
 * has, one of which is chosen. */

#include "rungs-account-goa-form.h"

#include <glib/gi18n.h>

#include "mail/rungs-access-account.h"

struct _RungsAccountGoaForm
{
  RungsAccountForm parent_instance;

  AdwActionRow *state_row;
  GtkWidget *read_row;
  GtkSwitch *read_switch;

  GCancellable *cancellable; /* (owned) */
  GPtrArray *accounts;       /* (owned) (nullable) (element-type RungsGoaAccount) */
  GPtrArray *checks;         /* (owned) (element-type GtkCheckButton): theirs, unowned */
  char *chosen;              /* (owned): the id that the account has; may be empty */
};

G_DEFINE_FINAL_TYPE (RungsAccountGoaForm, rungs_account_goa_form, RUNGS_TYPE_ACCOUNT_FORM)

/* Returns: (nullable): the one that is chosen. */
static const RungsGoaAccount *
get_chosen (RungsAccountGoaForm *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      return self->accounts->pdata[i];
  return NULL;
}

static void
show_state (RungsAccountGoaForm *self,
            const char          *text)
{
  g_autofree char *markup = text ? g_markup_escape_text (text, -1) : NULL;

  if (markup != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), markup);
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), text != NULL);
}

static void
chosen_cb (GtkCheckButton      *check,
           GParamSpec          *pspec,
           RungsAccountGoaForm *self)
{
  const RungsGoaAccount *account = get_chosen (self);

  if (account == NULL || !gtk_check_button_get_active (check))
    return;
  show_state (self, NULL);
  gtk_widget_set_visible (self->read_row, account->imap.host != NULL);
  if (*account->email != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "account.take-address", "s", account->email);
}

/* What the account is, or why it cannot be used. */
static char *
describe (const RungsGoaAccount *account)
{
  const char *fault = rungs_goa_account_find_fault (account, RUNGS_GOA_SENDS);

  if (fault != NULL)
    return g_strdup_printf ("%s · %s", account->provider, fault);
  if (account->needs_attention)
    return g_strdup_printf (
      "%s · %s", account->provider,
      _ ("The settings of the computer say that it needs attention; it may work all the same."));
  return g_strdup_printf ("%s · %s", account->provider, account->smtp.host);
}

static void
add_account_row (RungsAccountGoaForm   *self,
                 const RungsGoaAccount *account)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *subtitle = describe (account);
  g_autofree char *title_markup = g_markup_escape_text (account->identity, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);
  gboolean usable = rungs_goa_account_find_fault (account, RUNGS_GOA_SENDS) == NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  account->identity, -1);
  if (self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->checks->pdata[0]);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_sensitive (row, usable);
  g_ptr_array_add (self->checks, check);
  g_signal_connect (check, "notify::active", G_CALLBACK (chosen_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  if (usable && g_strcmp0 (account->id, self->chosen) == 0)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

static void
put_below (RungsAccountGoaForm *self,
           GtkWidget           *row)
{
  g_object_ref (row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_object_unref (row);
}

static gboolean
is_gone (RungsAccountGoaForm *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (g_strcmp0 (((RungsGoaAccount *) self->accounts->pdata[i])->id, self->chosen) == 0)
      return FALSE;
  return *self->chosen != '\0';
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsAccountGoaForm) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->state_row == NULL)
    {
      g_clear_pointer (&accounts, g_ptr_array_unref);
      return;
    }
  if (accounts == NULL)
    {
      show_state (self, error->message);
      return;
    }
  self->accounts = accounts;
  if (is_gone (self))
    show_state (self, _ ("The account is not among the Online Accounts of this computer any"
                         " more."));
  else if (accounts->len == 0)
    show_state (self, _ ("There is no account for mail among the Online Accounts of this"
                         " computer."));
  else
    show_state (self, NULL);
  for (guint i = 0; i < accounts->len; i++)
    add_account_row (self, accounts->pdata[i]);
  put_below (self, self->read_row);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *accounts = rungs_goa_list (cancellable, &error);

  if (accounts != NULL)
    g_task_return_pointer (task, accounts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
rungs_account_goa_form_fill (RungsAccountForm   *form,
                             const RungsAccount *account,
                             const char         *file)
{
  RungsAccountGoaForm *self = RUNGS_ACCOUNT_GOA_FORM (form);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, listed_cb, g_object_ref (self));

  g_free (self->chosen);
  self->chosen = g_strdup (account->auth == RUNGS_SMTP_AUTH_GOA ? account->username : "");
  gtk_switch_set_active (self->read_switch, account->id == 0);
  show_state (self, _ ("Asking this computer…"));
  g_task_run_in_thread (task, list_thread);
}

static gboolean
rungs_account_goa_form_check (RungsAccountForm *form)
{
  RungsAccountGoaForm *self = RUNGS_ACCOUNT_GOA_FORM (form);

  if (get_chosen (self) != NULL)
    return TRUE;
  if (self->accounts != NULL && self->accounts->len > 0)
    show_state (self, _ ("Choose one of the accounts."));
  return FALSE;
}

static void
rungs_account_goa_form_read (RungsAccountForm *form,
                             RungsAccount     *account)
{
  const RungsGoaAccount *chosen = get_chosen (RUNGS_ACCOUNT_GOA_FORM (form));

  if (chosen != NULL)
    rungs_access_account_set_goa (account, chosen);
}

static RungsMailbox *
rungs_account_goa_form_dup_mailbox (RungsAccountForm   *form,
                                    const RungsAccount *account)
{
  RungsAccountGoaForm *self = RUNGS_ACCOUNT_GOA_FORM (form);
  const RungsGoaAccount *chosen = get_chosen (self);

  return chosen != NULL && gtk_switch_get_active (self->read_switch)
           ? rungs_access_mailbox_new_goa (chosen)
           : NULL;
}

static void
rungs_account_goa_form_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (RUNGS_ACCOUNT_GOA_FORM (widget)->cancellable);

  GTK_WIDGET_CLASS (rungs_account_goa_form_parent_class)->unroot (widget);
}

static void
rungs_account_goa_form_finalize (GObject *object)
{
  RungsAccountGoaForm *self = RUNGS_ACCOUNT_GOA_FORM (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);
  g_free (self->chosen);

  G_OBJECT_CLASS (rungs_account_goa_form_parent_class)->finalize (object);
}

static void
rungs_account_goa_form_class_init (RungsAccountGoaFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsAccountFormClass *form_class = RUNGS_ACCOUNT_FORM_CLASS (klass);

  object_class->finalize = rungs_account_goa_form_finalize;
  widget_class->unroot = rungs_account_goa_form_unroot;
  form_class->fill = rungs_account_goa_form_fill;
  form_class->check = rungs_account_goa_form_check;
  form_class->read = rungs_account_goa_form_read;
  form_class->dup_mailbox = rungs_account_goa_form_dup_mailbox;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-account-goa-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountGoaForm, state_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountGoaForm, read_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountGoaForm, read_switch);
}

static void
rungs_account_goa_form_init (RungsAccountGoaForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->checks = g_ptr_array_new ();
  self->chosen = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}
