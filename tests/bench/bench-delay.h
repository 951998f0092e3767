/* bench-delay.h: a line as long as one across a country: what goes through it arrives later. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchDelay BenchDelay;

/* Listens on loopback and passes everything on to `port`, and back, each way `milliseconds` later
 * than it came: a round trip takes twice as long. How much can be on its way is not limited. */
BenchDelay *bench_delay_start (guint port,
                               guint milliseconds);

guint bench_delay_get_port (BenchDelay *self);
void bench_delay_stop (BenchDelay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchDelay, bench_delay_stop)

G_END_DECLS
