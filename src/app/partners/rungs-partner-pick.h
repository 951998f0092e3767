/* rungs-partner-pick.h: a button that chooses one of the partners, or all. */

#pragma once

#include "rungs-page.h"
#include "widgets/rungs-pick-button.h"

G_BEGIN_DECLS

/* What it gives as `value` is the id of a partner, or "0": all. */
GtkWidget *rungs_partner_pick_new (void);

/* Reads the partners anew, and shows the one of id `chosen` (0: all). */
void rungs_partner_pick_refresh (RungsPickButton *self,
                                 RungsPage       *page,
                                 gint64           chosen);

G_END_DECLS
