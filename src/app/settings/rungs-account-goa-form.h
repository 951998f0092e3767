/* rungs-account-goa-form.h: an account of this computer (GNOME Online Accounts). */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_GOA_FORM (rungs_account_goa_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountGoaForm, rungs_account_goa_form, RUNGS, ACCOUNT_GOA_FORM,
                      RungsAccountForm)

G_END_DECLS
