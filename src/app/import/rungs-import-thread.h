/* rungs-import-thread.h: work of an import on a thread and a connection of its own, and how far it
 * is. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-import-work.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* Sets the progress of work under way that is shown: while rows are read, how many there will be is
 * told by how far the file has been read; while what they say is stored, the steps of that count.
 * `writing` says what is done then. */
void rungs_import_show_progress (const RungsImportProgress *progress,
                                 RungsProgress             *shown,
                                 const char                *writing);

/* Imports according to `plan`, or looks into a file; on the thread. Returns: what came of it; NULL
 * on error. */
typedef gpointer (*RungsImportThreadFunc) (RungsDb        *db,
                                           gpointer        plan,
                                           RungsProgress  *progress,
                                           GCancellable   *cancellable,
                                           GError        **error);

/* Runs `func` on the file of `store`, which is told of a change where it `writes`. Takes `plan`.
 * Cancelling leaves nothing half done, and what came of work that was done before it could be is
 * handed over. */
void rungs_import_thread_async (RungsStore            *store,
                                RungsImportThreadFunc  func,
                                gpointer               plan,
                                GDestroyNotify         plan_free,
                                GDestroyNotify         result_free,
                                gboolean               writes,
                                RungsProgress         *progress,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               data);

/* Returns: (transfer full): NULL on error. */
gpointer rungs_import_thread_finish (GAsyncResult  *result,
                                     GError       **error);

G_END_DECLS
