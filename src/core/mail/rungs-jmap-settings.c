/* rungs-jmap-settings.c: how a JMAP server is reached. */

#include "mail/rungs-jmap-settings.h"

#include <glib/gi18n.h>
#include <string.h>

RungsJmapSettings *
rungs_jmap_settings_new (const char   *url,
                         RungsJmapAuth auth)
{
  RungsJmapSettings *self;

  g_return_val_if_fail (url != NULL, NULL);

  self = g_new0 (RungsJmapSettings, 1);
  self->url = g_strdup (url);
  self->auth = auth;
  return self;
}

RungsJmapSettings *
rungs_jmap_settings_copy (const RungsJmapSettings *self)
{
  RungsJmapSettings *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->url = g_strdup (self->url);
  copy->username = g_strdup (self->username);
  copy->password = g_strdup (self->password);
  copy->ca_file = g_strdup (self->ca_file);
  return copy;
}

RungsJmapAuth
rungs_jmap_auth_from_smtp (RungsSmtpAuth auth)
{
  switch (auth)
    {
    case RUNGS_SMTP_AUTH_XOAUTH2:
    case RUNGS_SMTP_AUTH_OAUTH:
    case RUNGS_SMTP_AUTH_GOA:
      return RUNGS_JMAP_AUTH_BEARER;
    case RUNGS_SMTP_AUTH_NONE:
    case RUNGS_SMTP_AUTH_AUTO:
    case RUNGS_SMTP_AUTH_PLAIN:
    case RUNGS_SMTP_AUTH_LOGIN:
    default:
      return RUNGS_JMAP_AUTH_BASIC;
    }
}

static void
wipe_and_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
rungs_jmap_settings_free (RungsJmapSettings *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self->username);
  wipe_and_free (self->password);
  g_free (self->ca_file);
  g_free (self);
}

void
rungs_jmap_settings_set_password (RungsJmapSettings *self,
                                  const char        *password)
{
  g_return_if_fail (self != NULL);

  wipe_and_free (self->password);
  self->password = g_strdup (password);
}

char *
rungs_jmap_dup_url (const char *entered)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (entered != NULL, NULL);

  text = g_strstrip (g_strdup (entered));
  if (*text == '\0' || strstr (text, "://") != NULL)
    return g_steal_pointer (&text);
  return g_strconcat ("https://", text, NULL);
}

GUri *
rungs_jmap_settings_dup_session_uri (const RungsJmapSettings *self)
{
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  g_return_val_if_fail (self != NULL, NULL);

  whole = strstr (self->url, "://") != NULL
            ? g_strdup (self->url)
            : g_strdup_printf ("https://%s/.well-known/jmap", self->url);
  uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  scheme = g_uri_get_scheme (uri);
  if (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0)
    return NULL;
  if (*g_uri_get_path (uri) != '\0' && strcmp (g_uri_get_path (uri), "/") != 0)
    return g_steal_pointer (&uri);
  return g_uri_build (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      "/.well-known/jmap", NULL, NULL);
}

gboolean
rungs_jmap_is_safe_uri (GUri *uri)
{
  const char *host;
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  host = g_uri_get_host (uri);
  if (host == NULL || strcmp (g_uri_get_scheme (uri), "http") != 0)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

const char *
rungs_jmap_settings_find_fault (const RungsJmapSettings *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  uri = rungs_jmap_settings_dup_session_uri (self);
  if (uri == NULL)
    return _ ("The address of the JMAP server is not one.");
  if (!rungs_jmap_is_safe_uri (uri))
    return _ ("Without TLS (https) the password would cross the network for all to read.");
  if (self->password == NULL || *self->password == '\0')
    return _ ("There is no password for the JMAP server.");
  if (self->auth == RUNGS_JMAP_AUTH_BASIC && (self->username == NULL || *self->username == '\0'))
    return _ ("There is no user name for the JMAP server.");
  return NULL;
}
