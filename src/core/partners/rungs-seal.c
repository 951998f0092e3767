/* rungs-seal.c: values that stand in the file sealed, with a key that is in the keyring. */

#include "partners/rungs-seal.h"

#include <glib/gi18n.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-secret.h"
#include "wire/rungs-base64url.h"

#define KIND 1
#define NONCE_BYTES 12
#define TAG_BYTES 16
#define HEAD_BYTES (1 + NONCE_BYTES)

/* What the keyring calls it, beside accounts that are called by their uuids. */
#define ENTRY "payment-details"

struct _RungsSealKey
{
  guint8 bytes[RUNGS_SEAL_KEY_BYTES];
};

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_aead_cipher_hd_t, gnutls_aead_cipher_deinit, NULL)

RungsSealKey *
rungs_seal_key_new (const guint8 *bytes)
{
  RungsSealKey *self = g_new0 (RungsSealKey, 1);

  g_return_val_if_fail (bytes != NULL, NULL);

  memcpy (self->bytes, bytes, sizeof self->bytes);
  return self;
}

RungsSealKey *
rungs_seal_key_copy (const RungsSealKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rungs_seal_key_new (self->bytes);
}

void
rungs_seal_key_free (RungsSealKey *self)
{
  if (self != NULL)
    explicit_bzero (self->bytes, sizeof self->bytes);
  g_free (self);
}

/* ---- the keyring */

RungsSealKey *
rungs_seal_key_load (const char    *file,
                     guint          timeout,
                     GCancellable  *cancellable,
                     GError       **error)
{
  RungsSealKey *key = NULL;
  guint8 *bytes = NULL;
  gsize length = 0;
  char *text;

  g_return_val_if_fail (file != NULL, NULL);

  text = rungs_secret_lookup (file, ENTRY, timeout, cancellable, error);
  if (text == NULL)
    return NULL;
  bytes = rungs_base64url_decode (text, &length);
  if (bytes != NULL && length == RUNGS_SEAL_KEY_BYTES)
    key = rungs_seal_key_new (bytes);
  else
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                         _ ("The keyring holds no key of payment details, but something else in "
                            "its place."));
  if (bytes != NULL)
    explicit_bzero (bytes, length);
  g_free (bytes);
  rungs_secret_free (text);
  return key;
}

RungsSealKey *
rungs_seal_key_make (const char    *file,
                     guint          timeout,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (RungsSealKey) key = g_new0 (RungsSealKey, 1);
  gboolean kept;
  char *text;

  g_return_val_if_fail (file != NULL, NULL);

  if (gnutls_rnd (GNUTLS_RND_KEY, key->bytes, sizeof key->bytes) != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("no key can be made"));
      return NULL;
    }
  text = rungs_base64url_encode (key->bytes, sizeof key->bytes);
  kept = rungs_secret_store (file, ENTRY, _ ("Rungs: key of payment details"), text, timeout,
                             cancellable, error);
  rungs_secret_free (text);
  return kept ? g_steal_pointer (&key) : NULL;
}

/* ---- sealing */

/* What is sealed with a value. A field has no NUL in it, so that no two places are the same. */
static GByteArray *
place_of (const char *owner,
          const char *field)
{
  GByteArray *place = g_byte_array_new ();

  g_byte_array_append (place, (const guint8 *) "rungs-seal-1", sizeof "rungs-seal-1");
  g_byte_array_append (place, (const guint8 *) owner, (guint) strlen (owner) + 1);
  g_byte_array_append (place, (const guint8 *) field, (guint) strlen (field) + 1);
  return place;
}

static gnutls_aead_cipher_hd_t
open_cipher (const RungsSealKey *key)
{
  gnutls_datum_t datum = { (guchar *) key->bytes, sizeof key->bytes };
  gnutls_aead_cipher_hd_t cipher = NULL;

  return gnutls_aead_cipher_init (&cipher, GNUTLS_CIPHER_AES_256_GCM, &datum) == 0 ? cipher : NULL;
}

GBytes *
rungs_seal_bytes (const RungsSealKey  *key,
                  const char          *owner,
                  const char          *field,
                  gconstpointer        bytes,
                  gsize                length,
                  GError             **error)
{
  g_auto (gnutls_aead_cipher_hd_t) cipher = NULL;
  g_autoptr (GByteArray) place = NULL;
  g_autofree guint8 *sealed = NULL;
  gsize size = length + TAG_BYTES;

  g_return_val_if_fail (key != NULL && owner != NULL && field != NULL, NULL);
  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  cipher = open_cipher (key);
  place = place_of (owner, field);
  sealed = g_malloc (HEAD_BYTES + size);
  sealed[0] = KIND;
  if (cipher == NULL || gnutls_rnd (GNUTLS_RND_NONCE, sealed + 1, NONCE_BYTES) != 0
      || gnutls_aead_cipher_encrypt (cipher, sealed + 1, NONCE_BYTES, place->data, place->len,
                                     TAG_BYTES, length > 0 ? bytes : "", length,
                                     sealed + HEAD_BYTES, &size)
             != 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("it cannot be sealed"));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&sealed), HEAD_BYTES + size);
}

GBytes *
rungs_seal (const RungsSealKey  *key,
            const char          *owner,
            const char          *field,
            const char          *text,
            GError             **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return rungs_seal_bytes (key, owner, field, text, strlen (text), error);
}

/* Returns: (transfer full) (nullable): what it says, with a NUL after it; NULL: it does not
 * open. */
static char *
open_seal (const RungsSealKey  *key,
           const char          *owner,
           const char          *field,
           gconstpointer        sealed,
           gsize                size,
           gsize               *length)
{
  g_auto (gnutls_aead_cipher_hd_t) cipher = open_cipher (key);
  g_autoptr (GByteArray) place = place_of (owner, field);
  const guint8 *bytes = sealed;
  g_autofree char *text = g_malloc0 (size + 1);

  *length = size;
  if (cipher == NULL || size < HEAD_BYTES + TAG_BYTES || bytes[0] != KIND
      || gnutls_aead_cipher_decrypt (cipher, bytes + 1, NONCE_BYTES, place->data, place->len,
                                     TAG_BYTES, bytes + HEAD_BYTES, size - HEAD_BYTES, text,
                                     length)
             != 0)
    {
      explicit_bzero (text, size);
      return NULL;
    }
  text[*length] = '\0';
  return g_steal_pointer (&text);
}

char *
rungs_unseal (const RungsSealKey  *key,
              const char          *owner,
              const char          *field,
              gconstpointer        sealed,
              gsize                size,
              GError             **error)
{
  gsize length;
  char *text;

  g_return_val_if_fail (key != NULL && owner != NULL && field != NULL, NULL);

  text = open_seal (key, owner, field, sealed, size, &length);
  if (text != NULL && g_utf8_validate (text, (gssize) length, NULL))
    return text;
  if (text != NULL)
    explicit_bzero (text, length);
  g_free (text);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                       _ ("A payment detail in the file was changed, or was sealed with another "
                          "key than the one in the keyring."));
  return NULL;
}

GBytes *
rungs_unseal_bytes (const RungsSealKey  *key,
                    const char          *owner,
                    const char          *field,
                    gconstpointer        sealed,
                    gsize                size,
                    GError             **error)
{
  gsize length;
  char *bytes;

  g_return_val_if_fail (key != NULL && owner != NULL && field != NULL, NULL);

  bytes = open_seal (key, owner, field, sealed, size, &length);
  if (bytes != NULL)
    return g_bytes_new_take (bytes, length);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                       _ ("A document in the file was changed, or was sealed with another key "
                          "than the one in the keyring."));
  return NULL;
}
