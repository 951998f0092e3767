/* rungs-jmap-transport.h: hands messages to a JMAP server (RFC 8621, 7.5). */

#pragma once

#include "mail/rungs-jmap-settings.h"
#include "smtp/rungs-transport.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_JMAP_TRANSPORT (rungs_jmap_transport_get_type ())

G_DECLARE_FINAL_TYPE (RungsJmapTransport, rungs_jmap_transport, RUNGS, JMAP_TRANSPORT,
                      RungsTransport)

RungsTransport *rungs_jmap_transport_new (const RungsJmapSettings *settings);

G_END_DECLS
