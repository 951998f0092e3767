/* rungs-broadcast-send.h: the last question before a broadcast leaves, with all that stands against
 * it. */

#pragma once

#include "mail/rungs-broadcast.h"
#include "rungs-page.h"

G_BEGIN_DECLS

void rungs_broadcast_send_open (RungsPage             *page,
                                const RungsBroadcast  *broadcast);

G_END_DECLS
