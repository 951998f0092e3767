/* rungs-access-account.c: mail accounts and mailboxes that are let in otherwise than by a password
 * of ours. */

#include "mail/rungs-access-account.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-foreign-json.h"

#define CLIENT_ID "client_id"

static void
set_text (char       **field,
          const char  *text)
{
  char *copy = g_strdup (text != NULL ? text : "");

  g_free (*field);
  *field = copy;
}

static char *
make_options (const char *client_id)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *options = json_object_new ();

  json_node_take_object (root, options);
  if (client_id != NULL && *client_id != '\0')
    json_object_set_string_member (options, CLIENT_ID, client_id);
  return json_to_string (root, FALSE);
}

void
rungs_access_account_set_oauth (RungsAccount             *account,
                                const RungsOAuthProvider *provider,
                                const char               *client_id,
                                const char               *user)
{
  g_return_if_fail (account != NULL && provider != NULL);

  account->auth = RUNGS_SMTP_AUTH_OAUTH;
  set_text (&account->provider, provider->key);
  g_free (account->options);
  account->options = make_options (client_id);
  if (user != NULL && *user != '\0')
    set_text (&account->username, user);
  if (account->kind != RUNGS_ACCOUNT_SMTP || provider->smtp.host == NULL)
    return;
  set_text (&account->host, provider->smtp.host);
  account->port = provider->smtp.port;
  account->security = provider->smtp.security;
}

char *
rungs_access_account_dup_client_id (const RungsAccount *account)
{
  g_autoptr (JsonObject) options = NULL;
  const char *id = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  options = rungs_foreign_json_parse (account->options, strlen (account->options), NULL);
  if (options != NULL && account->auth == RUNGS_SMTP_AUTH_OAUTH)
    id = rungs_foreign_json_get_text (options, CLIENT_ID);
  return g_strdup (id != NULL ? id : "");
}

void
rungs_access_account_set_goa (RungsAccount          *account,
                              const RungsGoaAccount *goa)
{
  g_return_if_fail (account != NULL && goa != NULL);

  account->auth = RUNGS_SMTP_AUTH_GOA;
  set_text (&account->provider, "");
  set_text (&account->username, goa->id);
  set_text (&account->host, goa->smtp.host);
  account->port = goa->smtp.port;
  account->security = goa->smtp.security;
}

RungsMailbox *
rungs_access_mailbox_new_oauth (const RungsOAuthProvider *provider,
                                const char               *user)
{
  RungsMailbox *mailbox;

  g_return_val_if_fail (provider != NULL && user != NULL, NULL);

  if (provider->imap.host == NULL)
    return NULL;
  mailbox = rungs_mailbox_new ();
  mailbox->auth = RUNGS_SMTP_AUTH_OAUTH;
  set_text (&mailbox->provider, provider->key);
  set_text (&mailbox->name, user);
  set_text (&mailbox->username, user);
  set_text (&mailbox->host, provider->imap.host);
  mailbox->port = provider->imap.port;
  mailbox->security = provider->imap.security;
  return mailbox;
}

RungsMailbox *
rungs_access_mailbox_new_goa (const RungsGoaAccount *goa)
{
  RungsMailbox *mailbox;

  g_return_val_if_fail (goa != NULL, NULL);

  if (goa->imap.host == NULL)
    return NULL;
  mailbox = rungs_mailbox_new ();
  mailbox->auth = RUNGS_SMTP_AUTH_GOA;
  set_text (&mailbox->name, goa->identity);
  set_text (&mailbox->username, goa->id);
  set_text (&mailbox->host, goa->imap.host);
  mailbox->port = goa->imap.port;
  mailbox->security = goa->imap.security;
  return mailbox;
}

static gboolean
is_named (GPtrArray  *mailboxes,
          const char *name)
{
  for (guint i = 0; i < mailboxes->len; i++)
    if (g_str_equal (((RungsMailbox *) mailboxes->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static void
find_free_name (RungsMailbox *mailbox,
                GPtrArray    *mailboxes)
{
  g_autofree char *name = g_strdup (mailbox->name);

  for (guint n = 2; is_named (mailboxes, mailbox->name); n++)
    {
      g_free (mailbox->name);
      mailbox->name = g_strdup_printf ("%s %u", name, n);
    }
}

gboolean
rungs_access_mailbox_add (RungsDb       *db,
                          RungsMailbox  *mailbox,
                          gint64         now,
                          GError       **error)
{
  g_autoptr (GPtrArray) mailboxes = rungs_mailbox_list (db, error);

  g_return_val_if_fail (mailbox != NULL, FALSE);

  if (mailboxes == NULL)
    return FALSE;
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const RungsMailbox *other = mailboxes->pdata[i];

      if (g_str_equal (other->host, mailbox->host)
          && g_str_equal (other->username, mailbox->username))
        return TRUE;
    }
  find_free_name (mailbox, mailboxes);
  return rungs_mailbox_add (db, mailbox, now, error);
}
