/* rungs-sender.h: empties the outbox by one account.
 *
 * Each connection has a thread that composes a message and hands it over; one thread keeps the
 * journal: it gathers what the others have done and what they want next into one
 * rungs_outbox_take_turn() at a time, so that many connections share a durable commit and at most
 * one message a connection can be in doubt. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 sent;
  gint64 failed;
  gint64 retried;
  gint64 withheld;
  gint64 postponed;
  gint64 doubtful;
  gint64 next_at;  /* nothing more may leave before that; G_MAXINT64: nothing is planned */
  char *trouble;   /* (owned) (nullable): why the account was paused */
  char *waits_for; /* (owned) (nullable): what the mail server said that was away, or why it was
                    * not reached */
} RungsSenderReport;

void rungs_sender_report_clear (RungsSenderReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsSenderReport, rungs_sender_report_clear)

/* Sends what is due in the file at `path` by `account` until nothing more may leave now, the
 * account is paused for trouble, or it is cancelled (the messages under way are waited for).
 * Blocks; for the holder of the lease. The password comes from the keyring. A send that failed is
 * no error; the report counts it. Errors: those of the file. */
gboolean rungs_sender_run (const char         *path,
                           RungsClock         *clock,
                           const RungsAccount *account,
                           GCancellable       *cancellable,
                           RungsSenderReport  *report,
                           GError            **error);

G_END_DECLS
