/* rungs-broadcast-detail.h: all that is known of one broadcast: how far it has got, what is found
 * before it is sent, and what came of it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-broadcast-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BROADCAST_DETAIL (rungs_broadcast_detail_get_type ())

/* Its buttons are the actions broadcasts.edit, .send, .unsend, .pause, .resume, .cancel, .choose
 * (the number of a subject) and .show-leads (a target of the page Leads, or a rule). */
G_DECLARE_FINAL_TYPE (RungsBroadcastDetail, rungs_broadcast_detail, RUNGS, BROADCAST_DETAIL,
                      GtkWidget)

void rungs_broadcast_detail_show (RungsBroadcastDetail         *self,
                                  const RungsBroadcastDetails  *details);

G_END_DECLS
