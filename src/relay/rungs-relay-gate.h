/* rungs-relay-gate.h: lets connections in, and puts out those that hold others up.
 *
 * A connection has so long for a request, from when it was accepted or its last answer was sent
 * until the next request is there with its body, and so long again until the answer is sent;
 * whoever sends a byte a minute is put out then. Where all places are taken, the connection that
 * has waited longest for its next request makes room. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How large a body may be at an address. */
typedef struct
{
  const char *prefix; /* of the address */
  gsize most;
} RungsRelayBodyLimit;

typedef struct
{
  guint connections;        /* at the same time */
  guint from_one;           /* of them from one address; 0: no limit (behind a proxy) */
  guint seconds_to_ask;
  guint seconds_to_answer;
  gsize body;               /* bytes a request's body may have */
  const RungsRelayBodyLimit *bodies; /* (nullable): elsewhere; NULL prefix at the end */
} RungsRelayLimits;

#define RUNGS_TYPE_RELAY_GATE (rungs_relay_gate_get_type ())

G_DECLARE_FINAL_TYPE (RungsRelayGate, rungs_relay_gate, RUNGS, RELAY_GATE, GObject)

/* Connections are given to `server`, which nobody reaches by itself. Errors: those of making a
 * socket. */
RungsRelayGate *rungs_relay_gate_new (SoupServer              *server,
                                      const RungsRelayLimits  *limits,
                                      GError                 **error);

/* Returns: the port, which the system chooses where `address` has none; 0 on error. */
guint16 rungs_relay_gate_listen (RungsRelayGate      *self,
                                 GInetSocketAddress  *address,
                                 GError             **error);

/* The certificate of the next connections; NULL (the default): they are not encrypted. */
void rungs_relay_gate_set_certificate (RungsRelayGate  *self,
                                       GTlsCertificate *certificate);

guint rungs_relay_gate_count (RungsRelayGate *self);

/* Lets nobody in any more. */
void rungs_relay_gate_close (RungsRelayGate *self);

/* Whether the body of the request was larger than is allowed: it was thrown away. */
gboolean rungs_relay_gate_is_too_large (SoupServerMessage *message);

G_END_DECLS
