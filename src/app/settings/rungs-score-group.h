/* rungs-score-group.h: what things that leads do are worth, in words. */

#pragma once

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SCORE_GROUP (rungs_score_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsScoreGroup, rungs_score_group, RUNGS, SCORE_GROUP,
                      RungsSettingsGroup)

G_END_DECLS
