/* rungs-payee-store.h: keeps how partners are paid, and from which account, sealed. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "partners/rungs-payee.h"
#include "partners/rungs-seal.h"

G_BEGIN_DECLS

/* In the place of a partner: the business itself. */
#define RUNGS_PAYEE_BUSINESS 0

/* Whether anything is sealed in this file, documents too; payment details of a partner or the
 * business. */
gboolean rungs_payees_are_there (RungsDb   *db,
                                 gboolean  *there,
                                 GError   **error);
gboolean rungs_payee_is_there (RungsDb   *db,
                               gint64     partner,
                               gboolean  *there,
                               GError   **error);

/* The key of this file. `make`: where nothing is sealed yet, and the keyring has none, one is made;
 * outside of a transaction, for a person may be asked. Blocks: not on the thread of a window.
 * Errors: those of rungs_seal_key_load(); AUTH says what can be done where the key is gone. */
RungsSealKey *rungs_payee_key (RungsDb       *db,
                               gboolean       make,
                               guint          timeout,
                               GCancellable  *cancellable,
                               GError       **error);

/* The same without a connection, which would be held while a person is asked: `file` is the uuid of
 * the business, `there` whether anything is sealed in it. */
RungsSealKey *rungs_payee_key_find (const char    *file,
                                    gboolean       there,
                                    gboolean       make,
                                    guint          timeout,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* Whether what is sealed in the file was sealed with that key: two keys in one file would be one
 * that nobody can read. Errors: DAMAGED. */
gboolean rungs_payee_key_fits (RungsDb             *db,
                               const RungsSealKey  *key,
                               GError             **error);

/* Returns: (transfer full): empty where nothing was said. `key` may be NULL where nothing is there.
 * Errors: NOT_FOUND (no such partner), DAMAGED. */
RungsPayee *rungs_payee_load (RungsDb             *db,
                              gint64               partner,
                              const RungsSealKey  *key,
                              GError             **error);

/* Checks it, as rungs_payee_check() does, and seals it. Errors: INVALID, NOT_FOUND, and DAMAGED
 * where the file has something that was sealed with another key. */
gboolean rungs_payee_save (RungsDb             *db,
                           gint64               partner,
                           RungsPayee          *payee,
                           const RungsSealKey  *key,
                           GError             **error);

/* Needs no key. Errors: NOT_FOUND. */
gboolean rungs_payee_forget (RungsDb  *db,
                             gint64    partner,
                             GError  **error);

G_END_DECLS
