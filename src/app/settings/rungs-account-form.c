/* rungs-account-form.c: what is entered of a mail account that only its kind has. */

#include "rungs-account-form.h"

#include <glib/gi18n.h>

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
