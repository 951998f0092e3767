/* rungs-relay-page.h: pages as people get them: the desktop's, or plain ones. */

#pragma once

#include "rungs-relay-house.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* What is filled in where a page says {{action}}, {{hidden}} and {{token}}; NULL is nothing. */
typedef struct
{
  const char *action;
  const char *hidden; /* html: see rungs_relay_page_add_hidden() */
  const char *token;
} RungsRelayBlanks;

/* Fills blanks in, once: what is filled in is not looked at again. */
char *rungs_relay_page_fill (const char             *html,
                             const char             *language,
                             const RungsRelayBlanks *blanks);

/* Adds a hidden input to html. */
void rungs_relay_page_add_hidden (GString    *html,
                                  const char *name,
                                  const char *value);

/* What who asks prefers: "?lang=", else `otherwise` (nullable), then Accept-Language. */
GStrv rungs_relay_page_languages (SoupServerMessage *message,
                                  GHashTable        *query,
                                  const char        *otherwise);

/* What a page may do besides showing itself. */
typedef enum
{
  RUNGS_RELAY_MAY_POST = 0,        /* to the relay, which may lead on to where a form does */
  RUNGS_RELAY_MAY_WORK = 1 << 0,   /* run the relay's script */
  RUNGS_RELAY_MAY_STYLE = 1 << 1,  /* style single elements */
} RungsRelayPageRights;

/* Answers with html. `styles`: as a Content-Security-Policy lists them. */
void rungs_relay_page_answer_html (RungsRelayHouse      *house,
                                   SoupServerMessage    *message,
                                   guint                 status,
                                   const char           *html,
                                   const char           *styles,
                                   RungsRelayPageRights  rights);

/* Answers with the page of a kind. */
void rungs_relay_page_answer (RungsRelayHouse        *house,
                              SoupServerMessage      *message,
                              guint                   status,
                              RungsRelayPageKind      kind,
                              const char *const      *languages,
                              const RungsRelayBlanks *blanks);

/* Counts, and answers that there is nothing. */
void rungs_relay_page_answer_gone (RungsRelayHouse   *house,
                                   SoupServerMessage *message,
                                   GHashTable        *query);

/* Adds what language the page of the kind was in, for the desktop: "Rungs-Language". */
void rungs_relay_page_add_language (RungsRelayHouse    *house,
                                    RungsRawDelivery   *raw,
                                    RungsRelayPageKind  kind,
                                    const char *const  *languages);

G_END_DECLS
