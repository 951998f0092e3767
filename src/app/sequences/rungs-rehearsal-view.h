/* rungs-rehearsal-view.h: what came of a rehearsal. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "engine/rungs-rehearsal.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_REHEARSAL_VIEW (rungs_rehearsal_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsRehearsalView, rungs_rehearsal_view, RUNGS, REHEARSAL_VIEW, GtkWidget)

void rungs_rehearsal_view_show (RungsRehearsalView *self,
                                RungsStore         *store,
                                RungsRehearsal     *rehearsal);

G_END_DECLS
