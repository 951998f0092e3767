/* rungs-relay-partners.h: the private pages of partners that the desktop has put up
 * (wire/rungs-relay-protocol.h). The relay knows the hash of where each stands, and no more: who
 * reads its file does not learn their addresses. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *key;    /* (owned) SHA-256 of the end of its address, in hex */
  char *html;   /* (owned) */
  char *styles; /* (owned) as a Content-Security-Policy lists them; "" where there are none */
} RungsRelayPartnerPage;

/* Never changes; what is put up next takes its place. */
typedef struct _RungsRelayPartners RungsRelayPartners;

/* None. */
RungsRelayPartners *rungs_relay_partners_new (void);

/* All of it, or none. Errors: INVALID. */
RungsRelayPartners *rungs_relay_partners_parse (const char  *json,
                                                gsize        length,
                                                GError     **error);

void rungs_relay_partners_free (RungsRelayPartners *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayPartners, rungs_relay_partners_free)

/* What the desktop knows them by; "" where there are none. */
const char *rungs_relay_partners_get_stamp (const RungsRelayPartners *self);

/* Returns: (transfer none) (nullable): the page whose address ends in `token`. It is looked up by
 * the hash of that, so that how long it takes tells nothing of the tokens that there are. */
const RungsRelayPartnerPage *rungs_relay_partners_find (const RungsRelayPartners *self,
                                                        const char               *token);

G_END_DECLS
