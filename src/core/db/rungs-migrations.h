/* rungs-migrations.h: brings the tables of a file up to what this program knows.
 *
 * Migrations are applied in order, each in a transaction of its own. */

#pragma once

#include <sqlite3.h>

#include "db/rungs-schema.h"

G_BEGIN_DECLS

/* The number of the newest migration that this program has. */
int rungs_migrations_get_newest (const RungsSchema *schema);

/* Returns: (transfer full): all of them in order, as text: the tables with what they mean. */
char *rungs_migrations_dup_text (const RungsSchema *schema);

/* Applies those after `version`. On error the file stands at the last one that was whole. */
gboolean rungs_migrations_apply (const RungsSchema  *schema,
                                 sqlite3            *handle,
                                 int                 version,
                                 GError            **error);

G_END_DECLS
