/* rungs-rule-samples.h: for how many leads a rule holds, and twenty of them. */

#pragma once

#include "widgets/rungs-rule-fields.h"
#include "widgets/rungs-rule-tally.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_SAMPLES (rungs_rule_samples_get_type ())

/* Each sample tells why on a click; its name opens the lead. */
G_DECLARE_FINAL_TYPE (RungsRuleSamples, rungs_rule_samples, RUNGS, RULE_SAMPLES, GtkWidget)

GtkWidget *rungs_rule_samples_new (RungsRuleFields *fields);

/* Shows what was found for `rule`. */
void rungs_rule_samples_show (RungsRuleSamples     *self,
                              const char           *rule,
                              const RungsRuleTally *tally);

/* An answer is under way, or there is none: `fault` (nullable) says why. */
void rungs_rule_samples_wait (RungsRuleSamples *self,
                              const char       *fault);

G_END_DECLS
