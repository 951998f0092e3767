/* rungs-web-relay-mail.c: the account by which the relay asks people to confirm their address. */

#include "web/rungs-web-relay-mail.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "mail/rungs-secret.h"

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, why);
  return FALSE;
}

gboolean
rungs_web_relay_may_send_by (const RungsWebRelay *relay,
                             const RungsAccount  *account,
                             GError             **error)
{
  g_autoptr (RungsSmtpSettings) settings = NULL;

  g_return_val_if_fail (relay != NULL && account != NULL, FALSE);

  if (!g_str_has_prefix (relay->address, "https://"))
    return refuse (error, _ ("Readers reach a relay by https only: one of this computer sends"
                             " nothing."));
  if (account->kind != RUNGS_ACCOUNT_SMTP || account->auth > RUNGS_SMTP_AUTH_LOGIN)
    return refuse (error, _ ("The relay sends by SMTP with a password only, not by this kind of"
                             " account."));
  if (*account->ca_file != '\0')
    return refuse (error, _ ("This account trusts certificates in a file of this computer, which"
                             " the relay does not have."));
  settings = rungs_account_dup_smtp_settings (account);
  if (account->security == RUNGS_SMTP_CLEAR && !rungs_smtp_settings_is_loopback (settings))
    return refuse (error, _ ("The relay sends encrypted only, and this account is not."));
  if (!g_str_is_ascii (account->from_email) || *account->from_email == '\0')
    return refuse (error, _ ("This account has no from address, or one with letters that many mail"
                             " servers do not take."));
  return TRUE;
}

static JsonNode *
make_node (const RungsWebRelay *relay,
           const RungsAccount  *account,
           const char          *password)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "address", relay->address);
  rungs_json_add_text (builder, "from", account->from_email);
  rungs_json_add_text (builder, "host", account->host);
  rungs_json_add_number (builder, "port", account->port);
  rungs_json_add_text (builder, "security", rungs_smtp_security_to_text (account->security));
  rungs_json_add_text (builder, "auth", rungs_smtp_auth_to_text (account->auth));
  rungs_json_add_text (builder, "username", account->username);
  rungs_json_add_text (builder, "password", password);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

char *
rungs_web_relay_mail_dup (const RungsWebRelay *relay,
                          const RungsAccount  *account,
                          const char          *password)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *stamp = NULL;
  char *text;

  g_return_val_if_fail (relay != NULL && account != NULL && password != NULL, NULL);

  node = make_node (relay, account, password);
  text = json_to_string (node, FALSE);
  stamp = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  rungs_secret_free (text);
  json_object_set_string_member (json_node_get_object (node), "stamp", stamp);
  return json_to_string (node, FALSE);
}

char *
rungs_web_relay_mail_dup_stamp (const char *mail)
{
  g_autoptr (JsonNode) node = json_from_string (mail, NULL);

  g_return_val_if_fail (node != NULL && JSON_NODE_HOLDS_OBJECT (node), NULL);

  return g_strdup (
    json_object_get_string_member_with_default (json_node_get_object (node), "stamp", ""));
}
