/* rungs-sender-route.c: the way out of an account, with what the keyring holds of it. */

#include "engine/rungs-sender-route.h"

#include <glib/gi18n.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "mail/rungs-access.h"
#include "mail/rungs-account-provider.h"
#include "mail/rungs-http-transport.h"
#include "mail/rungs-jmap-transport.h"
#include "mail/rungs-practice-transport.h"
#include "mail/rungs-secret.h"
#include "smtp/rungs-smtp-transport.h"

/* Seconds a server has for each answer where a person waits for it. */
#define PATIENCE 30

struct _RungsSenderRoute
{
  gatomicrefcount references;
  char *path;            /* (owned) */
  RungsAccount *account; /* (owned) */
  char *from;            /* (owned) */
  char *secret;          /* (owned) (nullable): a password, a token or a key */
  RungsAccess *access;   /* (owned) (nullable): gives one when it is needed */
  RungsProvider *provider; /* (owned) (nullable): HTTP, as the next */
  JsonObject *options;     /* (owned) (nullable): complete */
  gboolean person_waits;
};

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* Whether there is a transport for such an account. */
static gboolean
check_kind (const RungsAccount *account,
            GError            **error)
{
  switch (account->kind)
    {
    case RUNGS_ACCOUNT_PRACTICE:
    case RUNGS_ACCOUNT_HTTP:
    case RUNGS_ACCOUNT_SMTP:
      return TRUE;
    case RUNGS_ACCOUNT_JMAP:
      if (account->auth != RUNGS_SMTP_AUTH_GOA)
        return TRUE;
      return refuse (error, _ ("This Rungs cannot sign in to the mail account this way."));
    default:
      return refuse (error, _ ("This Rungs cannot send by a mail account of this kind."));
    }
}

static gboolean
find_from (RungsSenderRoute *self,
           GError          **error)
{
  g_autoptr (GError) trouble = NULL;

  if (self->account->kind == RUNGS_ACCOUNT_PRACTICE && *self->account->from_email == '\0')
    {
      self->from = g_strdup ("practice@business.example");
      return TRUE;
    }
  self->from = rungs_email_for_smtp (self->account->from_email, &trouble);
  return self->from != NULL
         || refuse (error, _ ("The mail account has no address to send from."));
}

static gboolean
find_provider (RungsSenderRoute  *self,
               GError           **error)
{
  if (self->account->kind != RUNGS_ACCOUNT_HTTP)
    return TRUE;
  self->provider = rungs_account_load_provider (self->account, &self->options, error);
  return self->provider != NULL;
}

static gboolean
find_secret (RungsSenderRoute           *self,
             const RungsSenderRoutePlan *plan,
             GCancellable               *cancellable,
             GError                    **error)
{
  guint timeout = plan->person_waits ? RUNGS_SECRET_PATIENT_TIMEOUT : RUNGS_SECRET_TIMEOUT;

  if (!rungs_account_has_secret (self->account))
    return TRUE;
  if (plan->secret != NULL && *plan->secret != '\0')
    {
      self->secret = g_strdup (plan->secret);
      return TRUE;
    }
  if (*self->account->uuid == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, _ ("no password was entered"));
      return FALSE;
    }
  self->secret
      = rungs_secret_lookup (plan->file, self->account->uuid, timeout, cancellable, error);
  return self->secret != NULL;
}

/* Where it is not a password of ours that lets one in: who gives what does, when it is needed. */
static gboolean
find_access (RungsSenderRoute           *self,
             const RungsSenderRoutePlan *plan,
             GError                    **error)
{
  const RungsAccount *account = self->account;
  const char *given = plan->secret != NULL && *plan->secret != '\0' ? plan->secret : NULL;

  if (account->kind != RUNGS_ACCOUNT_SMTP && account->kind != RUNGS_ACCOUNT_JMAP)
    return TRUE;
  if (account->auth == RUNGS_SMTP_AUTH_OAUTH)
    self->access
      = rungs_access_new_oauth (plan->file, account->uuid, account->provider, given, error);
  else if (account->auth == RUNGS_SMTP_AUTH_GOA)
    self->access = rungs_access_new_goa (account->username, RUNGS_GOA_SENDS);
  else
    return TRUE;
  return self->access != NULL;
}

RungsSenderRoute *
rungs_sender_route_open (const RungsSenderRoutePlan *plan,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  g_autoptr (RungsSenderRoute) self = NULL;

  g_return_val_if_fail (plan != NULL && plan->path != NULL && plan->account != NULL, NULL);

  self = g_new0 (RungsSenderRoute, 1);
  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (plan->path);
  self->account = rungs_account_copy (plan->account);
  self->person_waits = plan->person_waits;
  if (!check_kind (self->account, error) || !find_from (self, error)
      || !find_provider (self, error) || !find_secret (self, plan, cancellable, error)
      || !find_access (self, plan, error))
    return NULL;
  return g_steal_pointer (&self);
}

RungsSenderRoute *
rungs_sender_route_ref (RungsSenderRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_sender_route_unref (RungsSenderRoute *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->path);
  rungs_account_free (self->account);
  g_free (self->from);
  rungs_secret_free (self->secret);
  g_clear_pointer (&self->access, rungs_access_unref);
  rungs_provider_unref (self->provider);
  g_clear_pointer (&self->options, json_object_unref);
  g_free (self);
}

const char *
rungs_sender_route_get_path (RungsSenderRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const RungsAccount *
rungs_sender_route_get_account (RungsSenderRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

const char *
rungs_sender_route_get_from (RungsSenderRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->from;
}

/* ---- a function a kind */

static RungsTransport *
new_practice_transport (RungsSenderRoute *self)
{
  g_autofree char *folder = rungs_practice_get_folder (self->path);

  return rungs_practice_transport_new (folder);
}

/* `server` (nullable): how an account of the computer is reached. */
static RungsTransport *
new_smtp_transport (RungsSenderRoute        *self,
                    const RungsSmtpSettings *server,
                    const char              *secret)
{
  g_autoptr (RungsSmtpSettings) settings = server != NULL
                                             ? rungs_smtp_settings_copy (server)
                                             : rungs_account_dup_smtp_settings (self->account);

  if (self->person_waits)
    settings->connect_timeout = settings->reply_timeout = settings->final_timeout = PATIENCE;
  if (settings->auth == RUNGS_SMTP_AUTH_OAUTH)
    settings->auth = RUNGS_SMTP_AUTH_XOAUTH2;
  rungs_smtp_settings_set_password (settings, secret);
  return rungs_smtp_transport_new (settings);
}

static RungsTransport *
new_jmap_transport (RungsSenderRoute *self,
                    const char       *secret)
{
  g_autoptr (RungsJmapSettings) settings = rungs_account_dup_jmap_settings (self->account);

  if (self->person_waits)
    settings->timeout = PATIENCE;
  rungs_jmap_settings_set_password (settings, secret);
  return rungs_jmap_transport_new (settings);
}

static RungsTransport *
new_http_transport (RungsSenderRoute *self)
{
  RungsTransport *transport
    = rungs_http_transport_new (self->provider, self->options, self->secret);

  rungs_http_transport_set_ca_file (RUNGS_HTTP_TRANSPORT (transport), self->account->ca_file);
  if (self->person_waits)
    rungs_http_transport_set_patience (RUNGS_HTTP_TRANSPORT (transport), PATIENCE);
  return transport;
}

/* With what the route was let in by just now. */
static RungsTransport *
make_with_key (const RungsAccessKey *key,
               gpointer              data)
{
  RungsSenderRoute *self = data;

  return self->account->kind == RUNGS_ACCOUNT_JMAP
           ? new_jmap_transport (self, key->secret)
           : new_smtp_transport (self, key->server, key->secret);
}

static void
drop_route (gpointer data)
{
  rungs_sender_route_unref (data);
}

RungsTransport *
rungs_sender_route_new_transport (RungsSenderRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->access != NULL)
    return rungs_access_new_transport (self->access, make_with_key, rungs_sender_route_ref (self),
                                       drop_route);
  switch (self->account->kind)
    {
    case RUNGS_ACCOUNT_SMTP:
      return new_smtp_transport (self, NULL, self->secret);
    case RUNGS_ACCOUNT_PRACTICE:
      return new_practice_transport (self);
    case RUNGS_ACCOUNT_JMAP:
      return new_jmap_transport (self, self->secret);
    case RUNGS_ACCOUNT_HTTP:
      return new_http_transport (self);
    default:
      g_return_val_if_reached (NULL); /* is not opened */
    }
}
