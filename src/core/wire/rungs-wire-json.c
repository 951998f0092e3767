/* rungs-wire-json.c: JSON that comes from outside, and where in it something stands. */

#include "wire/rungs-wire-json.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "wire/rungs-form-data.h"

JsonNode *
rungs_wire_json_read (const char  *bytes,
                      gsize        length,
                      GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  const char *begin;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  text = rungs_form_data_dup_text (bytes, length);
  begin = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  if (!rungs_foreign_json_is_safe (begin, strlen (begin)))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("It is no JSON that can be read: nested too deep, or with comments."));
  else if (!json_parser_load_from_data (parser, begin, -1, NULL))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("It is no JSON that can be read: it is cut off, or something else."));
  else if (json_parser_get_root (parser) == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("It is empty, where JSON should be."));
  else
    return json_parser_steal_root (parser);
  return NULL;
}

/* ---- paths */

/* The name at `at`, which is moved behind it. */
static char *
take_name (const char **at)
{
  const char *begin = *at;

  if (**at == '"')
    {
      begin = ++*at;
      *at += strcspn (*at, "\"");
      return g_strndup (begin, (gsize) ((*at)++ - begin));
    }
  *at += strcspn (*at, ".[");
  return g_strndup (begin, (gsize) (*at - begin));
}

static JsonNode *
get_member (JsonNode   *node,
            const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
           ? json_object_get_member (json_node_get_object (node), name)
           : NULL;
}

/* The element whose member has a value: `choice` is "member=value". */
static JsonNode *
get_chosen (JsonArray  *array,
            const char *choice)
{
  g_auto (GStrv) parts = g_strsplit (choice, "=", 2);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *value = rungs_wire_json_find_text (element, parts[0]);

      if (value != NULL && strcmp (value, parts[1]) == 0)
        return element;
    }
  return NULL;
}

static JsonNode *
get_element (JsonNode   *node,
             const char *choice)
{
  JsonArray *array;
  gint64 place = 0, length;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  if (strchr (choice, '=') != NULL)
    return get_chosen (array, choice);
  length = json_array_get_length (array);
  if (length == 0
      || !g_ascii_string_to_signed (choice, 10, -length, length - 1, &place, NULL))
    return NULL;
  return json_array_get_element (array, (guint) (place < 0 ? place + length : place));
}

JsonNode *
rungs_wire_json_find (JsonNode   *root,
                      const char *path)
{
  JsonNode *node = root;

  g_return_val_if_fail (path != NULL, NULL);

  while (node != NULL && *path != '\0')
    if (*path == '[')
      {
        gsize length = strcspn (++path, "]");
        g_autofree char *choice = g_strndup (path, length);

        path += length + (path[length] == ']' ? 1 : 0);
        node = get_element (node, choice);
      }
    else if (*path == '.')
      path++;
    else
      {
        g_autofree char *name = take_name (&path);

        node = get_member (node, name);
      }
  return node;
}

/* The shortest that is read back as the same number. */
static char *
dup_double (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", number);
  return g_strdup (text);
}

char *
rungs_wire_json_dup_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      return dup_double (json_node_get_double (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return NULL;
    }
}

char *
rungs_wire_json_find_text (JsonNode   *root,
                           const char *path)
{
  return rungs_wire_json_dup_text (rungs_wire_json_find (root, path));
}

/* ---- of files of our own */

const char *
rungs_wire_json_text (JsonObject *object,
                      const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

JsonObject *
rungs_wire_json_object (JsonObject *object,
                        const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
rungs_wire_json_array (JsonObject *object,
                       const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gint64
rungs_wire_json_number (JsonObject *object,
                        const char *member,
                        gint64      otherwise)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : otherwise;
}
