/* rungs-aws-signature.c: requests signed as Amazon Web Services want them.
 *
 * What is signed is a canonical form of the request: method, path, sorted query, sorted headers and
 * the hash of the body; the key is derived from the secret, the day, the region and the service. */

#include "wire/rungs-aws-signature.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define HASH_LENGTH 32

char *
rungs_aws_date (gint64 now)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / 1000);

  g_return_val_if_fail (date != NULL, NULL);

  return g_date_time_format (date, "%Y%m%dT%H%M%SZ");
}

/* ---- the canonical request */

static char *
hash (const char *bytes,
      gsize       length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "a=1", each half escaped once, whatever it was before. */
static char *
canonical_pair (const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *name = equals ? g_strndup (pair, (gsize) (equals - pair)) : g_strdup (pair);
  g_autofree char *plain_name = g_uri_unescape_string (name, NULL);
  g_autofree char *plain_value = g_uri_unescape_string (equals ? equals + 1 : "", NULL);
  g_autofree char *one = g_uri_escape_string (plain_name ? plain_name : name, NULL, FALSE);
  g_autofree char *other = g_uri_escape_string (plain_value ? plain_value : "", NULL, FALSE);

  return g_strconcat (one, "=", other, NULL);
}

static void
append_query (GString    *out,
              const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query ? query : "", "&", -1);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (pairs, canonical_pair (parts[i]));
  g_ptr_array_sort (pairs, compare_texts);
  for (guint i = 0; i < pairs->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "&" : "", (const char *) pairs->pdata[i]);
  g_string_append_c (out, '\n');
}

/* Without blanks at the ends, and one where there are several. */
static char *
canonical_value (const char *value)
{
  g_auto (GStrv) words = g_strsplit_set (value, " \t\r\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (kept, words[i]);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **) kept->pdata);
}

/* "host:example.com", sorted; headers of one name are told in their order. */
static GPtrArray *
list_headers (const char *const *headers)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; headers[i] != NULL; i += 2)
    {
      g_autofree char *name = g_ascii_strdown (headers[i], -1);
      g_autofree char *value = canonical_value (headers[i + 1]);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, name));
      char *joined;

      if (place == 0)
        {
          g_ptr_array_add (list, g_strconcat (name, ":", value, NULL));
          g_hash_table_insert (places, g_steal_pointer (&name), GUINT_TO_POINTER (list->len));
          continue;
        }
      joined = g_strconcat (list->pdata[place - 1], ",", value, NULL);
      g_free (list->pdata[place - 1]);
      list->pdata[place - 1] = joined;
    }
  g_ptr_array_sort (list, compare_texts);
  return list;
}

/* "host;x-amz-date" */
static char *
list_names (GPtrArray *headers)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < headers->len; i++)
    {
      const char *header = headers->pdata[i];

      if (i > 0)
        g_string_append_c (names, ';');
      g_string_append_len (names, header, strchr (header, ':') - header);
    }
  return g_string_free (names, FALSE);
}

static char *
canonical_request (const RungsAwsRequest *request,
                   GPtrArray             *headers,
                   const char            *names)
{
  g_autofree char *path = g_uri_escape_string (request->path, "/", FALSE);
  g_autofree char *body = hash (request->body ? request->body : "", request->length);
  GString *out = g_string_new (request->method);

  g_string_append_printf (out, "\n%s\n", *path != '\0' ? path : "/");
  append_query (out, request->query);
  for (guint i = 0; i < headers->len; i++)
    g_string_append_printf (out, "%s\n", (const char *) headers->pdata[i]);
  g_string_append_printf (out, "\n%s\n%s", names, body);
  return g_string_free (out, FALSE);
}

/* ---- the signature */

static void
sign (const guchar *key,
      gsize         key_length,
      const char   *text,
      guchar       *signature)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = HASH_LENGTH;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, signature, &length);
}

static void
derive_key (const RungsAwsSigner *signer,
            const char           *day,
            guchar               *key)
{
  g_autofree char *begin = g_strconcat ("AWS4", signer->secret_key, NULL);

  sign ((const guchar *) begin, strlen (begin), day, key);
  sign (key, HASH_LENGTH, signer->region, key);
  sign (key, HASH_LENGTH, signer->service, key);
  sign (key, HASH_LENGTH, "aws4_request", key);
}

static char *
to_hex (const guchar *bytes)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < HASH_LENGTH; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* Lent; empty where it is not among the headers. */
static const char *
get_date (const RungsAwsRequest *request)
{
  for (guint i = 0; request->headers[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (request->headers[i], "X-Amz-Date") == 0)
      return request->headers[i + 1];
  return "";
}

char *
rungs_aws_sign (const RungsAwsSigner  *signer,
                const RungsAwsRequest *request)
{
  g_autoptr (GPtrArray) headers = NULL;
  g_autofree char *names = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *hashed = NULL;
  g_autofree char *day = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  guchar key[HASH_LENGTH];

  g_return_val_if_fail (signer != NULL && request != NULL && request->headers != NULL, NULL);

  headers = list_headers (request->headers);
  names = list_names (headers);
  canonical = canonical_request (request, headers, names);
  hashed = hash (canonical, strlen (canonical));
  day = g_strndup (get_date (request), 8);
  scope = g_strdup_printf ("%s/%s/%s/aws4_request", day, signer->region, signer->service);
  text = g_strjoin ("\n", ALGORITHM, get_date (request), scope, hashed, NULL);

  derive_key (signer, day, key);
  sign (key, HASH_LENGTH, text, key);
  signature = to_hex (key);
  return g_strdup_printf ("%s Credential=%s/%s, SignedHeaders=%s, Signature=%s", ALGORITHM,
                          signer->access_key, scope, names, signature);
}
