/* rungs-form-rows.h: of which parts an opt-in form is made up, and which rows an inspector has for
 * each: "fields.KEY", "texts", "consent", "then", "guard", "look", "languages". */

#pragma once

#include "rungs-form-row.h"

G_BEGIN_DECLS

/* Adds the groups of rows for the part to `box`. Buttons activate "form.…" actions. */
void rungs_form_rows_add (RungsFormDocument *document,
                          const char        *part,
                          GtkBox            *box);

/* What the rows are made for: as long as this is the same, the rows that are there do. */
char *rungs_form_rows_dup_shape (RungsFormDocument *document,
                                 const char        *part);

/* The part where something is that a problem is said to be of. */
char *rungs_form_rows_dup_part (const char *where);

/* What people call the part: of a field its label. */
char *rungs_form_rows_dup_title (RungsFormDocument *document,
                                 const char        *part);

G_END_DECLS
