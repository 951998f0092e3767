/* rungs-account-rules-group.h: which account sends what, in the settings. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_RULES_GROUP (rungs_account_rules_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountRulesGroup, rungs_account_rules_group, RUNGS,
                      ACCOUNT_RULES_GROUP, AdwBin)

/* Reads the rules anew, for `page`, which holds this. */
void rungs_account_rules_group_refresh (RungsAccountRulesGroup *self,
                                        RungsPage              *page);

G_END_DECLS
