/* rungs-backups-group.h: the copies of the business's file, making one and going back to one. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BACKUPS_GROUP (rungs_backups_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsBackupsGroup, rungs_backups_group, RUNGS, BACKUPS_GROUP, AdwBin)

/* Shows `backups` (element-type filename), newest first. */
void rungs_backups_group_show (RungsBackupsGroup *self,
                               RungsStore        *store,
                               GPtrArray         *backups);

G_END_DECLS
