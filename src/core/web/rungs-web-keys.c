/* rungs-web-keys.c: what deliveries are checked with.
 *
 * An endpoint's secrets are one entry of the keyring, a line each: while a key is changed there are
 * two. Certificates are fetched over https, without being sent elsewhere, and of at most 64 kB; a
 * network that is not there leaves the delivery waiting. */

#include "web/rungs-web-keys.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"

#define SECONDS 20
#define MOST_BYTES (64 * 1024)

struct _RungsWebKeyring
{
  char *file;               /* (owned) */
  char *secret;             /* (owned) (nullable) */
  GHashTable *secrets;      /* (owned) uuid → GStrv */
  GHashTable *certificates; /* (owned) address → PEM */
};

RungsWebKeyring *
rungs_web_keyring_new (const char *file,
                       const char *secret)
{
  RungsWebKeyring *self = g_new0 (RungsWebKeyring, 1);

  g_return_val_if_fail (file != NULL, NULL);

  self->file = g_strdup (file);
  self->secret = g_strdup (secret);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_strfreev);
  self->certificates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
rungs_web_keyring_free (RungsWebKeyring *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  rungs_secret_free (self->secret);
  g_hash_table_unref (self->secrets);
  g_hash_table_unref (self->certificates);
  g_free (self);
}

static char **
get_secrets (const RungsWebEndpoint  *endpoint,
             gpointer                 data,
             GError                 **error)
{
  RungsWebKeyring *self = data;
  char **known = g_hash_table_lookup (self->secrets, endpoint->uuid);
  char *entry;

  if (known != NULL)
    return g_strdupv (known);
  entry = self->secret != NULL
            ? g_strdup (self->secret)
            : rungs_secret_lookup (self->file, endpoint->uuid, RUNGS_SECRET_TIMEOUT, NULL, error);
  if (entry == NULL)
    return NULL;
  known = g_strsplit (entry, "\n", -1);
  rungs_secret_free (entry);
  for (guint i = 0; known[i] != NULL; i++)
    g_strstrip (known[i]);
  g_hash_table_insert (self->secrets, g_strdup (endpoint->uuid), known);
  return g_strdupv (known);
}

static void
refuse_fetch (const char  *address,
              GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
               _ ("the certificate at %s cannot be fetched"), address);
}

/* Returns: (transfer full) (nullable): what stands there, if that is all right. */
static char *
fetch (const char  *address,
       GError     **error)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", SECONDS, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *bytes = g_malloc0 (MOST_BYTES + 1);
  gsize length = 0;

  if (message == NULL)
    {
      refuse_fetch (address, error);
      return NULL;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  stream = soup_session_send (session, message, NULL, NULL);
  if (stream == NULL || soup_message_get_status (message) != SOUP_STATUS_OK
      || !g_input_stream_read_all (stream, bytes, MOST_BYTES, &length, NULL, NULL)
      || strlen (bytes) != length)
    {
      refuse_fetch (address, error);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

static char *
get_certificate (const char  *address,
                 gpointer     data,
                 GError     **error)
{
  RungsWebKeyring *self = data;
  const char *known = g_hash_table_lookup (self->certificates, address);
  char *fetched;

  if (known != NULL)
    return g_strdup (known);
  fetched = fetch (address, error);
  if (fetched != NULL)
    g_hash_table_insert (self->certificates, g_strdup (address), g_strdup (fetched));
  return fetched;
}

RungsWebKeys
rungs_web_keyring_get_keys (RungsWebKeyring *self)
{
  return (RungsWebKeys) { get_secrets, get_certificate, self };
}

gboolean
rungs_web_apply (RungsDb  *db,
                 gint64    now,
                 guint     limit,
                 gint64   *count,
                 GError  **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsWebKeyring) keyring = NULL;
  RungsWebResult result = { .limit = limit };
  RungsWebKeys keys;

  g_return_val_if_fail (count != NULL, FALSE);

  if (business == NULL)
    return FALSE;
  keyring = rungs_web_keyring_new (business->uuid, NULL);
  keys = rungs_web_keyring_get_keys (keyring);
  if (!rungs_web_apply_all (db, &keys, now, &result, error))
    return FALSE;
  *count = result.applied + result.ignored + result.quarantined;
  return TRUE;
}
