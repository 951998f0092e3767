/* rungs-relay-group.h: the relay that takes what comes in while this machine sleeps. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RELAY_GROUP (rungs_relay_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsRelayGroup, rungs_relay_group, RUNGS, RELAY_GROUP, AdwBin)

/* Reads which one there is; `page` holds the group. */
void rungs_relay_group_refresh (RungsRelayGroup *self,
                                RungsPage       *page);

G_END_DECLS
