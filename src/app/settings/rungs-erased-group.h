/* rungs-erased-group.h: who was erased, and which backups still hold them. */

#pragma once

#include "settings/rungs-settings-group.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ERASED_GROUP (rungs_erased_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsErasedGroup, rungs_erased_group, RUNGS, ERASED_GROUP,
                      RungsSettingsGroup)

/* Shows the register, unfolded. */
void rungs_erased_group_unfold (RungsErasedGroup *self);

G_END_DECLS
