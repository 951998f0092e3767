/* rungs-relay-stream.h: a connection as libsoup is given it.
 *
 * libsoup before 3.4 forgets a connection that ends while nothing is asked, and never closes it:
 * only the end of a request that has begun is an end for it. So where a connection ends between two
 * requests, this stream says one byte that begins no request (NUL) before the end, upon which
 * libsoup answers that it is none, to nobody, and lets go. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_RELAY_STREAM (rungs_relay_stream_get_type ())

G_DECLARE_FINAL_TYPE (RungsRelayStream, rungs_relay_stream, RUNGS, RELAY_STREAM, GIOStream)

/* Of a stream whose parts can be polled; holds a reference to it. */
RungsRelayStream *rungs_relay_stream_new (GIOStream *base);

/* An answer was sent: what is read next begins a request. */
void rungs_relay_stream_rest (RungsRelayStream *self);

G_END_DECLS
