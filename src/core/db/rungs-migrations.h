/* rungs-migrations.h: brings the tables of a file up to what this program knows.
 *
 * The file's user_version is the number of the last migration it has had. Migrations are numbered
 * .sql files in data/schema, applied in order, each in a transaction of its own. */

#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/* "RUNG": marks a file as ours (SQLite's application_id). */
#define RUNGS_APPLICATION_ID 0x52554e47

/* The number of the newest migration that this program has. */
int rungs_migrations_get_newest (void);

/* Returns: (transfer full): all of them in order, as text: the tables with what they mean. */
char *rungs_migrations_dup_text (void);

/* Applies those after `version`. On error the file stands at the last one that was whole. */
gboolean rungs_migrations_apply (sqlite3  *handle,
                                 int       version,
                                 GError  **error);

G_END_DECLS
