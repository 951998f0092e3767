/* rungs-outbox-limit-store.h: how much more may leave by an account now. Part of
 * rungs-outbox-claim-store.c.
 *
 * The limits are counted from what the outbox says it sent, so that they hold across restarts:
 * within any second, hour and 24 hours no more leaves than they allow, and while the account warms
 * up (mail/rungs-warm-up.h) on no day of the business either. */

#pragma once

#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

/* Lessens `room` to what its limits allow, 0 at least; then `next_at` becomes when the next may
 * leave, where that is later. */
gboolean rungs_outbox_room (RungsDb            *db,
                            const RungsAccount *account,
                            gint64              now,
                            gint64             *room,
                            gint64             *next_at,
                            GError            **error);

G_END_DECLS
