/* rungs-relay-round.h: takes what waits at the relay, and does what it says. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "engine/rungs-watch.h"
#include "web/rungs-web-apply.h"
#include "web/rungs-web-relay.h"

G_BEGIN_DECLS

/* What a look found. */
typedef struct
{
  gint64 taken;
  RungsWebResult result;
} RungsRelayReport;

/* Asks the relay that the file has, with its key from the keyring; what is new is in the file and
 * done afterwards. The relay's row remembers when it was asked and why that failed. Blocks; on a
 * worker thread, without a transaction. Errors: NOT_FOUND where there is no relay, and those of
 * web/rungs-web-relay.h. */
gboolean rungs_relay_round (RungsDb              *db,
                            RungsClock           *clock,
                            GCancellable         *cancellable,
                            RungsWebRelayHealth  *health,
                            RungsRelayReport     *report,
                            GError              **error);

/* The same again and again, waiting at the relay for the next delivery: for rungs_watch_start(). */
gboolean rungs_relay_watch (RungsWatch  *watch,
                            RungsDb     *db,
                            gint64      *next_at,
                            GError     **error);

G_END_DECLS
