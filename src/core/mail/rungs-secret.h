/* rungs-secret.h: the passwords of mail accounts, in the keyring (Secret Service) and nowhere else.
 *
 * A password is found by the uuid of the business file and the uuid of the account. Every function
 * gives up after `timeout` milliseconds, for the keyring can be slow (it may ask the user) or not
 * answer at all. Errors: LOCKED, and the message says which: it is locked, or gives no answer;
 * AUTH: there is none on this machine, or it holds no such password; FAILED for all else; and
 * G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For work that no user waits for; a user who is asked to unlock needs longer. */
#define RUNGS_SECRET_TIMEOUT 15000
#define RUNGS_SECRET_PATIENT_TIMEOUT 120000

/* `label` is what keyring programs show, e.g. "Rungs: mail account Newsletter".
 * Replaces what was stored. */
void rungs_secret_store_async (const char          *file,
                               const char          *account,
                               const char          *label,
                               const char          *password,
                               guint                timeout,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean rungs_secret_store_finish (GAsyncResult  *result,
                                    GError       **error);

void rungs_secret_lookup_async (const char          *file,
                                const char          *account,
                                guint                timeout,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);

/* Returns: (transfer full): the password; free it with rungs_secret_free(). */
char *rungs_secret_lookup_finish (GAsyncResult  *result,
                                  GError       **error);

/* Forgets the password; that there was none is no error. */
void rungs_secret_clear_async (const char          *file,
                               const char          *account,
                               guint                timeout,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
gboolean rungs_secret_clear_finish (GAsyncResult  *result,
                                    GError       **error);

/* The same, blocking: for worker threads and the command line. Never on the thread of a window. */
gboolean rungs_secret_store (const char    *file,
                             const char    *account,
                             const char    *label,
                             const char    *password,
                             guint          timeout,
                             GCancellable  *cancellable,
                             GError       **error);
char *rungs_secret_lookup (const char    *file,
                           const char    *account,
                           guint          timeout,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean rungs_secret_clear (const char    *file,
                             const char    *account,
                             guint          timeout,
                             GCancellable  *cancellable,
                             GError       **error);

/* Wipes and frees a password. */
void rungs_secret_free (char *password);

G_END_DECLS
