/* rungs-signature-scheme.c: the nine ways of signing.
 *
 * Each scheme is one function that collects, from the delivery and the rule, what was signed and
 * which signatures were given; the comparing is in one place. */

#include "wire/rungs-signature-scheme.h"

#include <string.h>

#include "wire/rungs-signature-key.h"
#include "wire/rungs-wire-json.h"

/* ---- what is signed, and with what */

/* In hex or base64, as the rule says. */
static char *
dup_hmac (const char *encoding,
          gconstpointer key,
          gsize         key_length,
          GBytes       *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  guint8 digest[32];
  gsize digest_length = sizeof digest;
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (text, &length);

  /* An empty one is NULL. */
  if (length > 0)
    g_hmac_update (hmac, bytes, (gssize) length);
  if (strcmp (encoding, "hex") == 0)
    return g_strdup (g_hmac_get_string (hmac));
  g_hmac_get_digest (hmac, digest, &digest_length);
  return g_base64_encode (digest, digest_length);
}

/* What stands before the body, and the body. */
static GBytes *
join_body (const RungsSignatureCheck *self,
           const char  *before)
{
  GByteArray *joined = g_byte_array_new ();
  gsize length = 0;
  gconstpointer body = g_bytes_get_data (self->delivery->body, &length);

  g_byte_array_append (joined, (const guint8 *) before, (guint) strlen (before));
  if (length > 0)
    g_byte_array_append (joined, body, (guint) length);
  return g_byte_array_free_to_bytes (joined);
}

static gboolean
is_one_of (const char *right,
           GPtrArray  *given)
{
  gboolean found = FALSE;

  for (guint i = 0; i < given->len; i++)
    found |= rungs_signature_is_same (right, g_ptr_array_index (given, i));
  return found;
}

/* Whether any secret makes any of the signatures. */
static gboolean
is_made_by_secret (const RungsSignatureCheck *self,
                   GBytes      *text,
                   GPtrArray   *given)
{
  const char *encoding = rungs_wire_json_text (self->rule, "encoding");
  gboolean found = FALSE;

  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    if (*self->secrets[i] != '\0')
      {
        g_autofree char *made = dup_hmac (encoding != NULL ? encoding : "hex", self->secrets[i],
                                          strlen (self->secrets[i]), text);

        found |= is_one_of (made, given);
      }
  return found;
}

/* `unit` of `time` is a second, or as the rule says. */
static gboolean
is_of_time (const RungsSignatureCheck *self,
            const char  *time)
{
  gint64 tolerance = rungs_wire_json_number (self->rule, "tolerance", 0);
  const char *unit = rungs_wire_json_text (self->rule, "unit");
  gint64 per_unit = g_strcmp0 (unit, "ms") == 0 ? 1 : 1000;
  gint64 signed_at = 0;

  if (tolerance <= 0)
    return TRUE;
  if (time == NULL
      || !g_ascii_string_to_signed (time, 10, 0, G_MAXINT64 / per_unit, &signed_at, NULL))
    return FALSE;
  return ABS (self->delivery->received_at - signed_at * per_unit) <= tolerance * 1000;
}

/* Takes `text`. */
static RungsSignatureVerdict
judge (const RungsSignatureCheck *self,
       GBytes      *text,
       GPtrArray   *given,
       const char  *time)
{
  gboolean is_right = is_made_by_secret (self, text, given);

  g_bytes_unref (text);
  if (!is_right)
    return RUNGS_SIGNATURE_WRONG;
  return is_of_time (self, time) ? RUNGS_SIGNATURE_RIGHT : RUNGS_SIGNATURE_OLD;
}

/* Hex digits may be written in capitals. */
static char *
dup_as_encoded (const RungsSignatureCheck *self,
                const char  *signature)
{
  return g_strcmp0 (rungs_wire_json_text (self->rule, "encoding"), "base64") == 0
           ? g_strdup (signature)
           : g_ascii_strdown (signature, -1);
}

/* Returns: (element-type utf8): what each header of that name holds behind the prefix. */
static GPtrArray *
read_signatures (const RungsSignatureCheck *self,
                 const char  *name)
{
  const char *prefix = rungs_wire_json_text (self->rule, "prefix");
  GPtrArray *given = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; name != NULL && i < self->delivery->headers->len; i++)
    {
      const RungsRawHeader *header = g_ptr_array_index (self->delivery->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0
          && (prefix == NULL || g_str_has_prefix (header->value, prefix)))
        g_ptr_array_add (given, dup_as_encoded (self, header->value
                                                        + (prefix != NULL ? strlen (prefix) : 0)));
    }
  return given;
}

static JsonNode *
get_body (RungsSignatureCheck *self)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (self->delivery->body, &length);

  if (self->body == NULL)
    self->body = rungs_wire_json_read (bytes, length, NULL);
  return self->body;
}

/* ---- the schemes */

static RungsSignatureVerdict
check_body (RungsSignatureCheck *self)
{
  g_autoptr (GPtrArray) given
      = read_signatures (self, rungs_wire_json_text (self->rule, "header"));

  if (given->len == 0)
    return RUNGS_SIGNATURE_MISSING;
  return judge (self, g_bytes_ref (self->delivery->body), given, NULL);
}

/* "t=1,v1=abc,v1=def" */
static void
read_pairs (const RungsSignatureCheck *self,
            const char   *header,
            char        **time,
            GPtrArray    *given)
{
  const char *separator = rungs_wire_json_text (self->rule, "separator");
  const char *time_key = rungs_wire_json_text (self->rule, "time");
  const char *signature_key = rungs_wire_json_text (self->rule, "signature");
  g_auto (GStrv) pairs = g_strsplit (header, separator != NULL ? separator : ",", 50);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      const char *key;

      if (equals == NULL)
        continue;
      *equals = '\0';
      key = g_strstrip (pairs[i]);
      if (strcmp (key, time_key) == 0 && *time == NULL)
        *time = g_strdup (g_strstrip (equals + 1));
      else if (strcmp (key, signature_key) == 0)
        g_ptr_array_add (given, dup_as_encoded (self, g_strstrip (equals + 1)));
    }
}

static const char *
get_join (const RungsSignatureCheck *self)
{
  const char *join = rungs_wire_json_text (self->rule, "join");

  return join != NULL ? join : ".";
}

static RungsSignatureVerdict
check_timestamp (RungsSignatureCheck *self)
{
  const char *header = rungs_raw_delivery_get_header (
      self->delivery, rungs_wire_json_text (self->rule, "header"));
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *time = NULL;
  g_autofree char *before = NULL;

  if (header == NULL)
    return RUNGS_SIGNATURE_MISSING;
  read_pairs (self, header, &time, given);
  if (time == NULL || given->len == 0)
    return RUNGS_SIGNATURE_MISSING;
  before = g_strconcat (time, get_join (self), NULL);
  return judge (self, join_body (self, before), given, time);
}

static RungsSignatureVerdict
check_header_pair (RungsSignatureCheck *self)
{
  g_autoptr (GPtrArray) given
      = read_signatures (self, rungs_wire_json_text (self->rule, "header"));
  const char *time = rungs_raw_delivery_get_header (
      self->delivery, rungs_wire_json_text (self->rule, "time_header"));
  g_autofree char *before = NULL;

  if (time == NULL || given->len == 0)
    return RUNGS_SIGNATURE_MISSING;
  before = g_strconcat (time, get_join (self), NULL);
  return judge (self, join_body (self, before), given, time);
}

/* The header PREFIX-NAME, with the first prefix of which there is one. */
static const char *
get_prefixed (const RungsSignatureCheck *self,
              const char  *name)
{
  JsonArray *prefixes = rungs_wire_json_array (self->rule, "prefixes");

  for (guint i = 0; prefixes != NULL && i < json_array_get_length (prefixes); i++)
    {
      g_autofree char *prefix = rungs_wire_json_dup_text (json_array_get_element (prefixes, i));
      g_autofree char *whole = g_strconcat (prefix != NULL ? prefix : "", name, NULL);
      const char *value = rungs_raw_delivery_get_header (self->delivery, whole);

      if (value != NULL)
        return value;
    }
  return NULL;
}

/* The secret is "whsec_" and the key in base64. */
static gboolean
is_made_by_standard_secret (const RungsSignatureCheck *self,
                            GBytes      *text,
                            GPtrArray   *given)
{
  gboolean found = FALSE;

  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    {
      const char *secret = self->secrets[i];
      gsize length = 0;
      g_autofree guchar *key = g_base64_decode (
          g_str_has_prefix (secret, "whsec_") ? secret + 6 : secret, &length);

      if (length > 0)
        {
          g_autofree char *made = dup_hmac ("base64", key, length, text);

          found |= is_one_of (made, given);
        }
    }
  return found;
}

static RungsSignatureVerdict
check_standard (RungsSignatureCheck *self)
{
  const char *id = get_prefixed (self, "id");
  const char *time = get_prefixed (self, "timestamp");
  const char *signatures = get_prefixed (self, "signature");
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) each = signatures != NULL ? g_strsplit (signatures, " ", 50) : NULL;
  g_autofree char *before = g_strdup_printf ("%s.%s.", id ? id : "", time ? time : "");
  g_autoptr (GBytes) text = join_body (self, before);

  for (guint i = 0; each != NULL && each[i] != NULL; i++)
    if (g_str_has_prefix (each[i], "v1,"))
      g_ptr_array_add (given, g_strdup (each[i] + 3));
  if (id == NULL || *id == '\0' || time == NULL || given->len == 0)
    return RUNGS_SIGNATURE_MISSING;
  if (!is_made_by_standard_secret (self, text, given))
    return RUNGS_SIGNATURE_WRONG;
  return is_of_time (self, time) ? RUNGS_SIGNATURE_RIGHT : RUNGS_SIGNATURE_OLD;
}

/* Base64 as URLs have it: without what fills it up. */
static char *
dup_url_base64 (const char *base64)
{
  char *text = g_strdup (base64);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/* Returns: (transfer full) (nullable): the JSON in a part of a JWT. */
static JsonNode *
read_jwt_part (const char *part)
{
  g_autoptr (GString) base64 = g_string_new (part);
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  g_strdelimit (base64->str, "-", '+');
  g_strdelimit (base64->str, "_", '/');
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');
  bytes = g_base64_decode (base64->str, &length);
  return rungs_wire_json_read ((const char *) bytes, length, NULL);
}

static gboolean
is_jwt_made_by_secret (const RungsSignatureCheck *self,
                       const char  *token,
                       const char  *signature)
{
  g_autoptr (GBytes) text = g_bytes_new (token, (gsize) (signature - 1 - token));
  gboolean found = FALSE;

  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    if (*self->secrets[i] != '\0')
      {
        g_autofree char *made
            = dup_hmac ("base64", self->secrets[i], strlen (self->secrets[i]), text);
        g_autofree char *for_url = dup_url_base64 (made);

        found |= rungs_signature_is_same (for_url, signature);
      }
  return found;
}

static RungsSignatureVerdict
check_jws (RungsSignatureCheck *self)
{
  const char *token = rungs_raw_delivery_get_header (
      self->delivery, rungs_wire_json_text (self->rule, "header"));
  g_auto (GStrv) parts = g_strsplit (token != NULL ? token : "", ".", 4);
  g_autoptr (JsonNode) head = NULL;
  g_autoptr (JsonNode) claims = NULL;
  g_autofree char *algorithm = NULL;
  g_autofree char *claimed = NULL;
  g_autofree char *hash = NULL;

  if (g_strv_length (parts) != 3)
    return RUNGS_SIGNATURE_MISSING;
  head = read_jwt_part (parts[0]);
  claims = read_jwt_part (parts[1]);
  algorithm = rungs_wire_json_find_text (head, "alg");
  claimed = rungs_wire_json_find_text (claims, rungs_wire_json_text (self->rule, "claim"));
  if (algorithm == NULL || claimed == NULL)
    return RUNGS_SIGNATURE_MISSING;
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->delivery->body);
  return strcmp (algorithm, "HS256") == 0
             && is_jwt_made_by_secret (self, token, strrchr (token, '.') + 1)
             && rungs_signature_is_same (hash, claimed)
           ? RUNGS_SIGNATURE_RIGHT
           : RUNGS_SIGNATURE_WRONG;
}

static RungsSignatureVerdict
check_in_body (RungsSignatureCheck *self)
{
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *fields = rungs_wire_json_array (self->rule, "fields");
  const char *time_path = rungs_wire_json_text (self->rule, "time");
  g_autofree char *signature = rungs_wire_json_find_text (
      get_body (self), rungs_wire_json_text (self->rule, "signature"));
  g_autofree char *time
      = time_path != NULL ? rungs_wire_json_find_text (get_body (self), time_path) : NULL;

  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      g_autofree char *path = rungs_wire_json_dup_text (json_array_get_element (fields, i));
      g_autofree char *value = rungs_wire_json_find_text (get_body (self), path ? path : "");

      if (value == NULL)
        return RUNGS_SIGNATURE_MISSING;
      g_string_append (text, value);
    }
  if (signature == NULL)
    return RUNGS_SIGNATURE_MISSING;
  g_ptr_array_add (given, dup_as_encoded (self, signature));
  return judge (self, g_bytes_new (text->str, text->len), given, time);
}

/* ---- rsa-string */

/* IEEE 802.3, as zlib has it. */
static guint32
get_crc32 (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *at = g_bytes_get_data (bytes, &length);
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= at[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~crc;
}

char *
rungs_signature_dup_named (RungsSignatureCheck *self,
                           JsonObject          *place)
{
  const char *header = rungs_wire_json_text (place, "header");
  const char *path = rungs_wire_json_text (place, "path");

  if (header != NULL)
    return g_strdup (rungs_raw_delivery_get_header (self->delivery, header));
  return path != NULL ? rungs_wire_json_find_text (get_body (self), path) : NULL;
}

static char *
dup_part (RungsSignatureCheck *self,
          JsonNode   *part,
          const char *secret)
{
  g_autofree char *word = rungs_wire_json_dup_text (part);

  if (JSON_NODE_HOLDS_OBJECT (part))
    return rungs_signature_dup_named (self, json_node_get_object (part));
  if (g_strcmp0 (word, "secret") == 0)
    return g_strdup (secret);
  if (g_strcmp0 (word, "crc32") == 0)
    return g_strdup_printf ("%" G_GUINT32_FORMAT, get_crc32 (self->delivery->body));
  return NULL;
}

/* Returns: (transfer full) (nullable): the parts, joined; NULL where one is missing. */
static char *
dup_parts (RungsSignatureCheck *self,
           JsonArray  *parts,
           const char *secret)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      g_autofree char *part = dup_part (self, json_array_get_element (parts, i), secret);

      if (part == NULL)
        return NULL;
      g_string_append_printf (text, "%s%s", i > 0 ? get_join (self) : "", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Name and value of each field that there is, a line each. */
static char *
dup_fields (RungsSignatureCheck *self,
            JsonArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      g_autofree char *name = rungs_wire_json_dup_text (json_array_get_element (names, i));
      g_autofree char *value = rungs_wire_json_find_text (get_body (self), name ? name : "");

      if (value != NULL)
        g_string_append_printf (text, "%s\n%s\n", name, value);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_sha1 (RungsSignatureCheck *self)
{
  JsonObject *hash = rungs_wire_json_object (self->rule, "hash");
  g_autofree char *says = hash != NULL ? rungs_signature_dup_named (self, hash) : NULL;

  return says != NULL && g_strcmp0 (says, rungs_wire_json_text (hash, "sha1")) == 0;
}

static RungsSignatureVerdict
judge_rsa (RungsSignatureCheck *self,
           const char *text,
           const char *signature)
{
  switch (rungs_signature_key_check_rsa (self->certificate, text, signature, is_sha1 (self),
                                         self->delivery->received_at))
    {
    case RUNGS_KEY_RIGHT:
      return RUNGS_SIGNATURE_RIGHT;
    case RUNGS_KEY_UNREADABLE:
      return RUNGS_SIGNATURE_NO_CERTIFICATE;
    case RUNGS_KEY_WRONG:
    default:
      return RUNGS_SIGNATURE_WRONG;
    }
}

static RungsSignatureVerdict
check_rsa_parts (RungsSignatureCheck *self,
                 JsonArray  *parts,
                 const char *signature)
{
  RungsSignatureVerdict verdict = RUNGS_SIGNATURE_MISSING;

  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    {
      g_autofree char *text
          = *self->secrets[i] != '\0' ? dup_parts (self, parts, self->secrets[i]) : NULL;

      if (text != NULL)
        verdict = judge_rsa (self, text, signature);
      if (verdict == RUNGS_SIGNATURE_RIGHT)
        break;
    }
  return verdict;
}

static RungsSignatureVerdict
check_rsa (RungsSignatureCheck *self)
{
  g_autofree char *signature
      = rungs_signature_dup_named (self, rungs_wire_json_object (self->rule, "signature"));
  JsonArray *parts = rungs_wire_json_array (self->rule, "parts");
  g_autofree char *text = NULL;

  if (signature == NULL)
    return RUNGS_SIGNATURE_MISSING;
  if (self->certificate == NULL)
    return RUNGS_SIGNATURE_NO_CERTIFICATE;
  if (parts != NULL)
    return check_rsa_parts (self, parts, signature);
  text = dup_fields (self, rungs_wire_json_array (self->rule, "named"));
  return judge_rsa (self, text, signature);
}

static RungsSignatureVerdict
check_ecdsa (RungsSignatureCheck *self)
{
  g_autoptr (GPtrArray) given
      = g_ptr_array_new_with_free_func (g_free);
  const char *signature = rungs_raw_delivery_get_header (
      self->delivery, rungs_wire_json_text (self->rule, "header"));
  const char *time = rungs_raw_delivery_get_header (
      self->delivery, rungs_wire_json_text (self->rule, "time_header"));
  g_autoptr (GBytes) text = join_body (self, time != NULL ? time : "");
  RungsKeyVerdict verdict = RUNGS_KEY_WRONG;
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (text, &length);

  if (signature == NULL || time == NULL)
    return RUNGS_SIGNATURE_MISSING;
  for (guint i = 0; verdict != RUNGS_KEY_RIGHT && self->secrets[i] != NULL; i++)
    if (*self->secrets[i] != '\0')
      verdict = rungs_signature_key_check_ecdsa (self->secrets[i], bytes, length, signature);
  if (verdict == RUNGS_KEY_UNREADABLE)
    return RUNGS_SIGNATURE_NO_SECRET;
  if (verdict != RUNGS_KEY_RIGHT)
    return RUNGS_SIGNATURE_WRONG;
  return is_of_time (self, time) ? RUNGS_SIGNATURE_RIGHT : RUNGS_SIGNATURE_OLD;
}

/* ---- shared-secret */

/* What an Authorization of that kind holds. */
static char *
dup_authorization (const RungsSignatureCheck *self,
                   const char  *kind)
{
  const char *header = rungs_raw_delivery_get_header (self->delivery, "Authorization");
  gsize length = strlen (kind);

  if (header == NULL || g_ascii_strncasecmp (header, kind, length) != 0 || header[length] != ' ')
    return NULL;
  return g_strstrip (g_strdup (header + length + 1));
}

static char *
dup_basic (const RungsSignatureCheck *self)
{
  g_autofree char *base64 = dup_authorization (self, "Basic");
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (base64 == NULL)
    return NULL;
  bytes = g_base64_decode (base64, &length);
  return g_strndup ((const char *) bytes, length);
}

static char *
dup_shared (const RungsSignatureCheck *self,
            const char  *where)
{
  if (strcmp (where, "path") == 0)
    return rungs_raw_delivery_dup_path (self->delivery);
  if (strcmp (where, "bearer") == 0)
    return dup_authorization (self, "Bearer");
  if (strcmp (where, "basic") == 0)
    return dup_basic (self);
  if (g_str_has_prefix (where, "header:"))
    return g_strdup (rungs_raw_delivery_get_header (self->delivery, where + 7));
  return rungs_raw_delivery_dup_query (self->delivery, where + 6);
}

static gboolean
is_shared (const RungsSignatureCheck *self,
           const char  *where,
           const char  *given)
{
  gboolean found = FALSE;

  if (strcmp (where, "path") == 0)
    return self->path != NULL && *self->path != '\0' && rungs_signature_is_same (self->path, given);
  for (guint i = 0; self->secrets != NULL && self->secrets[i] != NULL; i++)
    if (*self->secrets[i] != '\0')
      found |= rungs_signature_is_same (self->secrets[i], given);
  return found;
}

static RungsSignatureVerdict
check_shared (RungsSignatureCheck *self)
{
  JsonArray *where = rungs_wire_json_array (self->rule, "where");
  RungsSignatureVerdict verdict = RUNGS_SIGNATURE_MISSING;

  for (guint i = 0; i < json_array_get_length (where); i++)
    {
      const char *place = json_array_get_string_element (where, i);
      g_autofree char *given = dup_shared (self, place);

      if (given != NULL && is_shared (self, place, given))
        return RUNGS_SIGNATURE_RIGHT;
      if (given != NULL)
        verdict = RUNGS_SIGNATURE_WRONG;
    }
  return verdict;
}

/* ---- all of them */

static const RungsSignatureScheme SCHEMES[] = {
  { "hmac-body", RUNGS_SHAPE_TEXTS, check_body, { "header", "encoding" } },
  { "hmac-timestamp", RUNGS_SHAPE_TEXTS, check_timestamp,
    { "header", "encoding", "time", "signature" } },
  { "hmac-header-pair", RUNGS_SHAPE_TEXTS, check_header_pair,
    { "header", "encoding", "time_header" } },
  { "standard-webhooks", RUNGS_SHAPE_STANDARD, check_standard, { "prefixes" } },
  { "jws-body-hash", RUNGS_SHAPE_TEXTS, check_jws, { "header", "claim" } },
  { "hmac-in-body", RUNGS_SHAPE_IN_BODY, check_in_body, { "fields", "signature", "encoding" } },
  { "rsa-string", RUNGS_SHAPE_RSA, check_rsa, { "signature", "certificate", "host" } },
  { "ecdsa-header-pair", RUNGS_SHAPE_TEXTS, check_ecdsa, { "header", "time_header" } },
  { "shared-secret", RUNGS_SHAPE_SHARED, check_shared, { "where" } },
};

const RungsSignatureScheme *
rungs_signature_scheme_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SCHEMES); i++)
    if (g_strcmp0 (SCHEMES[i].name, name) == 0)
      return &SCHEMES[i];
  return NULL;
}
