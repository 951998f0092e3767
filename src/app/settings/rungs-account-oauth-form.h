/* rungs-account-oauth-form.h: an account that is signed in to through the browser. */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_OAUTH_FORM (rungs_account_oauth_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountOAuthForm, rungs_account_oauth_form, RUNGS, ACCOUNT_OAUTH_FORM,
                      RungsAccountForm)

G_END_DECLS
