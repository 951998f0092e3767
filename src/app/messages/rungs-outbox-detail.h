/* rungs-outbox-detail.h: all that is known of one message of the outbox,
 * and what a person decides of it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-outbox-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_OUTBOX_DETAIL (rungs_outbox_detail_get_type ())

/* Its buttons activate "outbox.sent", "outbox.retry" and "outbox.show-lead". */
G_DECLARE_FINAL_TYPE (RungsOutboxDetail, rungs_outbox_detail, RUNGS, OUTBOX_DETAIL, GtkWidget)

void rungs_outbox_detail_show (RungsOutboxDetail        *self,
                               const RungsOutboxDetails *details);

G_END_DECLS
