/* rungs-check-store.h: what a file holds against the rules of the business,
 * beyond those of SQLite. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* rungs_db_check(), and what the program derives or promises: what bundles hold, refunds within
 * what was paid, followers not ahead of the timeline, enrolments and messages in states that can
 * be. Returns: (transfer full) (element-type utf8): one line a fault; NULL on error. */
GPtrArray *rungs_business_check (RungsDb  *db,
                                 GError  **error);

G_END_DECLS
