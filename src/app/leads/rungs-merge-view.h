/* rungs-merge-view.h: leads side by side, with a choice for each field in which they differ. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-merge.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MERGE_VIEW (rungs_merge_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsMergeView, rungs_merge_view, RUNGS, MERGE_VIEW, AdwBin)

/* Shows `plan` (nullable: nothing), takes it, and writes into it what is chosen. */
void rungs_merge_view_take_plan (RungsMergeView *self,
                                 RungsMergePlan *plan);

/* Returns: (transfer full) (nullable): the plan, with what was chosen; nothing is shown then. */
RungsMergePlan *rungs_merge_view_steal_plan (RungsMergeView *self);

G_END_DECLS
