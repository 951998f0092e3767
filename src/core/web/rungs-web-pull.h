/* rungs-web-pull.h: asks a provider for what it would push, as its file says. Read this first of
 * pulling: rungs-web-pull-store.h keeps who is asked and how far, engine/rungs-pull-round.h asks
 * when it is time. Its section "pull":
 *
 *   "secret", "options"            wire/rungs-provider-option.h
 *   "auth": {…}                    who asks: mail/rungs-http-request.h
 *   "words": ["message"]           why it refuses: mail/rungs-http-verdict.h
 *   "minutes": 10                  between two looks, at least; without: 10
 *   "per_minute": 60               so many pages, at most; without: 60
 *   "questions": [{
 *     "name": "events",
 *     "address", "items", …        mail/rungs-http-pages.h. Blanks are the options, and {since_…},
 *                                  {until_…} and {now_…} with unix, iso, text and day
 *     "order": "oldest" | "newest" which comes first; without: newest
 *     "at": "created",             when an item happened, or was changed: newest first, a look goes
 *                                  back to {since}; oldest first, {since} goes up with them where
 *                                  there is no "next", so that nothing slips by while pages move
 *     "back_minutes": 60           {since} lies so much before what was heard: what comes late, and
 *                                  clocks that differ; without: 60
 *     "minutes": 1440              this one is asked less often
 *     "history_days": 30           the provider forgets what is older: after a longer sleep the
 *                                  questions that are "behind" this one are asked, once,
 *     "behind": "events"           for the time from {since} until {until} that is forgotten there
 *     "about": {"address": …}      asked before, once a look; its answer may stand in a delivery
 *     "deliveries": [{             what an item becomes; without: the item as it is
 *       "if": {…},                 as in web/rungs-web-reader.h, of the item
 *       "each": "refunds",         one for each element of this list
 *       "headers": {"X-Topic": "orders/paid"},
 *       "body": {"$item": "id"} …  any JSON; {"$item": PATH} is what stands there in the item, or
 *                                  in the element of "each"; "$whole" in the item; "$page" in the
 *                                  whole answer, "$about" in that of "about"; {"$with": [A, B]}:
 *                                  the members of both; texts may have blanks
 *     }]
 *   }]
 *
 * A delivery is wrapped as the provider pushes it, so that the section "receive" reads both, and
 * finds the same "id" in both: what is pushed and asked for comes once. */

#pragma once

#include "mail/rungs-http-exchange.h"
#include "web/rungs-web-endpoint-store.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* Names of the questions of a provider. Returns: (transfer full): none where it answers none. */
GStrv rungs_web_pull_list (const RungsProvider *provider);

/* Milliseconds between two looks, at least. */
gint64 rungs_web_pull_get_pause (const RungsProvider *provider,
                                 const char          *name);

/* Milliseconds between two pages, at least. */
gint64 rungs_web_pull_get_gap (const RungsProvider *provider);

/* Returns: (transfer none) (nullable): the question that this one is behind; NULL: none. */
const char *rungs_web_pull_get_behind (const RungsProvider *provider,
                                       const char          *name);

/* Milliseconds for which the provider remembers; 0: for ever. */
gint64 rungs_web_pull_get_history (const RungsProvider *provider,
                                   const char          *name);

/* ---- a walk: from {since} to now, page by page, over as many looks as it takes */

typedef struct
{
  const RungsWebEndpoint *endpoint;
  RungsProvider *provider;
  JsonObject *options; /* complete */
  const char *key;
  gint64 now;
} RungsWebPull;

typedef struct _RungsWebPullWalk RungsWebPullWalk;

/* Returns: (transfer full): the text of a walk that begins: of what happened from `since` until
 * `until`, milliseconds. */
char *rungs_web_pull_walk_begin (const RungsProvider *provider,
                                 const char          *name,
                                 gint64               since,
                                 gint64               until);

/* `text`: of such a one, or where it is by now. `pull` is lent. Errors: INVALID. */
RungsWebPullWalk *rungs_web_pull_walk_new (const RungsWebPull  *pull,
                                           const char          *name,
                                           const char          *text,
                                           GError             **error);
void rungs_web_pull_walk_free (RungsWebPullWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebPullWalk, rungs_web_pull_walk_free)

/* Asks for the next page; blocks. Returns: (transfer full) (element-type RungsRawDelivery): what
 * it becomes. Errors: as rungs_http_pages_ask(). */
GPtrArray *rungs_web_pull_walk_ask (RungsWebPullWalk  *self,
                                    RungsHttpLine     *line,
                                    GCancellable      *cancellable,
                                    GError           **error);

/* Returns: (transfer full): where it is; empty: it is at its end. */
char *rungs_web_pull_walk_dup_text (RungsWebPullWalk *self);

/* Until when all was heard at its end, by the earlier one of our clock and the provider's. */
gint64 rungs_web_pull_walk_get_until (RungsWebPullWalk *self);

/* So long the provider asks us to wait where it refused; milliseconds, 0: not told. */
gint64 rungs_web_pull_walk_get_wait (RungsWebPullWalk *self);

/* Goes back to its first page, where the last refusal may come from the page that it is at: the
 * provider may know its pages for an hour only. */
void rungs_web_pull_walk_turn_back (RungsWebPullWalk *self);

G_END_DECLS
