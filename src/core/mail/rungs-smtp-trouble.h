/* rungs-smtp-trouble.h: what libcurl says went wrong, as the exchange and a person understand it.
 * Part of rungs-smtp-transport.c. */

#pragma once

#include <curl/curl.h>

#include "mail/rungs-smtp-exchange.h"

G_BEGIN_DECLS

/* How what ended in `phase` with `result` broke off. `cancelled`: we asked libcurl to stop. */
RungsSmtpBreak rungs_smtp_trouble_classify (CURL          *curl,
                                            CURLcode       result,
                                            RungsSmtpPhase phase,
                                            gboolean       cancelled);

/* Returns: (transfer full): the same in words for the owner of the account.
 * `details`: libcurl's. */
char *rungs_smtp_trouble_tell (RungsSmtpBreak broke,
                               CURLcode       result,
                               RungsSmtpPhase phase,
                               const char    *details);

G_END_DECLS
