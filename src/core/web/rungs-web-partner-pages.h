/* rungs-web-partner-pages.h: the private pages of partners
 * (partners/rungs-partner-page-store.h), as they are put up at the relay. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what the relay is given (wire/rungs-relay-protocol.h), with the hash of
 * each address instead of it; pages for which there is no room are left out, the newest first.
 * `stamp` (out): another where that is another; "" where there are no pages. */
char *rungs_web_partner_pages_dup (RungsDb  *db,
                                   char    **stamp,
                                   GError  **error);

G_END_DECLS
