/* rungs-relay-mail.c: the account by which the relay sends. */

#include "rungs-relay-mail.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "smtp/rungs-smtp-safety.h"
#include "wire/rungs-link.h"
#include "wire/rungs-wire-json.h"

#define FILE_NAME "mail.json"
#define PER_HOUR 100
#define PER_HOUR_MOST 10000

/* Seconds: who has filled in a form waits for it. */
#define CONNECT_TIMEOUT 20
#define REPLY_TIMEOUT 60
#define FINAL_TIMEOUT 120

static gboolean
fail (GError    **error,
      const char *words)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

/* The place of the word, -1 where it is none of them. */
static int
find_word (const char        *word,
           const char *const *words)
{
  for (int i = 0; word != NULL && words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return -1;
}

static gboolean
read_settings (RungsRelayMail *self,
               JsonObject     *object,
               GError        **error)
{
  static const char *const SECURITIES[] = { "starttls", "tls", "none", NULL };
  static const char *const AUTHS[] = { "none", "auto", "plain", "login", NULL };
  const char *host = rungs_wire_json_text (object, "host");
  const char *password = rungs_wire_json_text (object, "password");
  gint64 port = rungs_wire_json_number (object, "port", 0);
  int security = find_word (rungs_wire_json_text (object, "security"), SECURITIES);
  int auth = find_word (rungs_wire_json_text (object, "auth"), AUTHS);
  const char *fault;

  if (host == NULL || *host == '\0' || port < 0 || port > 65535 || security < 0 || auth < 0)
    return fail (error, "an account has a host, a port, a security and a way to sign in");
  self->settings = rungs_smtp_settings_new (host, (guint) port, (RungsSmtpSecurity) security);
  self->settings->auth = (RungsSmtpAuth) auth;
  self->settings->username = g_strdup (rungs_wire_json_text (object, "username"));
  rungs_smtp_settings_set_password (self->settings, password);
  self->settings->connect_timeout = CONNECT_TIMEOUT;
  self->settings->reply_timeout = REPLY_TIMEOUT;
  self->settings->final_timeout = FINAL_TIMEOUT;
  if (security == RUNGS_SMTP_CLEAR && !rungs_smtp_settings_is_loopback (self->settings))
    return fail (error, "a mail server on another machine is reached encrypted or not at all");
  fault = rungs_smtp_settings_find_fault (self->settings);
  return fault == NULL || fail (error, fault);
}

/* By what name the relay is known to mail servers: its own. */
static void
set_ehlo_name (RungsRelayMail *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL)
    self->settings->ehlo_name = g_hostname_to_ascii (g_uri_get_host (uri));
}

static gboolean
read_object (RungsRelayMail *self,
             JsonObject     *object,
             GError        **error)
{
  const char *stamp = rungs_wire_json_text (object, "stamp");
  const char *address = rungs_wire_json_text (object, "address");
  const char *from = rungs_wire_json_text (object, "from");
  gint64 per_hour = rungs_wire_json_number (object, "per_hour", PER_HOUR);

  if (stamp == NULL || *stamp == '\0' || address == NULL || !rungs_link_is_target (address)
      || g_str_has_suffix (address, "/") || per_hour < 1 || per_hour > PER_HOUR_MOST)
    return fail (error, "an account has a stamp, the relay's address, and a number an hour");
  self->stamp = g_strdup (stamp);
  self->address = g_strdup (address);
  self->per_hour = (guint) per_hour;
  self->from = from != NULL ? rungs_email_for_smtp (from, NULL) : NULL;
  if (self->from == NULL || !g_str_is_ascii (self->from)
      || !rungs_smtp_is_safe_address (self->from))
    return fail (error, "an account sends from an address of ASCII letters");
  if (!read_settings (self, object, error))
    return FALSE;
  set_ehlo_name (self);
  return TRUE;
}

static void
mail_clear (gpointer data)
{
  RungsRelayMail *self = data;

  g_free (self->stamp);
  g_free (self->address);
  g_free (self->from);
  g_clear_pointer (&self->settings, rungs_smtp_settings_free);
}

RungsRelayMail *
rungs_relay_mail_ref (RungsRelayMail *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_relay_mail_unref (RungsRelayMail *self)
{
  g_atomic_rc_box_release_full (self, mail_clear);
}

RungsRelayMail *
rungs_relay_mail_parse (const char *json,
                        gsize       length,
                        GError    **error)
{
  g_autoptr (RungsRelayMail) self = g_atomic_rc_box_new0 (RungsRelayMail);
  g_autoptr (JsonNode) root = NULL;

  if (length > 0 && g_utf8_validate_len (json, length, NULL))
    root = rungs_wire_json_read (json, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "an account is an object");
      return NULL;
    }
  return read_object (self, json_node_get_object (root), error) ? g_steal_pointer (&self) : NULL;
}

RungsRelayMail *
rungs_relay_mail_load (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsRelayMail) self = NULL;
  char *json = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &json, &length, NULL))
    return NULL;
  self = rungs_relay_mail_parse (json, length, &failure);
  if (self == NULL)
    g_warning ("the account by which the relay sends is not used: %s", failure->message);
  explicit_bzero (json, length);
  g_free (json);
  return g_steal_pointer (&self);
}

gboolean
rungs_relay_mail_save (const char *folder,
                       const char *json,
                       GError    **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;

  if (json != NULL)
    return g_file_set_contents_full (path, json, -1, flags, 0600, error);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "%s: %s", FILE_NAME, g_strerror (errno));
  return FALSE;
}
