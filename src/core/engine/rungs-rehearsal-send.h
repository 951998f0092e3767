/* rungs-rehearsal-send.h: empties the outbox of a copy, without sending anything. */

#pragma once

#include "engine/rungs-sender.h"
#include "mail/rungs-composer.h"

G_BEGIN_DECLS

/* As rungs_sender_run(), of which it takes the turns, but nothing leaves: what can be composed
 * counts as sent. */
gboolean rungs_rehearsal_send (RungsDb             *db,
                               RungsComposer       *composer,
                               gint64               now,
                               const RungsAccount  *account,
                               GCancellable        *cancellable,
                               RungsSenderReport   *report,
                               GError             **error);

G_END_DECLS
