/* rungs-doubt-round.h: asks servers whether they have sent what is in doubt. */

#pragma once

#include "engine/rungs-mailbox-round.h"

G_BEGIN_DECLS

/* Asks about the messages in doubt of each account whose server can be asked (JMAP): at once when
 * there are new ones, then every few minutes for a day. One that the server has among what it sent
 * was sent; about the others nothing is decided. Blocks; without a transaction, on a worker thread.
 * `report` counts what was settled as taken. Errors: those of the file. */
gboolean rungs_doubts_work_off (RungsDb             *db,
                                RungsClock          *clock,
                                GCancellable        *cancellable,
                                RungsMailboxReport  *report,
                                gint64              *next_at,
                                GError             **error);

G_END_DECLS
