/* rungs-web-keys.c: what deliveries are checked with.
 *
 * An endpoint's secrets are one entry of the keyring, a line each: while a key is changed there are
 * two. Certificates are fetched over https, without being sent elsewhere, and of at most 64 kB; a
 * network that is not there, and a keyring that is locked, leave the delivery waiting. */

#include "web/rungs-web-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-http-request.h"
#include "mail/rungs-http-verdict.h"
#include "mail/rungs-secret.h"
#include "web/rungs-web-pull-store.h"
#include "wire/rungs-wire-json.h"

#define SECONDS 20
#define LOCKED_FOR (30 * G_USEC_PER_SEC)
#define MOST_BYTES (64 * 1024)

struct _RungsWebKeyring
{
  char *file;               /* (owned) */
  char *secret;             /* (owned) (nullable) */
  GHashTable *secrets;      /* (owned) uuid → GStrv */
  GHashTable *certificates; /* (owned) address → PEM */
  RungsHttpLine *line;      /* (owned) (nullable) */
  char *locked;             /* (owned) (nullable) why it gives nothing, in words … */
  gint64 locked_at;         /* … and since when, by the monotonic clock */
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
  rungs_http_line_free (self->line);
  g_free (self->locked);
  g_free (self);
}

/* A keyring that is locked is not asked for each delivery anew: each time it may take its time, or
 * ask the user. */
static char *
look_up (RungsWebKeyring  *self,
         const char       *entry,
         GError          **error)
{
  g_autoptr (GError) failure = NULL;
  char *found;

  if (self->locked != NULL && g_get_monotonic_time () - self->locked_at < LOCKED_FOR)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_LOCKED, self->locked);
      return NULL;
    }
  g_clear_pointer (&self->locked, g_free);
  found = rungs_secret_lookup (self->file, entry, RUNGS_SECRET_TIMEOUT, NULL, &failure);
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_LOCKED))
    {
      self->locked = g_strdup (failure->message);
      self->locked_at = g_get_monotonic_time ();
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return found;
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
            : look_up (self, endpoint->uuid, error);
  if (entry == NULL)
    return NULL;
  known = g_strsplit (entry, "\n", -1);
  rungs_secret_free (entry);
  for (guint i = 0; known[i] != NULL; i++)
    g_strstrip (known[i]);
  g_hash_table_insert (self->secrets, g_strdup (endpoint->uuid), known);
  return g_strdupv (known);
}

/* Returns: (transfer full) (nullable): what stands there, if that is all right. */
static char *
fetch (RungsWebKeyring  *self,
       const char       *address,
       GError          **error)
{
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("GET");
  g_auto (RungsHttpAnswer) answer = { 0 };
  gsize length = 0;
  const char *bytes = NULL;

  question->address = g_strdup (address);
  question->most = MOST_BYTES;
  question->patience = SECONDS;
  if (self->line == NULL)
    self->line = rungs_http_line_new (NULL);
  if (rungs_http_line_ask (self->line, question, NULL, &answer, NULL) && answer.status == 200
      && answer.body != NULL)
    bytes = g_bytes_get_data (answer.body, &length);
  if (bytes != NULL && memchr (bytes, '\0', length) == NULL)
    return g_strndup (bytes, length);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
               _ ("the certificate at %s cannot be fetched"), address);
  return NULL;
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
  fetched = fetch (self, address, error);
  if (fetched != NULL)
    g_hash_table_insert (self->certificates, g_strdup (address), g_strdup (fetched));
  return fetched;
}

/* ---- what must be asked, or told, before */

/* What came back; where that is none, a refused key and an address that is none are a person's to
 * mend. Returns: (transfer full) (nullable). */
static char *
read_answer (JsonObject             *rule,
             const RungsHttpAnswer  *answer,
             const char             *key,
             GError                **error)
{
  g_autofree char *words = rungs_http_verdict_dup_words (rule, answer);
  gboolean mendable = answer->status >= 400 && answer->status < 500 && answer->status != 408
                      && answer->status != 429;
  gsize length = 0;
  const char *bytes = answer->body ? g_bytes_get_data (answer->body, &length) : NULL;

  if (answer->status == 200 && bytes != NULL && g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);
  if (*key != '\0' && strstr (words, key) != NULL)
    g_set_error (error, RUNGS_ERROR, mendable ? RUNGS_ERROR_AUTH : RUNGS_ERROR_NETWORK,
                 _ ("The provider answered with status %u."), answer->status);
  else
    g_set_error_literal (error, RUNGS_ERROR, mendable ? RUNGS_ERROR_AUTH : RUNGS_ERROR_NETWORK,
                         words);
  return NULL;
}

static char *
ask (RungsWebKeyring    *self,
     RungsHttpQuestion  *question,
     JsonObject         *rule,
     const char         *key,
     GError            **error)
{
  g_auto (RungsHttpAnswer) answer = { 0 };
  g_autoptr (GError) failure = NULL;

  question->most = MOST_BYTES;
  question->patience = SECONDS;
  if (self->line == NULL)
    self->line = rungs_http_line_new (NULL);
  if (rungs_http_line_ask (self->line, question, NULL, &answer, &failure))
    return read_answer (rule, &answer, key, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, failure->message);
  return NULL;
}

static char *
fetch_besides (const RungsWebEndpoint  *endpoint,
               JsonObject              *rule,
               const RungsBlanks       *blanks,
               gpointer                 data,
               GError                 **error)
{
  RungsWebKeyring *self = data;
  g_autofree char *owner = rungs_web_pull_dup_owner (endpoint);
  g_autoptr (RungsHttpQuestion) question = NULL;
  char *key = look_up (self, owner, error);
  char *answer = NULL;

  if (key == NULL)
    return NULL;
  question = rungs_http_request_make (rungs_wire_json_object (rule, "fetch"), NULL, blanks, key,
                                      g_get_real_time () / 1000, error);
  if (question != NULL)
    answer = ask (self, question, rule, key, error);
  rungs_secret_free (key);
  return answer;
}

static gboolean
visit (const char  *address,
       gpointer     data,
       GError     **error)
{
  RungsWebKeyring *self = data;
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("GET");
  g_autoptr (JsonObject) rule = json_object_new ();
  g_autofree char *answer = NULL;

  question->address = g_strdup (address);
  answer = ask (self, question, rule, "", error);
  return answer != NULL;
}

RungsWebKeys
rungs_web_keyring_get_keys (RungsWebKeyring *self)
{
  return (RungsWebKeys) { get_secrets, get_certificate, fetch_besides, visit, self };
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
