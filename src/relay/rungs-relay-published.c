/* rungs-relay-published.c: what the desktop has put up. */

#include "rungs-relay-published.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"

#define PATH_LEAST 16
#define PATH_MOST 128

struct _RungsRelayPublished
{
  char *stamp;           /* (owned) */
  GHashTable *endpoints; /* (owned): path -> handshake, "" where it has none */
};

RungsRelayPublished *
rungs_relay_published_new (void)
{
  RungsRelayPublished *self = g_new0 (RungsRelayPublished, 1);

  self->stamp = g_strdup ("");
  self->endpoints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rungs_relay_published_free (RungsRelayPublished *self)
{
  g_free (self->stamp);
  g_hash_table_unref (self->endpoints);
  g_free (self);
}

static gboolean
fail (const char *words,
      GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

/* The text of a member; NULL where it is missing or something else. */
static const char *
text_of (JsonObject *object,
         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
is_path (const char *path)
{
  gsize length = strlen (path);

  return length >= PATH_LEAST && length <= PATH_MOST
         && strspn (path, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == length;
}

static gboolean
add_endpoint (RungsRelayPublished *self,
              JsonNode            *node,
              GError             **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path = object != NULL ? text_of (object, "path") : NULL;
  const char *handshake = object != NULL ? text_of (object, "handshake") : NULL;

  if (path == NULL || !is_path (path))
    return fail ("an endpoint has a path of 16 to 128 letters, digits, - and _", error);
  g_hash_table_insert (self->endpoints, g_strdup (path), g_strdup (handshake ? handshake : ""));
  return TRUE;
}

static gboolean
read_object (RungsRelayPublished *self,
             JsonObject          *object,
             GError             **error)
{
  const char *stamp = text_of (object, "stamp");
  JsonNode *node = json_object_get_member (object, "endpoints");
  JsonArray *endpoints = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (stamp == NULL || endpoints == NULL)
    return fail ("what is published has a stamp and endpoints", error);
  g_free (self->stamp);
  self->stamp = g_strdup (stamp);
  for (guint i = 0; i < json_array_get_length (endpoints); i++)
    if (!add_endpoint (self, json_array_get_element (endpoints, i), error))
      return FALSE;
  return TRUE;
}

RungsRelayPublished *
rungs_relay_published_parse (const char *json,
                             gsize       length,
                             GError    **error)
{
  g_autoptr (RungsRelayPublished) self = rungs_relay_published_new ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  if (!g_utf8_validate_len (json, length, NULL)
      || !json_parser_load_from_data (parser, json, (gssize) length, NULL))
    {
      fail ("what is published is no JSON", error);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail ("what is published is no object", error);
      return NULL;
    }
  return read_object (self, json_node_get_object (root), error) ? g_steal_pointer (&self) : NULL;
}

const char *
rungs_relay_published_get_stamp (const RungsRelayPublished *self)
{
  return self->stamp;
}

gboolean
rungs_relay_published_has (const RungsRelayPublished *self,
                           const char                *path,
                           const char               **handshake)
{
  const char *word = g_hash_table_lookup (self->endpoints, path);

  *handshake = word != NULL && *word != '\0' ? word : NULL;
  return word != NULL;
}
