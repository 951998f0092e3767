/* rungs-holidays-group.h: the days on which no marketing leaves. */

#pragma once

#include <adwaita.h>

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_HOLIDAYS_GROUP (rungs_holidays_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsHolidaysGroup, rungs_holidays_group, RUNGS, HOLIDAYS_GROUP, AdwBin)

/* Reads them anew. `page` holds the group. */
void rungs_holidays_group_refresh (RungsHolidaysGroup *self,
                                   RungsPage          *page);

G_END_DECLS
