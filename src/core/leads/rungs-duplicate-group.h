/* rungs-duplicate-group.h: pairs of leads that are surely one person, put together: who is one with
 * whom. */

#pragma once

#include "leads/rungs-duplicate-store.h"
#include "leads/rungs-lead-set.h"

G_BEGIN_DECLS

/* Reasons that leave no doubt where two names are the same: one mailbox, or the name with the
 * birthday or the company. */
#define RUNGS_DUPLICATE_SURE                                                                       \
  (RUNGS_DUPLICATE_EMAIL | RUNGS_DUPLICATE_NAME_DATE | RUNGS_DUPLICATE_NAME_COMPANY)

/* One person. */
typedef struct
{
  GArray *leads; /* (owned) (element-type gint64): by id, the one known longest first */
  char *words;   /* (owned): how they are called: "Ann Smith · ann@x.example, A. Smith" */
} RungsDuplicateGroup;

void rungs_duplicate_group_free (RungsDuplicateGroup *self);

/* Of `pairs` (element-type RungsDuplicate) those for one of `reasons`, both leads of which are in
 * `among` (nullable: all). Leads that are more than can be merged at once (RUNGS_MERGE_MOST) are
 * left out. Returns: (transfer full) (element-type RungsDuplicateGroup): by the first lead. */
GPtrArray *rungs_duplicate_groups (GPtrArray          *pairs,
                                   const RungsLeadSet *among,
                                   guint               reasons);

G_END_DECLS
