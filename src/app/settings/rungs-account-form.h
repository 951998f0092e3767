/* rungs-account-form.h: what is entered of a mail account that only its kind has. Each kind is a
 * file, rungs-account-KIND-form.c, and a line of the table in rungs-account-dialog.c. */

#pragma once

#include <adwaita.h>

#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_FORM (rungs_account_form_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsAccountForm, rungs_account_form, RUNGS, ACCOUNT_FORM,
                          AdwPreferencesGroup)

/* A kind that leaves one out has nothing to show, check, read or keep. */
struct _RungsAccountFormClass
{
  AdwPreferencesGroupClass parent_class;

  void (*fill) (RungsAccountForm   *self,
                const RungsAccount *account,
                const char         *file);
  gboolean (*check) (RungsAccountForm *self);
  void (*read) (RungsAccountForm *self,
                RungsAccount     *account);
  const char *(*get_secret) (RungsAccountForm *self);
  RungsMailbox *(*dup_mailbox) (RungsAccountForm   *self,
                                const RungsAccount *account);
};

/* Shows what `account` has. `file` is the uuid of the business: together with the account's uuid it
 * names what the keyring holds. */
void rungs_account_form_fill (RungsAccountForm   *self,
                              const RungsAccount *account,
                              const char         *file);

/* Whether all is entered as it must be; marks the rows where it is not. */
gboolean rungs_account_form_check (RungsAccountForm *self);

/* Writes what is entered into `account`. */
void rungs_account_form_read (RungsAccountForm *self,
                              RungsAccount     *account);

/* What the keyring is to hold; empty: what it holds. */
const char *rungs_account_form_get_secret (RungsAccountForm *self);

/* Returns: (transfer full) (nullable): a mailbox that is to be read with the account, once that is
 * stored. */
RungsMailbox *rungs_account_form_dup_mailbox (RungsAccountForm   *self,
                                              const RungsAccount *account);

/* ---- for rows of forms */

/* `text` (nullable). */
void rungs_account_form_set_text (AdwEntryRow *row,
                                  const char  *text);

/* Asks for a file of certificates, whose path goes into the row. */
void rungs_account_form_choose_ca (AdwEntryRow *row);

/* Says of a password's row that what is kept stays, where `account` is stored. */
void rungs_account_form_tell_kept (AdwEntryRow        *row,
                                   const RungsAccount *account);

/* What is entered, without blanks around it. */
char *rungs_account_form_dup_text (AdwEntryRow *row);
void rungs_account_form_take_text (char        **field,
                                   AdwEntryRow  *row);

/* Marks the row where nothing is entered. */
gboolean rungs_account_form_require (AdwEntryRow *row);

G_END_DECLS
