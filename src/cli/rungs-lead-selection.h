/* rungs-lead-selection.h: leads that are chosen by options. */

#pragma once

#include "leads/rungs-lead-list.h"
#include "rungs-invocation.h"

G_BEGIN_DECLS

/* Options that choose leads, for a table of options. */
#define RUNGS_LEAD_SELECTION_OPTIONS                                                               \
  RUNGS_OPTION ("tag", N_ ("TAG"), N_ ("Only leads with this tag")),                               \
    RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Only leads that came from this source")),       \
    RUNGS_OPTION ("owns", N_ ("SKU"), N_ ("Only leads who own this product")),                     \
    RUNGS_OPTION ("sequence", N_ ("NAME"), N_ ("Only leads who walk this sequence")),              \
    RUNGS_OPTION ("import", N_ ("NUMBER"), N_ ("Only leads that this import made or changed")),    \
    RUNGS_OPTION ("reach", N_ ("WHICH"),                                                           \
                  N_ ("Only leads who consented, withdrew it (withdrawn), or are unasked")),       \
    RUNGS_OPTION ("segment", N_ ("SEGMENT"), N_ ("Only leads in this segment")),                   \
    RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("Only leads for whom the rule holds, or that of @FILE"))

/* Whether one of them was given. */
gboolean rungs_lead_selection_is_given (RungsInvocation *call);

/* Reads them, finds the leads that all of them let through, and narrows `query` to these. Errors:
 * RUNGS_USAGE_ERROR, NOT_FOUND, INVALID (of the rule). */
gboolean rungs_lead_selection_read (RungsInvocation  *call,
                                    RungsDb          *db,
                                    RungsLeadQuery   *query,
                                    GError          **error);

G_END_DECLS
