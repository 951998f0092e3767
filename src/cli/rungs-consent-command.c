/* rungs-consent-command.c: who agreed to what, and who gets nothing more. */

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-consent-store.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-listing.h"

#define LIST_ROWS 1000
#define MOST_ROWS 100000000

static const RungsColumn COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "purpose", N_ ("Purpose"), RUNGS_COLUMN_TERM, NULL },
  { "channel", N_ ("Channel"), RUNGS_COLUMN_TERM, NULL },
  { "action", N_ ("What"), RUNGS_COLUMN_TERM, NULL },
  { "origin", N_ ("Where"), RUNGS_COLUMN_TERM, NULL },
  { "wording", N_ ("In which words"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SUPPRESSION_COLUMNS[] = {
  { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "reason", N_ ("Reason"), RUNGS_COLUMN_TERM, NULL },
  { "note", N_ ("Note"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
consent_to_row (const RungsConsent *consent)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", consent->id);
  rungs_row_set_number (row, "lead", consent->lead);
  rungs_row_set_time (row, "at", consent->at);
  rungs_row_set_text (row, "purpose", consent->purpose);
  rungs_row_set_text (row, "channel", consent->channel);
  rungs_row_set_text (row, "action", consent->action);
  rungs_row_set_id (row, "annuls", consent->annuls);
  rungs_row_set_text (row, "origin", consent->origin);
  rungs_row_set_text (row, "wording", consent->wording);
  rungs_row_set_id (row, "import", consent->run);
  return row;
}

static gboolean
list_consent (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  g_autoptr (GPtrArray) rows = lead ? rungs_consent_list (db, lead->id, error) : NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    rungs_listing_add (listing, consent_to_row (g_ptr_array_index (rows, i)));
  rungs_listing_end (listing, _ ("Nobody asked this lead."));
  return TRUE;
}

static gboolean
read_channel (RungsInvocation  *call,
              const char      **channel,
              GError          **error)
{
  static const char *const CHANNELS[] = { RUNGS_CHANNEL_EMAIL, RUNGS_CHANNEL_PHONE,
                                          RUNGS_CHANNEL_POST, RUNGS_CHANNEL_SMS, NULL };

  *channel = rungs_invocation_get_text (call, "channel", RUNGS_CHANNEL_EMAIL);
  return g_strv_contains (CHANNELS, *channel)
         || rungs_invocation_refuse (call, "channel", _ ("email, phone, post or sms"), error);
}

static void
say_consent (RungsInvocation *call,
             const RungsLead *lead,
             gint64           id,
             const char      *format)
{
  g_autofree char *title = rungs_lead_dup_title (lead);
  g_autofree char *sentence = g_strdup_printf (format, title);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", id);
  rungs_row_set_number (row, "lead", lead->id);
  rungs_column_say (call, row, "%s", sentence);
}

static gboolean
give_consent (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  gint64 at = rungs_invocation_get_now (call);
  const char *channel;
  gint64 id;

  if (lead == NULL || !read_channel (call, &channel, error)
      || !rungs_invocation_get_time (call, "at", &at, error))
    return FALSE;
  id = rungs_consent_give (db, lead->id,
                           rungs_invocation_get_text (call, "purpose", RUNGS_PURPOSE_MARKETING),
                           channel, at, rungs_invocation_get_text (call, "origin", "by hand"),
                           rungs_invocation_get_text (call, "wording", ""), error);
  if (id != 0)
    say_consent (call, lead, id, _ ("%s has agreed."));
  return id != 0;
}

static gboolean
withdraw_consent (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_argument (call, db, 0, error);
  gint64 at = rungs_invocation_get_now (call);
  const char *channel;
  gint64 id;

  if (lead == NULL || !read_channel (call, &channel, error)
      || !rungs_invocation_get_time (call, "at", &at, error))
    return FALSE;
  id = rungs_consent_withdraw (
      db, lead->id, rungs_invocation_get_text (call, "purpose", RUNGS_PURPOSE_MARKETING), channel,
      at, rungs_invocation_get_text (call, "origin", "by hand"), error);
  if (id != 0)
    say_consent (call, lead, id, _ ("%s has said no."));
  return id != 0;
}

static gboolean
annul_consent (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  JsonObject *row;
  gint64 consent, id;

  if (!rungs_invocation_get_id (call, 0, &consent, error))
    return FALSE;
  id = rungs_consent_annul (db, consent, rungs_invocation_get_now (call), "by hand", error);
  if (id == 0)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", id);
  rungs_row_set_number (row, "annuls", consent);
  rungs_column_say (call, row, _ ("It counts no more; it stays on record."));
  return TRUE;
}

static gboolean
read_reason (RungsInvocation  *call,
             RungsSuppressed  *reason,
             GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "reason", "by hand");

  *reason = rungs_suppressed_from_text (strcmp (text, "by-hand") == 0 ? "by hand" : text);
  return (*reason != RUNGS_SUPPRESSED_NOT && *reason != RUNGS_SUPPRESSED_ERASED)
         || rungs_invocation_refuse (call, "reason",
                                     _ ("unsubscribed, bounced, complained or by-hand"), error);
}

static JsonObject *
suppression_to_row (const char      *email,
                    RungsSuppressed  reason,
                    const char      *note,
                    gint64           at)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "email", email);
  rungs_row_set_text (row, "reason",
                      reason != RUNGS_SUPPRESSED_NOT ? rungs_suppressed_to_text (reason) : NULL);
  rungs_row_set_text (row, "note", note);
  rungs_row_set_time (row, "at", at);
  return row;
}

static gboolean
add_suppression (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  const char *email = rungs_invocation_get_argument (call, 0);
  const char *note = rungs_invocation_get_text (call, "note", "");
  gint64 now = rungs_invocation_get_now (call);
  RungsSuppressed reason;

  if (!read_reason (call, &reason, error)
      || !rungs_suppression_add (db, email, reason, note, now, error))
    return FALSE;
  rungs_column_say (call, suppression_to_row (email, reason, note, now),
                    _ ("%s gets nothing more."), email);
  return TRUE;
}

static gboolean
lift_suppression (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  const char *email = rungs_invocation_get_argument (call, 0);

  if (!rungs_suppression_lift (db, email, rungs_invocation_get_now (call), error))
    return FALSE;
  rungs_column_say (call, suppression_to_row (email, RUNGS_SUPPRESSED_NOT, NULL, 0),
                    _ ("%s may be written to again, as far as it has agreed."), email);
  return TRUE;
}

static gboolean
list_suppressions (RungsInvocation  *call,
                   RungsDb          *db,
                   GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, SUPPRESSION_COLUMNS);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 limit = LIST_ROWS;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error))
    return FALSE;
  rows = rungs_suppression_list (db, limit, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RungsSuppression *row = g_ptr_array_index (rows, i);

      rungs_listing_add (listing, suppression_to_row (row->email, row->reason, row->note, row->at));
    }
  if (rows != NULL)
    rungs_listing_end (listing, _ ("No address is suppressed."));
  return rows != NULL;
}

#define CONSENT_OPTIONS                                                                            \
  RUNGS_OPTION ("channel", N_ ("CHANNEL"), N_ ("By email (the default), phone, post or sms")),     \
      RUNGS_OPTION ("purpose", N_ ("PURPOSE"), N_ ("For what; marketing where nothing is said")),  \
      RUNGS_OPTION ("origin", N_ ("WHERE"),                                                        \
                    N_ ("Where it was said; by hand where nothing is said")),                      \
      RUNGS_OPTION ("at", N_ ("TIME"), N_ ("When; now where nothing is said"))

static const GOptionEntry GIVE_OPTIONS[] = {
  RUNGS_OPTION ("wording", N_ ("WORDS"), N_ ("The words that were agreed to")),
  CONSENT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry WITHDRAW_OPTIONS[] = {
  CONSENT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SUPPRESS_OPTIONS[] = {
  RUNGS_OPTION ("reason",
                N_ ("REASON"),
                N_ ("unsubscribed, bounced, complained or by-hand (the default)")),
  RUNGS_OPTION ("note", N_ ("TEXT"), N_ ("A note about it")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SUPPRESSED_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("Only the newest N; 1000 where nothing is said")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_CONSENT_COMMANDS[] = {
  { "consent list", "EMAIL", N_ ("List what a lead agreed to, and took back"), RUNGS_COMMAND_READS,
    list_consent, NULL, NULL,
    "[id, lead, at, purpose, channel, action, annuls, origin, wording, import]" },
  { "consent give", "EMAIL", N_ ("Write down that a lead agreed"), RUNGS_COMMAND_WRITES,
    give_consent, GIVE_OPTIONS, NULL },
  { "consent withdraw", "EMAIL", N_ ("Write down that a lead said no"), RUNGS_COMMAND_WRITES,
    withdraw_consent, WITHDRAW_OPTIONS, NULL },
  { "consent annul", "NUMBER", N_ ("Take back what was written down by mistake"),
    RUNGS_COMMAND_WRITES, annul_consent, NULL, NULL },
  { NULL },
};

const RungsCommand RUNGS_SUPPRESS_COMMANDS[] = {
  { "suppress list", "", N_ ("List the addresses that get nothing more"), RUNGS_COMMAND_READS,
    list_suppressions, SUPPRESSED_OPTIONS, NULL, "[email, reason, note, at]" },
  { "suppress add", "EMAIL", N_ ("An address gets nothing more"), RUNGS_COMMAND_WRITES,
    add_suppression, SUPPRESS_OPTIONS, NULL },
  { "suppress lift", "EMAIL", N_ ("Take back what was suppressed by hand or by a refusal"),
    RUNGS_COMMAND_WRITES, lift_suppression, NULL, NULL },
  { NULL },
};
