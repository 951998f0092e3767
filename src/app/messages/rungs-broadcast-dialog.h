/* rungs-broadcast-dialog.h: makes or changes the draft of a broadcast. */

#pragma once

#include "mail/rungs-broadcast.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* One whose id is 0 is added. */
void rungs_broadcast_dialog_open (RungsPage             *page,
                                  const RungsBroadcast  *broadcast);

G_END_DECLS
