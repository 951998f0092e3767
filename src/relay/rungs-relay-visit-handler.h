/* rungs-relay-visit-handler.h: visits of the owner's site, told at "/v", and of landing pages. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_visits_add (SoupServer      *server,
                             RungsRelayHouse *house);

/* Counts one. `variant` may be ""; `code` (nullable): of a source, if it is one of ours. */
void rungs_relay_visits_note (RungsRelayHouse   *house,
                              SoupServerMessage *message,
                              const char        *path,
                              const char        *variant,
                              const char        *code);

/* Keeps what has been counted since the last time, for the desktop. */
void rungs_relay_visits_keep (RungsRelayHouse *house);

G_END_DECLS
