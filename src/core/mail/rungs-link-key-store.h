/* rungs-link-key-store.h: the keys that the links of our messages are signed with. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type GBytes): all of them, the newest first, which is the one
 * that signs; empty where there is none yet. */
GPtrArray *rungs_link_keys_load (RungsDb  *db,
                                 GError  **error);

/* Makes one of random bytes where there is none. In a write transaction. */
gboolean rungs_link_key_ensure (RungsDb  *db,
                                gint64    now,
                                GError  **error);

G_END_DECLS
