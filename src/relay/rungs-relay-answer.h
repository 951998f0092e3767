/* rungs-relay-answer.h: how a request is answered. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RUNGS_STATUS_TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

/* A short text for people. */
void rungs_relay_answer_text (SoupServerMessage *message,
                              guint              status,
                              const char        *text);

/* {"error": WORDS}, or a page that says so to those who ask for pages; `retry_after` in seconds, 0:
 * it says nothing of that. What an answer before this one said is taken back. */
void rungs_relay_answer_refused (SoupServerMessage *message,
                                 guint              status,
                                 const char        *words,
                                 guint              retry_after);

/* Takes `body`. */
void rungs_relay_answer_bytes (SoupServerMessage *message,
                               const char        *type,
                               GBytes            *body);

/* A page, of which `policy` (a Content-Security-Policy) says what it may do. */
void rungs_relay_answer_page (SoupServerMessage *message,
                              guint              status,
                              const char        *html,
                              const char        *policy);

/* Leads on to `to` with a GET (303). */
void rungs_relay_answer_elsewhere (SoupServerMessage *message,
                                   const char        *to);

/* No such method: those that there are, as the header Allow lists them. */
void rungs_relay_answer_not_so (SoupServerMessage *message,
                                const char        *methods);

/* Of every answer: nothing of it may be framed, guessed at, kept or told to others.
 * `encrypted`: whoever came by TLS shall always do so. */
void rungs_relay_answer_be_strict (SoupServerMessage *message,
                                   gboolean           encrypted);

G_END_DECLS
