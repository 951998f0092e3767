/* rungs-event-pull.h: asks a provider what became of mail, as its file says (wire/
 * rungs-provider.h). What stands in the section "mail_events":
 *
 *   "minutes": 5              between two looks, at least; without: 5
 *   "words": ["message"]      why it refuses, as in "send"
 *   "only_pushed": {…}        in words: what one cannot ask for; it comes by the relay
 *   "pulls": [{
 *     "name": "bounces",
 *     "address", "items", …          the question, page by page, as in mail/rungs-http-pages.h;
 *                                    without "auth": that of "send". Blanks are the options;
 *                                    {since_unix}, {since_iso} ("2026-…Z"), {since_day}; and of
 *                                    now {now_unix} …
 *     "back_hours": 24               {since} lies so much before what was heard: what comes late,
 *                                    and other people's time zones
 *     "until": "created_at",         where the newest come first: no further than {since}
 *     "most_pages": 50
 *     "event": {"id": ["ID"],        what it is known by: paths of an item; "=text" is that text
 *               "message": "MessageID", "email": "Email", "words": ["Details"],
 *               "at": "BouncedAt",   RFC 3339, or seconds since 1970
 *               "kind": [{"path": "Type", "values": ["HardBounce"], "is": "bounce"}, …]}
 *   }]
 *
 * The first "kind" that fits decides; one without a "path" fits always; several paths are "all":
 * [{…}, {…}]. It is "bounce", "blocked", "complaint" or "unsubscribe"; where none fits the item
 * means nothing. */

#pragma once

#include "mail/rungs-http-exchange.h"
#include "mail/rungs-return.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* What one item says; all texts are owned and never NULL. */
typedef struct
{
  RungsReturnKind kind;
  char *event;
  char *message; /* without < > */
  char *email;
  char *words;
  gint64 at; /* 0: not told */
} RungsPulledEvent;

/* Names of the questions of a provider. Returns: (transfer full): none where it answers none. */
GStrv rungs_event_pull_list (const RungsProvider *provider);

/* Milliseconds between two looks, at least. */
gint64 rungs_event_pull_get_pause (const RungsProvider *provider);

typedef struct
{
  RungsProvider *provider;
  JsonObject *options; /* complete */
  const char *key;
  const char *name; /* of the question */
  gint64 since;     /* milliseconds */
  gint64 now;
} RungsEventPull;

/* Asks page after page; blocks. `wait` (out): milliseconds that the provider asks us to wait where
 * it refuses; 0: not told. Returns: (transfer full) (element-type RungsPulledEvent): those that
 * mean something. Errors: as rungs_http_line_ask(); AUTH where the key is refused; BUSY where it is
 * asked too often; INVALID where the answer is not as the file says; NETWORK else. */
GPtrArray *rungs_event_pull_ask (const RungsEventPull  *pull,
                                 RungsHttpLine         *line,
                                 GCancellable          *cancellable,
                                 gint64                *wait,
                                 GError               **error);

G_END_DECLS
