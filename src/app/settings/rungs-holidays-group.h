/* rungs-holidays-group.h: the days on which no marketing leaves. */

#pragma once

#include <adwaita.h>

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_HOLIDAYS_GROUP (rungs_holidays_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsHolidaysGroup, rungs_holidays_group, RUNGS, HOLIDAYS_GROUP,
                      RungsSettingsGroup)

G_END_DECLS
