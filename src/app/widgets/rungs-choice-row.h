/* rungs-choice-row.h: a row that chooses one of many values, with search as you type. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_CHOICE_ROW (rungs_choice_row_get_type ())

/**
 * RungsChoiceRow:value: the value that is chosen; notified. Setting one that is not in the list
 *   adds it.
 */
G_DECLARE_FINAL_TYPE (RungsChoiceRow, rungs_choice_row, RUNGS, CHOICE_ROW, AdwActionRow)

/* Adds a value at the end, shown as `label`, by any part of which it is searched. */
void rungs_choice_row_add (RungsChoiceRow *self,
                           const char     *value,
                           const char     *label);

/* Returns: (nullable): NULL where the list is empty. */
const char *rungs_choice_row_get_value (RungsChoiceRow *self);
void rungs_choice_row_set_value (RungsChoiceRow *self,
                                 const char     *value);

/* Fills the row with the time zones (IANA names), and chooses the one of this computer. */
void rungs_choice_row_add_zones (RungsChoiceRow *self);

/* Fills the row with currencies (ISO 4217 codes), and chooses that of the user's country. */
void rungs_choice_row_add_currencies (RungsChoiceRow *self);

G_END_DECLS
