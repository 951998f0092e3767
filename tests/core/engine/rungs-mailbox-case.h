/* rungs-mailbox-case.h: somebody who was sent one message, and what comes back of it; for tests of
 * mailboxes of whatever kind. */

#pragma once

#include "engine/rungs-mailbox-round.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

#define OURS "3a2c4714@quaylane.example"
#define READER "fionn@inbox.example"
#define PASSWORD "correct-horse"

#define PRIVATE "From: aunt@home.example\r\nSubject: Sunday\r\n\r\nCake?\r\n"
#define BOUNCE                                                                                     \
  "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"           \
  "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"     \
  "Final-Recipient: rfc822; " READER "\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"                 \
  "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" OURS ">\r\n\r\n--b--\r\n"

/* READER, and the message OURS to them, which was sent. Adds the mailbox, too. */
void rungs_mailbox_case_begin (RungsFixture *fixture,
                               RungsMailbox *mailbox);

/* Looks into it, from where the file says that it was read to, with PASSWORD. `report` (out). */
gboolean rungs_mailbox_case_look (RungsFixture        *fixture,
                                  const RungsMailbox  *mailbox,
                                  RungsMailboxReport  *report,
                                  GError             **error);

G_END_DECLS
