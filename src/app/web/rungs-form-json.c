/* rungs-form-json.c: single members of what defines a form, by their paths. */

#include "rungs-form-json.h"

#include <stdlib.h>

/* ---- reading */

static JsonNode *
get_child (JsonNode   *node,
           const char *name)
{
  guint place;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (!JSON_NODE_HOLDS_ARRAY (node) || !g_ascii_isdigit (*name))
    return NULL;
  place = (guint) strtoul (name, NULL, 10);
  return place < json_array_get_length (json_node_get_array (node))
           ? json_array_get_element (json_node_get_array (node), place)
           : NULL;
}

JsonNode *
rungs_form_json_find (JsonNode   *root,
                      const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL; i++)
    node = get_child (node, names[i]);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonNode *
find_value (JsonNode   *root,
            const char *path,
            GType       type)
{
  JsonNode *node = rungs_form_json_find (root, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
           ? node
           : NULL;
}

const char *
rungs_form_json_get_text (JsonNode   *root,
                          const char *path)
{
  JsonNode *node = find_value (root, path, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : "";
}

gint64
rungs_form_json_get_number (JsonNode   *root,
                            const char *path,
                            gint64      fallback)
{
  JsonNode *node = find_value (root, path, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

gboolean
rungs_form_json_get_flag (JsonNode   *root,
                          const char *path,
                          gboolean    fallback)
{
  JsonNode *node = find_value (root, path, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

guint
rungs_form_json_count (JsonNode   *root,
                       const char *path)
{
  JsonNode *node = rungs_form_json_find (root, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
           ? json_array_get_length (json_node_get_array (node))
           : 0;
}

/* ---- writing */

static JsonNode *
object_new (void)
{
  return json_node_init_object (json_node_alloc (), json_object_new ());
}

/* Puts `value`, which is taken, there; NULL takes out what is there. */
static void
put_child (JsonNode   *parent,
           const char *name,
           JsonNode   *value)
{
  g_autoptr (JsonNode) taken = value;

  if (JSON_NODE_HOLDS_OBJECT (parent))
    {
      JsonObject *object = json_node_get_object (parent);

      if (taken != NULL)
        json_object_set_member (object, name, g_steal_pointer (&taken));
      else if (json_object_has_member (object, name))
        json_object_remove_member (object, name);
    }
  else if (JSON_NODE_HOLDS_ARRAY (parent) && get_child (parent, name) != NULL)
    {
      guint place = (guint) strtoul (name, NULL, 10);

      json_array_remove_element (json_node_get_array (parent), place);
      if (taken != NULL)
        rungs_form_json_insert (parent, "", place, g_steal_pointer (&taken));
    }
}

/* Puts `value` below `node`, whose names begin with `names`. */
static void
put_below (JsonNode    *node,
           char       **names,
           JsonNode    *value)
{
  JsonNode *child = names[1] != NULL ? get_child (node, names[0]) : NULL;

  if (names[1] == NULL)
    {
      put_child (node, names[0], value);
      return;
    }
  if (child == NULL || JSON_NODE_HOLDS_VALUE (child) || JSON_NODE_HOLDS_NULL (child))
    {
      if (value == NULL)
        return;
      child = object_new ();
      put_child (node, names[0], child);
    }
  put_below (child, names + 1, value);
}

void
rungs_form_json_put (JsonNode   *root,
                     const char *path,
                     JsonNode   *value)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  put_below (root, names, value);
}

/* The list at that path, which is made where there is none; "" is the node itself. */
static JsonNode *
find_list (JsonNode   *root,
           const char *path)
{
  JsonNode *list = *path != '\0' ? rungs_form_json_find (root, path) : root;

  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    return list;
  list = json_node_init_array (json_node_alloc (), json_array_new ());
  rungs_form_json_put (root, path, list);
  return rungs_form_json_find (root, path);
}

void
rungs_form_json_insert (JsonNode   *root,
                        const char *path,
                        guint       place,
                        JsonNode   *value)
{
  JsonNode *list = find_list (root, path);
  JsonArray *before = json_node_get_array (list);
  g_autoptr (JsonArray) after = json_array_new ();
  guint n = json_array_get_length (before);

  for (guint i = 0; i <= n; i++)
    {
      if (i == MIN (place, n))
        json_array_add_element (after, value);
      if (i < n)
        json_array_add_element (after, json_array_dup_element (before, i));
    }
  json_node_set_array (list, after);
}

void
rungs_form_json_move (JsonNode   *root,
                      const char *path,
                      guint       from,
                      guint       to)
{
  JsonNode *list = find_list (root, path);
  JsonNode *moved;

  if (from == to || from >= json_array_get_length (json_node_get_array (list)))
    return;
  moved = json_array_dup_element (json_node_get_array (list), from);
  json_array_remove_element (json_node_get_array (list), from);
  rungs_form_json_insert (list, "", to, moved);
}

JsonNode *
rungs_form_json_copy (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

/* ---- values */

JsonNode *
rungs_form_json_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
rungs_form_json_number (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

JsonNode *
rungs_form_json_flag (gboolean flag)
{
  return json_node_init_boolean (json_node_alloc (), flag);
}
