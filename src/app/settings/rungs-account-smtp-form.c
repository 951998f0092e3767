/* rungs-account-smtp-form.c: the mail server of an SMTP account. */

#include "rungs-account-smtp-form.h"

#include <glib/gi18n.h>

#include "widgets/rungs-choice-row.h"

struct _RungsAccountSmtpForm
{
  RungsAccountForm parent_instance;

  AdwEntryRow *host_row;
  RungsChoiceRow *security_row;
  GtkSpinButton *port_spin;
  RungsChoiceRow *auth_row;
  AdwEntryRow *username_row;
  AdwEntryRow *password_row;
  AdwEntryRow *ca_file_row;
};

G_DEFINE_FINAL_TYPE (RungsAccountSmtpForm, rungs_account_smtp_form, RUNGS_TYPE_ACCOUNT_FORM)

static void
auth_changed_cb (RungsAccountSmtpForm *self)
{
  const char *value = rungs_choice_row_get_value (self->auth_row);
  gboolean signs_in = g_strcmp0 (value, "none") != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->username_row), signs_in);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), signs_in);
}

static void
choose_ca_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  rungs_account_form_choose_ca (RUNGS_ACCOUNT_SMTP_FORM (widget)->ca_file_row);
}

static void
rungs_account_smtp_form_fill (RungsAccountForm   *form,
                              const RungsAccount *account,
                              const char         *file)
{
  RungsAccountSmtpForm *self = RUNGS_ACCOUNT_SMTP_FORM (form);

  rungs_account_form_set_text (self->host_row, account->host);
  rungs_account_form_set_text (self->username_row, account->username);
  rungs_account_form_set_text (self->ca_file_row, account->ca_file);
  rungs_choice_row_set_value (self->security_row, rungs_smtp_security_to_text (account->security));
  rungs_choice_row_set_value (self->auth_row, rungs_smtp_auth_to_text (account->auth));
  gtk_spin_button_set_value (self->port_spin, account->port);
  rungs_account_form_tell_kept (self->password_row, account);
}

static gboolean
rungs_account_smtp_form_check (RungsAccountForm *form)
{
  return rungs_account_form_require (RUNGS_ACCOUNT_SMTP_FORM (form)->host_row);
}

static void
rungs_account_smtp_form_read (RungsAccountForm *form,
                              RungsAccount     *account)
{
  RungsAccountSmtpForm *self = RUNGS_ACCOUNT_SMTP_FORM (form);

  rungs_account_form_take_text (&account->host, self->host_row);
  rungs_account_form_take_text (&account->username, self->username_row);
  rungs_account_form_take_text (&account->ca_file, self->ca_file_row);
  rungs_smtp_security_from_text (rungs_choice_row_get_value (self->security_row),
                                 &account->security);
  rungs_smtp_auth_from_text (rungs_choice_row_get_value (self->auth_row), &account->auth);
  account->port = gtk_spin_button_get_value_as_int (self->port_spin);
}

static const char *
rungs_account_smtp_form_get_secret (RungsAccountForm *form)
{
  RungsAccountSmtpForm *self = RUNGS_ACCOUNT_SMTP_FORM (form);

  return gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

static void
rungs_account_smtp_form_class_init (RungsAccountSmtpFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsAccountFormClass *form_class = RUNGS_ACCOUNT_FORM_CLASS (klass);

  form_class->fill = rungs_account_smtp_form_fill;
  form_class->check = rungs_account_smtp_form_check;
  form_class->read = rungs_account_smtp_form_read;
  form_class->get_secret = rungs_account_smtp_form_get_secret;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_install_action (widget_class, "account.choose-ca", NULL, choose_ca_action);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/settings/rungs-account-smtp-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, host_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, security_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, port_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, auth_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, username_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, RungsAccountSmtpForm, ca_file_row);
  gtk_widget_class_bind_template_callback (widget_class, auth_changed_cb);
}

static void
rungs_account_smtp_form_init (RungsAccountSmtpForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_choice_row_add (self->security_row, "starttls", _ ("STARTTLS (port 587)"));
  rungs_choice_row_add (self->security_row, "tls", _ ("TLS from the start (port 465)"));
  rungs_choice_row_add (self->security_row, "none", _ ("None (only on this computer)"));
  rungs_choice_row_add (self->auth_row, "auto", _ ("With a password"));
  rungs_choice_row_add (self->auth_row, "plain", _ ("With a password, PLAIN"));
  rungs_choice_row_add (self->auth_row, "login", _ ("With a password, LOGIN"));
  rungs_choice_row_add (self->auth_row, "xoauth2", _ ("With an access token, XOAUTH2"));
  rungs_choice_row_add (self->auth_row, "none", _ ("Not at all"));
}
