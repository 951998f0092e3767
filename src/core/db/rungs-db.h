/* rungs-db.h: one connection to the file of a business. Read this first in db/.
 *
 * A connection is used by one thread at a time. Reading needs nothing else. Writing happens inside
 * rungs_db_write() and nowhere else: a statement that would change the file outside of it is
 * refused. That is how every write of every process stays under the lock file, which SQLite before
 * 3.51.3 needs (it can lose committed pages when two connections write and checkpoint at the same
 * instant), and how every fact is followed by what must follow it, in the same transaction. */

#pragma once

#include "db/rungs-schema.h"

G_BEGIN_DECLS

typedef struct _RungsDb RungsDb;

/**
 * RungsDbMode:
 * @RUNGS_DB_READ: reads only; never migrates, never checkpoints
 * @RUNGS_DB_WRITE: reads and writes a file that exists
 * @RUNGS_DB_CREATE: as WRITE; makes the file where there is none (mode 0600)
 */
typedef enum
{
  RUNGS_DB_READ,
  RUNGS_DB_WRITE,
  RUNGS_DB_CREATE,
} RungsDbMode;

/* Work on a connection, inside a transaction or not as the caller of it says. FALSE with an error
 * set undoes the transaction. */
typedef gboolean (*RungsDbFunc) (RungsDb  *db,
                                 gpointer  data,
                                 GError  **error);

/* Opens `path`. A writer brings an older file up to date, after a copy of it was made in the folder
 * "backups" beside it, and checks it (quick_check) where the last program that wrote it did not end
 * well. Errors: NOT_FOUND (no such file), INVALID (not a file of Rungs), TOO_NEW, DAMAGED (the
 * message names the newest backup), BUSY, FAILED. A file that is refused is left as it is. */
RungsDb *rungs_db_open (const char  *path,
                        RungsDbMode  mode,
                        GError     **error);

/* The same for a file with other tables than those of a business. `schema` is static. */
RungsDb *rungs_db_open_with (const char         *path,
                             const RungsSchema  *schema,
                             RungsDbMode         mode,
                             GError            **error);

/* Closes at once: no statement of it may be in use.
 * A writer empties the write-ahead log where it can. */
void rungs_db_close (RungsDb *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsDb, rungs_db_close)

const char *rungs_db_get_path (RungsDb *db);

/* Lets another thread use the connection from now on. */
void rungs_db_hand_over (RungsDb *db);

/* Runs `func` in a transaction that no other writer of any process can interleave: waits for the
 * lock file (up to a minute, then BUSY), begins, calls `func`, then the followers if there are new
 * events, and commits durably. Everything is undone where one of them fails. */
gboolean rungs_db_write (RungsDb      *db,
                         RungsDbFunc   func,
                         gpointer      data,
                         GError      **error);

/* Runs `func` in a read transaction, so that all it reads is of one moment; inside of another
 * transaction, in that one. */
gboolean rungs_db_read (RungsDb      *db,
                        RungsDbFunc   func,
                        gpointer      data,
                        GError      **error);

gboolean rungs_db_in_write (RungsDb *db);

/* The one function that is called at the end of every write that added events, or renamed what
 * rules name, before the commit.
 * Whoever opens the file for the program sets it (engine/rungs-business.h). */
void rungs_db_set_follower (RungsDb        *db,
                            RungsDbFunc     follower,
                            gpointer        data,
                            GDestroyNotify  data_free);

/* Lets the follower follow now what was written so far, instead of before the commit only: for
 * whoever must know what followed. In a write transaction. */
gboolean rungs_db_follow (RungsDb  *db,
                          GError  **error);

/* The id of the row that the last INSERT made, and how many rows the last statement changed. */
gint64 rungs_db_get_last_id (RungsDb *db);
gint64 rungs_db_get_changes (RungsDb *db);

/* Returns: (transfer full): the tables that committed writes of this connection touched since the
 * last call, a set of names; empty, not NULL. */
GHashTable *rungs_db_take_changed_tables (RungsDb *db);

/* A number that differs from the last call's where another connection has committed. */
gint64 rungs_db_get_data_version (RungsDb *db);

/* Keeps under `name` what was made of rows of `tables` (static, NULL-terminated) and of nothing
 * else, until a statement of this connection writes one of them or another connection commits;
 * where one of them was written in the transaction under way, it is let go at once. Takes `value`.
 * `name` is static. */
void rungs_db_keep (RungsDb            *db,
                    const char         *name,
                    const char *const  *tables,
                    gpointer            value,
                    GDestroyNotify      value_free);

/* Returns: (transfer none) (nullable): what is kept under that name, until the next write. */
gpointer rungs_db_get_kept (RungsDb    *db,
                            const char *name);

/* Makes the statement that is running on the connection fail with BUSY. From any thread. */
void rungs_db_interrupt (RungsDb *db);

/* What the file holds against its own rules: SQLite's integrity check, foreign keys, the search
 * index and everything else that is derived. Returns: (transfer full) (element-type utf8): one line
 * a fault, empty where all is well; NULL on error. Needs a writer (the index check writes nothing,
 * but asks for it). */
GPtrArray *rungs_db_check (RungsDb  *db,
                           GError  **error);

/* Moves what the write-ahead log holds into the file,
 * and empties the log where no reader needs it. */
gboolean rungs_db_checkpoint (RungsDb  *db,
                              GError  **error);

/* Writes the file anew, without the bytes of rows that were deleted or changed, and empties the
 * write-ahead log: what was forgotten is in neither of them any more. Other writers wait meanwhile,
 * five to ten seconds for a million leads; it takes the room of the file on the disk once more. Not
 * in a transaction. Errors: BUSY where another program reads and the log cannot be emptied. */
gboolean rungs_db_wipe (RungsDb  *db,
                        GError  **error);

/* Before a very large write: keeps more of the file in memory; 0 goes back to the usual 16 MiB. */
void rungs_db_set_cache_mebibytes (RungsDb *db,
                                   guint    mebibytes);

G_END_DECLS
