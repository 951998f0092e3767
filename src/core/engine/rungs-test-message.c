/* rungs-test-message.c: one message past the outbox, to see whether an account works. */

#include "engine/rungs-test-message.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "engine/rungs-sender-route.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-mime.h"

static GBytes *
compose (const RungsAccount *account,
         const char         *from_email,
         const char         *to,
         const char         *message_id,
         gint64              now,
         GError            **error)
{
  RungsMime mime = {
    .from_name = account->from_name,
    .from_email = from_email,
    .to_name = "",
    .to_email = to,
    .reply_to = account->reply_to,
    .subject = _ ("Test message from Rungs"),
    .text = _ ("This message was sent by Rungs to see whether the mail account works. It does.\n"),
    .message_id = message_id,
    .date = now,
  };

  return rungs_mime_compose (&mime, error);
}

/* FALSE with the error that the delivery means, unless it was accepted. */
static gboolean
judge (const RungsDelivery *delivery,
       GError             **error)
{
  switch (delivery->outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      return TRUE;
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_PERMANENT:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, delivery->reply);
      return FALSE;
    case RUNGS_DELIVERY_TEMPORARY:
    case RUNGS_DELIVERY_IN_DOUBT:
    default:
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, delivery->reply);
      return FALSE;
    }
}

static gboolean
hand_over (RungsSenderRoute *route,
           const char       *to,
           gint64            now,
           GCancellable     *cancellable,
           GError          **error)
{
  const char *from_email = rungs_sender_route_get_from (route);
  g_autofree char *to_email = rungs_email_for_smtp (to, error);
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *message_id = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RungsTransport) transport = NULL;
  g_auto (RungsDelivery) delivery = { 0 };

  if (to_email == NULL)
    return FALSE;
  message_id = g_strconcat (random, strrchr (from_email, '@'), NULL);
  message = compose (rungs_sender_route_get_account (route), from_email, to, message_id, now,
                     error);
  if (message == NULL)
    return FALSE;

  transport = rungs_sender_route_new_transport (route);
  rungs_transport_send (transport, &(RungsEnvelope){ from_email, to_email, message_id }, message,
                        cancellable, &delivery);
  return judge (&delivery, error);
}

gboolean
rungs_test_message_send (const char         *path,
                         RungsClock         *clock,
                         const RungsAccount *account,
                         const char         *to,
                         const char         *password,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_autoptr (RungsDb) db = NULL;
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsSenderRoute) route = NULL;
  RungsSenderRoutePlan plan = { .path = path, .account = account, .secret = password };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (RUNGS_IS_CLOCK (clock), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (to != NULL, FALSE);

  db = rungs_db_open (path, RUNGS_DB_READ, error);
  business = db != NULL ? rungs_business_load (db, error) : NULL;
  if (business == NULL)
    return FALSE;
  plan.file = business->uuid;
  route = rungs_sender_route_open (&plan, cancellable, error);
  return route != NULL && hand_over (route, to, rungs_clock_now (clock), cancellable, error);
}
