/* rungs-sequence-template.c: sequences to start from.
 *
 * Each is a file in data/sequences, "1-welcome.json": its number says where it is shown, the rest
 * is its id. Words stand there in all languages, {"en": "Welcome", "de": "Willkommen"}, wherever a
 * text may stand; in its graph "@ID" is the message of that id in the file, and the product that is
 * sold is chosen when it is used. */

#include "sequences/rungs-sequence-template.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-store.h"
#include "rungs-sequence-templates-resources.h"
#include "sequences/rungs-sequence-draft-store.h"

#define FOLDER "/app/rungs/Rungs/sequence-templates/"

/* What is still to be written begins so. */
#define TO_WRITE "✎ "

void
rungs_sequence_template_free (RungsSequenceTemplate *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_free (self);
}

/* ---- reading */

/* In the first of the languages that there is; lent. */
static const char *
pick_words (JsonObject        *words,
            const char *const *languages)
{
  for (guint i = 0; languages[i] != NULL; i++)
    {
      const char *found
        = json_object_get_string_member_with_default (words, languages[i], NULL);

      if (found != NULL)
        return found;
    }
  return json_object_get_string_member (words, "en");
}

static const char *
get_words (JsonObject        *object,
           const char        *member,
           const char *const *languages)
{
  return pick_words (json_object_get_object_member (object, member), languages);
}

/* "1-welcome.json" → "welcome". */
static char *
dup_id (const char *file)
{
  const char *begin = strchr (file, '-') + 1;

  return g_strndup (begin, (gsize) (strrchr (file, '.') - begin));
}

/* By their numbers. */
static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  return atoi (*(const char *const *) a) - atoi (*(const char *const *) b);
}

static char **
list_files (GError **error)
{
  char **files = g_resource_enumerate_children (rungs_sequence_templates_get_resource (), FOLDER,
                                                0, error);

  if (files != NULL)
    qsort (files, g_strv_length (files), sizeof (char *), compare_files);
  return files;
}

static JsonNode *
read_file (const char  *file,
           GError     **error)
{
  g_autofree char *path = g_strconcat (FOLDER, file, NULL);
  g_autoptr (GBytes) bytes
    = g_resource_lookup_data (rungs_sequence_templates_get_resource (), path, 0, error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (bytes == NULL
      || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), error))
    return NULL;
  return json_node_copy (json_parser_get_root (parser));
}

GPtrArray *
rungs_sequence_template_list (const char *const  *languages,
                              GError            **error)
{
  g_autoptr (GPtrArray) templates
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_sequence_template_free);
  g_auto (GStrv) files = list_files (error);

  g_return_val_if_fail (languages != NULL, NULL);

  if (files == NULL)
    return NULL;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (JsonNode) root = read_file (files[i], error);
      RungsSequenceTemplate *self;
      JsonObject *object;

      if (root == NULL)
        return NULL;
      object = json_node_get_object (root);
      self = g_new0 (RungsSequenceTemplate, 1);
      self->id = dup_id (files[i]);
      self->name = g_strdup (get_words (object, "name", languages));
      self->summary = g_strdup (get_words (object, "summary", languages));
      self->sells = json_object_get_boolean_member (object, "sells");
      g_ptr_array_add (templates, self);
    }
  return g_steal_pointer (&templates);
}

static JsonNode *
load (const char  *id,
      GError     **error)
{
  g_auto (GStrv) files = list_files (error);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *other = dup_id (files[i]);

      if (strcmp (other, id) == 0)
        return read_file (files[i], error);
    }
  if (files != NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("There is no template of a sequence called “%s”"), id);
  return NULL;
}

/* ---- in one language */

/* The message with that id in the file; NULL where there is none. */
static JsonObject *
find_message (JsonArray  *messages,
              const char *id)
{
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = json_array_get_object_element (messages, i);

      if (strcmp (json_object_get_string_member (message, "id"), id) == 0)
        return message;
    }
  return NULL;
}

typedef struct
{
  JsonArray *messages;
  const char *const *languages;
} Words;

/* A copy in which words are in one language, and messages are called by their names. */
static JsonNode *
speak (const Words *words,
       JsonNode    *node)
{
  JsonNode *spoken = json_node_copy (node);
  JsonObject *message;

  if (JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node), "en"))
    {
      json_node_unref (spoken);
      spoken = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (spoken, pick_words (json_node_get_object (node), words->languages));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
      JsonObject *object = json_object_new ();

      for (GList *name = names; name != NULL; name = name->next)
        json_object_set_member (
          object, name->data,
          speak (words, json_object_get_member (json_node_get_object (node), name->data)));
      json_node_take_object (spoken, object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (
          array, speak (words, json_array_get_element (json_node_get_array (node), i)));
      json_node_take_array (spoken, array);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           && *json_node_get_string (node) == '@'
           && (message = find_message (words->messages, json_node_get_string (node) + 1)) != NULL)
    json_node_set_string (spoken, get_words (message, "name", words->languages));
  return spoken;
}

static char *
make_graph (JsonObject        *root,
            const char        *name,
            const char        *sku,
            const char *const *languages)
{
  Words words = { json_object_get_array_member (root, "messages"), languages };
  g_autoptr (JsonNode) graph = speak (&words, json_object_get_member (root, "graph"));
  g_autoptr (JsonNode) whole = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (graph));
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", name);
  if (sku != NULL)
    json_object_set_string_member (object, "sells", sku);
  for (GList *item = names; item != NULL; item = item->next)
    json_object_set_member (
      object, item->data,
      json_node_copy (json_object_get_member (json_node_get_object (graph), item->data)));
  json_node_take_object (whole, object);
  return json_to_string (whole, TRUE);
}

char *
rungs_sequence_template_make (const char         *id,
                              const char         *name,
                              const char         *sku,
                              const char *const  *languages,
                              GError            **error)
{
  g_autoptr (JsonNode) root = load (id, error);

  return root ? make_graph (json_node_get_object (root), name, sku, languages) : NULL;
}

/* ---- using */

/* What is to be said stands in the place of what is said. */
static gboolean
add_message (RungsDb            *db,
             JsonObject         *object,
             const char *const  *languages,
             gint64              now,
             GError            **error)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  const char *name = get_words (object, "name", languages);
  g_autoptr (GError) missing = NULL;
  g_autoptr (RungsMessage) there = rungs_message_load_by_name (db, name, &missing);
  g_autofree char *text = g_strconcat (TO_WRITE, get_words (object, "brief", languages), NULL);

  if (there != NULL)
    return TRUE;
  if (!g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup (name);
  message->purpose = g_strdup (get_words (object, "purpose", languages));
  message->value = g_strdup (get_words (object, "value", languages));
  message->subject = g_strconcat (TO_WRITE, name, NULL);
  message->blocks = rungs_message_blocks_from_text (text);
  return rungs_message_save (db, message, now, error);
}

gint64
rungs_sequence_template_use (RungsDb            *db,
                             const char         *id,
                             const char         *name,
                             const char         *sku,
                             const char *const  *languages,
                             gint64              now,
                             GError            **error)
{
  g_autoptr (JsonNode) root = load (id, error);
  g_autofree char *graph
    = root ? make_graph (json_node_get_object (root), name, sku, languages) : NULL;
  JsonArray *messages
    = root ? json_object_get_array_member (json_node_get_object (root), "messages") : NULL;
  gint64 sequence = root ? rungs_sequence_create (db, name, now, error) : 0;

  if (sequence == 0)
    return 0;
  for (guint i = 0; i < json_array_get_length (messages); i++)
    if (!add_message (db, json_array_get_object_element (messages, i), languages, now, error))
      return 0;
  return rungs_sequence_draft_save (db, sequence, graph, now, error) ? sequence : 0;
}
