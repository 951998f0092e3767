/* rungs-sender-route.c: the way out of an account, with what the keyring holds of it. */

#include "engine/rungs-sender-route.h"

#include "base/rungs-email-address.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-practice-transport.h"
#include "mail/rungs-secret.h"
#include "mail/rungs-smtp-transport.h"

RungsSmtpSettings *
rungs_sender_route_load_settings (RungsDb            *db,
                                  const RungsAccount *account,
                                  const char         *password,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_autoptr (RungsSmtpSettings) settings = NULL;
  g_autoptr (RungsBusiness) business = NULL;
  char *found;

  if (account->kind != RUNGS_ACCOUNT_SMTP)
    return NULL;
  settings = rungs_account_dup_smtp_settings (account);
  if (settings->auth == RUNGS_SMTP_AUTH_NONE)
    return g_steal_pointer (&settings);
  if (password != NULL)
    {
      rungs_smtp_settings_set_password (settings, password);
      return g_steal_pointer (&settings);
    }

  business = rungs_business_load (db, error);
  if (business == NULL)
    return NULL;
  found
    = rungs_secret_lookup (business->uuid, account->uuid, RUNGS_SECRET_TIMEOUT, cancellable, error);
  if (found == NULL)
    return NULL;
  rungs_smtp_settings_set_password (settings, found);
  rungs_secret_free (found);
  return g_steal_pointer (&settings);
}

char *
rungs_sender_route_dup_from (const RungsAccount *account,
                             GError            **error)
{
  g_return_val_if_fail (account != NULL, NULL);

  if (account->kind == RUNGS_ACCOUNT_PRACTICE && *account->from_email == '\0')
    return g_strdup ("practice@business.example");
  return rungs_email_for_smtp (account->from_email, error);
}

RungsTransport *
rungs_sender_route_new_transport (const RungsSenderRoute *route)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (route != NULL, NULL);

  if (route->settings != NULL)
    return rungs_smtp_transport_new (route->settings);
  folder = rungs_practice_get_folder (route->path);
  return rungs_practice_transport_new (folder);
}
