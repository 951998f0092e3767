/* rungs-web-endpoint-store.c: where deliveries come in. */

#include "web/rungs-web-endpoint-store.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-relay-protocol.h"
#include "wire/rungs-signature.h"

#define COLUMNS                                                                                    \
  " id, uuid, name, provider, path, source, form, wording, product, shop, verify, mapping,"        \
  " created_at, retired_at, handshake "

/* So many characters of 5 bits. */
#define PATH_CHARACTERS 26
#define HANDSHAKE_CHARACTERS 20

static const char SQL_ADD[]
    = "INSERT INTO web_endpoint (uuid, name, provider, path, source, form, wording, product, shop,"
      "                          verify, mapping, handshake, created_at)"
      " VALUES (:uuid, :name, :provider, :path, :source, :form, :wording, :product, :shop, :verify,"
      "         :mapping, :handshake, :now)";

static const char SQL_SAVE[]
    = "UPDATE web_endpoint"
      "   SET name = :name, source = :source, form = :form, wording = :wording, product = :product,"
      "       shop = :shop, verify = :verify, mapping = :mapping, handshake = :handshake"
      " WHERE id = :id";

static const char SQL_RETIRE[] = "UPDATE web_endpoint SET retired_at = :at WHERE id = :id";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM web_endpoint WHERE id = :id";

static const char SQL_LOAD_BY_NAME[] = "SELECT" COLUMNS "FROM web_endpoint WHERE name = :name";

static const char SQL_FIND[] = "SELECT id FROM web_endpoint WHERE path = :path";

static const char SQL_LIST[]
    = "SELECT" COLUMNS "FROM web_endpoint ORDER BY retired_at IS NOT NULL, name COLLATE NOCASE, id";

RungsWebEndpoint *
rungs_web_endpoint_new (const char *name,
                        const char *provider)
{
  RungsWebEndpoint *self = g_new0 (RungsWebEndpoint, 1);

  g_return_val_if_fail (name != NULL && provider != NULL, NULL);

  self->uuid = g_strdup ("");
  self->name = g_strdup (name);
  self->provider = g_strdup (provider);
  self->path = g_strdup ("");
  self->form = g_strdup ("");
  self->wording = g_strdup ("");
  self->shop = g_strdup ("");
  self->mapping = g_strdup ("{}");
  self->handshake = g_strdup ("");
  return self;
}

RungsWebEndpoint *
rungs_web_endpoint_copy (const RungsWebEndpoint *self)
{
  RungsWebEndpoint *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uuid = g_strdup (self->uuid);
  copy->name = g_strdup (self->name);
  copy->provider = g_strdup (self->provider);
  copy->path = g_strdup (self->path);
  copy->form = g_strdup (self->form);
  copy->wording = g_strdup (self->wording);
  copy->shop = g_strdup (self->shop);
  copy->verify = g_strdup (self->verify);
  copy->mapping = g_strdup (self->mapping);
  copy->handshake = g_strdup (self->handshake);
  return copy;
}

void
rungs_web_endpoint_free (RungsWebEndpoint *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->provider);
  g_free (self->path);
  g_free (self->form);
  g_free (self->wording);
  g_free (self->shop);
  g_free (self->verify);
  g_free (self->mapping);
  g_free (self->handshake);
  g_free (self);
}

/* Whether a text is a JSON object. Returns: (transfer full) (nullable). */
static JsonNode *
read_object (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static gboolean
is_sound (const RungsWebEndpoint  *endpoint,
          GError                 **error)
{
  g_autoptr (RungsProvider) provider = rungs_provider_load (endpoint->provider, error);
  g_autoptr (JsonNode) mapping = read_object (endpoint->mapping);
  g_autoptr (JsonNode) verify = endpoint->verify != NULL ? read_object (endpoint->verify) : NULL;

  if (provider == NULL)
    return FALSE;
  if (*endpoint->name == '\0')
    return rungs_error_refuse (error, _ ("An endpoint needs a name."));
  if (rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE) == NULL)
    return rungs_error_refuse (error, _ ("That provider sends nothing that Rungs can read."));
  if (mapping == NULL)
    return rungs_error_refuse (error, _ ("What becomes of the answers is no JSON object."));
  if (endpoint->verify == NULL)
    return TRUE;
  if (verify == NULL)
    return rungs_error_refuse (error, _ ("How it is signed is no JSON object."));
  return rungs_signature_check_rule (json_node_get_object (verify), error);
}

/* Letters and digits that are not mistaken for each other, from the kernel. */
static char *
dup_random (guint n)
{
  static const char ALPHABET[] = "abcdefghijkmnpqrstuvwxyz23456789";
  g_autofree char *a = g_uuid_string_random ();
  g_autofree char *b = g_uuid_string_random ();
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  char *text = g_malloc0 (n + 1);

  g_assert (n <= sizeof digest);
  g_checksum_update (hash, (const guchar *) a, -1);
  g_checksum_update (hash, (const guchar *) b, -1);
  g_checksum_get_digest (hash, digest, &length);
  for (guint i = 0; i < n; i++)
    text[i] = ALPHABET[digest[i] % 32];
  return text;
}

static void
bind (RungsStatement         *statement,
      const RungsWebEndpoint *endpoint)
{
  rungs_statement_bind_text (statement, ":name", endpoint->name);
  rungs_statement_bind_id (statement, ":source", endpoint->source);
  rungs_statement_bind_text (statement, ":form", endpoint->form);
  rungs_statement_bind_text (statement, ":wording", endpoint->wording);
  rungs_statement_bind_id (statement, ":product", endpoint->product);
  rungs_statement_bind_text (statement, ":shop", endpoint->shop);
  rungs_statement_bind_text (statement, ":verify", endpoint->verify);
  rungs_statement_bind_text (statement, ":mapping", endpoint->mapping);
  rungs_statement_bind_text (statement, ":handshake", endpoint->handshake);
}

/* A name that is taken, in words. */
static gboolean
run (RungsStatement          *statement,
     const RungsWebEndpoint  *endpoint,
     GError                 **error)
{
  g_autoptr (GError) fault = NULL;

  if (rungs_statement_run (statement, &fault))
    return TRUE;
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("There is an endpoint “%s” already, or its source or product is gone."),
                 endpoint->name);
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* Whether its provider asks with a word of ours. */
static gboolean
wants_handshake (const RungsWebEndpoint *endpoint)
{
  g_autoptr (RungsProvider) provider = rungs_provider_load (endpoint->provider, NULL);
  JsonObject *receive
    = provider ? rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE) : NULL;

  return receive != NULL && json_object_has_member (receive, "handshake");
}

gint64
rungs_web_endpoint_add (RungsDb           *db,
                        RungsWebEndpoint  *endpoint,
                        gint64             now,
                        GError           **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *random = dup_random (PATH_CHARACTERS);

  g_return_val_if_fail (endpoint != NULL, 0);

  if (!is_sound (endpoint, error) || (add = rungs_db_prepare (db, SQL_ADD, error)) == NULL)
    return 0;
  g_free (endpoint->uuid);
  g_free (endpoint->path);
  endpoint->uuid = g_uuid_string_random ();
  endpoint->path = g_strdup_printf ("/in/%s-%s", endpoint->provider, random);
  endpoint->created_at = now;
  if (*endpoint->handshake == '\0' && wants_handshake (endpoint))
    {
      g_free (endpoint->handshake);
      endpoint->handshake = dup_random (HANDSHAKE_CHARACTERS);
    }
  bind (add, endpoint);
  rungs_statement_bind_text (add, ":uuid", endpoint->uuid);
  rungs_statement_bind_text (add, ":provider", endpoint->provider);
  rungs_statement_bind_text (add, ":path", endpoint->path);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!run (add, endpoint, error))
    return 0;
  endpoint->id = rungs_db_get_last_id (db);
  return endpoint->id;
}

gboolean
rungs_web_endpoint_save (RungsDb                 *db,
                         const RungsWebEndpoint  *endpoint,
                         GError                 **error)
{
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (endpoint != NULL, FALSE);

  if (!is_sound (endpoint, error) || (save = rungs_db_prepare (db, SQL_SAVE, error)) == NULL)
    return FALSE;
  bind (save, endpoint);
  rungs_statement_bind_int64 (save, ":id", endpoint->id);
  return run (save, endpoint, error);
}

gboolean
rungs_web_endpoint_retire (RungsDb  *db,
                           gint64    id,
                           gint64    at,
                           GError  **error)
{
  return rungs_record_mark (db, SQL_RETIRE, id, at, "endpoint", error);
}

static gpointer
read_endpoint (RungsStatement *row)
{
  RungsWebEndpoint *self = g_new0 (RungsWebEndpoint, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->uuid = rungs_statement_dup_text (row, 1);
  self->name = rungs_statement_dup_text (row, 2);
  self->provider = rungs_statement_dup_text (row, 3);
  self->path = rungs_statement_dup_text (row, 4);
  self->source = rungs_statement_get_int64 (row, 5);
  self->form = rungs_statement_dup_text (row, 6);
  self->wording = rungs_statement_dup_text (row, 7);
  self->product = rungs_statement_get_int64 (row, 8);
  self->shop = rungs_statement_dup_text (row, 9);
  self->verify = rungs_statement_dup_text (row, 10);
  self->mapping = rungs_statement_dup_text (row, 11);
  self->created_at = rungs_statement_get_int64 (row, 12);
  self->retired_at = rungs_statement_get_int64 (row, 13);
  self->handshake = rungs_statement_dup_text (row, 14);
  return self;
}

RungsWebEndpoint *
rungs_web_endpoint_load (RungsDb  *db,
                         gint64    id,
                         GError  **error)
{
  return rungs_record_load (db, SQL_LOAD, id, read_endpoint, "endpoint", error);
}

RungsWebEndpoint *
rungs_web_endpoint_load_by_name (RungsDb     *db,
                                 const char  *name,
                                 GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);
  g_autofree char *missing = g_strdup_printf (_ ("there is no endpoint “%s”"), name);

  if (query != NULL)
    rungs_statement_bind_text (query, ":name", name);
  return rungs_record_first (query, read_endpoint, missing, error);
}

gboolean
rungs_web_endpoint_find (RungsDb     *db,
                         const char  *path,
                         gint64      *id,
                         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);

  g_return_val_if_fail (path != NULL && id != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":path", path);
  return rungs_statement_get_number (query, 0, id, error);
}

GPtrArray *
rungs_web_endpoint_list (RungsDb  *db,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_endpoint, (GDestroyNotify) rungs_web_endpoint_free, error);
}

static void
publish_endpoint (JsonBuilder            *builder,
                  const RungsWebEndpoint *endpoint)
{
  if (endpoint->retired_at != 0 || !g_str_has_prefix (endpoint->path, RUNGS_RELAY_IN))
    return;
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "path", endpoint->path + strlen (RUNGS_RELAY_IN));
  if (*endpoint->handshake != '\0')
    rungs_json_add_text (builder, "handshake", endpoint->handshake);
  json_builder_end_object (builder);
}

gboolean
rungs_web_endpoints_publish (RungsDb     *db,
                             JsonBuilder *builder,
                             GError     **error)
{
  g_autoptr (GPtrArray) endpoints = rungs_web_endpoint_list (db, error);

  g_return_val_if_fail (JSON_IS_BUILDER (builder), FALSE);

  if (endpoints == NULL)
    return FALSE;
  rungs_json_begin_array (builder, "endpoints");
  for (guint i = 0; i < endpoints->len; i++)
    publish_endpoint (builder, endpoints->pdata[i]);
  json_builder_end_array (builder);
  return TRUE;
}
