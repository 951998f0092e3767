/* rungs-merge-pair.h: two leads that may be one person, as an item of a list. */

#pragma once

#include <gio/gio.h>

#include "leads/rungs-duplicate-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MERGE_PAIR (rungs_merge_pair_get_type ())

G_DECLARE_FINAL_TYPE (RungsMergePair, rungs_merge_pair, RUNGS, MERGE_PAIR, GObject)

/* Takes `duplicate`. */
RungsMergePair *rungs_merge_pair_new (RungsDuplicate *duplicate);

const RungsDuplicate *rungs_merge_pair_get (RungsMergePair *self);

/* "Same phone number · Same name and company" */
char *rungs_merge_pair_dup_why (RungsMergePair *self);

G_END_DECLS
