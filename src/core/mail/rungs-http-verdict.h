/* rungs-http-verdict.h: what a provider's answer means, told by its data.
 *
 *   "answers": [{"status": 200, "is": "accepted"},
 *               {"status": [400, 422], "path": "Code", "values": ["406"], "is": "bad_address"},
 *               {"status": 400, "header": "X-Amzn-ErrorType", "contains": ["Throttl"], "is": …}]
 *   "id": {"path": "MessageID"}          or {"header": "X-Message-Id"}: what the provider calls it
 *   "words": ["Message", "errors[0].message"]   the first of these that is there says why
 *
 * The first answer that fits decides; paths are those of wire/rungs-wire-json.h. It "is"
 *
 *   accepted     they answer for it; with "id" told and missing in the answer it is doubt
 *   bad_address  refused, because the recipient's address is none, or gets nothing any more
 *   refused      refused for good
 *   later        refused for now, this message
 *   throttled    refused for now, whatever it is: too many; Retry-After says how long
 *   away         the provider has trouble, and has not taken it
 *   account      refused for what a person must mend
 *   doubt        it may have been taken
 *
 * Where none fits: 2xx is doubt, 3xx account (a redirect is never followed), 401, 402, 403 and 404
 * account, 408 doubt, 429 throttled, 503 away, other 4xx refused, other 5xx doubt. */

#pragma once

#include "mail/rungs-http-exchange.h"
#include "smtp/rungs-transport.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* `send` is the section; `now` in milliseconds. */
void rungs_http_verdict_give (JsonObject            *send,
                              const RungsHttpAnswer *answer,
                              gint64                 now,
                              RungsDelivery         *delivery);

/* Returns: (transfer full): what the answer says, in one line; the number of the status where it
 * says nothing. */
char *rungs_http_verdict_dup_words (JsonObject            *section,
                                    const RungsHttpAnswer *answer);

/* Returns: (transfer full) (nullable): the answer's JSON; NULL where it has none. */
JsonNode *rungs_http_verdict_read_json (const RungsHttpAnswer *answer);

G_END_DECLS
