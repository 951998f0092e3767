/* rungs-relay-links-store.h: addresses at the relay of the business, for one message to one lead.
 *
 * Without a relay there are none. One that is not reached over TLS is for trying things out:
 * readers cannot be led there (RFC 8058 asks for https, too). */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *address;   /* (owned) (nullable): "https://relay.example"; NULL: there are no links */
  GBytes *key;     /* (owned) (nullable): what they are signed with */
  gboolean counts; /* links of marketing messages lead over the relay */
} RungsRelayLinks;

void rungs_relay_links_clear (RungsRelayLinks *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsRelayLinks, rungs_relay_links_clear)

/* `links` (out). */
gboolean rungs_relay_links_load (RungsDb          *db,
                                 RungsRelayLinks  *links,
                                 GError          **error);

/* Returns: (transfer full) (nullable): where `lead` says no to more, or how much; NULL where there
 * are no links, or `mail` (its id in the outbox) is 0. */
char *rungs_relay_links_dup_unsubscribe (const RungsRelayLinks *self,
                                         gint64                 mail,
                                         gint64                 lead,
                                         gint64                 now);

/* `link` (out) (transfer full) (nullable): where `lead` confirms what it is asked by `mail`; NULL
 * where there are no links, or it is asked nothing. */
gboolean rungs_relay_links_find_confirm (const RungsRelayLinks  *self,
                                         RungsDb                *db,
                                         gint64                  mail,
                                         gint64                  lead,
                                         gint64                  now,
                                         char                  **link,
                                         GError                **error);

/* `link` (out) (transfer full) (nullable): the opt-in form of that slug, which does not ask `lead`
 * what is known of it; NULL where there are no links, or no such form is published. */
gboolean rungs_relay_links_find_form (const RungsRelayLinks  *self,
                                      RungsDb                *db,
                                      const char             *slug,
                                      gint64                  mail,
                                      gint64                  lead,
                                      gint64                  now,
                                      char                  **link,
                                      GError                **error);

/* Returns: (transfer full) (nullable): what leads to `target` and is counted; NULL also where that
 * is none that could be: no web address, or one where a lead says no. */
char *rungs_relay_links_dup_click (const RungsRelayLinks *self,
                                   gint64                 mail,
                                   gint64                 lead,
                                   gint64                 now,
                                   const char            *target);

G_END_DECLS
