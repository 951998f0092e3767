/* rungs-relay-meter.h: how often one address may do something.
 *
 * A token bucket an address: it holds `burst`, and is filled by `per_second`. Of IPv6 the first 64
 * bits count as one, since that is what one household is given. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RungsRelayMeter RungsRelayMeter;

RungsRelayMeter *rungs_relay_meter_new (double per_second,
                                        double burst);
void rungs_relay_meter_free (RungsRelayMeter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayMeter, rungs_relay_meter_free)

/* Takes a token of `host`; FALSE where it has none. `now` as of g_get_monotonic_time(). */
gboolean rungs_relay_meter_take (RungsRelayMeter *self,
                                 const char      *host,
                                 gint64           now);

/* Whether it has one. */
gboolean rungs_relay_meter_has (RungsRelayMeter *self,
                                const char      *host,
                                gint64           now);

/* Returns: (transfer full): by what addresses are told apart: "203.0.113.7", "2001:db8:0:1::". */
char *rungs_relay_host_of (GSocketAddress *address);

/* The same of a text, as a proxy writes it. Returns: (transfer full) (nullable): NULL where it is
 * no address. */
char *rungs_relay_host_of_text (const char *text);

G_END_DECLS
