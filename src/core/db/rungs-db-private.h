/* rungs-db-private.h: what the files of db/ share of a connection. */

#pragma once

#include <sqlite3.h>

#include "db/rungs-db.h"
#include "db/rungs-file-lock.h"
#include "db/rungs-statement.h"

G_BEGIN_DECLS

/* Takes over the handle and the locks (nullable: of a reader). */
RungsDb *rungs_db_new_for_handle (sqlite3       *handle,
                                  const char    *path,
                                  RungsDbMode    mode,
                                  RungsFileLock *write_lock,
                                  RungsFileLock *open_lock);

sqlite3 *rungs_db_get_handle (RungsDb *db);

/* Sets an error from SQLite's last one, in words that hold no SQL. Returns: FALSE. */
gboolean rungs_db_fail (RungsDb    *db,
                        int         code,
                        const char *doing,
                        GError    **error);

/* The same where there is no connection to ask. */
gboolean rungs_sqlite_fail (sqlite3    *handle,
                            int         code,
                            const char *doing,
                            GError    **error);

/* Whether the disk could not read the file: SQLite takes such a page for a damaged one. */
gboolean rungs_sqlite_is_unread (sqlite3 *handle);

/* The number of the last migration that the file has had. */
gboolean rungs_sqlite_get_version (sqlite3  *handle,
                                   int      *version,
                                   GError  **error);

/* Runs a constant statement that gives no rows. */
gboolean rungs_sqlite_exec (sqlite3    *handle,
                            const char *sql,
                            const char *doing,
                            GError    **error);

/* The statement of that text, if it is kept and at rest; it is the caller's now. */
RungsStatement *rungs_db_take_statement (RungsDb    *db,
                                         const char *sql);

/* Keeps it by its text as long as the connection lives; FALSE where another is kept by it. */
gboolean rungs_db_keep_statement (RungsDb        *db,
                                  RungsStatement *statement);

/* FALSE where somebody else uses it. */
gboolean rungs_statement_take (RungsStatement *self);
gboolean rungs_statement_is_taken (RungsStatement *self);
void rungs_statement_destroy (RungsStatement *self);
const char *rungs_statement_get_sql (RungsStatement *self);

/* Between the two, the tables that statements being prepared would write are added to `tables`. */
void rungs_db_collect_writes (RungsDb   *db,
                              GPtrArray *tables);

/* Notes that a statement writes those tables; FALSE with INVALID outside of a write. */
gboolean rungs_db_note_writes (RungsDb    *db,
                               GPtrArray  *tables,
                               GError    **error);

void rungs_db_assert_thread (RungsDb *db);

G_END_DECLS
