/* rungs-email-address.h: what counts as an e-mail address, and when two are the same. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an address is compared by: without surrounding space, in lower case (Unicode, so that Ä and
 * ä meet), the domain in its ASCII form (IDNA 2008, RFC 5891). A local part that is not ASCII is
 * kept as NFC (RFC 6531). NULL with INVALID where it cannot be an address: no or two "@", a space
 * or control character, an empty or over-long part (RFC 5321, 4.5.3.1), a domain without a dot or
 * with an invalid label. */
char *rungs_email_key (const char *address,
                       GError    **error);

/* The address as SMTP wants it: as it was given, its domain in ASCII.
 * NULL with INVALID as above. */
char *rungs_email_for_smtp (const char *address,
                            GError    **error);

G_END_DECLS
