/* rungs-mailbox-round.h: looks into mailboxes for what came back. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "db/rungs-db.h"
#include "mail/rungs-mailbox-store.h"

G_BEGIN_DECLS

/* What a look found. */
typedef struct
{
  gint64 looked_at; /* mails */
  gint64 taken;     /* of them, that meant something */
  gint64 unclear;   /* of them, that wait for a person */
} RungsMailboxReport;

/* Reads what is new in a mailbox, and does what it means, a mail a transaction: whatever breaks
 * off, what was read stays read, and the rest is read the next time. Blocks; without a transaction,
 * on a worker thread. The mailbox remembers when it was tried and why that failed. `password`
 * (nullable): not used where it signs in otherwise. Errors: as those
 * of rungs_mail_folder_list(), and of the file. */
gboolean rungs_mailbox_round (RungsDb             *db,
                              RungsClock          *clock,
                              const RungsMailbox  *mailbox,
                              const char          *password,
                              GCancellable        *cancellable,
                              RungsMailboxReport  *report,
                              GError             **error);

/* The same of each mailbox that is due, with its password from the keyring; one that fails keeps
 * no other from being read. `next_at` (out): when the next one is due; G_MAXINT64: there is none.
 * Errors: those of the file. */
gboolean rungs_mailboxes_work_off (RungsDb             *db,
                                   RungsClock          *clock,
                                   GCancellable        *cancellable,
                                   RungsMailboxReport  *report,
                                   gint64              *next_at,
                                   GError             **error);

G_END_DECLS
