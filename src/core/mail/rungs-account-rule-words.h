/* rungs-account-rule-words.h: rules which account sends what, and what they chose, in words. */

#pragma once

#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

/* What the rule asks for: "broadcasts · marketing · to gmail.com". */
char *rungs_account_rule_dup_words (const RungsAccountRule *rule);

/* Why the account sends a message: "“News”, by the rule: broadcasts". `rule`: its id; 0: none fits.
 * `rules` (element-type RungsAccountRule): those that there are. Returns: (nullable): NULL where
 * there was nothing to choose. */
char *rungs_account_rules_dup_choice (GPtrArray          *rules,
                                      const RungsAccount *account,
                                      gint64              rule);

G_END_DECLS
