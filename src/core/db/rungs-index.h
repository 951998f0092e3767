/* rungs-index.h: takes the indexes of a table away for a very large insert, and puts them back.
 *
 * To add a million rows to a table with six indexes, SQLite looks for the place of each in each
 * index; to make an index anew it sorts once, which takes half the time. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Drops the indexes of `table` that were made by CREATE INDEX, in a write transaction. Returns:
 * (transfer full) (element-type utf8): what rungs_db_create_indexes() makes them of; NULL on error.
 */
GPtrArray *rungs_db_drop_indexes (RungsDb     *db,
                                  const char  *table,
                                  GError     **error);

/* Makes them anew. To be called in the same transaction. */
gboolean rungs_db_create_indexes (RungsDb    *db,
                                  GPtrArray  *indexes,
                                  GError    **error);

G_END_DECLS
