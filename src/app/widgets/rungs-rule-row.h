/* rungs-rule-row.h: a line of a rule: field, operator, value, and what else it says. */

#pragma once

#include "widgets/rungs-rule-fields.h"
#include "widgets/rungs-rule-tree.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_ROW (rungs_rule_row_get_type ())

/**
 * RungsRuleRow::changed: the user changed the line.
 * @typing: a value was changed; several of these one after the other are one change to take back
 *
 * RungsRuleRow::removed: the user wants the line taken out.
 */
G_DECLARE_FINAL_TYPE (RungsRuleRow, rungs_rule_row, RUNGS, RULE_ROW, GtkWidget)

GtkWidget *rungs_rule_row_new (RungsRuleFields     *fields,
                               const RungsRulePart *part);

/* The number of its part. */
guint rungs_rule_row_get_id (RungsRuleRow *self);

/* Makes the part say what the row says. */
void rungs_rule_row_store (RungsRuleRow  *self,
                           RungsRulePart *part);

/* How many leads it lets through alone; -1: not known. */
void rungs_rule_row_set_count (RungsRuleRow *self,
                               gint64        count);

/* What is wrong with it, or to be thought of; NULL: nothing. What was written and cannot be
 * understood is said before it. */
void rungs_rule_row_set_fault (RungsRuleRow *self,
                               const char   *fault);

/* Puts the keys where something is still missing. */
void rungs_rule_row_focus_missing (RungsRuleRow *self);

G_END_DECLS
