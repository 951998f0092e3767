/* rungs-rule-history.h: what a rule was before each change of it, for Undo and Redo. */

#pragma once

#include "widgets/rungs-rule-tree.h"

G_BEGIN_DECLS

typedef struct _RungsRuleHistory RungsRuleHistory;

RungsRuleHistory *rungs_rule_history_new (void);
void rungs_rule_history_free (RungsRuleHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleHistory, rungs_rule_history_free)

/* Takes `before`, the rule as it was before the change that is made now. What was taken back cannot
 * be made again after it. */
void rungs_rule_history_add (RungsRuleHistory *self,
                             RungsRuleTree    *before);

/* What is typed into one line, one letter after the other, is one change: adds `tree`, copied, but
 * where the last change was typed into the same line. */
void rungs_rule_history_add_typed (RungsRuleHistory    *self,
                                   const RungsRuleTree *tree,
                                   guint                line);

/* Takes a change back, or makes it again: takes `tree`, which becomes what was before. Returns:
 * whether there was one; where there was not, `tree` stays as it is. */
gboolean rungs_rule_history_undo (RungsRuleHistory  *self,
                                  RungsRuleTree    **tree);
gboolean rungs_rule_history_redo (RungsRuleHistory  *self,
                                  RungsRuleTree    **tree);

void rungs_rule_history_clear (RungsRuleHistory *self);

G_END_DECLS
