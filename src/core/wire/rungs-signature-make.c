/* rungs-signature-make.c: signs a delivery as its provider would. */

#include "wire/rungs-signature-make.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-base64url.h"
#include "wire/rungs-wire-json.h"

static const char *const SCHEMES[] = { "hmac-body",          "hmac-timestamp", "hmac-header-pair",
                                       "standard-webhooks", "jws-body-hash",  "shared-secret",
                                       NULL };

gboolean
rungs_signature_can_make (JsonObject *verify)
{
  const char *scheme = rungs_wire_json_text (verify, "scheme");

  return scheme != NULL && g_strv_contains (SCHEMES, scheme);
}

static const char *
text_of (JsonObject *verify,
         const char *member,
         const char *otherwise)
{
  const char *text = rungs_wire_json_text (verify, member);

  return text != NULL ? text : otherwise;
}

/* Instead of one that it has. */
static void
set_header (RungsRawDelivery *delivery,
            const char       *name,
            const char       *value)
{
  for (guint i = delivery->headers->len; i > 0; i--)
    if (g_ascii_strcasecmp (((RungsRawHeader *) delivery->headers->pdata[i - 1])->name, name) == 0)
      g_ptr_array_remove_index (delivery->headers, i - 1);
  rungs_raw_delivery_add_header (delivery, name, value);
}

/* HMAC-SHA256 of `head` and the body; `digest` gets 32 bytes. */
static void
hmac (const char             *key,
      gsize                   key_length,
      const char             *head,
      const RungsRawDelivery *delivery,
      guint8                  digest[32])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, key_length);
  gsize length = 0, size = 32;
  const guchar *body = delivery != NULL ? g_bytes_get_data (delivery->body, &length) : NULL;

  g_hmac_update (hmac, (const guchar *) head, (gssize) strlen (head));
  if (length > 0)
    g_hmac_update (hmac, body, (gssize) length);
  g_hmac_get_digest (hmac, digest, &size);
}

static char *
dup_encoded (const char   *encoding,
             const guint8  digest[32])
{
  GString *hex = NULL;

  if (strcmp (encoding, "base64") == 0)
    return g_base64_encode (digest, 32);
  hex = g_string_new (NULL);
  for (guint i = 0; i < 32; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

static char *
sign (JsonObject             *verify,
      const RungsRawDelivery *delivery,
      const char             *secret,
      const char             *head)
{
  guint8 digest[32];

  hmac (secret, strlen (secret), head, delivery, digest);
  return dup_encoded (text_of (verify, "encoding", "hex"), digest);
}

static void
add_body (JsonObject       *verify,
          RungsRawDelivery *delivery,
          const char       *secret)
{
  g_autofree char *signature = sign (verify, delivery, secret, "");
  g_autofree char *value = g_strconcat (text_of (verify, "prefix", ""), signature, NULL);

  set_header (delivery, text_of (verify, "header", ""), value);
}

/* Its time in a header of its own, or with the signature. */
static void
add_timestamp (JsonObject       *verify,
               RungsRawDelivery *delivery,
               const char       *secret,
               gint64            now)
{
  const char *time_header = rungs_wire_json_text (verify, "time_header");
  gboolean is_ms = strcmp (text_of (verify, "unit", ""), "ms") == 0;
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, is_ms ? now : now / 1000);
  g_autofree char *head = g_strconcat (at, text_of (verify, "join", "."), NULL);
  g_autofree char *signature = sign (verify, delivery, secret, head);
  g_autofree char *value = NULL;

  if (time_header != NULL)
    {
      value = g_strconcat (text_of (verify, "prefix", ""), signature, NULL);
      set_header (delivery, time_header, at);
    }
  else
    value = g_strdup_printf ("%s=%s%s%s=%s", text_of (verify, "time", "t"), at,
                             text_of (verify, "separator", ","),
                             text_of (verify, "signature", "v1"), signature);
  set_header (delivery, text_of (verify, "header", ""), value);
}

static gboolean
add_standard (JsonObject        *verify,
              RungsRawDelivery  *delivery,
              const char        *secret,
              gint64             now,
              GError           **error)
{
  JsonArray *prefixes = rungs_wire_json_array (verify, "prefixes");
  const char *prefix = json_array_get_string_element (prefixes, 0);
  const char *text = g_str_has_prefix (secret, "whsec_") ? secret + strlen ("whsec_") : secret;
  gsize length = 0;
  g_autofree guchar *key = g_base64_decode (text, &length);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, now / 1000);
  g_autofree char *head = g_strdup_printf ("%s.%s.", id, at);
  g_autofree char *id_name = g_strconcat (prefix, "id", NULL);
  g_autofree char *time_name = g_strconcat (prefix, "timestamp", NULL);
  g_autofree char *name = g_strconcat (prefix, "signature", NULL);
  g_autofree char *signature = NULL;
  g_autofree char *value = NULL;
  guint8 digest[32];

  if (length == 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("The secret that it is checked with is missing, or is none."));
      return FALSE;
    }
  hmac ((const char *) key, length, head, delivery, digest);
  signature = g_base64_encode (digest, sizeof digest);
  value = g_strconcat ("v1,", signature, NULL);
  set_header (delivery, id_name, id);
  set_header (delivery, time_name, at);
  set_header (delivery, name, value);
  return TRUE;
}

static void
add_jws (JsonObject       *verify,
         RungsRawDelivery *delivery,
         const char       *secret)
{
  static const char HEAD[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, delivery->body);
  g_autofree char *claims
      = g_strdup_printf ("{\"%s\":\"%s\"}", text_of (verify, "claim", "sha256"), hash);
  g_autofree char *head = rungs_base64url_encode ((const guint8 *) HEAD, strlen (HEAD));
  g_autofree char *middle = rungs_base64url_encode ((const guint8 *) claims, strlen (claims));
  g_autofree char *signed_text = g_strconcat (head, ".", middle, NULL);
  g_autofree char *tail = NULL;
  g_autofree char *value = NULL;
  guint8 digest[32];

  hmac (secret, strlen (secret), signed_text, NULL, digest);
  tail = rungs_base64url_encode (digest, sizeof digest);
  value = g_strconcat (signed_text, ".", tail, NULL);
  set_header (delivery, text_of (verify, "header", ""), value);
}

static void
add_shared (JsonObject       *verify,
            RungsRawDelivery *delivery,
            const char       *secret)
{
  JsonArray *where = rungs_wire_json_array (verify, "where");
  const char *place = json_array_get_string_element (where, 0);
  g_autofree char *value = NULL;

  if (strcmp (place, "bearer") == 0)
    {
      value = g_strconcat ("Bearer ", secret, NULL);
      set_header (delivery, "Authorization", value);
    }
  else if (strcmp (place, "basic") == 0)
    {
      g_autofree char *code = g_base64_encode ((const guchar *) secret, strlen (secret));

      value = g_strconcat ("Basic ", code, NULL);
      set_header (delivery, "Authorization", value);
    }
  else if (g_str_has_prefix (place, "header:"))
    set_header (delivery, place + strlen ("header:"), secret);
  else if (g_str_has_prefix (place, "query:"))
    {
      g_autofree char *coded = g_uri_escape_string (secret, NULL, FALSE);

      value = g_strdup_printf ("%s%s%s=%s", delivery->path,
                               strchr (delivery->path, '?') != NULL ? "&" : "?",
                               place + strlen ("query:"), coded);
      g_free (delivery->path);
      delivery->path = g_steal_pointer (&value);
    }
}

gboolean
rungs_signature_make (JsonObject        *verify,
                      RungsRawDelivery  *delivery,
                      const char        *secret,
                      gint64             now,
                      GError           **error)
{
  const char *scheme;

  g_return_val_if_fail (verify != NULL && delivery != NULL && secret != NULL, FALSE);

  if (!rungs_signature_check_rule (verify, error))
    return FALSE;
  scheme = rungs_wire_json_text (verify, "scheme");
  if (!rungs_signature_can_make (verify))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("Only the provider itself can sign that."));
      return FALSE;
    }
  if (strcmp (scheme, "standard-webhooks") == 0)
    return add_standard (verify, delivery, secret, now, error);
  if (strcmp (scheme, "hmac-body") == 0)
    add_body (verify, delivery, secret);
  else if (strcmp (scheme, "jws-body-hash") == 0)
    add_jws (verify, delivery, secret);
  else if (strcmp (scheme, "shared-secret") == 0)
    add_shared (verify, delivery, secret);
  else
    add_timestamp (verify, delivery, secret, now);
  return TRUE;
}
