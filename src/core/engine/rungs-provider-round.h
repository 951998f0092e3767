/* rungs-provider-round.h: asks providers what became of mail. */

#pragma once

#include "base/rungs-clock.h"
#include "engine/rungs-mailbox-round.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

/* Asks the provider of an HTTP account all that its file knows to ask, with `key`, and does what it
 * tells, an item a transaction: whatever breaks off, what was heard stays heard. How far it was
 * asked, and why that failed, stands with the account (mail/rungs-account-pull-store.h).
 * `only_due`: leaves out what was asked a short while ago, or asked not to be asked yet. `next_at`
 * (out): when something is due next; G_MAXINT64: never. Blocks; without a transaction, on a worker
 * thread. Errors: those of the file, INVALID where the account is none, and G_IO_ERROR_CANCELLED;
 * trouble with the provider is none of them. */
gboolean rungs_provider_round (RungsDb             *db,
                               RungsClock          *clock,
                               const RungsAccount  *account,
                               const char          *key,
                               gboolean             only_due,
                               GCancellable        *cancellable,
                               RungsMailboxReport  *report,
                               gint64              *next_at,
                               GError             **error);

/* The same of each HTTP account whose provider is due, with its key from the keyring. Errors: those
 * of the file. */
gboolean rungs_providers_work_off (RungsDb             *db,
                                   RungsClock          *clock,
                                   GCancellable        *cancellable,
                                   RungsMailboxReport  *report,
                                   gint64              *next_at,
                                   GError             **error);

/* All that comes back: the mailboxes, then the providers, then what was in doubt. */
gboolean rungs_returns_work_off (RungsDb             *db,
                                 RungsClock          *clock,
                                 GCancellable        *cancellable,
                                 RungsMailboxReport  *report,
                                 gint64              *next_at,
                                 GError             **error);

G_END_DECLS
