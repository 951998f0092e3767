/* rungs-signature-key.c: signatures with public keys, by GnuTLS. */

#include "wire/rungs-signature-key.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pubkey_t, gnutls_pubkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_crt_t, gnutls_x509_crt_deinit, NULL)

/* Returns: (transfer full) (nullable): NULL where it is no base64. */
static guchar *
decode (const char *text,
        gsize      *length)
{
  gsize n = strlen (text);

  if (n == 0 || n % 4 != 0
      || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != n)
    return NULL;
  return g_base64_decode (text, length);
}

static RungsKeyVerdict
check (gnutls_pubkey_t           key,
       gnutls_sign_algorithm_t   algorithm,
       unsigned                  flags,
       const guint8             *bytes,
       gsize                     length,
       const char               *signature)
{
  gsize n = 0;
  g_autofree guchar *decoded = decode (signature, &n);
  gnutls_datum_t signed_bytes = { (guchar *) bytes, (unsigned) length };
  gnutls_datum_t made = { decoded, (unsigned) n };

  if (decoded == NULL || n == 0 || length > G_MAXINT)
    return RUNGS_KEY_WRONG;
  return gnutls_pubkey_verify_data2 (key, algorithm, flags, &signed_bytes, &made) >= 0
           ? RUNGS_KEY_RIGHT
           : RUNGS_KEY_WRONG;
}

/* Whether the certificate was good then. */
static gboolean
is_of_time (gnutls_x509_crt_t certificate,
            gint64            at)
{
  time_t from = gnutls_x509_crt_get_activation_time (certificate);
  time_t until = gnutls_x509_crt_get_expiration_time (certificate);

  return from != (time_t) -1 && until != (time_t) -1 && at / 1000 >= from && at / 1000 <= until;
}

RungsKeyVerdict
rungs_signature_key_check_rsa (const char *certificate,
                               const char *text,
                               const char *signature,
                               gboolean    is_sha1,
                               gint64      at)
{
  g_auto (gnutls_x509_crt_t) crt = NULL;
  g_auto (gnutls_pubkey_t) key = NULL;
  gnutls_datum_t pem = { (guchar *) certificate, (unsigned) strlen (certificate) };

  if (gnutls_x509_crt_init (&crt) < 0 || gnutls_pubkey_init (&key) < 0
      || gnutls_x509_crt_import (crt, &pem, GNUTLS_X509_FMT_PEM) < 0 || !is_of_time (crt, at)
      || gnutls_pubkey_import_x509 (key, crt, 0) < 0
      || gnutls_pubkey_get_pk_algorithm (key, NULL) != GNUTLS_PK_RSA)
    return RUNGS_KEY_UNREADABLE;
  return check (key, is_sha1 ? GNUTLS_SIGN_RSA_SHA1 : GNUTLS_SIGN_RSA_SHA256,
                is_sha1 ? GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1 : 0, (const guint8 *) text,
                strlen (text), signature);
}

static gboolean
import_key (gnutls_pubkey_t  key,
            const char      *text)
{
  gsize length = 0;
  g_autofree guchar *der = NULL;
  gnutls_datum_t datum;

  if (strstr (text, "-----BEGIN") != NULL)
    {
      datum = (gnutls_datum_t) { (guchar *) text, (unsigned) strlen (text) };
      return gnutls_pubkey_import (key, &datum, GNUTLS_X509_FMT_PEM) >= 0;
    }
  der = decode (text, &length);
  datum = (gnutls_datum_t) { der, (unsigned) length };
  return der != NULL && gnutls_pubkey_import (key, &datum, GNUTLS_X509_FMT_DER) >= 0;
}

RungsKeyVerdict
rungs_signature_key_check_ecdsa (const char   *key,
                                 const guint8 *bytes,
                                 gsize         length,
                                 const char   *signature)
{
  g_auto (gnutls_pubkey_t) public_key = NULL;

  if (gnutls_pubkey_init (&public_key) < 0 || !import_key (public_key, key)
      || gnutls_pubkey_get_pk_algorithm (public_key, NULL) != GNUTLS_PK_ECDSA)
    return RUNGS_KEY_UNREADABLE;
  return check (public_key, GNUTLS_SIGN_ECDSA_SHA256, 0, bytes, length, signature);
}

gboolean
rungs_signature_is_same (const char *right,
                         const char *given)
{
  gsize length = strlen (right);
  g_autofree char *padded = g_malloc0 (length + 1);
  gboolean is_as_long = strlen (given) == length;

  memcpy (padded, given, MIN (length, strlen (given)));
  return (gnutls_memcmp (right, padded, length) == 0) & is_as_long;
}
