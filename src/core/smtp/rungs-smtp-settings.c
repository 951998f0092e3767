/* rungs-smtp-settings.c: how a mail server is reached. */

#include "smtp/rungs-smtp-settings.h"

#include <glib/gi18n.h>
#include <string.h>

#include <gio/gio.h>

RungsSmtpSettings *
rungs_smtp_settings_new (const char       *host,
                         guint             port,
                         RungsSmtpSecurity security)
{
  RungsSmtpSettings *self;

  g_return_val_if_fail (host != NULL, NULL);

  self = g_new0 (RungsSmtpSettings, 1);
  self->host = g_strdup (host);
  self->port = port;
  self->security = security;
  return self;
}

RungsSmtpSettings *
rungs_smtp_settings_copy (const RungsSmtpSettings *self)
{
  RungsSmtpSettings *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->host = g_strdup (self->host);
  copy->username = g_strdup (self->username);
  copy->password = g_strdup (self->password);
  copy->ca_file = g_strdup (self->ca_file);
  copy->ehlo_name = g_strdup (self->ehlo_name);
  return copy;
}

static void
wipe_and_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
rungs_smtp_settings_free (RungsSmtpSettings *self)
{
  if (self == NULL)
    return;

  g_free (self->host);
  g_free (self->username);
  wipe_and_free (self->password);
  g_free (self->ca_file);
  g_free (self->ehlo_name);
  g_free (self);
}

void
rungs_smtp_settings_set_password (RungsSmtpSettings *self,
                                  const char        *password)
{
  g_return_if_fail (self != NULL);

  wipe_and_free (self->password);
  self->password = g_strdup (password);
}

guint
rungs_smtp_settings_get_port (const RungsSmtpSettings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->port != 0)
    return self->port;
  switch (self->security)
    {
    case RUNGS_SMTP_STARTTLS:
      return 587;
    case RUNGS_SMTP_TLS:
      return 465;
    case RUNGS_SMTP_CLEAR:
    default:
      return 25;
    }
}

gboolean
rungs_smtp_settings_is_loopback (const RungsSmtpSettings *self)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_ascii_strcasecmp (self->host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (self->host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

const char *
rungs_smtp_settings_find_fault (const RungsSmtpSettings *settings)
{
  g_return_val_if_fail (settings != NULL, NULL);

  if (strpbrk (settings->host, "/@?# \r\n") != NULL || *settings->host == '\0')
    return _ ("The name of the mail server is not one.");
  if (settings->auth == RUNGS_SMTP_AUTH_NONE)
    return NULL;
  if (settings->password == NULL || *settings->password == '\0')
    return _ ("There is no password for the mail server.");
  if (settings->security == RUNGS_SMTP_CLEAR && !rungs_smtp_settings_is_loopback (settings))
    return _ ("Without TLS the password would cross the network for all to read.");
  return NULL;
}
