/* rungs-rule-choice-store.h: from what the values of a rule can be picked. */

#pragma once

#include "db/rungs-db.h"
#include "segments/rungs-field-table.h"

G_BEGIN_DECLS

/* One value that can be picked. */
typedef struct
{
  char *value; /* (owned) as rules have it */
  char *label; /* (owned) how people read it; of the program's own words in English */
} RungsRuleChoice;

void rungs_rule_choice_free (RungsRuleChoice *self);

/* What can be picked from `source`, in the order in which people look for it: at most `limit`, and
 * of what stands in leads the most frequent. `context` is the name of the field for FROM_LEADS, the
 * key for FROM_CUSTOM, the name of the sequence for FROM_STEPS, else NULL. Counting what stands in
 * a million leads takes half a second: ask on a reading connection. Returns: (transfer full)
 * (element-type RungsRuleChoice): empty where nothing can be picked; NULL on error. */
GPtrArray *rungs_rule_choices (RungsDb *db,
                               RungsRuleSource source,
                               const char *context,
                               guint limit,
                               GError **error);

/* How people read one of the program's own words, in English; NULL where `word` is none of that
 * source. */
const char *rungs_rule_word_get_label (RungsRuleSource  source,
                                       const char      *word);

G_END_DECLS
