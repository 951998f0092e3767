/* rungs-smtp-trouble.h: what went wrong between us and a mail server,
 * as the exchange and a person understand it. Part of rungs-smtp-transport.c. */

#pragma once

#include "smtp/rungs-smtp-exchange.h"

G_BEGIN_DECLS

/* How what ended with `error` broke off. */
RungsSmtpBreak rungs_smtp_trouble_classify (const GError *error);

/* Returns: (transfer full): the same in words for the owner of the account. */
char *rungs_smtp_trouble_tell (const GError  *error,
                               RungsSmtpPhase phase);

G_END_DECLS
