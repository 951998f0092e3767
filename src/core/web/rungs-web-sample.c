/* rungs-web-sample.c: the samples in the files of providers, as they would come in. */

#include <string.h>

#include "web/rungs-web-trial.h"
#include "wire/rungs-wire-json.h"

#define BOUNDARY "----rungs-sample"

static void
add_part (GString    *body,
          const char *name,
          const char *text,
          gboolean    is_multipart)
{
  if (is_multipart)
    {
      g_string_append_printf (
          body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
          name, text);
      return;
    }
  if (body->len > 0)
    g_string_append_c (body, '&');
  g_string_append_uri_escaped (body, name, NULL, FALSE);
  g_string_append_c (body, '=');
  g_string_append_uri_escaped (body, text, NULL, FALSE);
}

static char *
encode_form (JsonObject *object,
             gboolean    is_multipart)
{
  GString *body = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = rungs_wire_json_dup_text (value);

      add_part (body, name, text != NULL ? text : "", is_multipart);
    }
  if (is_multipart)
    g_string_append (body, "--" BOUNDARY "--\r\n");
  return g_string_free (body, FALSE);
}

static void
add_headers (RungsRawDelivery *raw,
             JsonObject       *headers)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (headers == NULL)
    return;
  json_object_iter_init (&iter, headers);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = rungs_wire_json_dup_text (value);

      if (text != NULL)
        rungs_raw_delivery_add_header (raw, name, text);
    }
}

RungsRawDelivery *
rungs_web_sample_new (JsonObject *receive,
                      guint       number,
                      const char *path,
                      gint64      now)
{
  JsonArray *samples = rungs_wire_json_array (receive, "samples");
  JsonNode *element = samples != NULL && number < json_array_get_length (samples)
                          ? json_array_get_element (samples, number)
                          : NULL;
  JsonObject *sample = element != NULL && JSON_NODE_HOLDS_OBJECT (element)
                           ? json_node_get_object (element)
                           : NULL;
  const char *type = sample != NULL ? rungs_wire_json_text (sample, "type") : NULL;
  JsonNode *node = sample != NULL ? json_object_get_member (sample, "body") : NULL;
  gboolean is_multipart = g_strcmp0 (type, "multipart/form-data") == 0;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RungsRawDelivery *raw;

  g_return_val_if_fail (path != NULL, NULL);

  if (type == NULL || node == NULL)
    return NULL;
  if (is_multipart || strcmp (type, "application/x-www-form-urlencoded") == 0)
    text = JSON_NODE_HOLDS_OBJECT (node)
               ? encode_form (json_node_get_object (node), is_multipart)
               : NULL;
  else
    text = json_to_string (node, FALSE);
  if (text == NULL)
    return NULL;
  raw = rungs_raw_delivery_new ("POST", path, "", now);
  bytes = g_bytes_new (text, strlen (text));
  rungs_raw_delivery_set_body (raw, bytes);
  rungs_raw_delivery_add_header (
      raw, "Content-Type", is_multipart ? "multipart/form-data; boundary=" BOUNDARY : type);
  add_headers (raw, rungs_wire_json_object (sample, "headers"));
  return raw;
}
