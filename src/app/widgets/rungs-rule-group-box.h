/* rungs-rule-group-box.h: a group of a rule: how many of its parts must hold, and the parts. */

#pragma once

#include <gtk/gtk.h>

#include "widgets/rungs-rule-handle.h"
#include "widgets/rungs-rule-tree.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_GROUP_BOX (rungs_rule_group_box_get_type ())

/**
 * RungsRuleGroupBox::kind-changed: the user wants all, any or none of the parts
 * @kind: a RungsRulePartKind
 *
 * RungsRuleGroupBox::add: a part is wanted at the end of the group
 * @kind: LINE or ALL
 *
 * RungsRuleGroupBox::removed: the user wants the group taken out.
 */
G_DECLARE_FINAL_TYPE (RungsRuleGroupBox, rungs_rule_group_box, RUNGS, RULE_GROUP_BOX, GtkWidget)

/* Without its parts. The root group cannot be moved or taken out. */
GtkWidget *rungs_rule_group_box_new (const RungsRulePart *part);

/* The number of its part. */
guint rungs_rule_group_box_get_id (RungsRuleGroupBox *self);

void rungs_rule_group_box_append (RungsRuleGroupBox *self,
                              GtkWidget         *child);

/* Where something is dropped before the group or as its first part; and as its last part. */
GtkWidget *rungs_rule_group_box_get_head (RungsRuleGroupBox *self);
GtkWidget *rungs_rule_group_box_get_foot (RungsRuleGroupBox *self);

/* Says that something is missing in it; NULL: nothing. */
void rungs_rule_group_box_set_fault (RungsRuleGroupBox *self,
                                 const char        *fault);

G_END_DECLS
