/* rungs-access.c: what lets Rungs into a mail server where that is not a password of ours. */

#include "mail/rungs-access.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "mail/rungs-oauth-token.h"
#include "mail/rungs-secret.h"

struct _RungsAccess
{
  gatomicrefcount references;

  /* Where somebody signed in in the browser. */
  RungsOAuthProvider *provider; /* (owned) (nullable) */
  char *file;                   /* (owned) (nullable) */
  char *owner;                  /* (owned) (nullable) */
  RungsOAuthTokens *tokens;     /* (owned) (nullable): these alone */

  /* Where it is an account of the computer. */
  char *account; /* (owned) (nullable): its id */
  RungsGoaUse use;
};

static RungsAccess *
new_access (void)
{
  RungsAccess *self = g_new0 (RungsAccess, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

RungsAccess *
rungs_access_ref (RungsAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_access_unref (RungsAccess *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  rungs_oauth_provider_free (self->provider);
  g_free (self->file);
  g_free (self->owner);
  rungs_oauth_tokens_free (self->tokens);
  g_free (self->account);
  g_free (self);
}

static gboolean
find_provider (RungsAccess *self,
               const char  *key,
               GError     **error)
{
  g_autoptr (GError) cause = NULL;

  self->provider = rungs_oauth_provider_load (key, &cause);
  if (self->provider != NULL)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, cause->message);
  return FALSE;
}

RungsAccess *
rungs_access_new_oauth (const char *file,
                        const char *owner,
                        const char *provider,
                        const char *tokens,
                        GError    **error)
{
  g_autoptr (RungsAccess) self = new_access ();

  g_return_val_if_fail (file != NULL && owner != NULL && provider != NULL, NULL);

  if (!find_provider (self, provider, error))
    return NULL;
  self->file = g_strdup (file);
  self->owner = g_strdup (owner);
  if (tokens != NULL)
    {
      self->tokens = rungs_oauth_tokens_from_text (tokens, error);
      if (self->tokens == NULL)
        return NULL;
    }
  else if (*owner == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, _ ("Nobody has signed in with %s yet."),
                   self->provider->name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

RungsAccess *
rungs_access_new_goa (const char *id,
                      RungsGoaUse use)
{
  RungsAccess *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = new_access ();
  self->use = use;
  self->account = g_strdup (id);
  return self;
}

/* ---- taking it */

void
rungs_access_key_clear (RungsAccessKey *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->secret, rungs_secret_free);
  g_clear_pointer (&self->server, rungs_smtp_settings_free);
}

static gboolean
take_given (RungsAccess    *self,
            const char     *refused,
            RungsAccessKey *key,
            GError        **error)
{
  if (g_strcmp0 (self->tokens->access_token, refused) == 0)
    {
      rungs_oauth_set_ended (error);
      return FALSE;
    }
  key->secret = g_strdup (self->tokens->access_token);
  key->good_until = self->tokens->ends_at;
  return TRUE;
}

/* The computer is asked anew each time: its owner may have changed the account. */
static gboolean
take_from_goa (RungsAccess    *self,
               const char     *refused,
               RungsAccessKey *key,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (RungsGoaAccount) account = rungs_goa_find (self->account, cancellable, error);
  const char *fault = account ? rungs_goa_account_find_fault (account, self->use) : NULL;
  gint64 seconds = 0;

  if (account == NULL)
    return FALSE;
  if (fault != NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, fault);
      return FALSE;
    }
  key->server = rungs_goa_account_dup_settings (account, self->use);
  key->secret = key->server->auth == RUNGS_SMTP_AUTH_NONE
                  ? g_strdup ("")
                  : rungs_goa_take_secret (account, self->use, refused, &seconds, cancellable,
                                           error);
  if (key->secret == NULL)
    return FALSE;
  rungs_smtp_settings_set_password (key->server, key->secret);
  key->good_until
    = seconds > 0 ? g_get_real_time () / 1000 + seconds * RUNGS_SECOND : G_MAXINT64;
  return TRUE;
}

gboolean
rungs_access_take (RungsAccess    *self,
                   const char     *refused,
                   RungsAccessKey *key,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL && key->secret == NULL, FALSE);

  if (self->account != NULL)
    return take_from_goa (self, refused, key, cancellable, error);
  if (self->tokens != NULL)
    return take_given (self, refused, key, error);
  key->secret = rungs_oauth_token_take (self->file, self->owner, self->provider, refused,
                                        &key->good_until, cancellable, error);
  return key->secret != NULL;
}

static RungsImap *
open_imap (const RungsAccessKey    *key,
           const RungsSmtpSettings *settings,
           GCancellable            *cancellable,
           GError                 **error)
{
  g_autoptr (RungsSmtpSettings) with_secret
    = rungs_smtp_settings_copy (key->server != NULL ? key->server : settings);

  rungs_smtp_settings_set_password (with_secret, key->secret);
  if (key->server == NULL)
    with_secret->auth = RUNGS_SMTP_AUTH_XOAUTH2;
  return rungs_imap_open (with_secret, cancellable, error);
}

RungsImap *
rungs_access_open_imap (RungsAccess             *self,
                        const RungsSmtpSettings *settings,
                        GCancellable            *cancellable,
                        GError                 **error)
{
  g_auto (RungsAccessKey) key = { 0 };
  g_auto (RungsAccessKey) next = { 0 };
  g_autoptr (GError) refusal = NULL;
  RungsImap *imap;

  g_return_val_if_fail (self != NULL && settings != NULL, NULL);

  if (!rungs_access_take (self, NULL, &key, cancellable, error))
    return NULL;
  imap = open_imap (&key, settings, cancellable, &refusal);
  if (g_error_matches (refusal, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    return rungs_access_take (self, key.secret, &next, cancellable, error)
             ? open_imap (&next, settings, cancellable, error)
             : NULL;
  if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return imap;
}

/* ---- the transport */

#define RUNGS_TYPE_ACCESS_TRANSPORT (rungs_access_transport_get_type ())

G_DECLARE_FINAL_TYPE (RungsAccessTransport, rungs_access_transport, RUNGS, ACCESS_TRANSPORT,
                      RungsTransport)

struct _RungsAccessTransport
{
  RungsTransport parent_instance;

  RungsAccess *access; /* (owned) */
  RungsAccessMakeFunc make;
  gpointer data; /* (owned by `destroy`) */
  GDestroyNotify destroy;

  RungsTransport *inner; /* (owned) (nullable): signs in with `key` */
  RungsAccessKey key;
};

G_DEFINE_FINAL_TYPE (RungsAccessTransport, rungs_access_transport, RUNGS_TYPE_TRANSPORT)

static void
drop_inner (RungsAccessTransport *self)
{
  if (self->inner != NULL)
    rungs_transport_disconnect (self->inner);
  g_clear_object (&self->inner);
}

static void
tell_trouble (const GError  *error,
              RungsDelivery *delivery)
{
  if (rungs_error_is_cancelled (error))
    delivery->outcome = RUNGS_DELIVERY_CANCELLED;
  else if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK)
           || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    {
      delivery->outcome = RUNGS_DELIVERY_TEMPORARY;
      delivery->server_is_away = TRUE;
    }
  else
    delivery->outcome = RUNGS_DELIVERY_ACCOUNT_TROUBLE;
  delivery->reply = g_strdup (error->message);
}

/* Makes the transport anew with what lets it in now. */
static gboolean
renew (RungsAccessTransport *self,
       const char           *refused,
       GCancellable         *cancellable,
       GError              **error)
{
  g_auto (RungsAccessKey) key = { 0 };

  if (!rungs_access_take (self->access, refused, &key, cancellable, error))
    return FALSE;
  drop_inner (self);
  rungs_access_key_clear (&self->key);
  self->key = key;
  memset (&key, 0, sizeof key);
  self->inner = self->make (&self->key, self->data);
  return TRUE;
}

/* FALSE: there is no way in, and `delivery` says why. */
static gboolean
make_ready (RungsAccessTransport *self,
            GCancellable         *cancellable,
            RungsDelivery        *delivery)
{
  g_autoptr (GError) error = NULL;

  if (self->inner != NULL && g_get_real_time () / 1000 < self->key.good_until)
    return TRUE;
  if (renew (self, NULL, cancellable, &error))
    return TRUE;
  tell_trouble (error, delivery);
  return FALSE;
}

static gboolean
is_refusal (const RungsDelivery *delivery)
{
  return delivery->outcome == RUNGS_DELIVERY_ACCOUNT_TROUBLE
         && (delivery->code == 401 || delivery->code == 530 || delivery->code == 534
             || delivery->code == 535 || delivery->code == 538);
}

/* TRUE: the transport can be tried once more, and `delivery` is empty again. What is in doubt, or
 * was accepted, is no refusal: nothing leaves twice. */
static gboolean
may_try_again (RungsAccessTransport *self,
               GCancellable         *cancellable,
               RungsDelivery        *delivery)
{
  g_autoptr (GError) error = NULL;

  if (!is_refusal (delivery))
    return FALSE;
  if (renew (self, self->key.secret, cancellable, &error))
    {
      rungs_delivery_clear (delivery);
      return TRUE;
    }
  rungs_delivery_clear (delivery);
  tell_trouble (error, delivery);
  drop_inner (self);
  return FALSE;
}

/* The server refused what was got only now. */
static void
judge_second (RungsDelivery *delivery)
{
  g_autofree char *said = NULL;

  if (!is_refusal (delivery))
    return;
  said = g_steal_pointer (&delivery->reply);
  delivery->reply
    = g_strdup_printf (_ ("The mail server refuses the sign-in: sign in again. It said: %s"), said);
}

static void
rungs_access_transport_send (RungsTransport      *transport,
                             const RungsEnvelope *envelope,
                             GBytes              *message,
                             GCancellable        *cancellable,
                             RungsDelivery       *delivery)
{
  RungsAccessTransport *self = RUNGS_ACCESS_TRANSPORT (transport);

  if (!make_ready (self, cancellable, delivery))
    return;
  rungs_transport_send (self->inner, envelope, message, cancellable, delivery);
  if (!may_try_again (self, cancellable, delivery))
    return;
  rungs_transport_send (self->inner, envelope, message, cancellable, delivery);
  judge_second (delivery);
}

static void
rungs_access_transport_connect (RungsTransport *transport,
                                GCancellable   *cancellable,
                                RungsDelivery  *delivery)
{
  RungsAccessTransport *self = RUNGS_ACCESS_TRANSPORT (transport);

  if (!make_ready (self, cancellable, delivery))
    return;
  rungs_transport_connect (self->inner, cancellable, delivery);
  if (!may_try_again (self, cancellable, delivery))
    return;
  rungs_transport_connect (self->inner, cancellable, delivery);
  judge_second (delivery);
}

static gboolean
rungs_access_transport_recall (RungsTransport *transport,
                               const char     *message_id,
                               GCancellable   *cancellable)
{
  RungsAccessTransport *self = (RungsAccessTransport *) transport;
  g_auto (RungsDelivery) delivery = { 0 };

  return make_ready (self, cancellable, &delivery)
         && rungs_transport_recall (self->inner, message_id, cancellable);
}

static void
rungs_access_transport_disconnect (RungsTransport *transport)
{
  RungsAccessTransport *self = RUNGS_ACCESS_TRANSPORT (transport);

  if (self->inner != NULL)
    rungs_transport_disconnect (self->inner);
}

static void
rungs_access_transport_finalize (GObject *object)
{
  RungsAccessTransport *self = RUNGS_ACCESS_TRANSPORT (object);

  drop_inner (self);
  rungs_access_key_clear (&self->key);
  rungs_access_unref (self->access);
  if (self->destroy != NULL)
    self->destroy (self->data);
  G_OBJECT_CLASS (rungs_access_transport_parent_class)->finalize (object);
}

static void
rungs_access_transport_class_init (RungsAccessTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rungs_access_transport_finalize;
  RUNGS_TRANSPORT_CLASS (class)->send = rungs_access_transport_send;
  RUNGS_TRANSPORT_CLASS (class)->connect = rungs_access_transport_connect;
  RUNGS_TRANSPORT_CLASS (class)->disconnect = rungs_access_transport_disconnect;
  RUNGS_TRANSPORT_CLASS (class)->recall = rungs_access_transport_recall;
}

static void
rungs_access_transport_init (RungsAccessTransport *self)
{
}

RungsTransport *
rungs_access_new_transport (RungsAccess        *access,
                            RungsAccessMakeFunc make,
                            gpointer            data,
                            GDestroyNotify      destroy)
{
  RungsAccessTransport *self;

  g_return_val_if_fail (access != NULL && make != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_ACCESS_TRANSPORT, NULL);
  self->access = rungs_access_ref (access);
  self->make = make;
  self->data = data;
  self->destroy = destroy;
  return RUNGS_TRANSPORT (self);
}
