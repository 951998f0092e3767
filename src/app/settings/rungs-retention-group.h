/* rungs-retention-group.h: for how long each kind of event is kept. */

#pragma once

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RETENTION_GROUP (rungs_retention_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsRetentionGroup, rungs_retention_group, RUNGS, RETENTION_GROUP,
                      RungsSettingsGroup)

G_END_DECLS
