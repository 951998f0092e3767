/* rungs-relay-keep.h: keeps what came in for the desktop, and answers when it is durable. */

#pragma once

#include "rungs-relay-house.h"
#include "rungs-relay-letter-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* What came in, as it came in, but for headers that begin with "Rungs-": those are ours, and
 * nobody else's word for anything. `without_cookie`: nor what the browser remembers for us.
 * Returns: (transfer full) (nullable): NULL where the headers are none, or the address too long; it
 * has been answered then. */
RungsRawDelivery *rungs_relay_raw_new (RungsRelayHouse   *house,
                                       SoupServerMessage *message,
                                       gboolean           without_cookie);

/* Whether there is room for one more; else it has been answered, unless `message` is NULL. */
gboolean rungs_relay_has_room (RungsRelayHouse   *house,
                               SoupServerMessage *message);

/* `kept` tells how it went. */
typedef void (*RungsRelayKeptFunc) (RungsRelayHouse *house,
                                    gboolean         kept,
                                    gpointer         data);

/* Keeps a delivery for which there is room. `message` (nullable) has been answered as it is to be
 * answered when the delivery is durable, and is sent then; where that fails it is answered with a
 * refusal instead, or, with `anyway`, as it was to be. `func` (nullable) is called before that. */
void rungs_relay_keep (RungsRelayHouse        *house,
                       SoupServerMessage      *message,
                       const RungsRawDelivery *raw,
                       gboolean                anyway,
                       RungsRelayKeptFunc      func,
                       gpointer                data);

/* The same of a submission, with the letter that it asks for: both are kept, or none. `letter`
 * (transfer full) (nullable). */
void rungs_relay_keep_with_letter (RungsRelayHouse        *house,
                                   SoupServerMessage      *message,
                                   const RungsRawDelivery *raw,
                                   RungsRelayLetter       *letter);

/* Counts a delivery that was written. */
void rungs_relay_kept (RungsRelayHouse *house,
                       gint64           at,
                       gsize            size);

G_END_DECLS
