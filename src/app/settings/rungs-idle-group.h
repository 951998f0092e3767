/* rungs-idle-group.h: leads of whom nothing was heard for long, and forgetting them. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IDLE_GROUP (rungs_idle_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsIdleGroup, rungs_idle_group, RUNGS, IDLE_GROUP, AdwBin)

/* Reads who they are; `page` holds the group. */
void rungs_idle_group_refresh (RungsIdleGroup *self,
                               RungsPage      *page);

G_END_DECLS
