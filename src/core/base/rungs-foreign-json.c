/* rungs-foreign-json.c: JSON that somebody else wrote. */

#include "base/rungs-foreign-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/rungs-error.h"

gboolean
rungs_foreign_json_is_safe (const char *bytes,
                            gsize       length)
{
  gboolean in_text = FALSE;
  guint depth = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  for (gsize i = 0; i < length; i++)
    if (in_text && bytes[i] == '\\')
      i++;
    else if (bytes[i] == '"')
      in_text = !in_text;
    else if (in_text)
      continue;
    else if ((bytes[i] == '[' || bytes[i] == '{') && ++depth <= RUNGS_FOREIGN_JSON_DEPTH)
      continue;
    else if ((bytes[i] == ']' || bytes[i] == '}') && depth > 0)
      depth--;
    else if (!g_ascii_isalnum (bytes[i])
             && (bytes[i] == '\0' || strchr (" \t\r\n:,+-.", bytes[i]) == NULL))
      return FALSE;
  return TRUE;
}

JsonObject *
rungs_foreign_json_parse (const char *bytes,
                          gsize       length,
                          GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (length <= G_MAXSSIZE && g_utf8_validate_len (bytes, length, NULL)
      && rungs_foreign_json_is_safe (bytes, length)
      && json_parser_load_from_data (parser, bytes, (gssize) length, NULL)
      && (root = json_parser_get_root (parser)) != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("this is no object in JSON"));
  return NULL;
}

static JsonNode *
find_value (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
rungs_foreign_json_get_text (JsonObject *object,
                             const char *member)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = find_value (object, member);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

gint64
rungs_foreign_json_get_number (JsonObject *object,
                               const char *member,
                               gint64      fallback)
{
  JsonNode *node;
  gint64 number;

  g_return_val_if_fail (object != NULL && member != NULL, fallback);

  node = find_value (object, member);
  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE
      && fabs (json_node_get_double (node)) < 9007199254740992.0)
    return (gint64) json_node_get_double (node);
  if (json_node_get_value_type (node) == G_TYPE_STRING
      && g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, &number,
                                   NULL))
    return number;
  return fallback;
}
