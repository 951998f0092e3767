/* rungs-step-waiting.h: who stands at a step of a sequence. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Shows a list of them, in a popover on the card of the step. */
void rungs_step_waiting_show (GtkWidget  *card,
                              RungsStore *store,
                              gint64      sequence,
                              const char *step);

G_END_DECLS
