/* rungs-rule-leads-store.h: lists of leads (leads/rungs-lead-list.h) of those for whom a rule
 * holds. */

#pragma once

#include "leads/rungs-lead-list.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

/* Everybody for whom it holds at the time `now`. */
RungsLeadSet *rungs_rule_find_leads (RungsDb    *db,
                                     RungsRule  *rule,
                                     gint64      now,
                                     GError    **error);

/* The same, of a rule as JSON. Errors: INVALID where it is none. */
RungsLeadSet *rungs_rule_find_leads_of_json (RungsDb *db,
                                             const char *json,
                                             gint64 now,
                                             GError **error);

G_END_DECLS
