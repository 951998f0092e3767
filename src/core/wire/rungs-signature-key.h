/* rungs-signature-key.h: signatures with public keys, by GnuTLS: for rungs-signature.c only.
 *
 * GnuTLS, because TLS of the whole program is its (GIO's, by glib-networking). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_KEY_RIGHT,
  RUNGS_KEY_WRONG,
  RUNGS_KEY_UNREADABLE, /* the key or certificate is none, or not of this time */
} RungsKeyVerdict;

/* RSA, PKCS #1 v1.5, over `text`, with SHA-256 or SHA-1, by a certificate in PEM (the first, where
 * others follow) that is good at `at` (milliseconds). `signature` is in base64. */
RungsKeyVerdict rungs_signature_key_check_rsa (const char *certificate,
                                               const char *text,
                                               const char *signature,
                                               gboolean    is_sha1,
                                               gint64      at);

/* ECDSA of P-256 with SHA-256; `key` is a public key in PEM or base64, `signature` base64 of
 * DER. */
RungsKeyVerdict rungs_signature_key_check_ecdsa (const char   *key,
                                                 const guint8 *bytes,
                                                 gsize         length,
                                                 const char   *signature);

/* Compares in a time that depends on the length of `right` alone. */
gboolean rungs_signature_is_same (const char *right,
                                  const char *given);

G_END_DECLS
