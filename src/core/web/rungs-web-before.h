/* rungs-web-before.h: what a provider must be asked, or told, before what it sent can be done.
 *
 * A section "receive" may have "before", rules of which the first counts whose "if" holds, once the
 * delivery is believed:
 *
 *   {"if": {…}, "fetch": {"address": "https://…/{lead}", "auth", …}, "blanks": {"lead": VALUE},
 *    "words": ["error.message"]}
 *        asks with the endpoint's API key, as in mail/rungs-http-request.h; the values are those of
 *        web/rungs-web-reader.h. What is answered is kept with the delivery, and stands at
 *        "fetched:PATH"
 *   {"if": {…}, "visit": VALUE, "host": "sns.*.amazonaws.com"}
 *        opens an address of that host: the provider asks in this way whether it may send; nothing
 *        else is done of such a delivery */

#pragma once

#include "web/rungs-web-apply.h"
#include "web/rungs-web-reader.h"

G_BEGIN_DECLS

typedef struct
{
  char *fetched;    /* (owned) (nullable) JSON on one line */
  gboolean visited;
} RungsWebBefore;

void rungs_web_before_clear (RungsWebBefore *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsWebBefore, rungs_web_before_clear)

/* Whether a provider's file has a rule to fetch something. */
gboolean rungs_web_before_fetches (JsonObject *receive);

/* Does it. Outside of a transaction. Errors: NETWORK, LOCKED: later; INVALID, AUTH: a person must
 * mend something. */
gboolean rungs_web_before_do (JsonObject              *receive,
                              RungsWebReader          *reader,
                              const RungsWebEndpoint  *endpoint,
                              const RungsWebKeys      *keys,
                              RungsWebBefore          *before,
                              GError                 **error);

G_END_DECLS
