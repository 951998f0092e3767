/* rungs-payee-load.h: payment details, and their key from the keyring, without blocking the window.
 *
 * The keyring may ask the user first, and is waited for on a thread of its own, so that nothing
 * else waits for it. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "partners/rungs-payee-store.h"

G_BEGIN_DECLS

/* The key of the file. `make`: as rungs_payee_key() has it. */
void rungs_payee_key_async (RungsStore          *store,
                            gboolean             make,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data);

/* FALSE on error: those of rungs_payee_key(). `key` (transfer full): NULL where nothing is sealed
 * in the file, and none was to be made. */
gboolean rungs_payee_key_finish (GAsyncResult  *result,
                                 RungsSealKey **key,
                                 GError       **error);

/* How `partner`, or RUNGS_PAYEE_BUSINESS, is paid; the keyring is asked where something is
 * stored. */
void rungs_payee_read_async (RungsStore          *store,
                             gint64               partner,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data);

/* Returns: (transfer full): empty where nothing was said. Errors: those of rungs_payee_key() and
 * rungs_payee_load(). */
RungsPayee *rungs_payee_read_finish (GAsyncResult  *result,
                                     GError       **error);

/* What failed, over the window: as the keyring and the details have it, which is not what such
 * errors mean of accounts and files. */
void rungs_payee_tell (GtkWidget    *parent,
                       const char   *heading,
                       const GError *error);

/* Whether nothing but forgetting the details helps. */
gboolean rungs_payee_is_lost (const GError *error);

G_END_DECLS
