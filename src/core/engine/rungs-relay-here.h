/* rungs-relay-here.h: a relay that this computer runs itself: for trying forms and webhooks, or for
 * a tablet in the same network. The program is rungs-relay, as on a server; its file is in the
 * user's data folder; it ends with whoever started it, also where that one is killed. */

#pragma once

#include <gio/gio.h>

#include "web/rungs-web-relay.h"

G_BEGIN_DECLS

typedef struct _RungsRelayHere RungsRelayHere;

/* Returns: (transfer full) (nullable): the IPv4 address by which others of the network reach this
 * computer; NULL: it is in none. Of several that which begins as those of offices do. */
char *rungs_relay_here_dup_network (void);

/* Makes the relay of the business `file` (its uuid), or a new key for it, and finds a port.
 * `before` (nullable): the one that the file has; its port is kept. `pairing` (out): what is stored
 * then, as after rungs_web_relay_pair(). Blocks for a moment. Errors: NOT_FOUND: the program is not
 * installed, or the computer is in no network; FAILED. */
gboolean rungs_relay_here_prepare (const char           *file,
                                   RungsRelayPlace       place,
                                   const RungsWebRelay  *before,
                                   RungsWebPairing      *pairing,
                                   GError              **error);

/* Starts it, and waits until it listens. Errors: NETWORK with its words where it does not. */
RungsRelayHere *rungs_relay_here_start (const char           *file,
                                        const RungsWebRelay  *relay,
                                        GCancellable         *cancellable,
                                        GError              **error);

/* Ends it, and waits for that. */
void rungs_relay_here_stop (RungsRelayHere *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayHere, rungs_relay_here_stop)

/* Returns: (transfer full) (nullable): where it is reached now, if that is no more where `relay`
 * says, because this computer is in another network. */
char *rungs_relay_here_dup_moved (const RungsWebRelay *relay);

G_END_DECLS
