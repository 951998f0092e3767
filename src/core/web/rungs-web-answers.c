/* rungs-web-answers.c: the questions and answers of a form that was sent.
 *
 * A value may be a text, a number, yes or no; a list of them, which is parted by "; "; an object
 * with "label" or "labels", of a choice; or an object of parts ({"first": "Ann", "last": "Lee"}),
 * of which each becomes an answer of its own, whose key is that of the question with the part
 * behind it. */

#include "web/rungs-web-answers.h"

#include <string.h>

#include "wire/rungs-wire-json.h"

#define MOST_ANSWERS 1000
#define MOST_DEPTH 4

typedef struct
{
  RungsWebReader *reader;
  JsonObject *rule;
  GPtrArray *answers;
  GRegex *strip; /* (nullable) */
} Reading;

void
rungs_web_answer_free (RungsWebAnswer *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

static void
add (const Reading *self,
     const char    *key,
     const char    *label,
     const char    *value)
{
  RungsWebAnswer *answer;

  if (value == NULL || *value == '\0' || self->answers->len >= MOST_ANSWERS)
    return;
  answer = g_new0 (RungsWebAnswer, 1);
  answer->key = g_strdup (key);
  answer->label = g_strdup (label != NULL && *label != '\0' ? label : key);
  answer->value = g_strstrip (g_strdup (value));
  g_ptr_array_add (self->answers, answer);
}

/* ---- values */

/* What an id among the options of the question is called. */
static char *
dup_option (const Reading *self,
            const char    *id)
{
  JsonObject *options = rungs_wire_json_object (self->rule, "options");
  const char *list_path = rungs_wire_json_text (options, "list");
  const char *id_path = rungs_wire_json_text (options, "id");
  const char *label_path = rungs_wire_json_text (options, "label");
  JsonNode *list = list_path != NULL ? rungs_web_reader_find (self->reader, list_path) : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;

  for (guint i = 0; array && id_path && label_path && i < json_array_get_length (array); i++)
    {
      JsonNode *option = json_array_get_element (array, i);
      g_autofree char *key = rungs_wire_json_find_text (option, id_path);

      if (g_strcmp0 (key, id) == 0)
        return rungs_wire_json_find_text (option, label_path);
    }
  return NULL;
}

/* One that is no list and no object. */
static char *
dup_plain (const Reading *self,
           JsonNode      *node)
{
  g_autofree char *text = rungs_wire_json_dup_text (node);
  char *option = text != NULL ? dup_option (self, text) : NULL;

  return option != NULL ? option : g_steal_pointer (&text);
}

static char *
dup_label (JsonNode *node)
{
  char *label = rungs_wire_json_find_text (node, "label");

  return label != NULL ? label : rungs_wire_json_find_text (node, "other");
}

static char *
dup_list (const Reading *self,
          JsonArray     *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array) && i < MOST_ANSWERS; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *one
          = JSON_NODE_HOLDS_OBJECT (element) ? dup_label (element) : dup_plain (self, element);

      if (one != NULL && *one != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The text of an object that is a choice. Returns: (transfer full) (nullable). */
static char *
dup_choice (const Reading *self,
            JsonNode      *node)
{
  JsonNode *labels = rungs_wire_json_find (node, "labels");

  return labels != NULL && JSON_NODE_HOLDS_ARRAY (labels)
           ? dup_list (self, json_node_get_array (labels))
           : dup_label (node);
}

static void
add_value (const Reading *self,
           const char    *key,
           const char    *label,
           JsonNode      *node,
           guint          depth)
{
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *part;
  JsonNode *value;

  if (node == NULL || depth > MOST_DEPTH)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node))
    text = dup_list (self, json_node_get_array (node));
  else
    text = JSON_NODE_HOLDS_OBJECT (node) ? dup_choice (self, node) : dup_plain (self, node);
  add (self, key, label, text);
  if (text != NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &part, &value))
    {
      g_autofree char *whole = g_strdup_printf ("%s.%s", key, part);

      add_value (self, whole, whole, value, depth + 1);
    }
}

/* ---- objects */

static gboolean
is_skipped (const Reading *self,
            const char    *name)
{
  JsonArray *skip = rungs_wire_json_array (self->rule, "skip");

  for (guint i = 0; skip != NULL && i < json_array_get_length (skip); i++)
    if (g_strcmp0 (json_array_get_string_element (skip, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* "fields[email][value]", "form_fields[email]" are "email". */
static char *
dup_bare (const char *name)
{
  const char *open = strchr (name, '[');
  gsize length;

  if (open == NULL || !g_str_has_suffix (name, "]"))
    return g_strdup (name);
  length = strcspn (open + 1, "]");
  return length > 0 ? g_strndup (open + 1, length) : g_strdup (name);
}

static gboolean
is_about_field (const char *name)
{
  return g_str_has_suffix (name, "[id]") || g_str_has_suffix (name, "[type]")
         || g_str_has_suffix (name, "[title]") || g_str_has_suffix (name, "[raw_value]")
         || g_str_has_suffix (name, "[required]");
}

static void
read_object (const Reading *self,
             JsonObject    *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *stripped
          = self->strip != NULL ? g_regex_replace_literal (self->strip, name, -1, 0, "", 0, NULL)
                                : NULL;
      g_autofree char *bare = dup_bare (stripped != NULL ? stripped : name);

      if (!is_skipped (self, name) && !is_skipped (self, bare) && !is_about_field (name))
        add_value (self, bare, bare, value, 0);
    }
}

/* ---- lists */

/* What another list calls the question of the element. */
static char *
dup_label_of (const Reading *self,
              JsonNode      *element)
{
  JsonObject *labels = rungs_wire_json_object (self->rule, "labels");
  const char *of = rungs_wire_json_text (labels, "of");
  const char *id = rungs_wire_json_text (labels, "id");
  const char *label = rungs_wire_json_text (labels, "label");
  const char *path = rungs_wire_json_text (labels, "list");
  g_autofree char *wanted = of != NULL ? rungs_wire_json_find_text (element, of) : NULL;
  JsonNode *list = path != NULL ? rungs_web_reader_find (self->reader, path) : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;

  for (guint i = 0; array && wanted && id && label && i < json_array_get_length (array); i++)
    {
      JsonNode *question = json_array_get_element (array, i);
      g_autofree char *key = rungs_wire_json_find_text (question, id);

      if (g_strcmp0 (key, wanted) == 0)
        return rungs_wire_json_find_text (question, label);
    }
  return NULL;
}

/* The first of "value" that is there, or the member that "named" names. */
static JsonNode *
find_value (const Reading *self,
            JsonNode      *element)
{
  const char *named = rungs_wire_json_text (self->rule, "named");
  JsonArray *paths = rungs_wire_json_array (self->rule, "value");
  g_autofree char *member = named != NULL ? rungs_wire_json_find_text (element, named) : NULL;

  if (member != NULL && JSON_NODE_HOLDS_OBJECT (element))
    return json_object_get_member (json_node_get_object (element), member);
  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      const char *path = json_array_get_string_element (paths, i);
      JsonNode *found = path != NULL ? rungs_wire_json_find (element, path) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
read_element (const Reading *self,
              JsonNode      *element)
{
  g_autofree char *key = NULL;
  g_autofree char *label = NULL;
  JsonNode *value = find_value (self, element);
  JsonNode *options;

  rungs_web_reader_enter (self->reader, element);
  key = rungs_web_reader_read_member (self->reader, self->rule, "key");
  label = rungs_web_reader_read_member (self->reader, self->rule, "label");
  rungs_web_reader_enter (self->reader, NULL);
  if (label == NULL)
    label = dup_label_of (self, element);
  /* The options stand in the element. */
  options = json_object_get_member (self->rule, "options");
  if (options != NULL)
    rungs_web_reader_enter (self->reader, element);
  if (key != NULL || label != NULL)
    add_value (self, key != NULL ? key : label, label, value, 0);
  rungs_web_reader_enter (self->reader, NULL);
}

/* A list whose elements have names. */
static void
read_members (const Reading *self,
              JsonObject    *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    read_element (self, value);
}

static void
read_rule (Reading *self)
{
  const char *object = rungs_wire_json_text (self->rule, "object");
  const char *list = rungs_wire_json_text (self->rule, "list");
  const char *strip = rungs_wire_json_text (self->rule, "strip");
  JsonNode *node = NULL;

  if (object != NULL || list != NULL)
    node = rungs_web_reader_find (self->reader, object != NULL ? object : list);
  if (node == NULL)
    return;
  self->strip = strip != NULL ? g_regex_new (strip, 0, 0, NULL) : NULL;
  if (object != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_object (self, json_node_get_object (node));
  else if (list != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_members (self, json_node_get_object (node));
  else if (list != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      read_element (self, json_array_get_element (json_node_get_array (node), i));
  g_clear_pointer (&self->strip, g_regex_unref);
}

void
rungs_web_answers_read (RungsWebReader *reader,
                        JsonArray      *rules,
                        GPtrArray      *answers)
{
  g_return_if_fail (reader != NULL && answers != NULL);

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    {
      JsonNode *node = json_array_get_element (rules, i);
      Reading reading = { reader, NULL, answers, NULL };

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      reading.rule = json_node_get_object (node);
      read_rule (&reading);
    }
}
