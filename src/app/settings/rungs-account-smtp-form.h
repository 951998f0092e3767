/* rungs-account-smtp-form.h: the mail server of an SMTP account. */

#pragma once

#include "settings/rungs-account-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ACCOUNT_SMTP_FORM (rungs_account_smtp_form_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccountSmtpForm, rungs_account_smtp_form, RUNGS, ACCOUNT_SMTP_FORM,
                      RungsAccountForm)

G_END_DECLS
