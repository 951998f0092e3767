/* rungs-web-link-store.h: whom a signed link was made for, and what relays and desktops sign with.
 *
 * The token is verified here, with the keys of the file. The number of the message, and that of the
 * lead, are believed only where both were there when the link was made: a file that was restored
 * from a backup gives numbers again. Who became part of another lead is that one since. */

#pragma once

#include <json-glib/json-glib.h>

#include "web/rungs-web-lead-store.h"
#include "wire/rungs-link.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLink link;
  gint64 lead;     /* 0: nobody that we know any more */
  char *email;     /* (owned): what the lead has now; "" */
  gint64 outbox;   /* 0: its line of the outbox is gone */
  char *sent_to;   /* (owned): where that went; "" */
  gint64 ended_at; /* when; 0: it is not known */
} RungsWebLink;

void rungs_web_link_clear (RungsWebLink *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsWebLink, rungs_web_link_clear)

/* Reads the token behind the first part of the path. Errors: INVALID, it is none of ours, or of
 * another kind. */
gboolean rungs_web_link_read (RungsWebWork            *work,
                              const RungsRawDelivery  *raw,
                              RungsLinkKind            kind,
                              RungsWebLink            *link,
                              GError                 **error);

/* Adds "link_keys" to what is put up at the relay. */
gboolean rungs_web_links_publish (RungsDb      *db,
                                  JsonBuilder  *builder,
                                  GError      **error);

G_END_DECLS
