/* rungs-rule-why.h: says why a rule holds for a lead or not, line by line. */

#pragma once

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

/* Opens a popover at `parent` that says it. */
void rungs_rule_why_open (GtkWidget       *parent,
                          RungsRuleFields *fields,
                          const char      *rule,
                          gint64           lead);

G_END_DECLS
