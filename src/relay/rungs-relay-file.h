/* rungs-relay-file.h: the file of a relay, and the one thread that works on it.
 *
 * All that waits when the thread is ready for more is done in one transaction, and answered after
 * that is durable: under load many deliveries share one flush of the disk (group commit). Where the
 * whole does not succeed, each is done once more in a transaction of its own, so that one that
 * fails harms no other. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsRelayFile RungsRelayFile;

/* Opens the file, or makes it. Errors: those of rungs_db_open(). */
RungsRelayFile *rungs_relay_file_open (const char  *path,
                                       GError     **error);

/* Does what still waits, and closes. */
void rungs_relay_file_close (RungsRelayFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayFile, rungs_relay_file_close)

/* Lets `func` read and write; it may be called twice. `callback` is called with `data` in the
 * thread-default main context of the caller, after what was written is durable; until then `data`,
 * which stays the caller's, belongs to the file's thread. */
void rungs_relay_file_work_async (RungsRelayFile      *self,
                                  RungsDbFunc          func,
                                  gpointer             data,
                                  GAsyncReadyCallback  callback);

gboolean rungs_relay_file_work_finish (GAsyncResult  *result,
                                       GError       **error);

/* How often something was written or read, of what waited together, since it was opened. */
guint64 rungs_relay_file_count_batches (RungsRelayFile *self);

G_END_DECLS
