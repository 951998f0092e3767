/* rungs-goa.c: the mail accounts of this computer, which GNOME Online Accounts keeps.
 *
 * The service says that an account needs attention, and refuses to check it, when only the network
 * is away, too; so neither is believed: what it gives is tried, and the mail server decides. */

#include "mail/rungs-goa.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-secret.h"

#define SERVICE "org.gnome.OnlineAccounts"
#define ROOT "/org/gnome/OnlineAccounts"
#define ACCOUNT SERVICE ".Account"
#define MAIL SERVICE ".Mail"
#define OAUTH2 SERVICE ".OAuth2Based"
#define PASSWORD SERVICE ".PasswordBased"

#define TIMEOUT 30000 /* ms: it may have to ask a provider first */

void
rungs_goa_account_free (RungsGoaAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->path);
  g_free (self->provider);
  g_free (self->identity);
  g_free (self->email);
  g_free (self->name);
  g_free (self->smtp.host);
  g_free (self->smtp.username);
  g_free (self->imap.host);
  g_free (self->imap.username);
  g_free (self);
}

static const RungsGoaServer *
get_server (const RungsGoaAccount *self,
            RungsGoaUse            use)
{
  return use == RUNGS_GOA_SENDS ? &self->smtp : &self->imap;
}

const char *
rungs_goa_account_find_fault (const RungsGoaAccount *self,
                              RungsGoaUse            use)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->is_disabled)
    return _ ("Mail is switched off for this account in the settings of the computer, under Online"
              " Accounts.");
  if (get_server (self, use)->host != NULL)
    return NULL;
  return use == RUNGS_GOA_SENDS ? _ ("This account of the computer cannot send mail.")
                                : _ ("This account of the computer cannot read mail.");
}

RungsSmtpSettings *
rungs_goa_account_dup_settings (const RungsGoaAccount *self,
                                RungsGoaUse            use)
{
  const RungsGoaServer *server;
  RungsSmtpSettings *settings;

  g_return_val_if_fail (self != NULL, NULL);

  server = get_server (self, use);
  g_return_val_if_fail (server->host != NULL, NULL);
  settings = rungs_smtp_settings_new (server->host, server->port, server->security);
  settings->auth = server->auth;
  settings->username = g_strdup (server->username);
  return settings;
}

/* ---- asking */

static gboolean
is_no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
             && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
}

/* Takes the error. */
static void
tell_trouble (GError  *cause,
              GError **error)
{
  g_autoptr (GError) owned = cause;
  g_autofree char *remote = g_dbus_error_get_remote_error (owned);

  if (rungs_error_is_cancelled (owned))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return;
    }
  g_dbus_error_strip_remote_error (owned);
  if (is_no_service (owned))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("This computer has no Online Accounts."));
  else if (g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
           || g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                         _ ("The account is not among the Online Accounts of this computer any"
                            " more."));
  else if (remote != NULL
           && (g_str_has_suffix (remote, ".NotAuthorized")
               || g_str_has_suffix (remote, ".NotSupported")))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("Sign in again in the settings of the computer, under Online Accounts (%s)."),
                 owned->message);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
                 _ ("The Online Accounts of this computer do not give access just now: %s"),
                 owned->message);
}

static GVariant *
call (const char   *path,
      const char   *interface,
      const char   *method,
      GVariant     *arguments,
      const char   *type,
      GCancellable *cancellable,
      GError      **error)
{
  GError *cause = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &cause);
  GVariant *answer;

  if (bus == NULL && !rungs_error_is_cancelled (cause))
    {
      g_clear_error (&cause);
      cause = g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN, "");
    }
  if (bus == NULL)
    {
      if (arguments != NULL)
        g_variant_unref (g_variant_ref_sink (arguments));
      return tell_trouble (cause, error), NULL;
    }
  answer = g_dbus_connection_call_sync (bus, SERVICE, path, interface, method, arguments,
                                        G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, TIMEOUT,
                                        cancellable, &cause);
  if (answer == NULL)
    tell_trouble (cause, error);
  return answer;
}

/* ---- reading what it says */

static char *
dup_text (GVariant   *properties,
          const char *name)
{
  const char *text = "";

  g_variant_lookup (properties, name, "&s", &text);
  return g_strdup (text);
}

static gboolean
read_flag (GVariant   *properties,
           const char *name)
{
  gboolean flag = FALSE;

  g_variant_lookup (properties, name, "b", &flag);
  return flag;
}

/* "host", "host:port", "[::1]:port". */
static void
read_host (RungsGoaServer *server,
           const char     *text)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (text, 0, NULL);

  if (address == NULL || *text == '\0')
    return;
  server->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  server->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
}

static void
read_server (RungsGoaServer *server,
             GVariant       *mail,
             const char     *protocol)
{
  g_autofree char *supported = g_strconcat (protocol, "Supported", NULL);
  g_autofree char *host = g_strconcat (protocol, "Host", NULL);
  g_autofree char *ssl = g_strconcat (protocol, "UseSsl", NULL);
  g_autofree char *tls = g_strconcat (protocol, "UseTls", NULL);
  g_autofree char *user = g_strconcat (protocol, "UserName", NULL);
  g_autofree char *address = dup_text (mail, host);

  if (!read_flag (mail, supported))
    return;
  read_host (server, address);
  server->username = dup_text (mail, user);
  server->security = read_flag (mail, ssl)   ? RUNGS_SMTP_TLS
                     : read_flag (mail, tls) ? RUNGS_SMTP_STARTTLS
                                             : RUNGS_SMTP_CLEAR;
}

/* Returns: (nullable): NULL where it is no account, or never one for mail. */
static RungsGoaAccount *
read_account (const char *path,
              GVariant   *interfaces)
{
  g_autoptr (GVariant) account
    = g_variant_lookup_value (interfaces, ACCOUNT, G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) mail = g_variant_lookup_value (interfaces, MAIL, G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) oauth2
    = g_variant_lookup_value (interfaces, OAUTH2, G_VARIANT_TYPE_VARDICT);
  RungsGoaAccount *self;
  RungsSmtpAuth auth;

  if (account == NULL)
    return NULL;
  self = g_new0 (RungsGoaAccount, 1);
  self->path = g_strdup (path);
  self->id = dup_text (account, "Id");
  self->provider = dup_text (account, "ProviderName");
  self->identity = dup_text (account, "PresentationIdentity");
  self->is_disabled = mail == NULL || read_flag (account, "MailDisabled");
  self->needs_attention = read_flag (account, "AttentionNeeded");
  self->has_token = oauth2 != NULL;
  self->email = mail != NULL ? dup_text (mail, "EmailAddress") : g_strdup ("");
  self->name = mail != NULL ? dup_text (mail, "Name") : g_strdup ("");
  if (mail == NULL)
    return self;
  auth = self->has_token ? RUNGS_SMTP_AUTH_XOAUTH2 : RUNGS_SMTP_AUTH_AUTO;
  read_server (&self->smtp, mail, "Smtp");
  self->smtp.auth = read_flag (mail, "SmtpUseAuth") ? auth : RUNGS_SMTP_AUTH_NONE;
  read_server (&self->imap, mail, "Imap");
  self->imap.auth = auth;
  return self;
}

/* Those of the computer, for mail or not. */
static GPtrArray *
list_all (GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GVariant) answer
    = call (ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
            "(a{oa{sa{sv}}})", cancellable, error);
  g_autoptr (GPtrArray) accounts
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_goa_account_free);
  g_autoptr (GVariantIter) iter = NULL;
  const char *path;
  GVariant *interfaces;

  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(a{oa{sa{sv}}})", &iter);
  while (g_variant_iter_loop (iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      RungsGoaAccount *account = read_account (path, interfaces);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

static int
compare_identities (gconstpointer a,
                    gconstpointer b)
{
  const RungsGoaAccount *one = *(RungsGoaAccount *const *) a;
  const RungsGoaAccount *other = *(RungsGoaAccount *const *) b;

  return g_utf8_collate (one->identity, other->identity);
}

GPtrArray *
rungs_goa_list (GCancellable *cancellable,
                GError      **error)
{
  GPtrArray *accounts = list_all (cancellable, error);

  for (guint i = accounts ? accounts->len : 0; i-- > 0;)
    {
      const RungsGoaAccount *account = accounts->pdata[i];

      if (account->smtp.host == NULL && account->imap.host == NULL)
        g_ptr_array_remove_index (accounts, i);
    }
  if (accounts != NULL)
    g_ptr_array_sort (accounts, compare_identities);
  return accounts;
}

RungsGoaAccount *
rungs_goa_find (const char   *id,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) accounts = list_all (cancellable, &cause);

  g_return_val_if_fail (id != NULL, NULL);

  if (g_error_matches (cause, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, cause->message);
      return NULL;
    }
  if (accounts == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (((RungsGoaAccount *) accounts->pdata[i])->id, id))
      return g_ptr_array_steal_index (accounts, i);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                       _ ("The account is not among the Online Accounts of this computer any"
                          " more."));
  return NULL;
}

/* ---- what lets one in */

static char *
take_token (const RungsGoaAccount *self,
            gint64                *seconds,
            GCancellable          *cancellable,
            GError               **error)
{
  g_autoptr (GVariant) answer
    = call (self->path, OAUTH2, "GetAccessToken", NULL, "(si)", cancellable, error);
  gint32 expires_in = 0;
  char *token = NULL;

  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(si)", &token, &expires_in);
  *seconds = MAX (expires_in, 0);
  return token;
}

/* Accounts of some providers have one password for all. */
static char *
take_password (const RungsGoaAccount *self,
               RungsGoaUse            use,
               GCancellable          *cancellable,
               GError               **error)
{
  const char *ids[] = { use == RUNGS_GOA_SENDS ? "smtp-password" : "imap-password", "password" };
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) first = NULL;
  char *password = NULL;

  answer = call (self->path, PASSWORD, "GetPassword", g_variant_new ("(s)", ids[0]), "(s)",
                 cancellable, &first);
  if (answer == NULL && g_error_matches (first, RUNGS_ERROR, RUNGS_ERROR_NETWORK))
    answer = call (self->path, PASSWORD, "GetPassword", g_variant_new ("(s)", ids[1]), "(s)",
                   cancellable, NULL);
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return NULL;
    }
  g_variant_get (answer, "(s)", &password);
  return password;
}

static char *
take_once (const RungsGoaAccount *self,
           RungsGoaUse            use,
           gint64                *seconds,
           GCancellable          *cancellable,
           GError               **error)
{
  *seconds = 0;
  return self->has_token ? take_token (self, seconds, cancellable, error)
                         : take_password (self, use, cancellable, error);
}

char *
rungs_goa_take_secret (const RungsGoaAccount *self,
                       RungsGoaUse            use,
                       const char            *refused,
                       gint64                *seconds,
                       GCancellable          *cancellable,
                       GError               **error)
{
  g_autoptr (GVariant) renewed = NULL;
  char *secret;

  g_return_val_if_fail (self != NULL && seconds != NULL, NULL);

  secret = take_once (self, use, seconds, cancellable, error);
  if (secret == NULL || g_strcmp0 (secret, refused) != 0)
    return secret;

  rungs_secret_free (g_steal_pointer (&secret));
  if (self->has_token)
    {
      renewed = call (self->path, ACCOUNT, "EnsureCredentials", NULL, "(i)", cancellable, error);
      secret = renewed ? take_once (self, use, seconds, cancellable, error) : NULL;
      if (secret == NULL || !g_str_equal (secret, refused))
        return secret;
      rungs_secret_free (g_steal_pointer (&secret));
    }
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                       _ ("The mail server refuses what the Online Accounts of this computer give."
                          " Sign in again in the settings of the computer, under Online"
                          " Accounts."));
  return NULL;
}
