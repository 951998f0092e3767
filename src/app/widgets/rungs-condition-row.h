/* rungs-condition-row.h: a row of a form with a condition that leads must meet: a rule in words,
 * for how many leads it holds, and a button that opens the rule editor. */

#pragma once

#include <adwaita.h>

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CONDITION_ROW (rungs_condition_row_get_type ())

/**
 * RungsConditionRow::changed: the user chose another condition, or none.
 */
G_DECLARE_FINAL_TYPE (RungsConditionRow, rungs_condition_row, RUNGS, CONDITION_ROW, AdwActionRow)

/* What can be asked. To be called first, and once. */
void rungs_condition_row_set_fields (RungsConditionRow *self,
                                     RungsRuleFields   *fields);

/* Shows a rule as JSON; NULL: none. */
void rungs_condition_row_set_rule (RungsConditionRow *self,
                                   const char        *rule);

/* Returns: (nullable): NULL: none. */
const char *rungs_condition_row_get_rule (RungsConditionRow *self);

/* Opens the rule editor. */
void rungs_condition_row_edit (RungsConditionRow *self);

G_END_DECLS
