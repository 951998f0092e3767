/* rungs-jmap-json.c: reads JSON that may be anything. */

#include "mail/rungs-jmap-json.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

#define MOST_NESTING 64

/* The parser calls itself for each level: a text of nothing but brackets would exhaust its stack.
 */
static gboolean
is_too_deep (const char *text,
             gsize       length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == '{' || text[i] == '['))
      {
        if (++depth > MOST_NESTING)
          return TRUE;
      }
    else if (!quoted && (text[i] == '}' || text[i] == ']'))
      depth--;
  return FALSE;
}

JsonObject *
rungs_jmap_json_parse (GBytes  *bytes,
                       GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length = 0;
  const char *text;
  JsonNode *root = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length > 0 && g_utf8_validate_len (text, length, NULL) && !is_too_deep (text, length)
      && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_object_ref (json_node_get_object (root));
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the JMAP server says what JMAP does not allow"));
  return NULL;
}

char *
rungs_jmap_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static JsonNode *
get_member (JsonObject  *object,
            const char  *name,
            JsonNodeType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

JsonObject *
rungs_jmap_json_get_object (JsonObject *object,
                            const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
rungs_jmap_json_get_array (JsonObject *object,
                           const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

const char *
rungs_jmap_json_get_text (JsonObject *object,
                          const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

gint64
rungs_jmap_json_get_int (JsonObject *object,
                         const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node)
                                                                         : 0;
}

gboolean
rungs_jmap_json_get_flag (JsonObject *object,
                          const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

guint
rungs_jmap_json_get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

JsonObject *
rungs_jmap_json_get_object_at (JsonArray *array,
                               guint      index)
{
  JsonNode *node
    = index < rungs_jmap_json_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
rungs_jmap_json_get_text_at (JsonArray *array,
                             guint      index)
{
  JsonNode *node
    = index < rungs_jmap_json_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

JsonObject *
rungs_jmap_json_new_set (const char *name)
{
  JsonObject *set = json_object_new ();

  json_object_set_boolean_member (set, name, TRUE);
  return set;
}

JsonArray *
rungs_jmap_json_new_list (const char *first,
                          ...)
{
  JsonArray *list = json_array_new ();
  va_list more;

  va_start (more, first);
  for (const char *text = first; text != NULL; text = va_arg (more, const char *))
    json_array_add_string_element (list, text);
  va_end (more);
  return list;
}
