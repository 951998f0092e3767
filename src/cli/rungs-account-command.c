/* rungs-account-command.c: the accounts by which messages leave. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "engine/rungs-test-message.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-access-account.h"
#include "mail/rungs-secret.h"
#include "mail/rungs-warm-up.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"

#define MOST_CONNECTIONS 32
#define MOST_RATE 1000000000
#define MOST_PORT 65535

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "is_default", N_ ("Default"), RUNGS_COLUMN_FLAG, NULL },
  { "from_email", N_ ("From"), RUNGS_COLUMN_TEXT, NULL },
  { "host", N_ ("Server"), RUNGS_COLUMN_TEXT, NULL },
  { "paused_reason", N_ ("Stopped because"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "is_default", N_ ("Default"), RUNGS_COLUMN_FLAG, NULL },
  { "from_name", N_ ("From (name)"), RUNGS_COLUMN_TEXT, NULL },
  { "from_email", N_ ("From (address)"), RUNGS_COLUMN_TEXT, NULL },
  { "reply_to", N_ ("Replies to"), RUNGS_COLUMN_TEXT, NULL },
  { "provider", N_ ("Provider"), RUNGS_COLUMN_TEXT, NULL },
  { "options", N_ ("Its options"), RUNGS_COLUMN_TEXT, NULL },
  { "url", N_ ("Server (JMAP)"), RUNGS_COLUMN_TEXT, NULL },
  { "host", N_ ("Server"), RUNGS_COLUMN_TEXT, NULL },
  { "port", N_ ("Port"), RUNGS_COLUMN_NUMBER, NULL },
  { "security", N_ ("Security"), RUNGS_COLUMN_TEXT, NULL },
  { "auth", N_ ("Signs in by"), RUNGS_COLUMN_TEXT, NULL },
  { "username", N_ ("User name"), RUNGS_COLUMN_TEXT, NULL },
  { "ca_file", N_ ("Trusted certificates"), RUNGS_COLUMN_TEXT, NULL },
  { "connections", N_ ("Connections"), RUNGS_COLUMN_NUMBER, NULL },
  { "per_second", N_ ("At most a second"), RUNGS_COLUMN_NUMBER, NULL },
  { "per_hour", N_ ("At most an hour"), RUNGS_COLUMN_NUMBER, NULL },
  { "per_day", N_ ("At most a day"), RUNGS_COLUMN_NUMBER, NULL },
  { "warm_start", N_ ("Warm-up begins with"), RUNGS_COLUMN_NUMBER, NULL },
  { "warm_growth", N_ ("Grows a day by per cent"), RUNGS_COLUMN_NUMBER, NULL },
  { "today", N_ ("Today up to"), RUNGS_COLUMN_NUMBER, NULL },
  { "tomorrow", N_ ("Tomorrow up to"), RUNGS_COLUMN_NUMBER, NULL },
  { "paused_at", N_ ("Stopped"), RUNGS_COLUMN_TIME, NULL },
  { "paused_reason", N_ ("Stopped because"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* What an account of its kind does not have is null. */
static void
add_server (JsonObject         *row,
            const RungsAccount *account)
{
  g_autoptr (RungsSmtpSettings) settings = rungs_account_dup_smtp_settings (account);
  gboolean smtp = account->kind == RUNGS_ACCOUNT_SMTP;
  gboolean jmap = account->kind == RUNGS_ACCOUNT_JMAP;
  gboolean http = account->kind == RUNGS_ACCOUNT_HTTP;
  const char *security = rungs_smtp_security_to_text (account->security);
  const char *auth = rungs_smtp_auth_to_text (account->auth);

  rungs_row_set_text (row, "provider", *account->provider ? account->provider : NULL);
  rungs_row_set_text (row, "options", http ? account->options : NULL);
  rungs_row_set_text (row, "url", jmap ? account->url : NULL);
  rungs_row_set_text (row, "host", smtp ? account->host : NULL);
  rungs_row_set_id (row, "port", smtp ? rungs_smtp_settings_get_port (settings) : 0);
  rungs_row_set_text (row, "security", smtp ? security : NULL);
  rungs_row_set_text (row, "auth", smtp || jmap ? auth : NULL);
  rungs_row_set_text (row, "username", smtp || jmap ? account->username : NULL);
  rungs_row_set_text (row, "ca_file", smtp || jmap ? account->ca_file : NULL);
  rungs_row_set_id (row, "connections",
                    account->kind != RUNGS_ACCOUNT_PRACTICE ? account->connections : 0);
}

static JsonObject *
account_to_row (RungsInvocation    *call,
                const RungsAccount *account)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *today
    = rungs_time_format_day (rungs_invocation_get_now (call), rungs_invocation_get_zone (call));

  rungs_row_set_number (row, "id", account->id);
  rungs_row_set_text (row, "name", account->name);
  rungs_row_set_text (row, "kind", rungs_account_kind_to_text (account->kind));
  rungs_row_set_flag (row, "is_default", account->is_default);
  rungs_row_set_text (row, "from_name", account->from_name);
  rungs_row_set_text (row, "from_email", account->from_email);
  rungs_row_set_text (row, "reply_to", account->reply_to);
  add_server (row, account);
  rungs_row_set_id (row, "per_second", account->per_second);
  rungs_row_set_id (row, "per_hour", account->per_hour);
  rungs_row_set_id (row, "per_day", account->per_day);
  rungs_row_set_id (row, "warm_start", account->warm_start);
  rungs_row_set_id (row, "warm_growth", account->warm_growth);
  rungs_row_set_id (row, "today", rungs_account_get_limit_on (account, today));
  rungs_row_set_id (row, "tomorrow", rungs_account_get_limit_after (account, today));
  rungs_row_set_time (row, "paused_at", account->paused_at);
  rungs_row_set_text (row, "paused_reason",
                      *account->paused_reason ? account->paused_reason : NULL);
  rungs_row_set_time (row, "created_at", account->created_at);
  return row;
}

static gboolean
list_accounts (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    rungs_listing_add (listing, account_to_row (call, g_ptr_array_index (accounts, i)));
  rungs_listing_end (listing, _ ("There are no accounts."));
  return TRUE;
}

static RungsAccount *
load_argument (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return rungs_account_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
}

static gboolean
show_account (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);

  if (account == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, account_to_row (call, account));
  return TRUE;
}

static gboolean
take_server (RungsInvocation  *call,
             RungsAccount     *account,
             GError          **error)
{
  const char *security = rungs_invocation_get_text (call, "security", NULL);
  const char *auth = rungs_invocation_get_text (call, "auth", NULL);
  const char *url = rungs_invocation_get_text (call, "url", NULL);
  gint64 port = account->port, connections = account->connections;

  rungs_invocation_take_text (call, "provider", &account->provider);
  rungs_invocation_take_text (call, "options", &account->options);
  if (url != NULL)
    {
      g_free (account->url);
      account->url = rungs_jmap_dup_url (url);
    }
  rungs_invocation_take_text (call, "host", &account->host);
  rungs_invocation_take_text (call, "username", &account->username);
  rungs_invocation_take_text (call, "ca-file", &account->ca_file);
  if (security != NULL && !rungs_smtp_security_from_text (security, &account->security))
    return rungs_invocation_refuse (call, "security", _ ("starttls, tls or none"), error);
  if (auth != NULL && !rungs_smtp_auth_from_text (auth, &account->auth))
    return rungs_invocation_refuse (
        call, "auth", _ ("none, auto, plain, login, xoauth2, oauth or goa"), error);
  if (!rungs_invocation_get_number (call, "port", 1, MOST_PORT, &port, error)
      || !rungs_invocation_get_number (call, "connections", 1, MOST_CONNECTIONS, &connections,
                                       error))
    return FALSE;
  account->port = port;
  account->connections = connections;
  return TRUE;
}

/* "off", the key of a preset, or the messages of the first day with the growth: "100+20". */
static gboolean
take_warm_up (RungsInvocation  *call,
              RungsAccount     *account,
              GError          **error)
{
  const char *words = rungs_invocation_get_text (call, "warm-up", NULL);
  gint64 start = 0, growth = 0;
  g_auto (GStrv) parts = NULL;

  if (words == NULL)
    return TRUE;
  for (const RungsWarmUpPreset *preset = RUNGS_WARM_UP_PRESETS; preset->key != NULL; preset++)
    if (g_str_equal (words, preset->key))
      {
        start = preset->start;
        growth = preset->growth;
      }
  parts = g_strsplit (words, "+", 2);
  if (start == 0 && !g_str_equal (words, "off")
      && (g_strv_length (parts) != 2
          || !g_ascii_string_to_signed (parts[0], 10, 1, RUNGS_WARM_UP_MOST, &start, NULL)
          || !g_ascii_string_to_signed (parts[1], 10, 0, RUNGS_WARM_UP_MOST_GROWTH, &growth, NULL)))
    return rungs_invocation_refuse (
      call, "warm-up", _ ("careful, usual, quick, off, or START+PERCENT such as 100+20"), error);
  account->warm_start = start;
  account->warm_growth = growth;
  return TRUE;
}

static gboolean
take_options (RungsInvocation  *call,
              RungsAccount     *account,
              GError          **error)
{
  rungs_invocation_take_text (call, "name", &account->name);
  rungs_invocation_take_text (call, "from-name", &account->from_name);
  rungs_invocation_take_text (call, "from-email", &account->from_email);
  rungs_invocation_take_text (call, "reply-to", &account->reply_to);
  return take_server (call, account, error)
         && rungs_invocation_get_number (call, "per-second", 0, MOST_RATE, &account->per_second,
                                         error)
         && rungs_invocation_get_number (call, "per-hour", 0, MOST_RATE, &account->per_hour, error)
         && rungs_invocation_get_number (call, "per-day", 0, MOST_RATE, &account->per_day, error)
         && take_warm_up (call, account, error);
}

/* Where the server is not asked for because others know it. */
static gboolean
take_server_from_others (RungsAccount  *account,
                         GError       **error)
{
  g_autoptr (RungsOAuthProvider) provider = NULL;
  g_autoptr (RungsGoaAccount) goa = NULL;
  g_autofree char *client_id = NULL;

  if (account->kind != RUNGS_ACCOUNT_SMTP || *account->host != '\0')
    return TRUE;
  if (account->auth == RUNGS_SMTP_AUTH_OAUTH)
    {
      provider = rungs_oauth_provider_load (account->provider, error);
      client_id = rungs_access_account_dup_client_id (account);
      if (provider != NULL)
        rungs_access_account_set_oauth (account, provider, client_id, NULL);
      return provider != NULL;
    }
  if (account->auth != RUNGS_SMTP_AUTH_GOA)
    return TRUE;
  goa = rungs_goa_find (account->username, NULL, error);
  if (goa != NULL)
    rungs_access_account_set_goa (account, goa);
  return goa != NULL;
}

static const char *
get_usual_name (const RungsAccount *account)
{
  switch (account->kind)
    {
    case RUNGS_ACCOUNT_SMTP:
      return account->host;
    case RUNGS_ACCOUNT_JMAP:
      return account->from_email;
    case RUNGS_ACCOUNT_HTTP:
      return account->provider;
    case RUNGS_ACCOUNT_PRACTICE:
    default:
      return _ ("Practice");
    }
}

/* A new account is called like its server, and writes in the name of the business. */
static gboolean
fill_account (RungsInvocation  *call,
              RungsDb          *db,
              RungsAccount     *account,
              GError          **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  g_free (account->from_name);
  account->from_name = g_strdup (business->name);
  if (!take_options (call, account, error) || !take_server_from_others (account, error))
    return FALSE;
  if (*account->name == '\0')
    {
      g_free (account->name);
      account->name = g_strdup (get_usual_name (account));
    }
  return TRUE;
}

typedef struct
{
  RungsInvocation *call;
  RungsAccount *account;
} Addition;

static gboolean
store_account (RungsDb   *db,
               gpointer   data,
               GError   **error)
{
  Addition *addition = data;
  RungsAccount *account = addition->account;

  if (!fill_account (addition->call, db, account, error)
      || !rungs_account_add (db, account, rungs_invocation_get_now (addition->call), error))
    return FALSE;
  return !rungs_invocation_has (addition->call, "default")
         || rungs_account_set_default (db, account->id, error);
}

static gboolean
needs_password (const RungsAccount *account)
{
  return rungs_account_has_secret (account)
         && (account->kind != RUNGS_ACCOUNT_SMTP || *account->username != '\0');
}

/* What programs that show the keyring call the password. */
static char *
dup_label (const RungsAccount *account)
{
  return g_strdup_printf (_ ("Rungs: mail account %s"), account->name);
}

/* The option without which there is no account of a kind. */
static const char *const NEEDED[] = {
  [RUNGS_ACCOUNT_PRACTICE] = NULL,
  [RUNGS_ACCOUNT_SMTP] = "host",
  [RUNGS_ACCOUNT_JMAP] = "url",
  [RUNGS_ACCOUNT_HTTP] = "provider",
};

static gboolean
require (RungsInvocation   *call,
         RungsAccountKind   kind,
         GError           **error)
{
  const char *auth = rungs_invocation_get_text (call, "auth", "");
  const char *needed = NEEDED[kind];

  if (kind == RUNGS_ACCOUNT_SMTP && g_str_equal (auth, "oauth"))
    needed = "provider";
  else if (kind == RUNGS_ACCOUNT_SMTP && g_str_equal (auth, "goa"))
    needed = "username";
  return needed == NULL || rungs_invocation_require (call, needed, error);
}

static gboolean
add_account (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  RungsAccountKind kind;
  g_autoptr (RungsAccount) account = NULL;
  g_autoptr (RungsAccount) stored = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *label = NULL;
  Addition addition = { call, NULL };
  gboolean asked;

  if (!rungs_account_kind_from_text (name, &kind))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("An account is “practice”, “smtp”, “jmap” or “http”, not “%s”."), name);
      return FALSE;
    }
  if (!require (call, kind, error))
    return FALSE;
  addition.account = account = rungs_account_new (kind);
  if (!rungs_db_write (db, store_account, &addition, error))
    return FALSE;
  label = dup_label (account);
  if (needs_password (account)
      && !rungs_password_keep (call, db, account->uuid, account->username, label, &asked,
                               &failure))
    {
      g_set_error (error, failure->domain, failure->code,
                   _ ("The account “%s” was added, but not its password: %s"), account->name,
                   failure->message);
      return FALSE;
    }
  stored = rungs_account_load (db, account->id, error);
  if (stored == NULL)
    return FALSE;
  rungs_column_say (call, account_to_row (call, stored), _ ("The account “%s” was added."),
                    account->name);
  return TRUE;
}

static gboolean
edit_account (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);

  if (account == NULL || !take_options (call, account, error)
      || !rungs_account_save (db, account, error))
    return FALSE;
  rungs_column_say (call, account_to_row (call, account), _ ("The account “%s” was changed."),
                    account->name);
  return TRUE;
}

static gboolean
set_password (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);
  g_autofree char *label = account ? dup_label (account) : NULL;

  if (account == NULL
      || !rungs_password_replace (call, db, account->uuid, account->username, label, error))
    return FALSE;
  rungs_column_say (call, account_to_row (call, account),
                    _ ("The keyring has the password of “%s”."), account->name);
  return TRUE;
}

static gboolean
set_default (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);

  if (account == NULL || !rungs_account_set_default (db, account->id, error))
    return FALSE;
  account->is_default = TRUE;
  rungs_column_say (call, account_to_row (call, account),
                    _ ("Messages leave by “%s” from now on."), account->name);
  return TRUE;
}

static gboolean
resume_account (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);
  g_autoptr (RungsAccount) resumed = NULL;

  if (account == NULL || !rungs_account_resume (db, account->id, error))
    return FALSE;
  resumed = rungs_account_load (db, account->id, error);
  if (resumed == NULL)
    return FALSE;
  rungs_column_say (call, account_to_row (call, resumed), _ ("“%s” sends again."), resumed->name);
  return TRUE;
}

static gboolean
remove_from_file (RungsDb   *db,
                  gpointer   data,
                  GError   **error)
{
  return rungs_account_remove (db, ((RungsAccount *) data)->id, error);
}

static gboolean
remove_account (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);
  g_autoptr (RungsBusiness) business = account ? rungs_business_load (db, error) : NULL;

  if (business == NULL || !rungs_db_write (db, remove_from_file, account, error))
    return FALSE;
  if (needs_password (account))
    rungs_password_forget (business->uuid, account->uuid);
  rungs_column_say (call, account_to_row (call, account), _ ("The account “%s” was removed."),
                    account->name);
  return TRUE;
}

static gboolean
test_account (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsAccount) account = load_argument (call, db, error);
  const char *to = rungs_invocation_get_argument (call, 1);
  char *password = NULL;
  gboolean sent;

  if (account == NULL
      || (rungs_invocation_has (call, "password-stdin")
          && !rungs_password_prompt (call, "", &password, error)))
    return FALSE;
  sent = rungs_test_message_send (rungs_db_get_path (db), rungs_invocation_get_clock (call),
                                  account, to, password, NULL, error);
  rungs_secret_free (password);
  if (sent)
    rungs_column_say (call, account_to_row (call, account), _ ("A message left for %s by “%s”."),
                      to, account->name);
  return sent;
}

#define PASSWORD_OPTION RUNGS_FLAG ("password-stdin", N_ ("Read the password from standard input"))

#define ACCOUNT_OPTIONS                                                                            \
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the account; else that of the server")),         \
      RUNGS_OPTION ("from-name", N_ ("NAME"), N_ ("Who writes; else the business")),               \
      RUNGS_OPTION ("from-email", N_ ("EMAIL"), N_ ("The address that messages come from")),       \
      RUNGS_OPTION ("reply-to", N_ ("EMAIL"), N_ ("Where replies go, if elsewhere")),              \
      RUNGS_OPTION ("provider", N_ ("PROVIDER"),                                                   \
                    N_ ("Who sends, as “postmark”, or signs in: google, microsoft")),              \
      RUNGS_OPTION ("options", N_ ("JSON"), N_ ("http: what the provider asks for")),            \
      RUNGS_OPTION ("url", N_ ("URL"), N_ ("jmap: the address of the server")),           \
      RUNGS_OPTION ("host", N_ ("HOST"), N_ ("smtp: the mail server")),                            \
      RUNGS_OPTION ("port", N_ ("PORT"), N_ ("Its port; else the usual one")),                     \
      RUNGS_OPTION ("security", N_ ("HOW"), N_ ("starttls (the default), tls or none")),           \
      RUNGS_OPTION ("auth", N_ ("HOW"),                                                          \
                    N_ ("auto (the default), none, plain, login, xoauth2, oauth or goa")),         \
      RUNGS_OPTION ("username", N_ ("NAME"),                                                       \
                    N_ ("Name to sign in with; goa: the ID of the account")),                      \
      RUNGS_OPTION ("ca-file", N_ ("FILE"), N_ ("Certificates of a server of your own")),          \
      RUNGS_OPTION ("connections", N_ ("N"), N_ ("So many at once, 1 to 32")),                     \
      RUNGS_OPTION ("per-second", N_ ("N"), N_ ("At most N messages a second; 0: no limit")),      \
      RUNGS_OPTION ("per-hour", N_ ("N"), N_ ("At most N messages an hour; 0: no limit")),         \
      RUNGS_OPTION ("per-day", N_ ("N"), N_ ("At most N messages a day; 0: no limit")),           \
      RUNGS_OPTION ("warm-up", N_ ("HOW"),                                                         \
                    N_ ("A limit that rises by day: careful, usual, quick, START+PERCENT, off"))

static const GOptionEntry ADD_OPTIONS[] = {
  ACCOUNT_OPTIONS,
  RUNGS_FLAG ("default", N_ ("Messages leave by this one from now on")),
  PASSWORD_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  ACCOUNT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry PASSWORD_OPTIONS[] = {
  PASSWORD_OPTION,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_ACCOUNT_COMMANDS[] = {
  { "account list", "", N_ ("List the accounts by which messages leave"), RUNGS_COMMAND_READS,
    list_accounts, NULL, NULL,
    "[id, name, kind, is_default, from_name, from_email, reply_to, provider, options, "
    "url, host, port, security, "
    "auth, username, ca_file, connections, per_second, per_hour, per_day, warm_start, "
    "warm_growth, today, tomorrow, paused_at, paused_reason, created_at]" },
  { "account show", "NAME", N_ ("Show an account"), RUNGS_COMMAND_READS, show_account, NULL, NULL,
    "{id, name, kind, is_default, from_name, from_email, reply_to, provider, options, "
    "url, host, port, security, "
    "auth, username, ca_file, connections, per_second, per_hour, per_day, warm_start, "
    "warm_growth, today, tomorrow, paused_at, paused_reason, created_at}" },
  { "account add", "practice|smtp|jmap|http", N_ ("Add an account"), RUNGS_COMMAND_HOLDS,
    add_account, ADD_OPTIONS,
    N_ ("A practice account writes messages into a folder beside the file. A password, or the\n"
        "key of a provider, is asked for at a terminal, or read with --password-stdin; it is\n"
        "kept in the keyring and nowhere else.") },
  { "account edit", "NAME", N_ ("Change an account"), RUNGS_COMMAND_WRITES, edit_account,
    EDIT_OPTIONS, NULL },
  { "account password", "NAME", N_ ("Put the password of an account into the keyring"),
    RUNGS_COMMAND_HOLDS, set_password, PASSWORD_OPTIONS, NULL },
  { "account default", "NAME", N_ ("Messages leave by this one from now on"), RUNGS_COMMAND_WRITES,
    set_default, NULL, NULL },
  { "account resume", "NAME", N_ ("Send again by an account that stopped by itself"),
    RUNGS_COMMAND_WRITES, resume_account, NULL, NULL },
  { "account remove", "NAME", N_ ("Remove an account, and its password"), RUNGS_COMMAND_HOLDS,
    remove_account, NULL, NULL },
  { "account test", "NAME EMAIL", N_ ("Send a test message by an account"), RUNGS_COMMAND_HOLDS,
    test_account, PASSWORD_OPTIONS, NULL },
  { NULL },
};
