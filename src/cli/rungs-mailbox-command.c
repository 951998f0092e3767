/* rungs-mailbox-command.c: the mailboxes in which replies and returned mail come in. */

#include <glib/gi18n.h>

#include "engine/rungs-mailbox-round.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-return-store.h"
#include "mail/rungs-secret.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"

#define MOST_PORT 65535
#define MOST_MINUTES 1440
#define MOST_UNCLEAR 1000

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "host", N_ ("Server"), RUNGS_COLUMN_TEXT, NULL },
  { "url", N_ ("Server (JMAP)"), RUNGS_COLUMN_TEXT, NULL },
  { "username", N_ ("User name"), RUNGS_COLUMN_TEXT, NULL },
  { "folder", N_ ("Folder"), RUNGS_COLUMN_TEXT, NULL },
  { "looked_at", N_ ("Looked at"), RUNGS_COLUMN_TIME, NULL },
  { "trouble", N_ ("Trouble"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn REPORT_COLUMNS[] = {
  { "looked_at", N_ ("Mails looked at"), RUNGS_COLUMN_NUMBER, NULL },
  { "taken", N_ ("Told something"), RUNGS_COLUMN_NUMBER, NULL },
  { "unclear", N_ ("Wait for a person"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn UNCLEAR_COLUMNS[] = {
  { "id", N_ ("ID"), RUNGS_COLUMN_NUMBER, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "recipient", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "lead_name", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "words", N_ ("In its words"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
mailbox_to_row (const RungsMailbox *mailbox)
{
  JsonObject *row = rungs_row_new ();
  gboolean jmap = mailbox->kind == RUNGS_MAILBOX_JMAP;

  rungs_row_set_number (row, "id", mailbox->id);
  rungs_row_set_text (row, "name", mailbox->name);
  rungs_row_set_text (row, "kind", rungs_mailbox_kind_to_text (mailbox->kind));
  rungs_row_set_text (row, "url", jmap ? mailbox->url : NULL);
  rungs_row_set_text (row, "host", jmap ? NULL : mailbox->host);
  rungs_row_set_id (row, "port", jmap ? 0 : mailbox->port);
  rungs_row_set_text (row, "security",
                      jmap ? NULL : rungs_smtp_security_to_text (mailbox->security));
  rungs_row_set_text (row, "auth", rungs_smtp_auth_to_text (mailbox->auth));
  rungs_row_set_text (row, "username", mailbox->username);
  rungs_row_set_text (row, "ca_file", *mailbox->ca_file ? mailbox->ca_file : NULL);
  rungs_row_set_text (row, "folder", mailbox->folder);
  rungs_row_set_number (row, "minutes", mailbox->minutes);
  rungs_row_set_time (row, "looked_at", mailbox->looked_at);
  rungs_row_set_text (row, "trouble", *mailbox->trouble ? mailbox->trouble : NULL);
  return row;
}

static gboolean
list_mailboxes (RungsInvocation *call,
                RungsDb         *db,
                GError         **error)
{
  g_autoptr (GPtrArray) mailboxes = rungs_mailbox_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (mailboxes == NULL)
    return FALSE;
  for (guint i = 0; i < mailboxes->len; i++)
    rungs_listing_add (listing, mailbox_to_row (mailboxes->pdata[i]));
  rungs_listing_end (listing, _ ("There are no mailboxes."));
  return TRUE;
}

static RungsMailbox *
load_argument (RungsInvocation *call,
               RungsDb         *db,
               GError         **error)
{
  return rungs_mailbox_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
}

/* ---- adding and changing */

/* Which server is named says of which kind it is. */
static void
take_server (RungsInvocation *call,
             RungsMailbox    *mailbox)
{
  const char *url = rungs_invocation_get_text (call, "url", NULL);

  rungs_invocation_take_text (call, "host", &mailbox->host);
  if (url != NULL)
    {
      g_free (mailbox->url);
      mailbox->url = rungs_jmap_dup_url (url);
      mailbox->kind = RUNGS_MAILBOX_JMAP;
    }
  else if (rungs_invocation_has (call, "host"))
    mailbox->kind = RUNGS_MAILBOX_IMAP;
}

static gboolean
take_options (RungsInvocation *call,
              RungsMailbox    *mailbox,
              GError         **error)
{
  const char *security = rungs_invocation_get_text (call, "security", NULL);
  const char *auth = rungs_invocation_get_text (call, "auth", NULL);
  gint64 port = mailbox->port;
  gint64 minutes = mailbox->minutes;

  rungs_invocation_take_text (call, "name", &mailbox->name);
  take_server (call, mailbox);
  rungs_invocation_take_text (call, "username", &mailbox->username);
  rungs_invocation_take_text (call, "ca-file", &mailbox->ca_file);
  rungs_invocation_take_text (call, "folder", &mailbox->folder);
  if (security != NULL && !rungs_smtp_security_from_text (security, &mailbox->security))
    return rungs_invocation_refuse (call, "security", _ ("starttls, tls or none"), error);
  if (auth != NULL
      && (!rungs_smtp_auth_from_text (auth, &mailbox->auth)
          || (mailbox->auth != RUNGS_SMTP_AUTH_AUTO && mailbox->auth != RUNGS_SMTP_AUTH_XOAUTH2)))
    return rungs_invocation_refuse (call, "auth", _ ("auto or xoauth2"), error);
  if (!rungs_invocation_get_number (call, "port", 1, MOST_PORT, &port, error)
      || !rungs_invocation_get_number (call, "minutes", 1, MOST_MINUTES, &minutes, error))
    return FALSE;
  mailbox->port = (guint) port;
  mailbox->minutes = (guint) minutes;
  return TRUE;
}

/* What programs that show the keyring call the password. */
static char *
dup_label (const RungsMailbox *mailbox)
{
  return g_strdup_printf (_ ("Rungs: mailbox %s"), mailbox->name);
}

typedef struct
{
  RungsInvocation *call;
  RungsMailbox *mailbox;
} Addition;

static gboolean
store_mailbox (RungsDb *db,
               gpointer data,
               GError **error)
{
  Addition *addition = data;

  return rungs_mailbox_add (db, addition->mailbox, rungs_invocation_get_now (addition->call),
                            error);
}

static gboolean
add_mailbox (RungsInvocation *call,
             RungsDb         *db,
             GError         **error)
{
  g_autoptr (RungsMailbox) mailbox = rungs_mailbox_new ();
  Addition addition = { call, mailbox };
  g_autoptr (GError) failure = NULL;
  g_autofree char *label = NULL;
  gboolean asked;

  g_free (mailbox->name);
  mailbox->name = g_strdup (rungs_invocation_get_argument (call, 0));
  if ((!rungs_invocation_has (call, "url") && !rungs_invocation_require (call, "host", error))
      || !rungs_invocation_require (call, "username", error) || !take_options (call, mailbox, error)
      || !rungs_db_write (db, store_mailbox, &addition, error))
    return FALSE;
  label = dup_label (mailbox);
  if (!rungs_password_keep (call, db, mailbox->uuid, mailbox->username, label, &asked, &failure))
    {
      g_set_error (error, failure->domain, failure->code,
                   _ ("The mailbox “%s” was added, but not its password: %s"), mailbox->name,
                   failure->message);
      return FALSE;
    }
  rungs_column_say (call, mailbox_to_row (mailbox), _ ("The mailbox “%s” was added."),
                    mailbox->name);
  return TRUE;
}

static gboolean
edit_mailbox (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  g_autoptr (RungsMailbox) mailbox = load_argument (call, db, error);

  if (mailbox == NULL || !take_options (call, mailbox, error)
      || !rungs_mailbox_save (db, mailbox, error))
    return FALSE;
  rungs_column_say (call, mailbox_to_row (mailbox), _ ("The mailbox “%s” was changed."),
                    mailbox->name);
  return TRUE;
}

static gboolean
set_password (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  g_autoptr (RungsMailbox) mailbox = load_argument (call, db, error);
  g_autofree char *label = mailbox ? dup_label (mailbox) : NULL;

  if (mailbox == NULL
      || !rungs_password_replace (call, db, mailbox->uuid, mailbox->username, label, error))
    return FALSE;
  rungs_column_say (call, mailbox_to_row (mailbox), _ ("The keyring has the password of “%s”."),
                    mailbox->name);
  return TRUE;
}

static gboolean
remove_from_file (RungsDb *db,
                  gpointer data,
                  GError **error)
{
  return rungs_mailbox_remove (db, ((RungsMailbox *) data)->id, error);
}

static gboolean
remove_mailbox (RungsInvocation *call,
                RungsDb         *db,
                GError         **error)
{
  g_autoptr (RungsMailbox) mailbox = load_argument (call, db, error);
  g_autoptr (RungsBusiness) business = mailbox ? rungs_business_load (db, error) : NULL;

  if (business == NULL || !rungs_db_write (db, remove_from_file, mailbox, error))
    return FALSE;
  rungs_password_forget (business->uuid, mailbox->uuid);
  rungs_column_say (call, mailbox_to_row (mailbox), _ ("The mailbox “%s” was removed."),
                    mailbox->name);
  return TRUE;
}

/* ---- reading */

static void
say_report (RungsInvocation          *call,
            const RungsMailboxReport *report)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "looked_at", report->looked_at);
  rungs_row_set_number (row, "taken", report->taken);
  rungs_row_set_number (row, "unclear", report->unclear);
  rungs_column_show (call, REPORT_COLUMNS, row);
}

/* From standard input, or else from the keyring; empty where it signs in otherwise. */
static char *
get_password (RungsInvocation    *call,
              RungsDb            *db,
              const RungsMailbox *mailbox,
              GError            **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  char *password = NULL;

  if (mailbox->auth == RUNGS_SMTP_AUTH_OAUTH || mailbox->auth == RUNGS_SMTP_AUTH_GOA)
    return g_strdup ("");
  if (business == NULL
      || (rungs_invocation_has (call, "password-stdin")
          && !rungs_password_prompt (call, "", &password, error)))
    return NULL;
  return password ? password
                  : rungs_secret_lookup (business->uuid, mailbox->uuid,
                                         RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
}

static gboolean
read_mailbox (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  g_autoptr (RungsMailbox) mailbox = load_argument (call, db, error);
  char *password = mailbox ? get_password (call, db, mailbox, error) : NULL;
  RungsMailboxReport report = { 0 };
  gboolean done = password != NULL
                  && rungs_mailbox_round (db, rungs_invocation_get_clock (call), mailbox, password,
                                          NULL, &report, error);

  rungs_secret_free (password);
  if (done)
    say_report (call, &report);
  return done;
}

typedef struct
{
  RungsInvocation *call;
  GBytes *mail;
  RungsReturnTaken taken;
} Taking;

static gboolean
take (RungsDb *db,
      gpointer data,
      GError **error)
{
  Taking *taking = data;

  return rungs_return_take (db, taking->mail, rungs_invocation_get_now (taking->call),
                            &taking->taken, error);
}

static gboolean
take_file (RungsInvocation *call,
           RungsDb         *db,
           GError         **error)
{
  const char *path = rungs_invocation_get_argument (call, 0);
  RungsMailboxReport report = { .looked_at = 1 };
  Taking taking = { .call = call };
  g_autoptr (GBytes) mail = NULL;
  char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return FALSE;
  taking.mail = mail = g_bytes_new_take (bytes, length);
  if (!rungs_db_write (db, take, &taking, error))
    return FALSE;
  report.taken = taking.taken == RUNGS_RETURN_TAKEN;
  report.unclear = taking.taken == RUNGS_RETURN_TAKEN_UNCLEAR;
  say_report (call, &report);
  return TRUE;
}

/* ---- what a person decides */

static JsonObject *
unclear_to_row (const RungsReturnUnclear *unclear)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", unclear->id);
  rungs_row_set_text (row, "kind", rungs_return_kind_to_text (unclear->read->kind));
  rungs_row_set_text (row, "recipient", unclear->read->recipient);
  rungs_row_set_id (row, "lead", unclear->lead);
  rungs_row_set_text (row, "lead_name", unclear->lead_name);
  rungs_row_set_text (row, "words", unclear->read->words);
  rungs_row_set_time (row, "at", unclear->at);
  return row;
}

static gboolean
list_unclear (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  g_autoptr (GPtrArray) list = rungs_return_list_unclear (db, MOST_UNCLEAR, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, UNCLEAR_COLUMNS);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    rungs_listing_add (listing, unclear_to_row (list->pdata[i]));
  rungs_listing_end (listing, _ ("No returned mail waits for you."));
  return TRUE;
}

static gboolean
settle (RungsInvocation *call,
        RungsDb         *db,
        gboolean         believe,
        GError         **error)
{
  gint64 id;
  JsonObject *row;

  if (!rungs_invocation_get_id (call, 0, &id, error)
      || !(believe ? rungs_return_believe (db, id, rungs_invocation_get_now (call), error)
                   : rungs_return_dismiss (db, id, error)))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_row_set_flag (row, "believed", believe);
  rungs_column_say (call, row, believe ? _ ("It did what it means.") : _ ("It means nothing."));
  return TRUE;
}

static gboolean
believe (RungsInvocation *call,
         RungsDb         *db,
         GError         **error)
{
  return settle (call, db, TRUE, error);
}

static gboolean
dismiss (RungsInvocation *call,
         RungsDb         *db,
         GError         **error)
{
  return settle (call, db, FALSE, error);
}

#define PASSWORD_OPTION RUNGS_FLAG ("password-stdin", N_ ("Read the password from standard input"))

#define MAILBOX_OPTIONS                                                                            \
  RUNGS_OPTION ("host", N_ ("HOST"), N_ ("The server of the mailbox (IMAP)")),                     \
    RUNGS_OPTION ("url", N_ ("URL"), N_ ("Instead of --host: the address of a JMAP server")),      \
    RUNGS_OPTION ("port", N_ ("PORT"), N_ ("Its port; else the usual one")),                       \
    RUNGS_OPTION ("security", N_ ("HOW"), N_ ("tls (the default), starttls or none")),             \
    RUNGS_OPTION ("auth", N_ ("HOW"), N_ ("auto (the default) or xoauth2")),                       \
    RUNGS_OPTION ("username", N_ ("NAME"), N_ ("Name to sign in with")),                           \
    RUNGS_OPTION ("ca-file", N_ ("FILE"), N_ ("Certificates of a server of your own")),            \
    RUNGS_OPTION ("folder", N_ ("FOLDER"), N_ ("The folder to read; else INBOX")),                 \
    RUNGS_OPTION ("minutes", N_ ("N"), N_ ("Look every N minutes; else 5"))

static const GOptionEntry ADD_OPTIONS[] = {
  MAILBOX_OPTIONS,
  PASSWORD_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the mailbox")),
  MAILBOX_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry PASSWORD_OPTIONS[] = {
  PASSWORD_OPTION,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_MAILBOX_COMMANDS[] = {
  { "mailbox list", "", N_ ("List the mailboxes in which replies and returned mail come in"),
    RUNGS_COMMAND_READS, list_mailboxes, NULL, NULL,
    "[id, name, kind, url, host, port, security, auth, username, ca_file, folder, minutes, "
    "looked_at, trouble]" },
  { "mailbox add", "NAME", N_ ("Add a mailbox"), RUNGS_COMMAND_HOLDS, add_mailbox, ADD_OPTIONS,
    N_ ("Rungs reads it over IMAP or JMAP and changes nothing in it. Replies, bounces,\n"
        "complaints, notes of absence and mails that ask for no more are told from the rest,\n"
        "which leaves no trace in the file. The password is asked for at a terminal, or read\n"
        "with --password-stdin; it is kept in the keyring and nowhere else.") },
  { "mailbox edit", "NAME", N_ ("Change a mailbox"), RUNGS_COMMAND_WRITES, edit_mailbox,
    EDIT_OPTIONS, NULL },
  { "mailbox password", "NAME", N_ ("Put the password of a mailbox into the keyring"),
    RUNGS_COMMAND_HOLDS, set_password, PASSWORD_OPTIONS, NULL },
  { "mailbox remove", "NAME", N_ ("Remove a mailbox, and its password"), RUNGS_COMMAND_HOLDS,
    remove_mailbox, NULL, NULL },
  { "mailbox read", "NAME", N_ ("Read what is new in a mailbox, now"), RUNGS_COMMAND_HOLDS,
    read_mailbox, PASSWORD_OPTIONS, NULL, "{looked_at, taken, unclear}" },
  { "mailbox take", "FILE", N_ ("Read a mail from a file, as if it lay in a mailbox"),
    RUNGS_COMMAND_HOLDS, take_file, NULL, NULL, "{looked_at, taken, unclear}" },
  { "mailbox unclear", "",
    N_ ("List returned mail that names no message of yours, but a lead's address"),
    RUNGS_COMMAND_READS, list_unclear, NULL, NULL,
    "[id, kind, recipient, lead, lead_name, words, at]" },
  { "mailbox believe", "ID", N_ ("Let it do what it means"), RUNGS_COMMAND_WRITES, believe, NULL,
    NULL },
  { "mailbox dismiss", "ID", N_ ("Let it mean nothing"), RUNGS_COMMAND_WRITES, dismiss, NULL,
    NULL },
  { NULL },
};
