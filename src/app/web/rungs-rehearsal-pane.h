/* rungs-rehearsal-pane.h: what would come of a delivery: the lead, and what it would be told. */

#pragma once

#include <adwaita.h>

#include "web/rungs-web-rehearsal-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_REHEARSAL_PANE (rungs_rehearsal_pane_get_type ())

G_DECLARE_FINAL_TYPE (RungsRehearsalPane, rungs_rehearsal_pane, RUNGS, REHEARSAL_PANE, AdwBin)

void rungs_rehearsal_pane_show (RungsRehearsalPane      *self,
                                const RungsWebRehearsal *rehearsal);

/* There is nothing to be shown, and why. */
void rungs_rehearsal_pane_show_trouble (RungsRehearsalPane *self,
                                        const char         *words);

G_END_DECLS
