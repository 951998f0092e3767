/* rungs-score-pattern.h: which events a rule of the score is about. */

#pragma once

#include "leads/rungs-score.h"

G_BEGIN_DECLS

typedef struct _RungsScorePattern RungsScorePattern;

/* Returns: (transfer full) (nullable): NULL where all events of its kind fit the rule. */
RungsScorePattern *rungs_score_pattern_new (const RungsScoreRule *rule);
void rungs_score_pattern_free (RungsScorePattern *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsScorePattern, rungs_score_pattern_free)

/* Whether an event of that detail fits it. */
gboolean rungs_score_pattern_fits (RungsScorePattern *self,
                                   const char        *detail);

G_END_DECLS
