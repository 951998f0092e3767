/* rungs-relay-command.c: the relay that takes deliveries while this machine sleeps. */

#include <glib/gi18n.h>

#include "engine/rungs-relay-here.h"
#include "engine/rungs-relay-round.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-password-prompt.h"
#include "web/rungs-web-relay-mail.h"

static const RungsColumn COLUMNS[] = {
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "uuid", N_ ("Calls itself"), RUNGS_COLUMN_TEXT, NULL },
  { "paired_at", N_ ("Paired"), RUNGS_COLUMN_TIME, NULL },
  { "looked_at", N_ ("Asked"), RUNGS_COLUMN_TIME, NULL },
  { "trouble", N_ ("Trouble"), RUNGS_COLUMN_TEXT, NULL },
  { "mail_account", N_ ("Asks to confirm by"), RUNGS_COLUMN_TEXT, NULL },
  { "mail_is_there", N_ ("A password lies there"), RUNGS_COLUMN_FLAG, NULL },
  { "mail_trouble", N_ ("Could not send"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn REPORT_COLUMNS[] = {
  { "taken", N_ ("Deliveries taken"), RUNGS_COLUMN_NUMBER, NULL },
  { "applied", N_ ("Done"), RUNGS_COLUMN_NUMBER, NULL },
  { "ignored", N_ ("Said nothing new"), RUNGS_COLUMN_COUNT, NULL },
  { "quarantined", N_ ("Wait for a person"), RUNGS_COLUMN_COUNT, NULL },
  { "waiting", N_ ("Wait for their orders"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

/* `account` (nullable): by which it asks to confirm. */
static JsonObject *
relay_to_row (const RungsWebRelay *relay,
              const RungsAccount  *account)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "address", relay->address);
  rungs_row_set_text (row, "place", rungs_relay_place_to_text (relay->place));
  rungs_row_set_text (row, "uuid", relay->uuid);
  rungs_row_set_text (row, "ca_file", *relay->ca_file ? relay->ca_file : NULL);
  rungs_row_set_number (row, "cursor", relay->cursor);
  rungs_row_set_time (row, "paired_at", relay->paired_at);
  rungs_row_set_time (row, "looked_at", relay->looked_at);
  rungs_row_set_text (row, "trouble", *relay->trouble ? relay->trouble : NULL);
  rungs_row_set_text (row, "mail_account", account != NULL ? account->name : NULL);
  rungs_row_set_flag (row, "mail_is_there", relay->mail_is_there);
  rungs_row_set_text (row, "mail_trouble", *relay->mail_trouble ? relay->mail_trouble : NULL);
  return row;
}

static gboolean
show_relay (RungsInvocation *call,
            RungsDb         *db,
            GError         **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, error);
  g_autoptr (RungsAccount) account = NULL;

  if (relay == NULL)
    return FALSE;
  if (relay->mail_account != 0)
    account = rungs_account_load (db, relay->mail_account, NULL);
  rungs_column_show (call, COLUMNS, relay_to_row (relay, account));
  return TRUE;
}

/* ---- pairing */

typedef struct
{
  RungsInvocation *call;
  const RungsWebPairing *pairing;
  const char *ca_file;
  RungsRelayPlace place;
} Saving;

static gboolean
save_relay (RungsDb *db,
            gpointer data,
            GError **error)
{
  const Saving *saving = data;

  return rungs_web_relay_save (db, saving->pairing->uuid, saving->pairing->address,
                               saving->ca_file, saving->place,
                               rungs_invocation_get_now (saving->call), error);
}

/* The key first: a relay whose key nobody has could not be asked. */
static gboolean
keep_pairing (RungsInvocation       *call,
              RungsDb               *db,
              const RungsWebPairing *pairing,
              const char            *ca_file,
              RungsRelayPlace        place,
              GError               **error)
{
  Saving saving = { call, pairing, ca_file, place };
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  return business != NULL
         && rungs_secret_store (business->uuid, pairing->uuid, _ ("Rungs: relay"), pairing->key,
                                RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error)
         && rungs_db_write (db, save_relay, &saving, error);
}

static gboolean
pair_relay (RungsInvocation *call,
            RungsDb         *db,
            GError         **error)
{
  const char *code = rungs_invocation_get_argument (call, 1);
  const char *typed = rungs_invocation_get_text (call, "ca-file", "");
  g_autofree char *ca_file
    = *typed != '\0' ? g_canonicalize_filename (typed, NULL) : g_strdup ("");
  g_auto (RungsWebPairing) pairing = { 0 };
  g_autoptr (RungsWebRelay) relay = NULL;

  if (!rungs_web_relay_pair (rungs_invocation_get_argument (call, 0), ca_file, code, NULL, &pairing,
                             error)
      || !keep_pairing (call, db, &pairing, ca_file, RUNGS_RELAY_ELSEWHERE, error))
    return FALSE;
  relay = rungs_web_relay_load (db, error);
  if (relay == NULL)
    return FALSE;
  rungs_column_say (call, relay_to_row (relay, NULL), _ ("%s is paired with this file."),
                    relay->address);
  return TRUE;
}

static gboolean
run_here (RungsInvocation *call,
          RungsDb         *db,
          GError         **error)
{
  RungsRelayPlace place
    = rungs_invocation_has (call, "office") ? RUNGS_RELAY_OFFICE : RUNGS_RELAY_HERE;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsWebRelay) before = rungs_web_relay_load (db, NULL);
  g_auto (RungsWebPairing) pairing = { 0 };
  g_autoptr (RungsWebRelay) relay = NULL;

  if (business == NULL
      || !rungs_relay_here_prepare (business->uuid, place, before, &pairing, error)
      || !keep_pairing (call, db, &pairing, "", place, error))
    return FALSE;
  relay = rungs_web_relay_load (db, error);
  if (relay == NULL)
    return FALSE;
  rungs_column_say (call, relay_to_row (relay, NULL),
                    place == RUNGS_RELAY_OFFICE
                      ? _ ("While Rungs or “rungsctl run” runs, the whole network reaches a relay"
                           " of this computer at %s. It is not encrypted.")
                      : _ ("While Rungs or “rungsctl run” runs, programs of this computer reach a"
                           " relay at %s."),
                    relay->address);
  return TRUE;
}

static gboolean
remove_from_file (RungsDb *db,
                  gpointer data,
                  GError **error)
{
  return rungs_web_relay_remove (db, *(gint64 *) data, error);
}

static gboolean
remove_relay (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, error);
  g_autoptr (RungsBusiness) business = relay ? rungs_business_load (db, error) : NULL;

  gint64 now = rungs_invocation_get_now (call);

  if (business == NULL || !rungs_db_write (db, remove_from_file, &now, error))
    return FALSE;
  rungs_password_forget (business->uuid, relay->uuid);
  rungs_column_say (call, relay_to_row (relay, NULL),
                    relay->mail_is_there
                      ? _ ("%s is not asked any more. What it still holds stays there, and so does"
                           " the password of a mail account.")
                      : _ ("%s is not asked any more. What it still holds stays there."),
                    relay->address);
  return TRUE;
}

/* ---- by what it sends */

static gboolean
give_account (RungsInvocation *call,
              RungsDb         *db,
              GError         **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, error);
  g_autoptr (RungsAccount) account
    = relay != NULL ? rungs_account_load_by_name (db, name, error) : NULL;

  if (account == NULL || !rungs_web_relay_may_send_by (relay, account, error)
      || !rungs_web_relay_set_mail (db, account->id, error))
    return FALSE;
  rungs_column_say (call, relay_to_row (relay, account),
                    _ ("The relay asks people to confirm their address itself, by “%s”, as soon as"
                       " it was reached. The password of that account lies on the server then:"
                       " who reads its disk can read it."),
                    account->name);
  return TRUE;
}

static gboolean
take_account_back (RungsInvocation *call,
                   RungsDb         *db,
                   GError         **error)
{
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, error);

  if (relay == NULL || !rungs_web_relay_set_mail (db, 0, error))
    return FALSE;
  rungs_column_say (call, relay_to_row (relay, NULL),
                    relay->mail_is_there
                      ? _ ("This computer asks people to confirm their address. The relay deletes"
                           " the password when it is next reached.")
                      : _ ("This computer asks people to confirm their address."));
  return TRUE;
}

/* ---- taking */

static gboolean
take_deliveries (RungsInvocation *call,
                 RungsDb         *db,
                 GError         **error)
{
  g_auto (RungsWebRelayHealth) health = { 0 };
  RungsRelayReport report = { 0 };
  JsonObject *row;

  if (!rungs_relay_round (db, rungs_invocation_get_clock (call), NULL, &health, &report, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "taken", report.taken);
  rungs_row_set_number (row, "applied", report.result.applied);
  rungs_row_set_number (row, "ignored", report.result.ignored);
  rungs_row_set_number (row, "quarantined", report.result.quarantined);
  rungs_row_set_number (row, "waiting", report.result.waiting);
  rungs_column_show (call, REPORT_COLUMNS, row);
  return TRUE;
}

static const GOptionEntry PAIR_OPTIONS[] = {
  RUNGS_OPTION ("ca-file", N_ ("FILE"), N_ ("Certificates of a server of your own")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry HERE_OPTIONS[] = {
  RUNGS_FLAG ("office", N_ ("Also for others in the same network, not encrypted")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_RELAY_COMMANDS[] = {
  { "relay pair", "ADDRESS CODE", N_ ("Let a relay take deliveries while this machine sleeps"),
    RUNGS_COMMAND_HOLDS, pair_relay, PAIR_OPTIONS,
    N_ ("The code is shown by rungs-relay where it runs, and counts once. What the two know\n"
        "each other by is kept in the keyring and nowhere else.") },
  { "relay here", "", N_ ("Run a relay on this computer, for trying forms and webhooks"),
    RUNGS_COMMAND_HOLDS, run_here, HERE_OPTIONS,
    N_ ("It needs no code, and runs while the engine does: Rungs, or “rungsctl run”. With\n"
        "--office a tablet at a fair can reach it, too. One on a server can be paired later.") },
  { "relay show", "", N_ ("Show the relay, and how it went when it was last asked"),
    RUNGS_COMMAND_READS, show_relay, NULL, NULL,
    "{address, place, uuid, ca_file, cursor, paired_at, looked_at, trouble, mail_account,\n"
    " mail_is_there, mail_trouble}" },
  { "relay give-account", "ACCOUNT",
    N_ ("Let the relay ask people to confirm their address, while this machine sleeps"),
    RUNGS_COMMAND_WRITES, give_account, NULL,
    N_ ("The account sends by SMTP, encrypted, with a password. That password lies on the server\n"
        "then; “relay take-account-back” has it deleted there.") },
  { "relay take-account-back", "", N_ ("Let this machine ask people to confirm their address"),
    RUNGS_COMMAND_WRITES, take_account_back, NULL, NULL },
  { "relay take", "", N_ ("Take what waits at the relay, now, and do what it says"),
    RUNGS_COMMAND_HOLDS, take_deliveries, NULL, NULL,
    "{taken, applied, ignored, quarantined, waiting}" },
  { "relay remove", "", N_ ("Ask the relay no more"), RUNGS_COMMAND_HOLDS, remove_relay, NULL,
    NULL },
  { NULL },
};
