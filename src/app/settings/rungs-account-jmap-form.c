/* rungs-account-jmap-form.c: the server of a JMAP account. */

#include "rungs-account-jmap-form.h"

#include <glib/gi18n.h>

#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsAccountJmapForm
{
  RungsAccountForm parent_instance;

  AdwEntryRow *url_row;
  RungsChoiceRow *auth_row;
  AdwEntryRow *username_row;
  AdwEntryRow *password_row;
  AdwEntryRow *ca_file_row;
};

G_DEFINE_FINAL_TYPE (RungsAccountJmapForm, rungs_account_jmap_form, RUNGS_TYPE_ACCOUNT_FORM)

/* A token says itself whose it is. */
static void
auth_changed_cb (RungsAccountJmapForm *self)
{
  gboolean token = g_strcmp0 (rungs_choice_row_get_value (self->auth_row), "xoauth2") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->username_row), !token);
}

static void
choose_ca_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  rungs_account_form_choose_ca (RUNGS_ACCOUNT_JMAP_FORM (widget)->ca_file_row);
}

static void
rungs_account_jmap_form_fill (RungsAccountForm   *form,
                              const RungsAccount *account,
                              const char         *file)
{
  RungsAccountJmapForm *self = RUNGS_ACCOUNT_JMAP_FORM (form);

  rungs_account_form_set_text (self->url_row, account->url);
  rungs_account_form_set_text (self->username_row, account->username);
  rungs_account_form_set_text (self->ca_file_row, account->ca_file);
  rungs_choice_row_set_value (self->auth_row, rungs_smtp_auth_to_text (account->auth));
  rungs_account_form_tell_kept (self->password_row, account);
}

static gboolean
check_address (RungsAccountJmapForm *self)
{
  g_autofree char *entered = rungs_account_form_dup_text (self->url_row);
  g_autofree char *url = rungs_jmap_dup_url (entered);
  g_autoptr (RungsJmapSettings) settings = rungs_jmap_settings_new (url, RUNGS_JMAP_AUTH_BASIC);
  g_autoptr (GUri) uri = rungs_jmap_settings_dup_session_uri (settings);
  const char *fault = NULL;

  if (uri == NULL)
    fault = _ ("this is not the address of a server");
  else if (!rungs_jmap_is_safe_uri (uri))
    fault = _ ("the address must begin with https://");
  rungs_error_mark_row (self->url_row, fault);
  return fault == NULL;
}

static gboolean
rungs_account_jmap_form_check (RungsAccountForm *form)
{
  RungsAccountJmapForm *self = RUNGS_ACCOUNT_JMAP_FORM (form);
  gboolean right = rungs_account_form_require (self->url_row) && check_address (self);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->username_row)))
    return right;
  return rungs_account_form_require (self->username_row) && right;
}

static void
rungs_account_jmap_form_read (RungsAccountForm *form,
                              RungsAccount     *account)
{
  RungsAccountJmapForm *self = RUNGS_ACCOUNT_JMAP_FORM (form);
  g_autofree char *entered = rungs_account_form_dup_text (self->url_row);

  g_free (account->url);
  account->url = rungs_jmap_dup_url (entered);
  rungs_account_form_take_text (&account->username, self->username_row);
  rungs_account_form_take_text (&account->ca_file, self->ca_file_row);
  rungs_smtp_auth_from_text (rungs_choice_row_get_value (self->auth_row), &account->auth);
}

static const char *
rungs_account_jmap_form_get_secret (RungsAccountForm *form)
{
  RungsAccountJmapForm *self = RUNGS_ACCOUNT_JMAP_FORM (form);

  return gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

static void
rungs_account_jmap_form_class_init (RungsAccountJmapFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsAccountFormClass *form_class = RUNGS_ACCOUNT_FORM_CLASS (klass);

  form_class->fill = rungs_account_jmap_form_fill;
  form_class->check = rungs_account_jmap_form_check;
  form_class->read = rungs_account_jmap_form_read;
  form_class->get_secret = rungs_account_jmap_form_get_secret;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_install_action (widget_class, "account.choose-ca", NULL, choose_ca_action);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/settings/rungs-account-jmap-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountJmapForm, url_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountJmapForm, auth_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountJmapForm, username_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountJmapForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountJmapForm, ca_file_row);
  gtk_widget_class_bind_template_callback (widget_class, auth_changed_cb);
}

static void
rungs_account_jmap_form_init (RungsAccountJmapForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_choice_row_add (self->auth_row, "auto", _ ("With a password"));
  rungs_choice_row_add (self->auth_row, "xoauth2", _ ("With an access token"));
}
