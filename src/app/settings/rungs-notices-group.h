/* rungs-notices-group.h: how staff are told of new leads. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_NOTICES_GROUP (rungs_notices_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsNoticesGroup, rungs_notices_group, RUNGS, NOTICES_GROUP, AdwBin)

/* Reads it anew from the store of `page`, which holds this. */
void rungs_notices_group_refresh (RungsNoticesGroup *self,
                                  RungsPage         *page);

G_END_DECLS
