/* rungs-relay-script-handler.h: the relay's scripts, "/f.js" and "/v.js". */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_scripts_add (SoupServer      *server,
                              RungsRelayHouse *house);

G_END_DECLS
