/* rungs-notice-round.h: mails staff what they are to be told of. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "engine/rungs-watch.h"

G_BEGIN_DECLS

/* Sends what is due, by the first account that can send, the practice account only where there is
 * no other. What an address or an account has against it is written down with the address. Blocks;
 * on a worker thread, without a transaction, by the holder of the lease. `sent` (out): how many
 * mails; `next_at` (out): when more will be due, G_MAXINT64: not by itself. Errors: those of the
 * file, and BUSY. */
gboolean rungs_notice_round (RungsDb       *db,
                             RungsClock    *clock,
                             GCancellable  *cancellable,
                             guint         *sent,
                             gint64        *next_at,
                             GError       **error);

/* The same, for rungs_watch_start(). Tells the engine when notifications are due, which are for
 * the program with a desktop to show. */
gboolean rungs_notice_watch (RungsWatch  *watch,
                             RungsDb     *db,
                             gint64      *next_at,
                             GError     **error);

G_END_DECLS
