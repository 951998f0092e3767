/* rungs-account-form.c: what is entered of a mail account that only its kind has. */

#include "rungs-account-form.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "widgets/rungs-error-words.h"

G_DEFINE_ABSTRACT_TYPE (RungsAccountForm, rungs_account_form, ADW_TYPE_PREFERENCES_GROUP)

static void
rungs_account_form_class_init (RungsAccountFormClass *klass)
{
}

static void
rungs_account_form_init (RungsAccountForm *self)
{
}

void
rungs_account_form_fill (RungsAccountForm   *self,
                         const RungsAccount *account,
                         const char         *file)
{
  RungsAccountFormClass *klass;

  g_return_if_fail (RUNGS_IS_ACCOUNT_FORM (self));
  g_return_if_fail (account != NULL);

  klass = RUNGS_ACCOUNT_FORM_GET_CLASS (self);
  if (klass->fill != NULL)
    klass->fill (self, account, file);
}

gboolean
rungs_account_form_check (RungsAccountForm *self)
{
  RungsAccountFormClass *klass;

  g_return_val_if_fail (RUNGS_IS_ACCOUNT_FORM (self), FALSE);

  klass = RUNGS_ACCOUNT_FORM_GET_CLASS (self);
  return klass->check == NULL || klass->check (self);
}

void
rungs_account_form_read (RungsAccountForm *self,
                         RungsAccount     *account)
{
  RungsAccountFormClass *klass;

  g_return_if_fail (RUNGS_IS_ACCOUNT_FORM (self));
  g_return_if_fail (account != NULL);

  klass = RUNGS_ACCOUNT_FORM_GET_CLASS (self);
  if (klass->read != NULL)
    klass->read (self, account);
}

const char *
rungs_account_form_get_secret (RungsAccountForm *self)
{
  RungsAccountFormClass *klass;

  g_return_val_if_fail (RUNGS_IS_ACCOUNT_FORM (self), NULL);

  klass = RUNGS_ACCOUNT_FORM_GET_CLASS (self);
  return klass->get_secret != NULL ? klass->get_secret (self) : "";
}

RungsMailbox *
rungs_account_form_dup_mailbox (RungsAccountForm   *self,
                                const RungsAccount *account)
{
  RungsAccountFormClass *klass;

  g_return_val_if_fail (RUNGS_IS_ACCOUNT_FORM (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  klass = RUNGS_ACCOUNT_FORM_GET_CLASS (self);
  return klass->dup_mailbox != NULL ? klass->dup_mailbox (self, account) : NULL;
}

void
rungs_account_form_set_text (AdwEntryRow *row,
                             const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
ca_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (AdwEntryRow) row = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL)
    rungs_account_form_set_text (row, g_file_peek_path (file));
}

void
rungs_account_form_choose_ca (AdwEntryRow *row)
{
  rungs_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (row))),
                                 _ ("Choose a Certificate File"), _ ("Certificates"), "*.pem", NULL,
                                 ca_chosen_cb, g_object_ref (row));
}

void
rungs_account_form_tell_kept (AdwEntryRow        *row,
                              const RungsAccount *account)
{
  if (account->id != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                   _ ("New Password (the old one stays where this is empty)"));
}

char *
rungs_account_form_dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

void
rungs_account_form_take_text (char       **field,
                              AdwEntryRow *row)
{
  g_free (*field);
  *field = rungs_account_form_dup_text (row);
}

gboolean
rungs_account_form_require (AdwEntryRow *row)
{
  g_autofree char *text = rungs_account_form_dup_text (row);

  rungs_error_mark_row (row, *text != '\0' ? NULL : _ ("this is needed"));
  return *text != '\0';
}
