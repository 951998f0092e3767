/* rungs-smtp-extensions.h: what a mail server says it can do, in its reply to EHLO. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean starttls;   /* RFC 3207 */
  gboolean pipelining; /* RFC 2920: the next command may come before the reply */
  gboolean chunking;   /* RFC 3030: messages come by BDAT, with their length */
  gboolean eight_bit;  /* RFC 6152 */
  gboolean utf8;       /* RFC 6531: addresses beyond ASCII */
  gboolean size;       /* RFC 1870 */
  guint64 most_bytes;  /* of a message; 0: it does not say */
  gboolean auth_plain; /* RFC 4954 */
  gboolean auth_login;
  gboolean auth_xoauth2;
} RungsSmtpExtensions;

/* Reads the lines of the reply, parted by CR LF; what it says in no line it cannot. */
void rungs_smtp_extensions_parse (RungsSmtpExtensions *self,
                                  const char          *reply);

G_END_DECLS
