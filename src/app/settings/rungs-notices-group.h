/* rungs-notices-group.h: how staff are told of new leads. */

#pragma once

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_NOTICES_GROUP (rungs_notices_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsNoticesGroup, rungs_notices_group, RUNGS, NOTICES_GROUP,
                      RungsSettingsGroup)

G_END_DECLS
