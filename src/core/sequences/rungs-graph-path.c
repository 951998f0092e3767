/* rungs-graph-path.c: single members of a graph's JSON text, by their paths. */

#include "sequences/rungs-graph-path.h"

#include <stdlib.h>
#include <string.h>

#include "sequences/rungs-graph-text.h"

/* ---- reading */

/* What stands at that name, or place, of the node. */
static JsonNode *
get_child (JsonNode   *node,
           const char *name)
{
  JsonArray *list;
  guint place;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (!JSON_NODE_HOLDS_ARRAY (node) || !g_ascii_isdigit (*name))
    return NULL;
  list = json_node_get_array (node);
  place = (guint) strtoul (name, NULL, 10);
  return place < json_array_get_length (list) ? json_array_get_element (list, place) : NULL;
}

/* Lent by the text. */
static JsonNode *
find_node (RungsGraphText *text,
           const char     *id,
           const char     *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = id ? json_object_get_member (text->steps, id) : text->root;

  for (guint i = 0; names[i] != NULL; i++)
    node = get_child (node, names[i]);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/* Returns: (transfer full) (nullable): a copy. */
static JsonNode *
read_node (const char *json,
           const char *id,
           const char *path)
{
  g_autoptr (RungsGraphText) text = rungs_graph_text_open (json, NULL);
  JsonNode *node = text ? find_node (text, id, path) : NULL;

  return node ? json_node_ref (node) : NULL;
}

char *
rungs_graph_path_get (const char *json,
                      const char *id,
                      const char *path)
{
  g_autoptr (JsonNode) node = read_node (json, id, path);

  return node ? json_to_string (node, FALSE) : NULL;
}

char *
rungs_graph_path_get_text (const char *json,
                           const char *id,
                           const char *path)
{
  g_autoptr (JsonNode) node = read_node (json, id, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node)
           : NULL;
}

gint64
rungs_graph_path_get_number (const char *json,
                             const char *id,
                             const char *path,
                             gint64      fallback)
{
  g_autoptr (JsonNode) node = read_node (json, id, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : fallback;
}

guint
rungs_graph_path_count (const char *json,
                        const char *id,
                        const char *path)
{
  g_autoptr (JsonNode) node = read_node (json, id, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
           ? json_array_get_length (json_node_get_array (node))
           : 0;
}

/* ---- writing */

/* An empty list where a place in it is meant next, else an object. */
static JsonNode *
make_container (const char *next)
{
  JsonNode *node = json_node_new (g_ascii_isdigit (*next) ? JSON_NODE_ARRAY : JSON_NODE_OBJECT);

  if (g_ascii_isdigit (*next))
    json_node_take_array (node, json_array_new ());
  else
    json_node_take_object (node, json_object_new ());
  return node;
}

/* Puts `value`, which is taken, there; NULL takes out what is there. */
static void
put_child (JsonNode   *parent,
           const char *name,
           JsonNode   *value)
{
  JsonArray *list;
  guint place;

  if (JSON_NODE_HOLDS_OBJECT (parent))
    {
      JsonObject *object = json_node_get_object (parent);

      if (value != NULL)
        json_object_set_member (object, name, value);
      else if (json_object_has_member (object, name))
        json_object_remove_member (object, name);
      return;
    }
  list = json_node_get_array (parent);
  place = (guint) strtoul (name, NULL, 10);
  if (place < json_array_get_length (list))
    json_array_remove_element (list, place);
  else
    place = json_array_get_length (list);
  if (value == NULL)
    return;
  json_array_add_element (list, value);
  for (guint i = place; i + 1 < json_array_get_length (list); i++)
    {
      g_autoptr (JsonNode) next = json_node_ref (json_array_get_element (list, place));

      json_array_remove_element (list, place);
      json_array_add_element (list, g_steal_pointer (&next));
    }
}

static gboolean
is_container (JsonNode *node)
{
  return node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node));
}

static void
put (JsonNode   *root,
     const char *path,
     JsonNode   *value)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *parent = root;

  for (guint i = 0; names[i + 1] != NULL; i++)
    {
      if (!is_container (get_child (parent, names[i])))
        {
          if (value == NULL)
            return;
          put_child (parent, names[i], make_container (names[i + 1]));
        }
      parent = get_child (parent, names[i]);
    }
  put_child (parent, names[g_strv_length (names) - 1], value);
}

char *
rungs_graph_path_set (const char  *json,
                      const char  *id,
                      const char  *path,
                      const char  *value,
                      GError     **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *whole = id ? rungs_graph_edit_get (json, id, error) : g_strdup (json);
  g_autofree char *edited = NULL;

  if (whole == NULL || (root = rungs_graph_text_parse_object (whole, error)) == NULL
      || (value != NULL && (node = json_from_string (value, error)) == NULL))
    return NULL;
  put (root, path, g_steal_pointer (&node));
  edited = json_to_string (root, FALSE);
  return id ? rungs_graph_edit_set (json, id, edited, error) : g_steal_pointer (&edited);
}

char *
rungs_graph_path_quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return json_to_string (node, FALSE);
}
