/* rungs-background-group.h: whether Rungs goes on when its window is closed. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_BACKGROUND_GROUP (rungs_background_group_get_type ())

/* Shows and writes the setting "background". It is of the user and the machine, not of the
 * business. */
G_DECLARE_FINAL_TYPE (RungsBackgroundGroup, rungs_background_group, RUNGS, BACKGROUND_GROUP, AdwBin)

G_END_DECLS
