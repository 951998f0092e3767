/* rungs-provider.c: other people's services, as data. */

#include "wire/rungs-provider.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "rungs-providers-resources.h"

#define FOLDER "/app/rungs/Rungs/providers/"
#define SUFFIX ".json"
#define MOST_BYTES (1024 * 1024)

struct _RungsProvider
{
  JsonNode *root;     /* (owned): immutable */
  JsonObject *object; /* (unowned): of `root` */
};

static const char *const SECTIONS[]
  = { RUNGS_PROVIDER_SEND, RUNGS_PROVIDER_MAIL_EVENTS, RUNGS_PROVIDER_RECEIVE,
      RUNGS_PROVIDER_PULL, RUNGS_PROVIDER_OAUTH };

RungsProvider *
rungs_provider_ref (RungsProvider *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RungsProvider *self = data;

  g_clear_pointer (&self->root, json_node_unref);
}

void
rungs_provider_unref (RungsProvider *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/* ---- checking the head */

static gboolean
refuse (const char  *key,
        const char  *why,
        GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("The provider file %s.json cannot be used: %s"), key, why);
  return FALSE;
}

static gboolean
is_key (const char *text)
{
  return *text != '\0' && strlen (text) <= 64
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

/* Lent; NULL where there is no such text. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
is_head (const char *member)
{
  static const char *const HEAD[] = { "key", "name", "home", "sources", NULL };

  return g_strv_contains (HEAD, member);
}

static gboolean
is_section (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (SECTIONS); i++)
    if (strcmp (SECTIONS[i], member) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_members (const char  *key,
               JsonObject  *object,
               GError     **error)
{
  g_autoptr (GList) members = json_object_get_members (object);
  guint sections = 0;

  for (GList *item = members; item != NULL; item = item->next)
    {
      JsonNode *node = json_object_get_member (object, item->data);

      if (is_section (item->data) && JSON_NODE_HOLDS_OBJECT (node))
        sections++;
      else if (!is_head (item->data))
        {
          g_autofree char *why = g_strdup_printf (_ ("“%s” is nothing that a provider has."),
                                                  (const char *) item->data);

          return refuse (key, why, error);
        }
    }
  return sections > 0
         || refuse (key, _ ("it has none of “send”, “mail_events” and “receive”."), error);
}

static gboolean
check_head (const char  *key,
            JsonObject  *object,
            GError     **error)
{
  const char *own = get_text (object, "key");
  const char *name = get_text (object, "name");
  const char *home = get_text (object, "home");

  if (!is_key (key))
    return refuse (key, _ ("its name may only have small letters, digits and hyphens."), error);
  if (own == NULL || strcmp (own, key) != 0)
    return refuse (key, _ ("its “key” is not the name of the file."), error);
  if (name == NULL || *name == '\0')
    return refuse (key, _ ("it has no “name”."), error);
  if (home == NULL || !g_str_has_prefix (home, "https://"))
    return refuse (key, _ ("its “home” is no address that begins with https://."), error);
  return check_members (key, object, error);
}

RungsProvider *
rungs_provider_new (const char  *key,
                    GBytes      *bytes,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsProvider) self = NULL;
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (key != NULL && bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (!json_parser_load_from_data (parser, text ? text : "", (gssize) length, &fault))
    {
      refuse (key, fault->message, error);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (key, _ ("it is no JSON object."), error);
      return NULL;
    }
  self = g_atomic_rc_box_new0 (RungsProvider);
  self->root = json_parser_steal_root (parser);
  self->object = json_node_get_object (self->root);
  return check_head (key, self->object, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- what stands in it */

const char *
rungs_provider_get_key (const RungsProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_text (self->object, "key");
}

const char *
rungs_provider_get_name (const RungsProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_text (self->object, "name");
}

const char *
rungs_provider_get_home (const RungsProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return get_text (self->object, "home");
}

JsonObject *
rungs_provider_get_section (const RungsProvider *self,
                            const char          *section)
{
  g_return_val_if_fail (self != NULL && section != NULL, NULL);
  g_return_val_if_fail (is_section (section), NULL);

  return json_object_has_member (self->object, section)
           ? json_object_get_object_member (self->object, section)
           : NULL;
}

const char *
rungs_provider_get_words (JsonObject        *object,
                          const char        *member,
                          const char *const *languages)
{
  JsonNode *node;
  JsonObject *words;
  const char *found = NULL;

  g_return_val_if_fail (object != NULL && member != NULL && languages != NULL, NULL);

  node = json_object_get_member (object, member);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return get_text (object, member);
  words = json_node_get_object (node);
  for (guint i = 0; found == NULL && languages[i] != NULL; i++)
    found = get_text (words, languages[i]);
  return found != NULL ? found : get_text (words, "en");
}

/* ---- where they are */

char *
rungs_provider_get_own_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "rungs", "providers", NULL);
}

/* NULL with no error: there is none. */
static GBytes *
read_own (const char  *key,
          GError     **error)
{
  g_autofree char *folder = rungs_provider_get_own_folder ();
  g_autofree char *name = g_strconcat (key, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) fault = NULL;
  g_autoptr (GFileInfo) info
    = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                         G_FILE_QUERY_INFO_NONE, NULL, &fault);

  if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return NULL;
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
      || g_file_info_get_size (info) > MOST_BYTES)
    {
      refuse (key, _ ("it is no file, or too large for one."), error);
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, error);
}

static GBytes *
read_built_in (const char *key)
{
  g_autofree char *path = g_strconcat (FOLDER, key, SUFFIX, NULL);

  return g_resource_lookup_data (rungs_providers_get_resource (), path, 0, NULL);
}

RungsProvider *
rungs_provider_load (const char  *key,
                     GError     **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  if (is_key (key))
    bytes = read_own (key, &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (bytes == NULL && is_key (key))
    bytes = read_built_in (key);
  if (bytes != NULL)
    return rungs_provider_new (key, bytes, error);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("There is no provider called “%s”"), key);
  return NULL;
}

/* ---- all of them */

static void
add_key (GHashTable *keys,
         const char *file)
{
  if (g_str_has_suffix (file, SUFFIX))
    g_hash_table_add (keys, g_strndup (file, strlen (file) - strlen (SUFFIX)));
}

/* (transfer full): a set. */
static GHashTable *
collect_keys (void)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) files
    = g_resource_enumerate_children (rungs_providers_get_resource (), FOLDER, 0, NULL);
  g_autofree char *folder = rungs_provider_get_own_folder ();
  g_autoptr (GDir) own = g_dir_open (folder, 0, NULL);
  const char *file;

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    add_key (keys, files[i]);
  while (own != NULL && (file = g_dir_read_name (own)) != NULL)
    add_key (keys, file);
  return keys;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const RungsProvider *one = *(const RungsProvider *const *) a;
  const RungsProvider *other = *(const RungsProvider *const *) b;
  int order = g_utf8_collate (rungs_provider_get_name (one), rungs_provider_get_name (other));

  return order != 0 ? order
                    : strcmp (rungs_provider_get_key (one), rungs_provider_get_key (other));
}

GPtrArray *
rungs_provider_list (const char  *section,
                     GPtrArray  **faults)
{
  g_autoptr (GHashTable) keys = collect_keys ();
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_provider_unref);
  GHashTableIter iter;
  gpointer key;

  if (faults != NULL)
    *faults = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GError) fault = NULL;
      g_autoptr (RungsProvider) provider = rungs_provider_load (key, &fault);

      if (provider == NULL && faults != NULL)
        g_ptr_array_add (*faults, g_strdup (fault->message));
      if (provider != NULL
          && (section == NULL || rungs_provider_get_section (provider, section) != NULL))
        g_ptr_array_add (list, g_steal_pointer (&provider));
    }
  g_ptr_array_sort (list, compare_names);
  return list;
}
