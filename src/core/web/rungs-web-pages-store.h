/* rungs-web-pages-store.h: in which language most messages are written. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): "de"; "" where no message says; NULL on error. */
char *rungs_web_pages_dup_language (RungsDb  *db,
                                    GError  **error);

G_END_DECLS
