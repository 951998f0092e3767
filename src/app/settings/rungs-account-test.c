/* rungs-account-test.c: sends one test message by an account, stored or not, and tells what became
 * of it. */

#include "rungs-account-test.h"

#include <glib/gi18n.h>

#include "base/rungs-email-address.h"
#include "engine/rungs-sender-route.h"
#include "mail/rungs-mime.h"
#include "mail/rungs-secret.h"

/* The test, with values of its own. */
typedef struct
{
  RungsAccount *account;
  char *file;
  char *business_name;
  char *path;
  char *password; /* (nullable) */
  char *to;
} Testing;

static void
testing_free (gpointer data)
{
  Testing *testing = data;

  rungs_account_free (testing->account);
  g_free (testing->file);
  g_free (testing->business_name);
  g_free (testing->path);
  rungs_secret_free (testing->password);
  g_free (testing->to);
  g_free (testing);
}

static void
delivery_free (gpointer data)
{
  rungs_delivery_clear (data);
  g_free (data);
}

static GBytes *
compose (const Testing  *testing,
         const char     *message_id,
         GError        **error)
{
  g_autofree char *text = g_strdup_printf (
      _ ("This is a test message of Rungs, sent by the account “%s” of %s.\n\nIt arrived: messages "
         "to your leads can leave the same way.\n"),
      testing->account->name, testing->business_name);
  RungsMime mime = {
    .from_name = testing->account->from_name,
    .from_email = testing->account->from_email,
    .to_name = "",
    .to_email = testing->to,
    .reply_to = testing->account->reply_to,
    .subject = _ ("Test message of Rungs"),
    .text = text,
    .message_id = message_id,
    .date = g_get_real_time () / 1000,
  };

  return rungs_mime_compose (&mime, error);
}

static RungsDelivery *
hand_over (const Testing  *testing,
           GCancellable   *cancellable,
           GError        **error)
{
  RungsSenderRoutePlan plan = { testing->path, testing->file, testing->account, testing->password,
                                TRUE };
  g_autoptr (RungsSenderRoute) route = rungs_sender_route_open (&plan, cancellable, error);
  const char *from = route != NULL ? rungs_sender_route_get_from (route) : NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *to = from != NULL ? rungs_email_for_smtp (testing->to, error) : NULL;
  g_autofree char *message_id = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RungsTransport) transport = NULL;
  RungsDelivery *delivery = NULL;

  if (to == NULL)
    return NULL;
  message_id = g_strdup_printf ("%s@%s", uuid, strrchr (from, '@') + 1);
  message = compose (testing, message_id, error);
  if (message == NULL)
    return NULL;

  transport = rungs_sender_route_new_transport (route);
  delivery = g_new0 (RungsDelivery, 1);
  rungs_transport_send (transport, &(RungsEnvelope) { from, to, message_id }, message, cancellable,
                        delivery);
  rungs_transport_disconnect (transport);
  return delivery;
}

static void
test_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  RungsDelivery *delivery = hand_over (data, cancellable, &error);

  if (delivery != NULL)
    g_task_return_pointer (task, delivery, delivery_free);
  else
    g_task_return_error (task, error);
}

void
rungs_account_test_async (const RungsAccountTest *test,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Testing *testing = g_new0 (Testing, 1);

  testing->account = rungs_account_copy (test->account);
  testing->file = g_strdup (test->file);
  testing->business_name = g_strdup (test->business_name);
  testing->path = g_strdup (test->path);
  testing->password = g_strdup (test->password);
  testing->to = g_strdup (test->to);
  g_task_set_task_data (task, testing, testing_free);
  g_task_run_in_thread (task, test_thread);
}

gboolean
rungs_account_test_finish (GAsyncResult   *result,
                           RungsDelivery  *delivery,
                           GError        **error)
{
  RungsDelivery *answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer == NULL)
    return FALSE;
  *delivery = *answer;
  g_free (answer);
  return TRUE;
}

char *
rungs_account_test_describe (const RungsDelivery *delivery,
                             const RungsAccount  *account)
{
  const char *meaning = NULL;

  switch (delivery->outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      return g_strdup (
          account->kind == RUNGS_ACCOUNT_PRACTICE
              ? _ ("The test message is in the practice folder.")
              : _ ("The server took the test message. Look whether it arrives, and not among the "
                   "unwanted mail."));
    case RUNGS_DELIVERY_TEMPORARY:
      meaning =
          delivery->server_is_away
              ? _ ("The server could not be reached. Check its name, the port and the connection.")
              : _ ("The server does not take the message just now. Try again later.");
      break;
    case RUNGS_DELIVERY_PERMANENT:
      meaning = _ ("The server refuses the message. Check both addresses.");
      break;
    case RUNGS_DELIVERY_IN_DOUBT:
      meaning = _ ("The line broke after the message had gone out. It may arrive or not.");
      break;
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
      meaning =
          _ ("The server does not let this account send. Check the security, the user name and the "
             "password.");
      break;
    case RUNGS_DELIVERY_CANCELLED:
    default:
      meaning = _ ("The test was cancelled.");
      break;
    }

  if (delivery->reply == NULL || *delivery->reply == '\0')
    return g_strdup (meaning);
  /* Translators: what it means, and the server's own words. */
  return g_strdup_printf (_ ("%s\nIt said: %s"), meaning, delivery->reply);
}
