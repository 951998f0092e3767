/* rungs-form-name-dialog.h: how an opt-in form is called, where it stands, and of which source its
 * leads are; these count at once, without being published. */

#pragma once

#include "rungs-form-facts.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

void rungs_form_name_dialog_present (GtkWindow            *parent,
                                     RungsStore           *store,
                                     const RungsFormFacts *facts);

G_END_DECLS
