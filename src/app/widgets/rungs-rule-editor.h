/* rungs-rule-editor.h: edits a rule: groups of lines, with drag and drop, keys, and undo; below
 * them for how many leads it holds, and some of them, while it is edited.
 *
 * Keys in it: Insert adds a line, Delete takes the line or group out (not while text is edited),
 * Alt+Up and Alt+Down move it, Alt+Left takes it out of its group, Alt+Right puts a group around
 * it, Ctrl+Z and Shift+Ctrl+Z take changes back and make them again.
 *
 * Put it into a scrolled window. */

#pragma once

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_EDITOR (rungs_rule_editor_get_type ())

/**
 * RungsRuleEditor::changed: the rule was changed by the user.
 *
 * RungsRuleEditor::counted: it is known for how many leads the rule holds as it stands
 * @count: how many
 */
G_DECLARE_FINAL_TYPE (RungsRuleEditor, rungs_rule_editor, RUNGS, RULE_EDITOR, GtkWidget)

/* What can be asked. To be called first, and once. */
void rungs_rule_editor_set_fields (RungsRuleEditor *self,
                                   RungsRuleFields *fields);

/* Shows a rule; NULL: one that asks nothing yet. What was changed before cannot be taken back. */
void rungs_rule_editor_set_rule (RungsRuleEditor *self,
                                 const char      *rule);

/* The rule as it stands, which may be unfinished. */
char *rungs_rule_editor_dup_rule (RungsRuleEditor *self);

/* The rule, if it is finished. Returns: (nullable): NULL where something is missing: the lines that
 * miss something say so, and the first takes the keys. */
char *rungs_rule_editor_finish (RungsRuleEditor *self);

/* Asks again for whom the rule holds, because leads changed. */
void rungs_rule_editor_refresh (RungsRuleEditor *self);

/* Moves the keys into the rule. */
void rungs_rule_editor_start (RungsRuleEditor *self);

G_END_DECLS
