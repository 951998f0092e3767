/* rungs-db-copy.h: a private copy of the file, to try something on.
 *
 * The copy has no name: SQLite keeps it in memory and, where it grows larger, in a file of its own
 * in the folder for temporary files that is removed from there before the first byte is written to
 * it. So nothing of it is left behind, however the program ends. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* How far the copying has come, in pages. */
typedef void (*RungsDbCopyProgress) (gint64   done,
                                     gint64   all,
                                     gpointer data);

/* Copies all that the connection sees at one moment. Nobody else can open the copy, and its path is
 * empty; it is written to as the file is, but no lock is taken. `progress` may be NULL. Errors:
 * G_IO_ERROR_CANCELLED; those of the file. */
RungsDb *rungs_db_copy (RungsDb              *db,
                        RungsDbCopyProgress   progress,
                        gpointer              data,
                        GCancellable         *cancellable,
                        GError              **error);

/* From now on that many writes of the private copy are committed together (0: each by itself, and
 * at once what is not yet): nobody else reads it. Where one of them fails, all are undone that are
 * not committed: for copies that are thrown away then. */
gboolean rungs_db_commit_together (RungsDb  *copy,
                                   guint     writes,
                                   GError  **error);

G_END_DECLS
