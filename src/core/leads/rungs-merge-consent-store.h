/* rungs-merge-consent-store.h: makes the consents of a merged lead as strict as those of the leads
 * that it was made of: for the merge only. */

#pragma once

#include "leads/rungs-merge.h"

G_BEGIN_DECLS

/* What each of the leads of a merge agreed to and said no to. */
typedef struct _RungsMergeConsents RungsMergeConsents;

void rungs_merge_consents_free (RungsMergeConsents *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMergeConsents, rungs_merge_consents_free)

/* Returns: (transfer full) (nullable): what the leads of temp.merge_lead say, while each still has
 * its own consents. `db` is lent for as long. */
RungsMergeConsents *rungs_merge_consents_read (RungsDb  *db,
                                               GError  **error);

/* After the merge: whoever said no has said it for the one lead, what was agreed to with another
 * address than the one that stays does not hold for it, and who was suppressed gets nothing. */
gboolean rungs_merge_consents_be_strict (RungsMergeConsents  *self,
                                         RungsMergePlan      *plan,
                                         gint64               now,
                                         GError             **error);

G_END_DECLS
