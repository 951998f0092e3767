/* rungs-oauth-provider.c: who lets mail be sent and read by what was agreed to in a browser. */

#include "mail/rungs-oauth-provider.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-oauth-clients.h"
#include "wire/rungs-provider.h"

/* What this build of Rungs is registered as; most builds are not. */
static const struct
{
  const char *key;
  const char *client_id;
  const char *client_secret;
} CLIENTS[] = {
  { "google", RUNGS_GOOGLE_CLIENT_ID, RUNGS_GOOGLE_CLIENT_SECRET },
  { "microsoft", RUNGS_MICROSOFT_CLIENT_ID, "" },
};

gboolean
rungs_oauth_is_safe_address (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) host = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") != 0)
    return FALSE;
  host = g_inet_address_new_from_string (g_uri_get_host (uri));
  return g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0
         || (host != NULL && g_inet_address_get_is_loopback (host));
}

static gboolean
refuse (const char  *key,
        const char  *member,
        GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("the file of the provider “%s” has no right “%s”"), key, member);
  return FALSE;
}

static gboolean
take_address (RungsOAuthProvider *self,
              JsonObject         *section,
              const char         *member,
              char              **address,
              GError            **error)
{
  const char *text = rungs_foreign_json_get_text (section, member);

  if (text == NULL || !rungs_oauth_is_safe_address (text))
    return refuse (self->key, member, error);
  *address = g_strdup (text);
  return TRUE;
}

static gboolean
take_scopes (RungsOAuthProvider *self,
             JsonObject         *section,
             GError            **error)
{
  JsonNode *node = json_object_get_member (section, "scopes");
  g_autoptr (GString) scope = g_string_new (NULL);
  JsonArray *scopes;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return refuse (self->key, "scopes", error);
  scopes = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (scopes); i++)
    {
      JsonNode *element = json_array_get_element (scopes, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return refuse (self->key, "scopes", error);
      g_string_append_printf (scope, "%s%s", i > 0 ? " " : "", json_node_get_string (element));
    }
  self->scope = g_string_free (g_steal_pointer (&scope), FALSE);
  return TRUE;
}

static gboolean
take_parameters (RungsOAuthProvider *self,
                 JsonObject         *section,
                 GError            **error)
{
  JsonNode *node = json_object_get_member (section, "parameters");
  g_autoptr (GList) members = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (self->key, "parameters", error);
  members = json_object_get_members (json_node_get_object (node));
  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *value = rungs_foreign_json_get_text (json_node_get_object (node), l->data);

      if (value == NULL)
        return refuse (self->key, "parameters", error);
      g_ptr_array_add (self->parameters, g_strdup (l->data));
      g_ptr_array_add (self->parameters, g_strdup (value));
    }
  return TRUE;
}

static gboolean
take_server (RungsOAuthProvider *self,
             JsonObject         *section,
             const char         *member,
             RungsOAuthServer   *server,
             GError            **error)
{
  JsonNode *node = json_object_get_member (section, member);
  JsonObject *object;
  const char *security;
  gint64 port;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (self->key, member, error);
  object = json_node_get_object (node);
  server->host = g_strdup (rungs_foreign_json_get_text (object, "host"));
  security = rungs_foreign_json_get_text (object, "security");
  port = rungs_foreign_json_get_number (object, "port", 0);
  if (server->host == NULL || *server->host == '\0' || port < 0 || port > G_MAXUINT16
      || security == NULL || !rungs_smtp_security_from_text (security, &server->security))
    return refuse (self->key, member, error);
  server->port = (guint) port;
  return TRUE;
}

static char *
dup_text (JsonObject *section,
          const char *member,
          const char *fallback)
{
  const char *text = rungs_foreign_json_get_text (section, member);

  return g_strdup (text != NULL ? text : fallback);
}

static void
take_client (RungsOAuthProvider *self,
             JsonObject         *section)
{
  const char *id = "";
  const char *secret = "";

  for (gsize i = 0; i < G_N_ELEMENTS (CLIENTS); i++)
    if (g_str_equal (CLIENTS[i].key, self->key))
      {
        id = CLIENTS[i].client_id;
        secret = CLIENTS[i].client_secret;
      }
  self->client_id = dup_text (section, "client_id", id);
  self->client_secret = dup_text (section, "client_secret", secret);
}

RungsOAuthProvider *
rungs_oauth_provider_new (const char *key,
                          const char *name,
                          JsonObject *section,
                          GError    **error)
{
  g_autoptr (RungsOAuthProvider) self = NULL;
  JsonNode *needs_secret;

  g_return_val_if_fail (key != NULL && name != NULL && section != NULL, NULL);

  self = g_new0 (RungsOAuthProvider, 1);
  self->key = g_strdup (key);
  self->name = g_strdup (name);
  self->parameters = g_ptr_array_new_with_free_func (g_free);
  self->redirect_host = dup_text (section, "redirect_host", "127.0.0.1");
  self->issuer = dup_text (section, "issuer", NULL);
  self->register_at = dup_text (section, "register", NULL);
  needs_secret = json_object_get_member (section, "needs_secret");
  self->needs_secret = needs_secret != NULL && JSON_NODE_HOLDS_VALUE (needs_secret)
                       && json_node_get_boolean (needs_secret);
  take_client (self, section);
  if (!g_str_equal (self->redirect_host, "127.0.0.1")
      && !g_str_equal (self->redirect_host, "localhost"))
    return refuse (key, "redirect_host", error), NULL;
  if (!take_address (self, section, "authorize", &self->authorize, error)
      || !take_address (self, section, "token", &self->token, error)
      || !take_scopes (self, section, error) || !take_parameters (self, section, error)
      || !take_server (self, section, "smtp", &self->smtp, error)
      || !take_server (self, section, "imap", &self->imap, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_oauth_provider_free (RungsOAuthProvider *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_free (self->name);
  g_free (self->authorize);
  g_free (self->token);
  g_free (self->issuer);
  g_free (self->scope);
  g_ptr_array_unref (self->parameters);
  g_free (self->redirect_host);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self->register_at);
  g_free (self->smtp.host);
  g_free (self->imap.host);
  g_free (self);
}

static RungsOAuthProvider *
read_provider (const RungsProvider *provider,
               GError             **error)
{
  const char *key = rungs_provider_get_key (provider);
  JsonObject *section = rungs_provider_get_section (provider, RUNGS_PROVIDER_OAUTH);

  if (section != NULL)
    return rungs_oauth_provider_new (key, rungs_provider_get_name (provider), section, error);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("nobody signs in to “%s” through the browser"), key);
  return NULL;
}

RungsOAuthProvider *
rungs_oauth_provider_load (const char *key,
                           GError    **error)
{
  g_autoptr (RungsProvider) provider = rungs_provider_load (key, error);

  return provider != NULL ? read_provider (provider, error) : NULL;
}

GPtrArray *
rungs_oauth_provider_list (void)
{
  g_autoptr (GPtrArray) all = rungs_provider_list (RUNGS_PROVIDER_OAUTH, NULL);
  GPtrArray *providers
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_oauth_provider_free);

  for (guint i = 0; i < all->len; i++)
    {
      RungsOAuthProvider *provider = read_provider (all->pdata[i], NULL);

      if (provider != NULL)
        g_ptr_array_add (providers, provider);
    }
  return providers;
}
