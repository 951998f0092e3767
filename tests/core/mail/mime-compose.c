/* mime-compose.c: composes the cases of a file, for mime-compare.js to read with mailparser.
 *
 * mime-compose CASES.json prints an array: a message in base64, or null where it was refused. */

#include <json-glib/json-glib.h>
#include <stdio.h>

#include "mail/rungs-mime.h"

#define NOW G_GINT64_CONSTANT (1795253400000) /* 2026-11-21T09:30:00Z */

static const char *
get (JsonObject *object,
     const char *name,
     const char *otherwise)
{
  return json_object_get_string_member_with_default (object, name, otherwise);
}

static char *
repeat (const char *text,
        gint64      n)
{
  GString *repeated = g_string_new (NULL);

  for (gint64 i = 0; text != NULL && i < n; i++)
    g_string_append (repeated, text);
  return g_string_free (repeated, FALSE);
}

/* The pictures of a case: content_id, media_type, name, and data in base64. */
static GArray *
read_pictures (JsonObject *object)
{
  JsonArray *array = json_object_has_member (object, "pictures")
                         ? json_object_get_array_member (object, "pictures")
                         : NULL;
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (RungsMimePicture));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *picture = json_array_get_object_element (array, i);
      gsize size;
      guchar *data = g_base64_decode (get (picture, "data", ""), &size);
      const RungsMimePicture part = { get (picture, "content_id", ""),
                                      get (picture, "media_type", ""), get (picture, "name", ""),
                                      g_bytes_new_take (data, size) };

      g_array_append_val (pictures, part);
    }
  return pictures;
}

static GBytes *
compose (JsonObject *object)
{
  g_autoptr (GArray) pictures = read_pictures (object);
  gint64 n = json_object_get_int_member_with_default (object, "repeat", 1);
  gint64 n_subjects = json_object_get_int_member_with_default (object, "repeat_subject", 1);
  g_autofree char *text = repeat (get (object, "text", NULL), n);
  g_autofree char *html = repeat (get (object, "html", NULL), n);
  g_autofree char *subject = repeat (get (object, "subject", NULL), n_subjects);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  const RungsMime mime = {
    .from_name = get (object, "from_name", "Shop"),
    .from_email = "shop@example.com",
    .to_name = get (object, "to_name", ""),
    .to_email = get (object, "to_email", ""),
    .reply_to = get (object, "reply_to", ""),
    .subject = subject,
    .text = text,
    .html = json_object_has_member (object, "html") ? html : NULL,
    .pictures = (const RungsMimePicture *) pictures->data,
    .n_pictures = pictures->len,
    .message_id = get (object, "message_id", "abc.1@example.com"),
    .date = NOW,
    .zone = zone,
    .unsubscribe = get (object, "unsubscribe", NULL),
    .unsubscribe_web = get (object, "unsubscribe_web", NULL),
    .list_name = get (object, "list_name", NULL),
    .list_id = get (object, "list_id", NULL),
  };

  return rungs_mime_compose (&mime, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonArray) messages = json_array_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *printed = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  if (argc != 2 || !json_parser_load_from_file (parser, argv[1], &error))
    g_error ("%s", error ? error->message : "usage: mime-compose CASES.json");

  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      g_autoptr (GBytes) bytes = compose (json_array_get_object_element (cases, i));
      g_autofree char *encoded = NULL;

      if (bytes == NULL)
        {
          json_array_add_null_element (messages);
          continue;
        }
      encoded = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      json_array_add_string_element (messages, encoded);
    }
  json_node_set_array (root, messages);
  printed = json_to_string (root, FALSE);
  puts (printed);
  return 0;
}
