/* rungs-account-practice-form.h: a practice account, of which there is nothing to enter. */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_PRACTICE_FORM (rungs_account_practice_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountPracticeForm, rungs_account_practice_form, RUNGS,
                      ACCOUNT_PRACTICE_FORM, RungsAccountForm)

G_END_DECLS
