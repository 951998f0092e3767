/* rungs-relay-page-handler.h: landing pages at "/p/SLUG". */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_pages_add (SoupServer      *server,
                            RungsRelayHouse *house);

G_END_DECLS
