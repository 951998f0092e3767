/* rungs-chip-button.h: a chip over the list of leads: what it filters by, a list to choose that
 * from, and a button that takes it away. */

#pragma once

#include "leads/rungs-lead-chips.h"
#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CHIP_BUTTON (rungs_chip_button_get_type ())

/**
 * RungsChipButton::changed: the user chose otherwise.
 * RungsChipButton::closed: the list of names is closed again.
 * RungsChipButton::opened: what is asked is no list of names: it is to be edited as a rule.
 * RungsChipButton::removed: the user wants it away.
 *
 * Delete and Backspace take it away too.
 */
G_DECLARE_FINAL_TYPE (RungsChipButton, rungs_chip_button, RUNGS, CHIP_BUTTON, GtkWidget)

/* `chip` is changed in place, and must live as long as the button is shown. */
GtkWidget *rungs_chip_button_new (RungsRuleFields *fields,
                                  RungsLeadChip   *chip);

RungsLeadChip *rungs_chip_button_get_chip (RungsChipButton *self);

/* Opens the list of names. */
void rungs_chip_button_open (RungsChipButton *self);

/* What a menu calls a chip of that field: "Tag". */
const char *rungs_chip_button_title (const char *field);

G_END_DECLS
