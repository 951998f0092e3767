/* rungs-delivery-replay.h: looks once more at deliveries in quarantine, on a thread of its own,
 * with a small window that says how far it is. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* `ids` (nullable) (transfer full): a GArray of gint64; NULL: all of the quarantine of `endpoint`
 * (0: of any). Says what came of it when it is over. */
void rungs_delivery_replay (RungsPage *page,
                            GArray    *ids,
                            gint64     endpoint);

G_END_DECLS
