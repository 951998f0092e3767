/* rungs-relay-desk-handler.h: what the desktop asks of its relay, as wire/rungs-relay-protocol.h
 * says. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` lives longer than `server`. */
void rungs_relay_desk_add (SoupServer      *server,
                           RungsRelayHouse *house);

/* There is something new: whoever waits for that is answered. */
void rungs_relay_desk_wake (RungsRelayHouse *house);

G_END_DECLS
