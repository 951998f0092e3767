/* rungs-account-jmap-form.h: the server of a JMAP account. */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_JMAP_FORM (rungs_account_jmap_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountJmapForm, rungs_account_jmap_form, RUNGS, ACCOUNT_JMAP_FORM,
                      RungsAccountForm)

G_END_DECLS
