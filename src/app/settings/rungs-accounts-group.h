/* rungs-accounts-group.h: the mail accounts, and what can be done with each. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNTS_GROUP (rungs_accounts_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountsGroup, rungs_accounts_group, RUNGS, ACCOUNTS_GROUP, AdwBin)

/* Shows `accounts` (element-type RungsAccount), which is kept. */
void rungs_accounts_group_show (RungsAccountsGroup  *self,
                                RungsStore          *store,
                                const RungsBusiness *business,
                                GPtrArray           *accounts);

/* Opens the account with that id, as far as there is one. */
void rungs_accounts_group_open (RungsAccountsGroup *self,
                                gint64              account);

G_END_DECLS
