/* bench-postfix.h: postfix's smtp-sink to send to, and its smtp-source to be measured against. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchSink BenchSink;

/* A server on loopback that takes everything and keeps nothing. */
BenchSink *bench_sink_start (void);
guint bench_sink_get_port (BenchSink *self);
void bench_sink_stop (BenchSink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSink, bench_sink_stop)

/* How many messages of `size` bytes a second smtp-source hands to the server on `port` of loopback
 * by `sessions` connections, out of `n`. `keeps`: it keeps its connections; else it opens one for
 * each message, as is its habit. */
double bench_smtp_source (guint    port,
                          guint    sessions,
                          guint    n,
                          guint    size,
                          gboolean keeps);

G_END_DECLS
