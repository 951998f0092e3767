/* rungs-store.h: the open file for a program with a main loop.
 *
 * One thread writes, a few read; the main thread never runs SQL. Functions that are given to the
 * store run on a connection in one of those threads and must not touch objects of the main
 * thread. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_STORE (rungs_store_get_type ())

/**
 * RungsStore::changed:
 * @tables: (element-type utf8): a set of table names as keys; see rungs_store_change_touches()
 *
 * Emitted on the main thread after a commit, of this program or of another one. Where another
 * connection wrote, which tables it touched is not known: the set holds "*".
 */
G_DECLARE_FINAL_TYPE (RungsStore, rungs_store, RUNGS, STORE, GObject)

/* Opens a connection; called on the store's threads. */
typedef RungsDb *(*RungsStoreOpener) (const char  *path,
                                      RungsDbMode  mode,
                                      GError     **error);

/* Work for one of the store's threads. What it returns is handed to the finish function;
 * it failed where `error` was set. */
typedef gpointer (*RungsStoreFunc) (RungsDb      *db,
                                    gpointer      data,
                                    GCancellable *cancellable,
                                    GError      **error);

/* Opens the file (creating it where `mode` says so), on the writer's thread: migrations and checks
 * can take a while. Errors as rungs_db_open(). */
void rungs_store_open_async (const char          *path,
                             RungsDbMode          mode,
                             RungsStoreOpener     opener,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
RungsStore *rungs_store_open_finish (GAsyncResult  *result,
                                     GError       **error);

const char *rungs_store_get_path (RungsStore *self);

/* Waits for the work under way, closes all connections and ends the threads. Work asked for later
 * fails with BUSY. To be called before the last reference is dropped. */
void rungs_store_close (RungsStore *self);

/* Runs `func` on a reading connection; all that it reads is of one moment. Cancelling interrupts
 * its SQL. `data_free` and `result_free`
 * may be NULL. Ends on the thread that asked. */
void rungs_store_read_async (RungsStore          *self,
                             RungsStoreFunc       func,
                             gpointer             data,
                             GDestroyNotify       data_free,
                             GDestroyNotify       result_free,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data);
gpointer rungs_store_read_finish (RungsStore    *self,
                                  GAsyncResult  *result,
                                  GError       **error);

/* The same in a write transaction (rungs_db_write()) on the writer's thread, one after the other in
 * the order in which they were asked for. */
void rungs_store_write_async (RungsStore          *self,
                              RungsStoreFunc       func,
                              gpointer             data,
                              GDestroyNotify       data_free,
                              GDestroyNotify       result_free,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
gpointer rungs_store_write_finish (RungsStore    *self,
                                   GAsyncResult  *result,
                                   GError       **error);

/* Tells the store that another connection of this program wrote,
 * without waiting for it to notice. From any thread. */
void rungs_store_note_change (RungsStore *self);

/* Whether a set that ::changed gave names that table, or may. */
gboolean rungs_store_change_touches (GHashTable *tables,
                                     const char *table);

G_END_DECLS
