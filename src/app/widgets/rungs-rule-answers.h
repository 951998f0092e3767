/* rungs-rule-answers.h: for whom a rule holds that is being edited, and for how many each of its
 * lines, asked of the store a moment after the last change. */

#pragma once

#include "widgets/rungs-rule-tally.h"
#include "widgets/rungs-rule-tree.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_ANSWERS (rungs_rule_answers_get_type ())

/**
 * RungsRuleAnswers::asked: the rule is being asked; the last answer is no longer of it.
 *
 * RungsRuleAnswers::lines: answers about lines came: see rungs_rule_answers_get_line()
 *
 * RungsRuleAnswers::tally: it is known for whom the rule holds
 * @rule: the finished parts of it, as JSON
 * @tally: a RungsRuleTally, of the callee only while it is called
 *
 * RungsRuleAnswers::failed: it cannot be known
 * @text: why
 */
G_DECLARE_FINAL_TYPE (RungsRuleAnswers, rungs_rule_answers, RUNGS, RULE_ANSWERS, GObject)

RungsRuleAnswers *rungs_rule_answers_new (RungsStore *store);

/* Asks about the rule as it stands now, soon; older questions are no longer answered. */
void rungs_rule_answers_ask (RungsRuleAnswers    *self,
                             const RungsRuleTree *tree);

/* Forgets what is known of lines, because leads changed. */
void rungs_rule_answers_forget (RungsRuleAnswers *self);

/* Asks nothing more. */
void rungs_rule_answers_stop (RungsRuleAnswers *self);

/* Returns: (nullable): what is known of a line; NULL: nothing yet. */
const RungsRuleLine *rungs_rule_answers_get_line (RungsRuleAnswers    *self,
                                                  const RungsRulePart *line);

G_END_DECLS
