/* rungs-http-pages.h: a question over HTTP whose answer comes page by page, as a provider's file
 * says (wire/rungs-provider.h):
 *
 *   "address", "headers", "auth"   as in mail/rungs-http-request.h
 *   "items": "Bounces",            where the list is; "": the answer is the list; without: none
 *   "more": "&offset={offset}",    appended to the address for the following pages: {offset}, how
 *                                  many items there were; {page}, 2, 3 …; {token}, {last}
 *   "size": 500                    there is a following page where there were so many items …
 *   "token": "NextToken"           … or where this is not empty; it is {token}
 *   "next": "paging.next"          … or its whole address stands here, at the same host;
 *                                  "header:Link": in that header, as rel="next" (RFC 8288)
 *   "goes_on": "has_more"          and where this is there, it must be true
 *   "last": "id",                  of the last item: {last}
 *   "words": ["message"]           why it refuses, as in mail/rungs-http-verdict.h
 *
 * {page} is 1 and {offset} 0 at first. */

#pragma once

#include <json-glib/json-glib.h>

#include "mail/rungs-http-exchange.h"
#include "wire/rungs-blanks.h"

G_BEGIN_DECLS

typedef struct _RungsHttpPages RungsHttpPages;

/* `data` says the above, and `section` has the "words"; both are lent, and so is `key`. `auth`
 * (nullable): as in rungs_http_request_make(). `blanks` (transfer full): those of the address. */
RungsHttpPages *rungs_http_pages_new (JsonObject  *data,
                                      JsonObject  *section,
                                      JsonObject  *auth,
                                      RungsBlanks *blanks,
                                      const char  *key,
                                      gint64       now);
void rungs_http_pages_free (RungsHttpPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHttpPages, rungs_http_pages_free)

/* Asks for the next page; blocks. Returns: (transfer full): the whole answer. Errors: as
 * rungs_http_line_ask(); AUTH where the key is refused; BUSY where it is asked too often; INVALID
 * where the answer is not as the file says; NETWORK else. */
JsonNode *rungs_http_pages_ask (RungsHttpPages  *self,
                                RungsHttpLine   *line,
                                GCancellable    *cancellable,
                                GError         **error);

/* Returns: (transfer none) (nullable): the items of an answer; NULL: there are none. */
JsonArray *rungs_http_pages_get_items (RungsHttpPages *self,
                                       JsonNode       *answer);

/* Whether another page follows, as far as the last answer tells. */
gboolean rungs_http_pages_goes_on (RungsHttpPages *self);

/* The same question again from its first page on, with other blanks. */
void rungs_http_pages_restart (RungsHttpPages *self);

/* Lent: those of the address. */
RungsBlanks *rungs_http_pages_get_blanks (RungsHttpPages *self);

/* Of the last answer: its status, 0 where there was none; the milliseconds that it asks us to wait
 * where it refuses, 0: not told; the provider's clock in milliseconds, 0: not told. */
guint rungs_http_pages_get_status (RungsHttpPages *self);
gint64 rungs_http_pages_get_wait (RungsHttpPages *self);
gint64 rungs_http_pages_get_date (RungsHttpPages *self);

/* Where it is, so that another one of the same question goes on from there. The key is not in it:
 * where an address holds it, it is at its first page. */
JsonNode *rungs_http_pages_dup_position (RungsHttpPages *self);
void rungs_http_pages_set_position (RungsHttpPages *self,
                                    JsonNode       *position);

/* ---- what others ask of providers, too */

/* Sets the blanks NAME_unix, in seconds; NAME_iso, "2026-…Z"; NAME_text, "2026-… 12:00:00"; and
 * NAME_day. */
void rungs_http_pages_set_time (RungsBlanks *blanks,
                                const char  *name,
                                gint64       at);

/* The time at a path of an item: RFC 3339, of UTC where it says no zone, or seconds since 1970; in
 * milliseconds, 0: none. */
gint64 rungs_http_pages_read_time (JsonNode   *item,
                                   const char *path);

G_END_DECLS
