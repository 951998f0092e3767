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

/* A rule that holds for just these leads, by their ids. Returns: (transfer full): as JSON. */
char *rungs_rule_dup_json_of_leads (const RungsLeadSet *leads);

G_END_DECLS
