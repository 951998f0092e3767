/* rungs-relay-form-handler.h: forms at "/f/SLUG": the page, its tokens, and what is sent. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

/* `house` must outlive `server`. */
void rungs_relay_forms_add (SoupServer      *server,
                            RungsRelayHouse *house);

G_END_DECLS
