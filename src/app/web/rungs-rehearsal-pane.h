/* rungs-rehearsal-pane.h: what would come of a delivery: the lead, and what it would be told. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "rungs-mapping-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_REHEARSAL_PANE (rungs_rehearsal_pane_get_type ())

/**
 * RungsRehearsalPane::answered: what was asked last is known, and shown
 * @rehearsal: (type RungsWebRehearsal): not NULL
 */
G_DECLARE_FINAL_TYPE (RungsRehearsalPane, rungs_rehearsal_pane, RUNGS, REHEARSAL_PANE, AdwBin)

/* Asks what would come of it, and shows that, or why there is no answer; answers to what was asked
 * before are not shown any more. Takes `question`. */
void rungs_rehearsal_pane_ask (RungsRehearsalPane   *self,
                               RungsStore           *store,
                               RungsMappingQuestion *question);

/* There is nothing to be asked, and why. */
void rungs_rehearsal_pane_show_trouble (RungsRehearsalPane *self,
                                        const char         *words);

G_END_DECLS
