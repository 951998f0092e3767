/* rungs-relay-intake-handler.h: takes deliveries in at "/in/PATH".
 *
 * A delivery is answered with success after it is durable, and not before. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` lives longer than `server`. */
void rungs_relay_intake_add (SoupServer      *server,
                             RungsRelayHouse *house);

G_END_DECLS
