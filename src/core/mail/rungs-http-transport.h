/* rungs-http-transport.h: hands messages to a provider over HTTP, as its file says (wire/
 * rungs-provider.h). What stands in the section "send":
 *
 *   what rungs-http-request.h says            how it is asked; blanks are the options, and those of
 *                                             rungs-mail-parts.h
 *   what rungs-http-verdict.h says            what the answers mean
 *   what rungs-provider-option.h says         what the provider must be told
 *   "headers_left_out": ["Message-ID"]        of the list "headers": what it takes not
 *   "most_bytes": 10485760                    of a request
 *   "asks_again": 2                           how often the same request may be made again where
 *                                             the answer was lost: only of a provider that knows it
 *                                             again by a key in it (message_id, message_uuid) */

#pragma once

#include "smtp/rungs-transport.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_HTTP_TRANSPORT (rungs_http_transport_get_type ())

G_DECLARE_FINAL_TYPE (RungsHttpTransport, rungs_http_transport, RUNGS, HTTP_TRANSPORT,
                      RungsTransport)

/* `options` are complete (rungs_provider_complete_options()), all of them texts; they are copied.
 * Nothing is connected before the first message. */
RungsTransport *rungs_http_transport_new (RungsProvider *provider,
                                          JsonObject    *options,
                                          const char    *key);

/* Certificates that are trusted instead of the system's; NULL or empty: the system's. */
void rungs_http_transport_set_ca_file (RungsHttpTransport *self,
                                       const char         *ca_file);

/* How long an answer is waited for, in seconds; 0: the usual. */
void rungs_http_transport_set_patience (RungsHttpTransport *self,
                                        guint               seconds);

/* How many connections it has opened so far. */
guint rungs_http_transport_get_connections (RungsHttpTransport *self);

G_END_DECLS
