/* rungs-mail-status.h: enhanced mail system status codes, as servers say them (RFC 3463, RFC 5248).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "5.1.1". */
typedef struct
{
  int class;   /* 2 it worked, 4 not now, 5 never; 0: there is no code */
  int subject; /* 1 the address, 2 the mailbox, 3 the system, 4 the network, 7 policy, … */
  int detail;
} RungsMailStatus;

/* Reads the code with which `text` begins. FALSE where it begins with none. */
gboolean rungs_mail_status_parse (const char      *text,
                                  RungsMailStatus *status);

/* Whether it says, for good, that the address itself is the fault, so that nothing sent to it
 * later arrives either: and not that the mailbox is full, the message unwelcome, or the server
 * out of order. */
gboolean rungs_mail_status_is_bad_address (const RungsMailStatus *status);

G_END_DECLS
