/* rungs-rule-words.h: rules in the user's words. */

#pragma once

#include "widgets/rungs-rule-fields.h"
#include "widgets/rungs-rule-tree.h"

G_BEGIN_DECLS

/* A line: "Tags include “vip”". */
char *rungs_rule_words_of_line (RungsRuleFields     *fields,
                                const RungsRulePart *line);

/* A rule as JSON: "Country is “DE” and (tags include “vip” or score is at least 10)". */
char *rungs_rule_words (RungsRuleFields *fields,
                        const char      *rule);

G_END_DECLS
