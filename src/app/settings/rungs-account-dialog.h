/* rungs-account-dialog.h: adds or edits a mail account, and tests it. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_DIALOG (rungs_account_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountDialog, rungs_account_dialog, RUNGS, ACCOUNT_DIALOG, AdwWindow)

/* Shows the account; one without an id is new. Stores it, and its password in the keyring, when the
 * user says so. `business` and `account` are copied. */
RungsAccountDialog *rungs_account_dialog_new (GtkWindow           *parent,
                                              RungsStore          *store,
                                              const RungsBusiness *business,
                                              const RungsAccount  *account);

G_END_DECLS
