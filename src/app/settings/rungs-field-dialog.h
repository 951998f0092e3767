/* rungs-field-dialog.h: adds or edits a field of the business's own. */

#pragma once

#include "leads/rungs-field.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form over `page`, which then offers to take back what was stored. `field` (nullable):
 * NULL: a new one. `currency` is what money is
 * in unless the user chooses another. Returns: (transfer none): the form. */
GtkWindow *rungs_field_dialog_open (RungsPage        *page,
                                    const RungsField *field,
                                    const char       *currency);

G_END_DECLS
