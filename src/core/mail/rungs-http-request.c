/* rungs-http-request.c: requests made from the data of a provider. */

#include "mail/rungs-http-request.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-aws-signature.h"

/* Of parts, which may not hold it: made from a hash of what they hold. */
#define BOUNDARY "rungs-"

typedef struct
{
  const RungsBlanks *blanks;
  const char *key;
  gint64 now;
  RungsHttpQuestion *question; /* (owned) */
} Request;

static gboolean
refuse (const char  *what,
        GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("The provider's file cannot be used: “%s” is not what it can be."), what);
  return FALSE;
}

/* Lent; NULL where it has no such text. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
fill (const Request *self,
      JsonObject    *object,
      const char    *member)
{
  const char *text = get_text (object, member);

  return rungs_blanks_fill_text (self->blanks, text ? text : "");
}

/* ---- headers */

/* What would end a header early cannot stand in one. */
static gboolean
add_header (Request     *self,
            const char  *name,
            const char  *value,
            GError     **error)
{
  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      {
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                     _ ("“%s” cannot be sent: there is a character in it that may not be."), name);
        return FALSE;
      }
  if (*value != '\0')
    rungs_http_question_add_header (self->question, name, value);
  return TRUE;
}

static gboolean
add_headers (Request     *self,
             JsonObject  *headers,
             GError     **error)
{
  g_autoptr (GList) names = headers ? json_object_get_members (headers) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *value = fill (self, headers, name->data);

      if (!add_header (self, name->data, value, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- bodies */

static void
take_body (Request    *self,
           const char *type,
           GString    *body)
{
  rungs_http_question_add_header (self->question, "Content-Type", type);
  self->question->body = g_string_free_to_bytes (body);
}

static void
set_json (Request  *self,
          JsonNode *template)
{
  g_autoptr (JsonNode) filled = rungs_blanks_fill_json (self->blanks, template);
  g_autofree char *text = json_to_string (filled, FALSE);

  take_body (self, "application/json", g_string_new (text));
}

static void
set_form (Request    *self,
          JsonObject *fields)
{
  g_autoptr (GList) names = json_object_get_members (fields);
  GString *body = g_string_new (NULL);

  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *value = fill (self, fields, name->data);
      g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

      if (*value != '\0')
        g_string_append_printf (body, "%s%s=%s", body->len > 0 ? "&" : "",
                                (const char *) name->data, escaped);
    }
  take_body (self, "application/x-www-form-urlencoded", body);
}

/* RFC 7578 */
static void
append_part (const Request *self,
             GString       *body,
             JsonObject    *part,
             const char    *boundary)
{
  const char *file = get_text (part, "file");
  const char *type = get_text (part, "type");
  g_autofree char *value = fill (self, part, "value");

  if (*value == '\0')
    return;
  g_string_append_printf (body, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", boundary,
                          get_text (part, "name") ? get_text (part, "name") : "");
  if (file != NULL)
    g_string_append_printf (body, "; filename=\"%s\"", file);
  if (type != NULL)
    g_string_append_printf (body, "\r\nContent-Type: %s", type);
  g_string_append_printf (body, "\r\n\r\n%s\r\n", value);
}

static char *
make_boundary (const Request *self)
{
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (hash, (const guchar *) rungs_blanks_get (self->blanks, "mime"), -1);
  g_checksum_update (hash, (const guchar *) rungs_blanks_get (self->blanks, "message_id"), -1);
  return g_strconcat (BOUNDARY, g_checksum_get_string (hash), NULL);
}

static void
set_parts (Request   *self,
           JsonArray *parts)
{
  g_autofree char *boundary = make_boundary (self);
  g_autofree char *type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (parts); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (parts, i)))
      append_part (self, body, json_array_get_object_element (parts, i), boundary);
  g_string_append_printf (body, "--%s--\r\n", boundary);
  take_body (self, type, body);
}

static gboolean
set_body (Request     *self,
          JsonObject  *data,
          GError     **error)
{
  JsonObject *body = get_object (data, "body");
  JsonNode *parts;

  if (body == NULL)
    return !json_object_has_member (data, "body") || refuse ("body", error);
  parts = json_object_get_member (body, "parts");
  if (json_object_has_member (body, "json"))
    set_json (self, json_object_get_member (body, "json"));
  else if (get_object (body, "form") != NULL)
    set_form (self, get_object (body, "form"));
  else if (parts != NULL && JSON_NODE_HOLDS_ARRAY (parts))
    set_parts (self, json_node_get_array (parts));
  else
    return refuse ("body", error);
  return TRUE;
}

/* ---- who we are */

static gboolean
add_basic (Request     *self,
           JsonObject  *auth,
           GError     **error)
{
  g_autofree char *user = fill (self, auth, "user");
  g_autofree char *both = g_strconcat (user, ":", self->key, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) both, strlen (both));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  return add_header (self, "Authorization", value, error);
}

static gboolean
add_bearer (Request  *self,
            GError  **error)
{
  g_autofree char *value = g_strconcat ("Bearer ", self->key, NULL);

  return add_header (self, "Authorization", value, error);
}

/* Signs all headers that are there by now. */
static gboolean
add_aws (Request     *self,
         JsonObject  *auth,
         GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (self->question->address, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *date = rungs_aws_date (self->now);
  g_autofree char *host = NULL;
  g_autofree char *region = fill (self, auth, "region");
  g_autofree char *access_key = fill (self, auth, "access_key");
  g_autofree char *service = fill (self, auth, "service");
  g_autofree char *value = NULL;
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  RungsAwsSigner signer = { access_key, self->key, region, service };
  RungsAwsRequest request = { .method = self->question->method };

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return refuse ("address", error);
  host = g_uri_get_port (uri) > 0
           ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri))
           : g_strdup (g_uri_get_host (uri));
  if (!add_header (self, "X-Amz-Date", date, error))
    return FALSE;
  for (guint i = 0; i < self->question->headers->len; i++)
    g_ptr_array_add (headers, self->question->headers->pdata[i]);
  g_ptr_array_add (headers, (gpointer) "Host");
  g_ptr_array_add (headers, host);
  g_ptr_array_add (headers, NULL);

  request.path = g_uri_get_path (uri);
  request.query = g_uri_get_query (uri);
  request.headers = (const char *const *) headers->pdata;
  if (self->question->body != NULL)
    request.body = g_bytes_get_data (self->question->body, &request.length);
  value = rungs_aws_sign (&signer, &request);
  return add_header (self, "Authorization", value, error);
}

static gboolean
add_auth (Request     *self,
          JsonObject  *auth,
          GError     **error)
{
  const char *scheme = auth ? get_text (auth, "scheme") : NULL;

  if (auth == NULL)
    return TRUE;
  if (g_strcmp0 (scheme, "bearer") == 0)
    return add_bearer (self, error);
  if (g_strcmp0 (scheme, "basic") == 0)
    return add_basic (self, auth, error);
  if (g_strcmp0 (scheme, "header") == 0 && get_text (auth, "name") != NULL)
    return add_header (self, get_text (auth, "name"), self->key, error);
  if (g_strcmp0 (scheme, "aws-v4") == 0)
    return add_aws (self, auth, error);
  return refuse ("auth", error);
}

RungsHttpQuestion *
rungs_http_request_make (JsonObject         *data,
                         JsonObject         *auth,
                         const RungsBlanks  *blanks,
                         const char         *key,
                         gint64              now,
                         GError            **error)
{
  Request self = { .blanks = blanks, .key = key, .now = now };
  g_autoptr (RungsHttpQuestion) question = NULL;
  const char *method;

  g_return_val_if_fail (data != NULL && blanks != NULL && key != NULL, NULL);

  if (get_text (data, "address") == NULL)
    {
      refuse ("address", error);
      return NULL;
    }
  method = get_text (data, "method");
  if (method == NULL)
    method = json_object_has_member (data, "body") ? "POST" : "GET";
  question = rungs_http_question_new (method);
  question->address = rungs_blanks_fill_address (blanks, get_text (data, "address"));
  self.question = question;
  if (!add_headers (&self, get_object (data, "headers"), error) || !set_body (&self, data, error)
      || !add_auth (&self, get_object (data, "auth") ? get_object (data, "auth") : auth, error))
    return NULL;
  return g_steal_pointer (&question);
}
