/* rungs-lead-set.h: a set of leads, one bit each: quick to ask and to combine. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsLeadSet RungsLeadSet;

/* An empty set for ids from 1 to `highest`; NULL where there is no memory for it. What several
 * threads hold is not changed any more. */
RungsLeadSet *rungs_lead_set_new (gint64 highest);
RungsLeadSet *rungs_lead_set_ref (RungsLeadSet *self);
void rungs_lead_set_unref (RungsLeadSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadSet, rungs_lead_set_unref)

/* Ids beyond the highest are not taken in. */
void rungs_lead_set_add (RungsLeadSet *self,
                         gint64        lead);
gboolean rungs_lead_set_has (const RungsLeadSet *self,
                             gint64              lead);

/* Keeps those that are also in `other`. */
void rungs_lead_set_keep (RungsLeadSet       *self,
                          const RungsLeadSet *other);

guint rungs_lead_set_count (const RungsLeadSet *self);

/* The ids in rising order, as a JSON array. */
char *rungs_lead_set_to_json (const RungsLeadSet *self);

G_END_DECLS
