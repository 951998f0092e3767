/* rungs-relay.h: the small public server that takes what comes in while the desktop sleeps. */

#pragma once

#include "rungs-relay-house.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RELAY (rungs_relay_get_type ())

G_DECLARE_FINAL_TYPE (RungsRelay, rungs_relay, RUNGS, RELAY, GObject)

/* What a relay has where nothing else is said. */
void rungs_relay_options_set_usual (RungsRelayOptions *options);

/* Opens the file in the folder. The texts of `options` live longer than the relay. Errors: those of
 * rungs_db_open(). */
RungsRelay *rungs_relay_new (const RungsRelayOptions  *options,
                             GError                  **error);

/* Lets the network in. `port` (out): where; the system chooses one where the address has none.
 * Errors: INVALID (an address that is none, a certificate that is none), FAILED (the port is
 * taken), and those of reading files. */
gboolean rungs_relay_start (RungsRelay  *self,
                            guint16     *port,
                            GError     **error);

/* Lets nobody in any more, and writes what was taken in. */
void rungs_relay_stop (RungsRelay *self);

/* Whether a desktop has the key. */
gboolean rungs_relay_is_paired (RungsRelay *self);

/* Makes a code by which a desktop is paired, in the file of `folder`, whether a relay works with it
 * or not. Returns: (transfer full): "ABCD-EFGH". */
char *rungs_relay_make_code (const char  *folder,
                             GError     **error);

/* For a program of the same computer: what the relay of that folder calls itself, and by what it
 * knows its desktop from now on, when it is started next. Returns: (transfer full): "UUID KEY". */
char *rungs_relay_give_key (const char *folder,
                            GError    **error);

G_END_DECLS
