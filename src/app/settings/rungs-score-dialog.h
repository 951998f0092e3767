/* rungs-score-dialog.h: makes or edits a rule of the score, and shows what that changes. */

#pragma once

#include "leads/rungs-score.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* `rule` (nullable): what is edited; NULL: a new one is made. `parent` may be NULL in tests. Its
 * ::saved gives the id of the rule. */
RungsForm *rungs_score_dialog_new (GtkWindow            *parent,
                                   RungsStore           *store,
                                   const RungsScoreRule *rule);

G_END_DECLS
