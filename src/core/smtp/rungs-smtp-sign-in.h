/* rungs-smtp-sign-in.h: what is said to a mail server to be let in (RFC 4954). */

#pragma once

#include "smtp/rungs-smtp-extensions.h"
#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* Returns: (nullable): "PLAIN", "LOGIN" or "XOAUTH2": the way that the settings want and the server
 * offers; NULL: there is none. */
const char *rungs_smtp_sign_in_choose (RungsSmtpAuth              auth,
                                       const RungsSmtpExtensions *offered);

/* Returns: (transfer full): the n-th line of that way, from 0, the AUTH command, on; each further
 * one answers a 334. "*", which gives up, where that way has no more. With CR LF; to be freed by
 * rungs_smtp_sign_in_wipe(). */
char *rungs_smtp_sign_in_dup_line (const RungsSmtpSettings *settings,
                                   const char              *way,
                                   guint                    n);

/* Frees a line and leaves nothing of it in memory. */
void rungs_smtp_sign_in_wipe (char *line);

/* Whether somebody could read the password in that text, as it is or as it is sent. */
gboolean rungs_smtp_sign_in_shows (const RungsSmtpSettings *settings,
                                   const char              *text);

G_END_DECLS
