/* rungs-relay-partner-handler.h: the private pages of partners at "/partner/TOKEN". */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_partners_add (SoupServer      *server,
                               RungsRelayHouse *house);

G_END_DECLS
