/* rungs-relay-published.h: what the desktop has put up: endpoints that the relay answers for. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Never changes; what is put up next takes its place. */
typedef struct _RungsRelayPublished RungsRelayPublished;

/* Nothing. */
RungsRelayPublished *rungs_relay_published_new (void);

/* Reads what wire/rungs-relay-protocol.h describes. Errors: INVALID. */
RungsRelayPublished *rungs_relay_published_parse (const char  *json,
                                                  gsize        length,
                                                  GError     **error);

void rungs_relay_published_free (RungsRelayPublished *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayPublished, rungs_relay_published_free)

/* What the desktop knows it by. */
const char *rungs_relay_published_get_stamp (const RungsRelayPublished *self);

/* Whether there is such an endpoint. `handshake` (out) (transfer none) (nullable): its word. */
gboolean rungs_relay_published_has (const RungsRelayPublished  *self,
                                    const char                 *path,
                                    const char                **handshake);

G_END_DECLS
