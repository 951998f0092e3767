/* rungs-web-reader.c: what stands in a delivery. */

#include "web/rungs-web-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-import-date.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-wire-json.h"

#define LONGEST_KEY 500

struct _RungsWebReader
{
  const RungsRawDelivery *delivery; /* (unowned) */
  JsonNode *whole;                  /* (owned) */
  JsonNode *inside;                 /* (owned) (nullable) the JSON that a member of it holds */
  JsonNode *fetched;                /* (owned) (nullable) what was asked for besides */
  JsonNode *element;                /* (unowned) (nullable) */
};

void
rungs_web_reader_free (RungsWebReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->whole, json_node_unref);
  g_clear_pointer (&self->inside, json_node_unref);
  g_clear_pointer (&self->fetched, json_node_unref);
  g_free (self);
}

/* ---- the body */

/* A name that comes twice has an array. */
static void
add_field (JsonObject           *object,
           const RungsFormField *field)
{
  JsonNode *before = json_object_get_member (object, field->name);
  JsonArray *array;

  if (before == NULL)
    json_object_set_string_member (object, field->name, field->value);
  else if (JSON_NODE_HOLDS_ARRAY (before))
    json_array_add_string_element (json_node_get_array (before), field->value);
  else
    {
      array = json_array_new ();
      json_array_add_string_element (array, json_node_get_string (before));
      json_array_add_string_element (array, field->value);
      json_object_set_array_member (object, field->name, array);
    }
}

static JsonNode *
read_form (GPtrArray *fields)
{
  JsonObject *object;
  JsonNode *node;

  if (fields == NULL)
    return NULL;
  object = json_object_new ();
  for (guint i = 0; i < fields->len; i++)
    add_field (object, fields->pdata[i]);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
read_body (const RungsRawDelivery  *delivery,
           GError                 **error)
{
  const char *type = rungs_raw_delivery_get_header (delivery, "Content-Type");
  gsize length = 0;
  const char *body = g_bytes_get_data (delivery->body, &length);
  g_autoptr (GPtrArray) fields = NULL;

  if (type != NULL && g_ascii_strncasecmp (type, "multipart/form-data", 19) == 0)
    fields = rungs_form_data_read_multipart (type, body, length, error);
  else if (type != NULL
           && g_ascii_strncasecmp (type, "application/x-www-form-urlencoded", 33) == 0)
    fields = rungs_form_data_read_urlencoded (body, length, error);
  else
    return rungs_wire_json_read (body, length, error);
  return read_form (fields);
}

RungsWebReader *
rungs_web_reader_new (JsonObject              *receive,
                      const RungsRawDelivery  *delivery,
                      GError                 **error)
{
  g_autoptr (RungsWebReader) self = g_new0 (RungsWebReader, 1);
  const char *fetched;
  const char *inside;

  g_return_val_if_fail (receive != NULL && delivery != NULL, NULL);

  self->delivery = delivery;
  self->whole = read_body (delivery, error);
  if (self->whole == NULL)
    return NULL;
  fetched = rungs_raw_delivery_get_header (delivery, RUNGS_WEB_FETCHED);
  if (fetched != NULL)
    self->fetched = rungs_wire_json_read (fetched, strlen (fetched), NULL);
  inside = rungs_wire_json_text (receive, "inside");
  if (inside != NULL)
    {
      g_autofree char *text = rungs_wire_json_find_text (self->whole, inside);

      if (text != NULL)
        self->inside = rungs_wire_json_read (text, strlen (text), NULL);
    }
  return g_steal_pointer (&self);
}

JsonNode *
rungs_web_reader_enter (RungsWebReader *self,
                        JsonNode       *element)
{
  JsonNode *around;

  g_return_val_if_fail (self != NULL, NULL);

  around = self->element;
  self->element = element;
  return around;
}

JsonNode *
rungs_web_reader_find (RungsWebReader *self,
                       const char     *path)
{
  JsonNode *found = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);

  if (g_str_has_prefix (path, "fetched:"))
    return self->fetched != NULL ? rungs_wire_json_find (self->fetched, path + 8) : NULL;
  if (*path == '^')
    path++;
  else if (self->element != NULL)
    return rungs_wire_json_find (self->element, path);
  if (self->inside != NULL)
    found = rungs_wire_json_find (self->inside, path);
  return found != NULL ? found : rungs_wire_json_find (self->whole, path);
}

/* ---- values */

static char *
read_path (RungsWebReader *self,
           const char     *path)
{
  if (*path == '=')
    return g_strdup (path + 1);
  if (g_str_has_prefix (path, "header:"))
    return g_strdup (rungs_raw_delivery_get_header (self->delivery, path + 7));
  if (g_str_has_prefix (path, "query:"))
    return rungs_raw_delivery_dup_query (self->delivery, path + 6);
  return rungs_wire_json_dup_text (rungs_web_reader_find (self, path));
}

static char *
join (RungsWebReader *self,
      JsonObject     *value)
{
  g_autoptr (GPtrArray) parts = rungs_web_reader_read_all (self, value, "join");
  const char *with = rungs_wire_json_text (value, "with");

  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (with != NULL ? with : "", (char **) parts->pdata);
}

static char *
read_object (RungsWebReader *self,
             JsonObject     *value)
{
  const char *as = rungs_wire_json_text (value, "as");
  g_autofree char *text = NULL;
  const char *slash;

  if (!rungs_web_reader_holds (self, rungs_wire_json_object (value, "if")))
    return NULL;
  if (rungs_wire_json_array (value, "join") != NULL)
    return join (self, value);
  text = rungs_web_reader_read_member (self, value, "path");
  if (text == NULL)
    return NULL;
  slash = strrchr (text, '/');
  if (g_strcmp0 (as, "last") == 0 && slash != NULL)
    return g_strdup (slash + 1);
  if (g_strcmp0 (as, "abs") == 0 && *text == '-')
    return g_strdup (text + 1);
  return g_steal_pointer (&text);
}

static char *
read_first (RungsWebReader *self,
            JsonArray      *values)
{
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      char *text = rungs_web_reader_read (self, json_array_get_element (values, i));

      if (text != NULL)
        return text;
    }
  return NULL;
}

char *
rungs_web_reader_read (RungsWebReader *self,
                       JsonNode       *value)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (value == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return read_first (self, json_node_get_array (value));
  if (JSON_NODE_HOLDS_OBJECT (value))
    return read_object (self, json_node_get_object (value));
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    text = read_path (self, json_node_get_string (value));
  if (text != NULL)
    g_strstrip (text);
  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
rungs_web_reader_read_member (RungsWebReader *self,
                              JsonObject     *object,
                              const char     *member)
{
  g_return_val_if_fail (self != NULL && object != NULL && member != NULL, NULL);

  return rungs_web_reader_read (self, json_object_get_member (object, member));
}

GPtrArray *
rungs_web_reader_read_all (RungsWebReader *self,
                           JsonObject     *object,
                           const char     *member)
{
  JsonArray *values = rungs_wire_json_array (object, member);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      char *text = rungs_web_reader_read (self, json_array_get_element (values, i));

      if (text != NULL)
        g_ptr_array_add (all, text);
    }
  return all;
}

/* ---- the key */

char *
rungs_web_reader_dup_key (RungsWebReader *self,
                          JsonObject     *receive)
{
  char *number;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (self != NULL && receive != NULL, NULL);

  number = rungs_web_reader_read_member (self, receive, "id");
  if (number != NULL && strlen (number) <= LONGEST_KEY)
    return number;
  g_free (number);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->delivery->body);
  return g_strconcat ("sha256:", hash, NULL);
}

/* ---- conditions */

static gboolean
is_number_above_0 (const char *text)
{
  return text != NULL && g_ascii_strtod (text, NULL) > 0;
}

static gboolean
matches (const char *text,
         JsonNode   *wanted)
{
  g_autofree char *word = rungs_wire_json_dup_text (wanted);

  if (word == NULL)
    return text == NULL;
  if (strcmp (word, "*") == 0)
    return text != NULL;
  if (strcmp (word, "+") == 0)
    return is_number_above_0 (text);
  return text != NULL && strcmp (text, word) == 0;
}

static gboolean
matches_any (const char *text,
             JsonNode   *wanted)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (wanted))
    return matches (text, wanted);
  array = json_node_get_array (wanted);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (matches (text, json_array_get_element (array, i)))
      return TRUE;
  return FALSE;
}

gboolean
rungs_web_reader_holds (RungsWebReader *self,
                        JsonObject     *condition)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *wanted;

  g_return_val_if_fail (self != NULL, FALSE);

  if (condition == NULL)
    return TRUE;
  json_object_iter_init (&iter, condition);
  while (json_object_iter_next (&iter, &path, &wanted))
    {
      g_autofree char *text = read_path (self, path);

      if (!matches_any (text, wanted))
        return FALSE;
    }
  return TRUE;
}

gint64
rungs_web_reader_read_time (RungsWebReader *self,
                            JsonObject     *object,
                            const char     *member)
{
  g_autofree char *text = rungs_web_reader_read_member (self, object, member);
  gint64 at = 0;

  if (text == NULL)
    return 0;
  /* Seconds with a fraction. */
  if (strspn (text, "0123456789.") == strlen (text) && strchr (text, '.') != NULL
      && strchr (text, '.') - text >= 9)
    *strchr (text, '.') = '\0';
  return rungs_import_date_parse (text, RUNGS_DATE_EITHER, NULL, &at) ? at : 0;
}
