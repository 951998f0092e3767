/* rungs-score-group.h: what things that leads do are worth, in words. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SCORE_GROUP (rungs_score_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsScoreGroup, rungs_score_group, RUNGS, SCORE_GROUP, AdwBin)

/* Reads the rules, and how far counting anew is, and shows them. `page` is the one it stands on,
 * by which it writes. */
void rungs_score_group_refresh (RungsScoreGroup *self,
                                RungsPage       *page);

G_END_DECLS
