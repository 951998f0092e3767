/* rungs-seal.h: values that stand in the file sealed, with a key that is in the keyring.
 *
 * A value is sealed with AES-256-GCM (NIST SP 800-38D), with 12 random bytes of nonce of its own.
 * Whose it is and which one is sealed with it, so that it cannot be given to somebody else, or
 * stand for another one: it opens where it was put and nowhere else. A sealed value is
 *
 *   1 byte     1, the kind of seal
 *   12 bytes   the nonce
 *   n bytes    the text, which is UTF-8, or the document, encrypted
 *   16 bytes   the tag
 *
 * The key is one of 32 random bytes, for all values of a file; the keyring has it as base64url
 * under the uuid of the file. Who has the file and not the keyring can read none of them, and
 * neither can the owner on another computer: the values have to be given anew there. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNGS_SEAL_KEY_BYTES 32

typedef struct _RungsSealKey RungsSealKey;

/* Of RUNGS_SEAL_KEY_BYTES. */
RungsSealKey *rungs_seal_key_new (const guint8 *bytes);

RungsSealKey *rungs_seal_key_copy (const RungsSealKey *self);

/* Overwrites it. */
void rungs_seal_key_free (RungsSealKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSealKey, rungs_seal_key_free)

/* That of the business file `file` (its uuid), from the keyring. Gives up after `timeout`
 * milliseconds; blocks: not on the thread of a window. Errors: those of mail/rungs-secret.h, AUTH
 * where there is none. */
RungsSealKey *rungs_seal_key_load (const char    *file,
                                   guint          timeout,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* Makes one, and puts it into the keyring; what was sealed with another can be opened no more. */
RungsSealKey *rungs_seal_key_make (const char    *file,
                                   guint          timeout,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* `owner` and `field` say where it belongs. Returns: (transfer full). Errors: FAILED. */
GBytes *rungs_seal (const RungsSealKey  *key,
                    const char          *owner,
                    const char          *field,
                    const char          *text,
                    GError             **error);

/* Returns: (transfer full): the text. Errors: DAMAGED: it was changed, or moved from elsewhere, or
 * sealed with another key. */
char *rungs_unseal (const RungsSealKey  *key,
                    const char          *owner,
                    const char          *field,
                    gconstpointer        sealed,
                    gsize                size,
                    GError             **error);

/* The same of what is no text; a field of documents begins with RUNGS_SEAL_DOCUMENT. */
#define RUNGS_SEAL_DOCUMENT "document:"

GBytes *rungs_seal_bytes (const RungsSealKey  *key,
                          const char          *owner,
                          const char          *field,
                          gconstpointer        bytes,
                          gsize                length,
                          GError             **error);
GBytes *rungs_unseal_bytes (const RungsSealKey  *key,
                            const char          *owner,
                            const char          *field,
                            gconstpointer        sealed,
                            gsize                size,
                            GError             **error);

G_END_DECLS
