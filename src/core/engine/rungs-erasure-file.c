/* rungs-erasure-file.c: the erasures of a business, beside its file.
 *
 * {"business": UUID, "erasures": [{"uuid", "at", "known_since", "reason", "orders_kept",
 * "mentions", "prints": ["HEX", …]}, …]}, instants in milliseconds. */

#include "engine/rungs-erasure-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-erasure-register-store.h"
#include "leads/rungs-erasure-store.h"

char *
rungs_erasure_file_get_path (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_strconcat (path, "-erasures", NULL);
}

static void
add_erasure (JsonBuilder        *builder,
             const RungsErasure *erasure)
{
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "uuid", erasure->uuid);
  rungs_json_add_number (builder, "at", erasure->at);
  rungs_json_add_number (builder, "known_since", erasure->known_since);
  rungs_json_add_text (builder, "reason", erasure->reason);
  rungs_json_add_flag (builder, "orders_kept", erasure->orders_kept);
  rungs_json_add_number (builder, "mentions", erasure->mentions);
  rungs_json_begin_array (builder, "prints");
  for (guint i = 0; i < erasure->prints->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (erasure->prints, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
dup_json (const char *business,
          GPtrArray  *erasures)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "business", business);
  rungs_json_begin_array (builder, "erasures");
  for (guint i = 0; i < erasures->len; i++)
    add_erasure (builder, g_ptr_array_index (erasures, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

gboolean
rungs_erasure_file_write (RungsDb   *db,
                          GPtrArray *erasures,
                          GError   **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autofree char *path = rungs_erasure_file_get_path (rungs_db_get_path (db));
  g_autofree char *json = NULL;

  g_return_val_if_fail (erasures != NULL, FALSE);

  if (business == NULL)
    return FALSE;
  json = dup_json (business->uuid, erasures);
  return g_file_set_contents_full (path, json, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static gboolean
is_erasure (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *prints = object ? json_object_get_member (object, "prints") : NULL;

  return prints != NULL && JSON_NODE_HOLDS_ARRAY (prints)
         && *json_object_get_string_member_with_default (object, "uuid", "") != '\0';
}

static RungsErasure *
read_erasure (JsonObject *object)
{
  RungsErasure *erasure
      = rungs_erasure_new (json_object_get_int_member_with_default (object, "at", 0));
  JsonArray *prints = json_object_get_array_member (object, "prints");

  g_free (erasure->uuid);
  g_free (erasure->reason);
  erasure->uuid = g_strdup (json_object_get_string_member (object, "uuid"));
  erasure->reason
      = g_strdup (json_object_get_string_member_with_default (object, "reason", ""));
  erasure->known_since = json_object_get_int_member_with_default (object, "known_since", 0);
  erasure->orders_kept = json_object_get_boolean_member_with_default (object, "orders_kept", FALSE);
  erasure->mentions = json_object_get_int_member_with_default (object, "mentions", 0);
  for (guint i = 0; i < json_array_get_length (prints); i++)
    {
      JsonNode *print = json_array_get_element (prints, i);

      if (JSON_NODE_HOLDS_VALUE (print) && json_node_get_string (print) != NULL)
        g_ptr_array_add (erasure->prints, json_node_dup_string (print));
    }
  return erasure;
}

static gboolean
refuse (const char *path,
        const char *why,
        GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
               _ ("%s, which tells who was erased, cannot be understood (%s). While it is so, a"
               " copy that is put back would bring them back"), path, why);
  return FALSE;
}

/* Those of the business; none where the file tells of another. */
static gboolean
read_erasures (JsonNode   *root,
               const char *business,
               GPtrArray  *erasures)
{
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *list = object ? json_object_get_member (object, "erasures") : NULL;
  JsonArray *array;

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return FALSE;
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "business", ""), business)
      != 0)
    return TRUE;
  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!is_erasure (json_array_get_element (array, i)))
        return FALSE;
      g_ptr_array_add (erasures, read_erasure (json_array_get_object_element (array, i)));
    }
  return TRUE;
}

/* Empty where there is no file. */
static GPtrArray *
load (const char *path,
      const char *business,
      GError    **error)
{
  g_autoptr (GPtrArray) erasures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_erasure_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) trouble = NULL;
  g_autofree char *json = NULL;

  if (!g_file_get_contents (path, &json, NULL, &trouble))
    {
      if (g_error_matches (trouble, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&erasures);
      refuse (path, trouble->message, error);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, -1, &trouble))
    refuse (path, trouble->message, error);
  else if (!read_erasures (json_parser_get_root (parser), business, erasures))
    refuse (path, _ ("something is missing in it"), error);
  else
    return g_steal_pointer (&erasures);
  return NULL;
}

typedef struct
{
  GPtrArray *known;
  gint64 now;
  gint64 again;
} Reconciling;

static gboolean
erase_again (RungsDb *db,
             gpointer data,
             GError **error)
{
  Reconciling *reconciling = data;

  return rungs_leads_erase_again (db, reconciling->known, reconciling->now, &reconciling->again,
                                  error);
}

/* Whether `some` has one that `others` has not. */
static gboolean
has_more (GPtrArray *some,
          GPtrArray *others)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < others->len; i++)
    g_hash_table_add (names, ((RungsErasure *) g_ptr_array_index (others, i))->uuid);
  for (guint i = 0; i < some->len; i++)
    if (!g_hash_table_contains (names, ((RungsErasure *) g_ptr_array_index (some, i))->uuid))
      return TRUE;
  return FALSE;
}

gboolean
rungs_erasure_file_reconcile (RungsDb *db,
                              gint64   now,
                              gint64  *again,
                              GError **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autofree char *path = rungs_erasure_file_get_path (rungs_db_get_path (db));
  g_autoptr (GPtrArray) here = NULL;
  Reconciling reconciling = { .now = now };
  g_autoptr (GPtrArray) known = NULL;

  if (business == NULL || !(known = load (path, business->uuid, error))
      || !(here = rungs_erasure_list (db, error)))
    return FALSE;
  reconciling.known = known;
  if (has_more (known, here) && !rungs_db_write (db, erase_again, &reconciling, error))
    return FALSE;
  if (again != NULL)
    *again = reconciling.again;
  return !has_more (here, known) || rungs_erasure_file_write (db, here, error);
}
