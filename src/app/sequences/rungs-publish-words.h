/* rungs-publish-words.h: what publishing a sequence does to whom, in the user's words. */

#pragma once

#include "rungs-step-names.h"
#include "sequences/rungs-publish.h"

G_BEGIN_DECLS

/* "12 leads wait at “Wait: 2 days”". */
char *rungs_publish_group_words (const RungsPublishPlan  *plan,
                                 const RungsPublishGroup *group,
                                 RungsStepNames          *names);

/* "They wait on: the time they have waited counts". */
char *rungs_publish_way_words (const RungsPublishPlan  *plan,
                               const RungsPublishGroup *group,
                               const RungsPublishWay   *way,
                               RungsStepNames          *names);

/* What is to be known of the whole: why it cannot be published, else what else happens. */
char *rungs_publish_plan_words (const RungsPublishPlan *plan);

G_END_DECLS
