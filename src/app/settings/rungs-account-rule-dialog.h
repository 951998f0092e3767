/* rungs-account-rule-dialog.h: makes or edits a rule which account sends what. */

#pragma once

#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-store.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* What a rule can name. */
typedef struct _RungsAccountRuleChoices RungsAccountRuleChoices;

RungsAccountRuleChoices *rungs_account_rule_choices_load (RungsDb  *db,
                                                          GError  **error);
void rungs_account_rule_choices_free (RungsAccountRuleChoices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccountRuleChoices, rungs_account_rule_choices_free)

/* (nullable): none is. */
const RungsAccount *rungs_account_rule_choices_get_default (const RungsAccountRuleChoices *self);
guint rungs_account_rule_choices_count_accounts (const RungsAccountRuleChoices *self);

typedef void (*RungsAccountRuleEdited) (const RungsAccountRule *rule,
                                        gpointer                data);

/* `rule` NULL: a new one. `choices` is only read here. `edited` is called with what was entered
 * when the user says so; it has the id of `rule`. */
RungsForm *rungs_account_rule_dialog_new (GtkWindow               *parent,
                                          RungsAccountRuleChoices *choices,
                                          const RungsAccountRule  *rule,
                                          RungsAccountRuleEdited   edited,
                                          gpointer                 data,
                                          GDestroyNotify           data_free);

G_END_DECLS
