/* rungs-blanks.c: texts, addresses and JSON in which blanks are filled in. */

#include "wire/rungs-blanks.h"

#include <string.h>

struct _RungsBlanks
{
  const RungsBlanks *around; /* (unowned) (nullable): of the list in which it is an item */
  GHashTable *values;        /* (owned): name → text */
  GHashTable *lists;         /* (owned): name → GPtrArray of RungsBlanks */
};

static RungsBlanks *
new_within (const RungsBlanks *around)
{
  RungsBlanks *self = g_new0 (RungsBlanks, 1);

  self->around = around;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  return self;
}

RungsBlanks *
rungs_blanks_new (void)
{
  return new_within (NULL);
}

void
rungs_blanks_free (RungsBlanks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->lists);
  g_free (self);
}

void
rungs_blanks_set (RungsBlanks *self,
                  const char  *name,
                  const char  *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  g_hash_table_insert (self->values, g_strdup (name), g_strdup (value ? value : ""));
}

void
rungs_blanks_set_all (RungsBlanks *self,
                      JsonObject  *values)
{
  g_autoptr (GList) names = NULL;

  g_return_if_fail (self != NULL && values != NULL);

  names = json_object_get_members (values);
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = json_object_get_member (values, name->data);
      g_autofree char *text = NULL;

      if (!JSON_NODE_HOLDS_VALUE (node))
        continue;
      text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                               : json_to_string (node, FALSE);
      rungs_blanks_set (self, name->data, text);
    }
}

RungsBlanks *
rungs_blanks_add_item (RungsBlanks *self,
                       const char  *list)
{
  GPtrArray *items;
  RungsBlanks *item;

  g_return_val_if_fail (self != NULL && list != NULL, NULL);

  items = g_hash_table_lookup (self->lists, list);
  if (items == NULL)
    {
      items = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_blanks_free);
      g_hash_table_insert (self->lists, g_strdup (list), items);
    }
  item = new_within (self);
  g_ptr_array_add (items, item);
  return item;
}

const char *
rungs_blanks_get (const RungsBlanks *self,
                  const char        *name)
{
  const char *value;

  g_return_val_if_fail (self != NULL && name != NULL, "");

  value = g_hash_table_lookup (self->values, name);
  if (value == NULL && self->around != NULL)
    return rungs_blanks_get (self->around, name);
  return value != NULL ? value : "";
}

/* ---- texts */

/* The length of the name at `text`, which is behind a {; 0: it is no blank. */
static gsize
measure_name (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_");

  return text[length] == '}' ? length : 0;
}

typedef void (*Append) (GString    *out,
                        const char *value);

static void
append_plain (GString    *out,
              const char *value)
{
  g_string_append (out, value);
}

static void
append_escaped (GString    *out,
                const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append (out, escaped);
}

/* `has_words` (out) (optional): something stands there besides blanks. */
static char *
fill (const RungsBlanks *self,
      const char        *text,
      Append             append,
      gboolean          *has_words)
{
  GString *out = g_string_new (NULL);
  gboolean words = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = *p == '{' ? measure_name (p + 1) : 0;

      if (length > 0)
        {
          g_autofree char *name = g_strndup (p + 1, length);

          append (out, rungs_blanks_get (self, name));
          p += length + 2;
          continue;
        }
      words = TRUE;
      g_string_append_c (out, *p++);
    }
  if (has_words != NULL)
    *has_words = words;
  return g_string_free (out, FALSE);
}

char *
rungs_blanks_fill_text (const RungsBlanks *self,
                        const char        *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  return fill (self, text, append_plain, NULL);
}

char *
rungs_blanks_fill_address (const RungsBlanks *self,
                           const char        *address)
{
  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  return fill (self, address, append_escaped, NULL);
}

/* ---- JSON */

/* An array or object in progress; NULL members are what was left out. */
typedef JsonNode *(*FillNode) (const RungsBlanks *self,
                               JsonNode          *node,
                               gpointer           fill_node);

static GPtrArray *
get_items (const RungsBlanks *self,
           const char        *list)
{
  for (; self != NULL; self = self->around)
    {
      GPtrArray *items = g_hash_table_lookup (self->lists, list);

      if (items != NULL)
        return items;
    }
  return NULL;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = NULL;

  if (json_array_get_length (array) > 0)
    node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  return node;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = NULL;

  if (json_object_get_size (object) > 0)
    node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

static void
add_element (JsonArray *array,
             JsonNode  *element)
{
  if (element != NULL)
    json_array_add_element (array, element);
}

/* Adds all members of an object to another one. */
static void
add_members (JsonObject *object,
             JsonNode   *node)
{
  g_autoptr (GList) members = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  members = json_object_get_members (json_node_get_object (node));
  for (GList *item = members; item != NULL; item = item->next)
    json_object_set_member (
      object, item->data,
      json_node_copy (json_object_get_member (json_node_get_object (node), item->data)));
}

static gboolean
is_each (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node)
         && json_object_has_member (json_node_get_object (node), "$each");
}

static JsonNode *
fill_each (const RungsBlanks *self,
           JsonObject        *object,
           FillNode           fill_node)
{
  GPtrArray *items = get_items (self, json_object_get_string_member (object, "$each"));
  JsonNode *as = json_object_get_member (object, "$as");
  JsonArray *array = json_array_new ();

  for (guint i = 0; items != NULL && as != NULL && i < items->len; i++)
    add_element (array, fill_node (items->pdata[i], as, fill_node));
  return take_array (array);
}

static JsonNode *
fill_map (const RungsBlanks *self,
          JsonObject        *object,
          FillNode           fill_node)
{
  GPtrArray *items = get_items (self, json_object_get_string_member (object, "$map"));
  const char *name = json_object_get_string_member_with_default (object, "$name", "");
  JsonNode *value = json_object_get_member (object, "$value");
  JsonNode *more = json_object_get_member (object, "$and");
  g_autoptr (JsonNode) filled_more = more ? fill_node (self, more, fill_node) : NULL;
  JsonObject *map = json_object_new ();

  for (guint i = 0; items != NULL && value != NULL && i < items->len; i++)
    {
      g_autofree char *member = rungs_blanks_fill_text (items->pdata[i], name);
      JsonNode *filled = fill_node (items->pdata[i], value, fill_node);

      if (filled != NULL)
        json_object_set_member (map, member, filled);
    }
  add_members (map, filled_more);
  return take_object (map);
}

static JsonNode *
fill_object (const RungsBlanks *self,
             JsonObject        *object,
             FillNode           fill_node)
{
  g_autoptr (GList) members = json_object_get_members (object);
  const char *only_if = json_object_get_string_member_with_default (object, "$if", NULL);
  JsonObject *filled = json_object_new ();

  for (GList *item = members; item != NULL; item = item->next)
    {
      const char *member = item->data;
      JsonNode *value;

      if (*member == '$' || (only_if != NULL && *rungs_blanks_get (self, only_if) == '\0'))
        continue;
      value = fill_node (self, json_object_get_member (object, member), fill_node);
      if (value != NULL)
        json_object_set_member (filled, member, value);
    }
  return take_object (filled);
}

static JsonNode *
fill_array (const RungsBlanks *self,
            JsonArray         *array,
            FillNode           fill_node)
{
  JsonArray *filled = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonNode *one = fill_node (self, element, fill_node);
      JsonArray *several = one != NULL && is_each (element) ? json_node_get_array (one) : NULL;

      for (guint j = 0; several != NULL && j < json_array_get_length (several); j++)
        json_array_add_element (filled, json_array_dup_element (several, j));
      if (several != NULL)
        json_node_unref (one);
      else
        add_element (filled, one);
    }
  return take_array (filled);
}

static JsonNode *
fill_string (const RungsBlanks *self,
             const char        *text)
{
  gboolean has_words = FALSE;
  g_autofree char *filled = fill (self, text, append_plain, &has_words);

  if (*filled == '\0' && !has_words && *text != '\0')
    return NULL;
  return json_node_init_string (json_node_alloc (), filled);
}

/* Not json_node_copy(): that counts references of the value, and not atomically; the node may be of
 * a file that several threads read. */
static JsonNode *
copy_value (JsonNode *node)
{
  JsonNode *copy = json_node_alloc ();

  if (!JSON_NODE_HOLDS_VALUE (node))
    return json_node_init_null (copy);
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      return json_node_init_int (copy, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      return json_node_init_double (copy, json_node_get_double (node));
    default:
      return json_node_init_boolean (copy, json_node_get_boolean (node));
    }
}

/* NULL: it is left out. `again` is this function itself. */
static JsonNode *
fill_any (const RungsBlanks *self,
          JsonNode          *node,
          gpointer           again)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return fill_array (self, json_node_get_array (node), (FillNode) again);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if (json_object_has_member (object, "$each"))
        return fill_each (self, object, (FillNode) again);
      if (json_object_has_member (object, "$map"))
        return fill_map (self, object, (FillNode) again);
      return fill_object (self, object, (FillNode) again);
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return fill_string (self, json_node_get_string (node));
  return copy_value (node);
}

JsonNode *
rungs_blanks_fill_json (const RungsBlanks *self,
                        JsonNode          *node)
{
  JsonNode *filled;

  g_return_val_if_fail (self != NULL && node != NULL, NULL);

  filled = fill_any (self, node, (gpointer) fill_any);
  if (filled != NULL)
    return filled;
  filled = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (filled, json_object_new ());
  return filled;
}
