/* rungs-opt-in-asked.h: what became of a message by which the relay asks somebody to confirm an
 * address (POST /m, wire/rungs-relay-protocol.h). */

#pragma once

#include "web/rungs-web-own.h"

G_BEGIN_DECLS

/* What it has sent, or may have, stands in the outbox as if it had been sent here; what it could
 * not send is planned now. A RungsWebOwnFunc. */
gboolean rungs_opt_in_asked_apply (RungsWebWork            *work,
                                   const RungsRawDelivery  *raw,
                                   GError                 **error);

G_END_DECLS
