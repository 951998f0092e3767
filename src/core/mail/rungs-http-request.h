/* rungs-http-request.h: requests made from the data of a provider (wire/rungs-provider.h).
 *
 *   "method": "POST",                         without: POST where there is a body, else GET
 *   "address": "https://api.{region}.x.org/", its blanks are escaped
 *   "headers": {"Accept": "…"},               one that comes out empty is left out
 *   "auth": {"scheme": "bearer"}              Authorization: Bearer KEY
 *           {"scheme": "basic", "user": "api"}
 *           {"scheme": "header", "name": "X-Token"}
 *           {"scheme": "aws-v4", "service": "ses", "region": "{region}", "access_key": "{id}"}
 *   "body": {"json": {…}}                     wire/rungs-blanks.h says what may stand there
 *           {"form": {"name": "…"}}
 *           {"parts": [{"name": "to", "value": "{to}"},
 *                      {"name": "message", "file": "mime", "type": "…", "value": "{mime}"}]} */

#pragma once

#include "mail/rungs-http-exchange.h"
#include "wire/rungs-blanks.h"

G_BEGIN_DECLS

/* `auth` (nullable): stands for the "auth" of `data` where that has none. `now` in milliseconds.
 * Errors: INVALID: the data cannot be understood, or the key cannot stand in a header. */
RungsHttpQuestion *rungs_http_request_make (JsonObject         *data,
                                            JsonObject         *auth,
                                            const RungsBlanks  *blanks,
                                            const char         *key,
                                            gint64              now,
                                            GError            **error);

G_END_DECLS
