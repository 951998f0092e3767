/* rungs-step-rows.h: which rows of a form a step of each kind has, and the sequence itself. */

#pragma once

#include "rungs-step-field.h"

G_BEGIN_DECLS

/* Adds the groups for the step of the form, or for the sequence itself where it has none, to `box`.
 * Buttons activate "flow.…" actions. */
void rungs_step_rows_add (const RungsStepForm *form,
                          GtkBox              *box);

/* What the rows are made for: as long as this is the same, the rows that are there do. */
char *rungs_step_rows_dup_shape (const RungsStepForm *form);

G_END_DECLS
