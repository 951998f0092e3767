/* rungs-web-sources.h: links of our own that tell which source somebody comes from
 * (leads/rungs-source-link-store.h), at the relay and back from it. */

#pragma once

#include <json-glib/json-glib.h>

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* Adds "sources" to what is put up at the relay (wire/rungs-relay-protocol.h). */
gboolean rungs_web_sources_publish (RungsDb      *db,
                                    JsonBuilder  *builder,
                                    GError      **error);

/* A GET at /r/CODE…: counts as a visit of "/r/CODE": for rungs-web-own.c. Who it was is not known;
 * what the relay remembers for a form comes with the form. */
gboolean rungs_web_source_followed_apply (RungsWebWork            *work,
                                          const RungsRawDelivery  *raw,
                                          GError                 **error);

/* Touches of `lead`, by opt-in, for what the relay remembered of who sent a form, the header
 * Rungs-Touch: one for when they came first by a source, and one for when they came last. What
 * another form told already is not told again, and a code that no source has is passed over. */
gboolean rungs_web_sources_touch (RungsWebWork            *work,
                                  gint64                   lead,
                                  const RungsRawDelivery  *raw,
                                  GError                 **error);

G_END_DECLS
