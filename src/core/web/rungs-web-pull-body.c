/* rungs-web-pull-body.c: what an item of a provider's answer becomes.
 *
 * The nodes of the file are read only: they belong to all threads. Those of the answer are ours. */

#include "web/rungs-web-pull-body.h"

#include <string.h>

#include "web/rungs-web-reader.h"
#include "wire/rungs-wire-json.h"

#define MOST_DEPTH 16

typedef struct _Filling Filling;

/* One item, or one element of a list in it. */
struct _Filling
{
  const RungsWebPullBody *body;
  JsonNode *whole;
  JsonNode *element;
  JsonNode *(*fill) (const Filling *self,
                     JsonNode      *node,
                     guint          depth);
};

/* ---- the body */

static JsonNode *
copy_found (JsonNode   *root,
            const char *path)
{
  JsonNode *found = root != NULL && path != NULL ? rungs_wire_json_find (root, path) : NULL;

  return found != NULL ? json_node_copy (found) : NULL;
}

static JsonNode *
fill_with (const Filling *self,
           JsonArray     *parts,
           guint          depth)
{
  JsonNode *whole = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (whole, object);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      g_autoptr (JsonNode) part = self->fill (self, json_array_get_element (parts, i), depth + 1);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      if (part == NULL || !JSON_NODE_HOLDS_OBJECT (part))
        continue;
      json_object_iter_init (&iter, json_node_get_object (part));
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (object, name, json_node_copy (value));
    }
  return whole;
}

static JsonNode *
fill_object (const Filling *self,
             JsonObject    *object,
             guint          depth)
{
  const struct
  {
    const char *word;
    JsonNode *root;
  } roots[] = { { "$item", self->element },
                { "$whole", self->whole },
                { "$page", self->body->page },
                { "$about", self->body->about } };
  JsonNode *filled;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (json_object_has_member (object, roots[i].word))
      return copy_found (roots[i].root, rungs_wire_json_text (object, roots[i].word));
  if (rungs_wire_json_array (object, "$with") != NULL)
    return fill_with (self, rungs_wire_json_array (object, "$with"), depth);
  filled = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (filled, json_object_new ());
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *member = self->fill (self, value, depth + 1);

      if (member != NULL)
        json_object_set_member (json_node_get_object (filled), name, member);
    }
  return filled;
}

static JsonNode *
fill_array (const Filling *self,
            JsonArray     *array,
            guint          depth)
{
  JsonNode *filled = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (filled, json_array_new ());
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = self->fill (self, json_array_get_element (array, i), depth + 1);

      if (element != NULL)
        json_array_add_element (json_node_get_array (filled), element);
    }
  return filled;
}

/* Not json_node_copy(), which counts references, and not atomically. NULL: it is left out. */
static JsonNode *
fill_any (const Filling *self,
          JsonNode      *node,
          guint          depth)
{
  g_autofree char *text = NULL;

  if (depth > MOST_DEPTH)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return fill_object (self, json_node_get_object (node), depth);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return fill_array (self, json_node_get_array (node), depth);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return rungs_blanks_fill_json (self->body->blanks, node);
  text = rungs_blanks_fill_text (self->body->blanks, json_node_get_string (node));
  return json_node_init_string (json_node_alloc (), text);
}

/* ---- deliveries */

static RungsRawDelivery *
new_delivery (const RungsWebPullBody *self,
              JsonNode               *body)
{
  g_autofree char *text = json_to_string (body, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  RungsRawDelivery *raw = rungs_raw_delivery_new ("PULL", self->path, "", self->now);

  rungs_raw_delivery_add_header (raw, "Content-Type", "application/json");
  rungs_raw_delivery_set_body (raw, bytes);
  return raw;
}

static void
add_headers (const RungsWebPullBody *self,
             JsonObject             *headers,
             RungsRawDelivery       *raw)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (headers == NULL)
    return;
  json_object_iter_init (&iter, headers);
  while (json_object_iter_next (&iter, &name, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
      {
        g_autofree char *text = rungs_blanks_fill_text (self->blanks, json_node_get_string (value));

        rungs_raw_delivery_add_header (raw, name, text);
      }
}

static void
add_one (const RungsWebPullBody *self,
         JsonObject             *rule,
         JsonNode               *whole,
         JsonNode               *element,
         GPtrArray              *deliveries)
{
  Filling filling = { self, whole, element, fill_any };
  JsonNode *template = json_object_get_member (rule, "body");
  g_autoptr (JsonNode) body = template != NULL ? fill_any (&filling, template, 0)
                                               : json_node_copy (element);
  RungsRawDelivery *raw;

  if (body == NULL)
    return;
  raw = new_delivery (self, body);
  add_headers (self, rungs_wire_json_object (rule, "headers"), raw);
  g_ptr_array_add (deliveries, raw);
}

static void
add_rule (const RungsWebPullBody *self,
          JsonObject             *rule,
          JsonNode               *item,
          GPtrArray              *deliveries)
{
  g_autoptr (RungsRawDelivery) raw = new_delivery (self, item);
  g_autoptr (RungsWebReader) reader = rungs_web_reader_new (self->question, raw, NULL);
  const char *each = rungs_wire_json_text (rule, "each");
  JsonNode *list = each != NULL ? rungs_wire_json_find (item, each) : NULL;
  JsonArray *elements = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                     : NULL;

  if (reader == NULL || !rungs_web_reader_holds (reader, rungs_wire_json_object (rule, "if")))
    return;
  if (each == NULL)
    add_one (self, rule, item, item, deliveries);
  for (guint i = 0; elements != NULL && i < json_array_get_length (elements); i++)
    add_one (self, rule, item, json_array_get_element (elements, i), deliveries);
}

void
rungs_web_pull_body_add (const RungsWebPullBody *self,
                         JsonNode               *item,
                         GPtrArray              *deliveries)
{
  JsonArray *rules;

  g_return_if_fail (self != NULL && item != NULL && deliveries != NULL);

  rules = rungs_wire_json_array (self->question, "deliveries");
  if (rules == NULL)
    g_ptr_array_add (deliveries, new_delivery (self, item));
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (rules, i)))
      add_rule (self, json_array_get_object_element (rules, i), item, deliveries);
}
