/* rungs-pair-dialog.h: pairs the file with a relay. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Asks for the address and the code that the relay shows. `parent` (nullable) in tests. */
RungsForm *rungs_pair_dialog_new (GtkWindow  *parent,
                                  RungsStore *store);

G_END_DECLS
