/* rungs-sign-in-command.c: signing in to an account through the browser, and the accounts of this
 * computer. */

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-access-account.h"
#include "mail/rungs-oauth-sign-in.h"
#include "mail/rungs-oauth-token.h"
#include "mail/rungs-secret.h"
#include "rungs-commands.h"
#include "rungs-interrupt.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"

static const RungsColumn SIGNED_IN_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "provider", N_ ("Signed in with"), RUNGS_COLUMN_TEXT, NULL },
  { "username", N_ ("Signed in as"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn COMPUTER_COLUMNS[] = {
  { "id", N_ ("ID"), RUNGS_COLUMN_TEXT, NULL },
  { "identity", N_ ("Account"), RUNGS_COLUMN_TEXT, NULL },
  { "provider", N_ ("Provider"), RUNGS_COLUMN_TEXT, NULL },
  { "from_email", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "host", N_ ("Server"), RUNGS_COLUMN_TEXT, NULL },
  { "trouble", N_ ("Cannot be used"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* One sign-in, from its options to the file. */
typedef struct
{
  RungsInvocation *call;
  RungsAccount *account;             /* (owned) */
  RungsOAuthProvider *provider;      /* (owned) */
  char *client_id;                   /* (owned): of the owner; may be empty */
  char *secret;                      /* (owned) (nullable) */
  RungsOAuthTokens *tokens;          /* (owned) (nullable) */
} SignIn;

static void
sign_in_clear (SignIn *self)
{
  g_clear_pointer (&self->account, rungs_account_free);
  g_clear_pointer (&self->provider, rungs_oauth_provider_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->secret, rungs_secret_free);
  g_clear_pointer (&self->tokens, rungs_oauth_tokens_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SignIn, sign_in_clear)

/* To standard error: what the command says is for programs, too. */
static void
open_cb (const char *address,
         gpointer    data)
{
  fprintf (stderr, "%s\n\n  %s\n\n%s\n",
           _ ("Open this address in a browser on this computer and sign in there:"), address,
           _ ("Waiting for the browser. Ctrl+C stops."));
}

/* The secret of a program that the owner registered: as it is told now, or as it is kept. */
static gboolean
find_secret (SignIn  *self,
             RungsDb *db,
             GError **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsOAuthTokens) kept = NULL;

  if (*self->client_id == '\0' || !self->provider->needs_secret)
    return TRUE;
  if (rungs_invocation_has (self->call, "password-stdin"))
    return rungs_password_prompt (self->call, "", &self->secret, error);
  business = rungs_business_load (db, error);
  if (business == NULL)
    return FALSE;
  kept = rungs_oauth_tokens_look_up (business->uuid, self->account->uuid, NULL, NULL);
  if (kept != NULL && g_str_equal (kept->client_id, self->client_id))
    {
      self->secret = g_strdup (kept->client_secret);
      return TRUE;
    }
  return rungs_password_prompt (self->call, _ ("Client secret:"), &self->secret, error);
}

static gboolean
find_client (SignIn  *self,
             RungsDb *db,
             GError **error)
{
  const char *given = rungs_invocation_get_text (self->call, "client-id", NULL);

  self->client_id = given != NULL ? g_strdup (given)
                                  : rungs_access_account_dup_client_id (self->account);
  if (*self->client_id == '\0' && *self->provider->client_id == '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("This Rungs is not registered with %s. Register a program of your own there"
                      " and give its client ID with --client-id; docs/sign-in.md says how."),
                   self->provider->name);
      return FALSE;
    }
  return find_secret (self, db, error);
}

static gboolean
ask_browser (SignIn  *self,
             GError **error)
{
  g_autoptr (RungsInterrupt) interrupt = rungs_interrupt_new ();
  gboolean own = *self->client_id != '\0';
  RungsOAuthClient client = { own ? self->client_id : self->provider->client_id,
                              own ? self->secret : self->provider->client_secret };

  self->tokens
    = rungs_oauth_sign_in (self->provider, &client, self->account->username, RUNGS_OAUTH_PATIENCE,
                           open_cb, NULL, rungs_interrupt_get_cancellable (interrupt), error);
  return self->tokens != NULL;
}

static gboolean
keep (SignIn  *self,
      RungsDb *db,
      GError **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autofree char *label = g_strdup_printf (_ ("Rungs: mail account %s"), self->account->name);
  char *text;
  gboolean kept;

  if (business == NULL)
    return FALSE;
  text = rungs_oauth_tokens_to_text (self->tokens);
  kept = rungs_secret_store (business->uuid, self->account->uuid, label, text,
                             RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  rungs_secret_free (text);
  return kept;
}

/* A person mended it: it may send. */
static gboolean
write_account (RungsDb *db,
               gpointer data,
               GError **error)
{
  SignIn *self = data;
  RungsAccount *account = self->account;
  g_autoptr (RungsMailbox) mailbox = NULL;

  rungs_access_account_set_oauth (account, self->provider, self->client_id, self->tokens->email);
  if (!rungs_account_save (db, account, error)
      || (account->paused_at != 0 && !rungs_account_resume (db, account->id, error)))
    return FALSE;
  if (!rungs_invocation_has (self->call, "mailbox"))
    return TRUE;
  mailbox = rungs_access_mailbox_new_oauth (self->provider, account->username);
  return mailbox == NULL
         || rungs_access_mailbox_add (db, mailbox, rungs_invocation_get_now (self->call), error);
}

static gboolean
sign_in (RungsInvocation *call,
         RungsDb         *db,
         GError         **error)
{
  g_auto (SignIn) self = { .call = call };
  const char *key;
  JsonObject *row;

  self.account = rungs_account_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  if (self.account == NULL)
    return FALSE;
  key = rungs_invocation_get_text (call, "provider", self.account->provider);
  if (*key == '\0')
    return rungs_invocation_refuse (call, "provider", _ ("google or microsoft"), error);
  self.provider = rungs_oauth_provider_load (key, error);
  if (self.provider == NULL || !find_client (&self, db, error) || !ask_browser (&self, error)
      || !keep (&self, db, error) || !rungs_db_write (db, write_account, &self, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", self.account->id);
  rungs_row_set_text (row, "name", self.account->name);
  rungs_row_set_text (row, "provider", self.account->provider);
  rungs_row_set_text (row, "username", self.account->username);
  rungs_column_show (call, SIGNED_IN_COLUMNS, row);
  return TRUE;
}

static gboolean
list_computer (RungsInvocation *call,
               RungsDb         *db,
               GError         **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GPtrArray) accounts = rungs_goa_list (NULL, &trouble);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COMPUTER_COLUMNS);

  if (accounts == NULL && !g_error_matches (trouble, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const RungsGoaAccount *account = accounts->pdata[i];
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "id", account->id);
      rungs_row_set_text (row, "identity", account->identity);
      rungs_row_set_text (row, "provider", account->provider);
      rungs_row_set_text (row, "from_email", account->email);
      rungs_row_set_text (row, "host", account->smtp.host);
      rungs_row_set_text (row, "trouble",
                          rungs_goa_account_find_fault (account, RUNGS_GOA_SENDS));
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, accounts == NULL ? _ ("This computer has no Online Accounts.")
                                               : _ ("There are no accounts."));
  return TRUE;
}

static const GOptionEntry SIGN_IN_OPTIONS[] = {
  RUNGS_OPTION ("provider", N_ ("PROVIDER"), N_ ("google or microsoft; else that of the account")),
  RUNGS_OPTION ("client-id", N_ ("ID"), N_ ("A program that you registered with the provider")),
  RUNGS_FLAG ("password-stdin", N_ ("Read the client secret from standard input")),
  RUNGS_FLAG ("mailbox", N_ ("Read replies and returned mail there, too")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_SIGN_IN_COMMANDS[] = {
  { "account sign-in", "NAME", N_ ("Sign in to an account through the browser"),
    RUNGS_COMMAND_HOLDS, sign_in, SIGN_IN_OPTIONS,
    N_ ("Prints an address that a browser on this computer must open, and waits until somebody\n"
        "has signed in there. What that brings is kept in the keyring and nowhere else. Where\n"
        "this Rungs is not registered with the provider, a client ID of your own is needed."),
    "{id, name, provider, username}" },
  { "account computer", "", N_ ("List the mail accounts of this computer (Online Accounts)"),
    RUNGS_COMMAND_ALONE, list_computer, NULL,
    N_ ("“account add smtp --auth goa --username ID” sends by one of them."),
    "[id, identity, provider, from_email, host, trouble]" },
  { NULL },
};
