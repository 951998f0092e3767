/* rungs-account-http-form.h: the provider of an HTTP account; its rows are made from its file
 * (wire/rungs-provider-option.h). */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_HTTP_FORM (rungs_account_http_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountHttpForm, rungs_account_http_form, RUNGS, ACCOUNT_HTTP_FORM,
                      RungsAccountForm)

G_END_DECLS
