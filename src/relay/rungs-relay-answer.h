/* rungs-relay-answer.h: how a request is answered. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RUNGS_STATUS_TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

/* A short text for people. */
void rungs_relay_answer_text (SoupServerMessage *message,
                              guint              status,
                              const char        *text);

/* {"error": WORDS}; `retry_after` in seconds, 0: it says nothing of that. */
void rungs_relay_answer_refused (SoupServerMessage *message,
                                 guint              status,
                                 const char        *words,
                                 guint              retry_after);

/* Takes `body`. */
void rungs_relay_answer_bytes (SoupServerMessage *message,
                               const char        *type,
                               GBytes            *body);

/* Of every answer: nothing of it may be framed, guessed at, kept or told to others.
 * `encrypted`: whoever came by TLS shall always do so. */
void rungs_relay_answer_be_strict (SoupServerMessage *message,
                                   gboolean           encrypted);

G_END_DECLS
