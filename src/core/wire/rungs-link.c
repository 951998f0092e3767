/* rungs-link.c: signed links to the relay. */

#include "wire/rungs-link.h"

#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "wire/rungs-base64url.h"

#define VARINT_MOST 9 /* of 7 bits: 63 */

void
rungs_link_clear (RungsLink *self)
{
  g_clear_pointer (&self->rest, g_free);
}

/* ---- keys and seals */

GBytes *
rungs_link_key_from_text (const char *text)
{
  gsize length = 0;
  g_autofree guint8 *bytes = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) != 43)
    return NULL;
  bytes = rungs_base64url_decode (text, &length);
  return bytes != NULL && length == RUNGS_LINK_KEY_BYTES ? g_bytes_new (bytes, length) : NULL;
}

char *
rungs_link_key_to_text (GBytes *key)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (key, &length);

  return rungs_base64url_encode (bytes, length);
}

GBytes *
rungs_link_key_new (GError **error)
{
  guint8 bytes[RUNGS_LINK_KEY_BYTES];

  if (getentropy (bytes, sizeof bytes) == 0)
    return g_bytes_new (bytes, sizeof bytes);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "the system gives no random numbers: %s",
               g_strerror (errno));
  return NULL;
}

void
rungs_link_seal (GBytes       *key,
                 const guint8 *bytes,
                 gsize         length,
                 guint8        seal[RUNGS_LINK_SEAL_BYTES])
{
  guint8 hash[32];
  gsize size = 0;
  gconstpointer secret = g_bytes_get_data (key, &size);

  g_return_if_fail (size == RUNGS_LINK_KEY_BYTES);

  if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, secret, size, bytes, length, hash) < 0)
    g_error ("GnuTLS has no SHA-256");
  memcpy (seal, hash, RUNGS_LINK_SEAL_BYTES);
}

gboolean
rungs_link_is_sealed (GPtrArray    *keys,
                      const guint8 *bytes,
                      gsize         length,
                      const guint8  seal[RUNGS_LINK_SEAL_BYTES])
{
  gboolean right = FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      guint8 made[RUNGS_LINK_SEAL_BYTES];

      rungs_link_seal (keys->pdata[i], bytes, length, made);
      right |= gnutls_memcmp (made, seal, sizeof made) == 0;
    }
  return right;
}

/* ---- what a token holds */

static gboolean
is_text (const char *text,
         gsize       length)
{
  if (length > RUNGS_LINK_REST_MOST || !g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (text[i]))
      return FALSE;
  return TRUE;
}

gboolean
rungs_link_is_target (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  g_return_val_if_fail (address != NULL, FALSE);

  /* browsers take a backslash for a slash */
  if (!is_text (address, strlen (address)) || strpbrk (address, " \\\"<>") != NULL)
    return FALSE;
  uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return (strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0) && host != NULL
         && *host != '\0' && g_uri_get_userinfo (uri) == NULL;
}

static gboolean
is_kind (guint8 kind)
{
  return kind == RUNGS_LINK_CLICK || kind == RUNGS_LINK_UNSUBSCRIBE || kind == RUNGS_LINK_CONFIRM
         || kind == RUNGS_LINK_KNOWN;
}

static void
add_number (GByteArray *bytes,
            gint64      number)
{
  guint64 left = (guint64) number;
  guint8 part;

  do
    {
      part = left & 127;
      left >>= 7;
      if (left > 0)
        part |= 128;
      g_byte_array_append (bytes, &part, 1);
    }
  while (left > 0);
}

/* FALSE where it is none, or could be written shorter. */
static gboolean
take_number (const guint8 **at,
             const guint8  *end,
             gint64        *number)
{
  guint64 sum = 0;

  for (guint i = 0; i < VARINT_MOST && *at < end; i++)
    {
      guint8 part = *(*at)++;

      sum |= (guint64) (part & 127) << (7 * i);
      if (part < 128)
        {
          *number = (gint64) sum;
          return part != 0 || i == 0;
        }
    }
  return FALSE;
}

char *
rungs_link_make (GBytes          *key,
                 const RungsLink *link)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *rest = link->rest != NULL ? link->rest : "";
  guint8 seal[RUNGS_LINK_SEAL_BYTES];
  guint8 kind = (guint8) link->kind;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (is_kind (kind), NULL);

  if (link->mail < 0 || link->lead < 0 || link->minute < 0 || !is_text (rest, strlen (rest))
      || (kind == RUNGS_LINK_CLICK && !rungs_link_is_target (rest)))
    return NULL;
  g_byte_array_append (bytes, &kind, 1);
  add_number (bytes, link->mail);
  add_number (bytes, link->lead);
  add_number (bytes, link->minute);
  g_byte_array_append (bytes, (const guint8 *) rest, (guint) strlen (rest));
  rungs_link_seal (key, bytes->data, bytes->len, seal);
  g_byte_array_append (bytes, seal, sizeof seal);
  return rungs_base64url_encode (bytes->data, bytes->len);
}

/* `length`: without the seal, which is right. */
static gboolean
read_fields (const guint8 *bytes,
             gsize         length,
             RungsLink    *link)
{
  const guint8 *at = bytes + 1;
  const guint8 *end = bytes + length;

  if (length < 4 || !is_kind (bytes[0]) || !take_number (&at, end, &link->mail)
      || !take_number (&at, end, &link->lead) || !take_number (&at, end, &link->minute)
      || !is_text ((const char *) at, (gsize) (end - at)))
    return FALSE;
  link->kind = bytes[0];
  link->rest = g_strndup ((const char *) at, (gsize) (end - at));
  return link->kind != RUNGS_LINK_CLICK || rungs_link_is_target (link->rest);
}

gboolean
rungs_link_parse (GPtrArray  *keys,
                  const char *text,
                  RungsLink  *link,
                  GError    **error)
{
  g_auto (RungsLink) read = { 0 };
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;

  g_return_val_if_fail (keys != NULL && text != NULL && link != NULL, FALSE);

  if (strnlen (text, RUNGS_LINK_TEXT_MOST + 1) <= RUNGS_LINK_TEXT_MOST)
    bytes = rungs_base64url_decode (text, &length);
  if (bytes != NULL && length > RUNGS_LINK_SEAL_BYTES
      && rungs_link_is_sealed (keys, bytes, length - RUNGS_LINK_SEAL_BYTES,
                               bytes + length - RUNGS_LINK_SEAL_BYTES)
      && read_fields (bytes, length - RUNGS_LINK_SEAL_BYTES, &read))
    {
      *link = read;
      read.rest = NULL;
      return TRUE;
    }
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "this link is none of ours");
  return FALSE;
}
