/* rungs-new-sequence-dialog.h: begins a sequence, from nothing or from a template. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Its ::saved says the id of the new sequence, which has a draft. `parent` may be NULL in tests. */
RungsForm *rungs_new_sequence_dialog_new (GtkWindow  *parent,
                                          RungsStore *store);

G_END_DECLS
