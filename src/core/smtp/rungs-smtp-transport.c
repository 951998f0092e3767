/* rungs-smtp-transport.c: hands messages to a mail server.
 *
 * The client speaks to the server, the exchange judges how that ended; here a connection is kept,
 * and made anew where it turns out to be gone. */

#include "smtp/rungs-smtp-transport.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "smtp/rungs-smtp-client.h"
#include "smtp/rungs-smtp-safety.h"
#include "smtp/rungs-smtp-sign-in.h"
#include "smtp/rungs-smtp-trouble.h"

struct _RungsSmtpTransport
{
  RungsTransport parent_instance;

  RungsSmtpSettings *settings; /* (owned) */
  RungsSmtpExchange *exchange; /* (owned) */
  RungsSmtpClient *client;     /* (owned) */
  guint connections;
};

G_DEFINE_FINAL_TYPE (RungsSmtpTransport, rungs_smtp_transport, RUNGS_TYPE_TRANSPORT)

static void
refuse (RungsDelivery        *delivery,
        RungsDeliveryOutcome  outcome,
        const char           *why)
{
  delivery->outcome = outcome;
  delivery->reply = g_strdup (why);
}

/* A server can repeat in its refusal what it was told. */
static void
hide_password (RungsSmtpTransport *self,
               RungsDelivery      *delivery)
{
  if (!rungs_smtp_sign_in_shows (self->settings, delivery->reply))
    return;
  g_free (delivery->reply);
  delivery->reply = g_strdup (_ ("The mail server refused; its words are left out because they "
                                 "repeat the password."));
}

/* `error` (nullable): how it ended. */
static void
judge (RungsSmtpTransport *self,
       const GError       *error,
       RungsDelivery      *delivery)
{
  g_autofree char *words = NULL;
  RungsSmtpBreak broke = RUNGS_SMTP_BREAK_NONE;

  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    return refuse (delivery, RUNGS_DELIVERY_PERMANENT, error->message);
  if (error != NULL)
    {
      broke = rungs_smtp_trouble_classify (error);
      words = rungs_smtp_trouble_tell (error, self->exchange->phase);
    }
  rungs_smtp_exchange_judge (self->exchange, broke, words, delivery);
  hide_password (self, delivery);
}

/* TRUE: there is a connection; else `delivery` tells why not. */
static gboolean
open_connection (RungsSmtpTransport *self,
                 GCancellable       *cancellable,
                 RungsDelivery      *delivery)
{
  g_autoptr (GError) error = NULL;

  rungs_smtp_exchange_begin (self->exchange);
  if (!rungs_smtp_client_connect (self->client, cancellable, &error))
    {
      judge (self, error, delivery);
      return FALSE;
    }
  self->connections++;
  return TRUE;
}

static void
send_once (RungsSmtpTransport  *self,
           const RungsEnvelope *envelope,
           GBytes              *message,
           GCancellable        *cancellable,
           RungsDelivery       *delivery)
{
  g_autoptr (GError) error = NULL;
  gboolean sent;

  rungs_smtp_exchange_begin (self->exchange);
  sent = rungs_smtp_client_send (self->client, envelope, message, cancellable, &error);
  judge (self, error, delivery);
  if (!sent && !g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    rungs_smtp_client_recover (self->client, cancellable);
}

/* Whether it was a connection of an earlier message that turned out to be gone. */
static gboolean
was_gone (RungsSmtpTransport  *self,
          const RungsDelivery *delivery)
{
  return delivery->outcome == RUNGS_DELIVERY_TEMPORARY
         && self->exchange->phase <= RUNGS_SMTP_PHASE_MAIL
         && (delivery->code == 0 || delivery->code == 421);
}

static void
hand_over (RungsSmtpTransport  *self,
           const RungsEnvelope *envelope,
           GBytes              *message,
           GCancellable        *cancellable,
           RungsDelivery       *delivery)
{
  if (rungs_smtp_client_is_connected (self->client))
    {
      send_once (self, envelope, message, cancellable, delivery);
      if (!was_gone (self, delivery))
        return;
      rungs_delivery_clear (delivery);
      rungs_smtp_client_hang_up (self->client);
    }
  if (open_connection (self, cancellable, delivery))
    send_once (self, envelope, message, cancellable, delivery);
}

static void
rungs_smtp_transport_send (RungsTransport      *transport,
                           const RungsEnvelope *envelope,
                           GBytes              *message,
                           GCancellable        *cancellable,
                           RungsDelivery       *delivery)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);
  g_autoptr (GBytes) clean = NULL;
  const char *fault = rungs_smtp_settings_find_fault (self->settings);

  if (g_cancellable_is_cancelled (cancellable))
    return refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (fault != NULL)
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, fault);
  if (!rungs_smtp_is_safe_address (envelope->from))
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE,
                   _ ("The sender's address is not one."));
  if (!rungs_smtp_is_safe_address (envelope->to))
    {
      delivery->address_is_bad = TRUE;
      return refuse (delivery, RUNGS_DELIVERY_PERMANENT, _ ("The recipient's address is not one."));
    }

  clean = rungs_smtp_with_line_ends (message);
  hand_over (self, envelope, clean, cancellable, delivery);
}

static void
rungs_smtp_transport_connect (RungsTransport *transport,
                              GCancellable   *cancellable,
                              RungsDelivery  *delivery)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);
  const char *fault = rungs_smtp_settings_find_fault (self->settings);

  if (rungs_smtp_client_is_connected (self->client))
    return;
  if (g_cancellable_is_cancelled (cancellable))
    return refuse (delivery, RUNGS_DELIVERY_CANCELLED, _ ("Sending was stopped."));
  if (fault != NULL)
    return refuse (delivery, RUNGS_DELIVERY_ACCOUNT_TROUBLE, fault);

  open_connection (self, cancellable, delivery);
}

static void
rungs_smtp_transport_disconnect (RungsTransport *transport)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (transport);

  rungs_smtp_client_quit (self->client);
}

static void
rungs_smtp_transport_finalize (GObject *object)
{
  RungsSmtpTransport *self = RUNGS_SMTP_TRANSPORT (object);

  rungs_smtp_client_quit (self->client);
  rungs_smtp_client_free (self->client);
  rungs_smtp_settings_free (self->settings);
  rungs_smtp_exchange_free (self->exchange);
  G_OBJECT_CLASS (rungs_smtp_transport_parent_class)->finalize (object);
}

static void
rungs_smtp_transport_class_init (RungsSmtpTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rungs_smtp_transport_finalize;
  RUNGS_TRANSPORT_CLASS (class)->send = rungs_smtp_transport_send;
  RUNGS_TRANSPORT_CLASS (class)->connect = rungs_smtp_transport_connect;
  RUNGS_TRANSPORT_CLASS (class)->disconnect = rungs_smtp_transport_disconnect;
}

static void
rungs_smtp_transport_init (RungsSmtpTransport *self)
{
  self->exchange = rungs_smtp_exchange_new ();
}

RungsTransport *
rungs_smtp_transport_new (const RungsSmtpSettings *settings)
{
  RungsSmtpTransport *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_SMTP_TRANSPORT, NULL);
  self->settings = rungs_smtp_settings_copy (settings);
  self->client = rungs_smtp_client_new (self->settings, self->exchange);
  return RUNGS_TRANSPORT (self);
}

guint
rungs_smtp_transport_get_connections (RungsSmtpTransport *self)
{
  g_return_val_if_fail (RUNGS_IS_SMTP_TRANSPORT (self), 0);

  return self->connections;
}
