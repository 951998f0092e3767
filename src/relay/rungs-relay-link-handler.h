/* rungs-relay-link-handler.h: links of mail and of sources: "/l/TOKEN", "/u/TOKEN", "/c/TOKEN" and
 * "/r/CODE". */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_links_add (SoupServer      *server,
                            RungsRelayHouse *house);

G_END_DECLS
