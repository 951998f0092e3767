/* rungs-notices-command.c: who is told of new leads, and how soon somebody was in touch. */

#include <glib/gi18n.h>

#include "insights/rungs-contact-words.h"
#include "process/rungs-notice-mail-store.h"
#include "process/rungs-notice-rule-store.h"
#include "process/rungs-notice-store.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"
#include "web/rungs-web-endpoint-store.h"

#define FIGURES_DAYS 90

static const RungsColumn RULE_COLUMNS[] = {
  { "about", N_ ("About"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "desktop", N_ ("On the desktop"), RUNGS_COLUMN_FLAG, NULL },
  { "today", N_ ("On Today"), RUNGS_COLUMN_FLAG, NULL },
  { "mail", N_ ("By mail to"), RUNGS_COLUMN_WORDS, NULL },
  { NULL },
};

static const RungsColumn MAIL_COLUMNS[] = {
  { "address", N_ ("Address"), RUNGS_COLUMN_TEXT, NULL },
  { "waiting", N_ ("Waiting"), RUNGS_COLUMN_COUNT, NULL },
  { "sent_at", N_ ("Last mail"), RUNGS_COLUMN_TIME, NULL },
  { "trouble", N_ ("Trouble"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn WAITING_COLUMNS[] = {
  { "lead", N_ ("Lead"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "captured_at", N_ ("Captured"), RUNGS_COLUMN_TIME, NULL },
  { "words", N_ ("Contact"), RUNGS_COLUMN_TEXT, NULL },
  { "unseen", N_ ("Not looked at"), RUNGS_COLUMN_FLAG, NULL },
  { NULL },
};

static const RungsColumn FIGURES_COLUMNS[] = {
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "captured", N_ ("Captured"), RUNGS_COLUMN_NUMBER, NULL },
  { "contacted", N_ ("In touch"), RUNGS_COLUMN_NUMBER, NULL },
  { "half", N_ ("Half of them within"), RUNGS_COLUMN_TEXT, NULL },
  { "most", N_ ("Nine of ten within"), RUNGS_COLUMN_TEXT, NULL },
  { "share", N_ ("Within an hour"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* ---- rules */

static JsonObject *
rule_to_row (const RungsNoticeRule *rule)
{
  const char *about = rungs_notice_scope_to_text (rule->scope);
  g_auto (GStrv) addresses = g_strsplit (rule->mail, "\n", -1);
  JsonObject *row = rungs_row_new ();
  JsonArray *mail;

  rungs_row_set_text (row, "about", *about != '\0' ? about : "business");
  rungs_row_set_text (row, "name", rule->name);
  rungs_row_set_flag (row, "desktop", rule->desktop);
  rungs_row_set_flag (row, "today", rule->today);
  mail = rungs_row_set_array (row, "mail");
  for (char **address = addresses; *address != NULL; address++)
    json_array_add_string_element (mail, *address);
  return row;
}

static gboolean
list_rules (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) rules = rungs_notice_rule_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, RULE_COLUMNS);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    rungs_listing_add (listing, rule_to_row (rules->pdata[i]));
  if (rules == NULL)
    return FALSE;
  rungs_listing_end (listing, "");
  return TRUE;
}

/* What the options say that a rule is about; without any, the business. */
static RungsNoticeRule *
load_asked (RungsInvocation  *call,
            RungsDb          *db,
            RungsNoticeScope *scope,
            gint64           *ref,
            GError          **error)
{
  const char *source = rungs_invocation_get_text (call, "source", NULL);
  const char *endpoint = rungs_invocation_get_text (call, "endpoint", NULL);
  const char *form = rungs_invocation_get_text (call, "form", NULL);

  *scope = RUNGS_NOTICE_OF_ALL;
  *ref = 0;
  if (form != NULL)
    *scope = RUNGS_NOTICE_OF_FORM;
  else if (endpoint != NULL)
    {
      g_autoptr (RungsWebEndpoint) found = rungs_web_endpoint_load_by_name (db, endpoint, error);

      *scope = RUNGS_NOTICE_OF_ENDPOINT;
      if (found == NULL)
        return NULL;
      *ref = found->id;
    }
  else if (source != NULL)
    {
      g_autoptr (RungsSource) found = rungs_source_load_by_text (db, source, error);

      *scope = RUNGS_NOTICE_OF_SOURCE;
      if (found == NULL)
        return NULL;
      *ref = found->id;
    }
  return rungs_notice_rule_load (db, *scope, *ref, form, error);
}

static gboolean
take_flag (RungsInvocation  *call,
           const char       *option,
           gboolean         *flag,
           GError          **error)
{
  static const char *const CHOICES[] = { "no", "yes", NULL };
  guint value = *flag;

  if (!rungs_invocation_get_choice (call, option, CHOICES, &value, error))
    return FALSE;
  *flag = value == 1;
  return TRUE;
}

static gboolean
set_rule (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  RungsNoticeScope scope;
  gint64 ref;
  g_autoptr (RungsNoticeRule) rule = load_asked (call, db, &scope, &ref, error);
  g_autoptr (RungsNoticeRule) saved = NULL;

  if (rule == NULL)
    return FALSE;
  rule->scope = scope;
  rule->ref = ref;
  g_free (rule->form);
  rule->form = g_strdup (scope == RUNGS_NOTICE_OF_FORM
                           ? rungs_invocation_get_text (call, "form", "")
                           : "");
  rungs_invocation_take_text (call, "mail", &rule->mail);
  if (!take_flag (call, "desktop", &rule->desktop, error)
      || !take_flag (call, "today", &rule->today, error)
      || !rungs_notice_rule_save (db, rule, error))
    return FALSE;
  saved = rungs_notice_rule_load (db, scope, ref, rule->form, error);
  if (saved == NULL)
    return FALSE;
  rungs_column_show (call, RULE_COLUMNS, rule_to_row (saved));
  return TRUE;
}

static gboolean
reset_rule (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  RungsNoticeScope scope;
  gint64 ref;
  g_autoptr (RungsNoticeRule) rule = load_asked (call, db, &scope, &ref, error);
  g_autoptr (RungsNoticeRule) left = NULL;

  if (rule == NULL
      || !rungs_notice_rule_remove (db, scope, ref, rungs_invocation_get_text (call, "form", NULL),
                                    error))
    return FALSE;
  left = rungs_notice_rule_load (db, RUNGS_NOTICE_OF_ALL, 0, NULL, error);
  if (left == NULL)
    return FALSE;
  rungs_column_say (call, rule_to_row (left), "%s", _ ("What counts for the business counts."));
  return TRUE;
}

static gboolean
list_mail (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GPtrArray) addresses = rungs_notice_address_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, MAIL_COLUMNS);

  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < addresses->len; i++)
    {
      const RungsNoticeAddress *address = addresses->pdata[i];
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "address", address->address);
      rungs_row_set_number (row, "waiting", address->waiting);
      rungs_row_set_time (row, "sent_at", address->sent_at);
      rungs_row_set_text (row, "trouble", *address->trouble != '\0' ? address->trouble : NULL);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Nobody was to be told by mail yet."));
  return TRUE;
}

/* ---- leads */

static JsonObject *
contact_to_row (const RungsFirstContact *contact,
                gint64                   now)
{
  g_autofree char *words = rungs_contact_dup_words (contact, now);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "lead", contact->lead);
  rungs_row_set_text (row, "name", contact->name);
  rungs_row_set_text (row, "source", *contact->source != '\0' ? contact->source : NULL);
  rungs_row_set_time (row, "captured_at", contact->captured_at);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_flag (row, "unseen", contact->is_new);
  return row;
}

static gboolean
list_waiting (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  gint64 days = RUNGS_FIRST_CONTACT_DAYS;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, WAITING_COLUMNS);

  if (!rungs_invocation_get_number (call, "days", 1, 36500, &days, error))
    return FALSE;
  contacts = rungs_first_contact_list_waiting (
    db, &(RungsContactQuery){ .since = now - days * RUNGS_DAY }, G_MAXINT32, error);
  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    rungs_listing_add (listing, contact_to_row (contacts->pdata[i], now));
  rungs_listing_end (listing, _ ("Nobody waits."));
  return TRUE;
}

static gboolean
see_all (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  gint64 n = 0;
  JsonObject *row;

  if (!rungs_notices_count_unseen (db, &n, error)
      || !rungs_notice_see (db, 0, rungs_invocation_get_now (call), error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "seen", n);
  rungs_column_say (call, row,
                    ngettext ("%d new lead counts as looked at.",
                              "%d new leads count as looked at.", (gulong) n),
                    (int) n);
  return TRUE;
}

/* ---- figures */

static void
set_span (JsonObject *row,
          const char *words_key,
          const char *seconds_key,
          gint64      milliseconds)
{
  g_autofree char *words = rungs_contact_dup_span (milliseconds);

  rungs_row_set_text (row, words_key, words);
  if (milliseconds < 0)
    json_object_set_null_member (row, seconds_key);
  else
    rungs_row_set_number (row, seconds_key, milliseconds / RUNGS_SECOND);
}

static JsonObject *
figures_to_row (const RungsContactFigures *figures,
                gboolean                   all)
{
  g_autofree char *share = rungs_contact_dup_share (figures->within_hour, figures->judged);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "kind",
                      figures->source != 0 ? rungs_source_kind_to_text (figures->kind) : NULL);
  rungs_row_set_text (row, "source",
                      figures->source != 0 ? figures->name : all ? _ ("All") : _ ("No source"));
  rungs_row_set_number (row, "captured", figures->captured);
  rungs_row_set_number (row, "contacted", figures->contacted);
  set_span (row, "half", "median_seconds", figures->median);
  set_span (row, "most", "ninetieth_seconds", figures->ninetieth);
  rungs_row_set_text (row, "share", share);
  rungs_row_set_number (row, "within_hour", figures->within_hour);
  rungs_row_set_number (row, "judged", figures->judged);
  return row;
}

static gboolean
show_figures (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  gint64 from = now - FIGURES_DAYS * RUNGS_DAY;
  gint64 until = now + 1;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (RungsListing) listing = rungs_listing_new (call, FIGURES_COLUMNS);

  if (!rungs_invocation_get_time (call, "from", &from, error)
      || !rungs_invocation_get_time (call, "until", &until, error))
    return FALSE;
  sources = rungs_contact_figures_load (db, from, until, now, error);
  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    rungs_listing_add (listing, figures_to_row (sources->pdata[i], i + 1 == sources->len));
  rungs_listing_end (listing, "");
  return TRUE;
}

#define SCOPE_OPTIONS                                                                              \
  RUNGS_OPTION ("source", N_ ("KIND:NAME"),                                                        \
                N_ ("Only leads whose first touch is of this source")),                            \
    RUNGS_OPTION ("endpoint", N_ ("NAME"), N_ ("Only leads that come by this endpoint")),          \
    RUNGS_OPTION ("form", N_ ("NAME"), N_ ("Only leads that come by the form of this name"))

static const GOptionEntry SET_OPTIONS[] = {
  SCOPE_OPTIONS,
  RUNGS_OPTION ("desktop", N_ ("yes|no"), N_ ("Tell by a notification of the desktop")),
  RUNGS_OPTION ("today", N_ ("yes|no"), N_ ("Show on Today, until somebody has looked")),
  RUNGS_OPTION ("mail", N_ ("ADDRESSES"), N_ ("Tell these of your staff by mail; \"\": nobody")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RESET_OPTIONS[] = { SCOPE_OPTIONS, RUNGS_OPTIONS_END };

static const GOptionEntry WAITING_OPTIONS[] = {
  RUNGS_OPTION ("days", N_ ("NUMBER"), N_ ("Only who was captured in the last days: 30")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry FIGURES_OPTIONS[] = {
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("Captured from then on: 90 days ago")),
  RUNGS_OPTION ("until", N_ ("TIME"), N_ ("Captured before then: now")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_NOTICES_COMMANDS[] = {
  { "notices list", "", N_ ("List how staff are told of new leads"), RUNGS_COMMAND_READS,
    list_rules, NULL,
    N_ ("Of a lead that comes by itself, by a form, a booking or an order. What an import brings\n"
        "or a person types in is told to nobody. A form counts before its endpoint, that before\n"
        "the source, that before the business."),
    "[about, name, desktop, today, mail]" },
  { "notices set", "", N_ ("Say how staff are told, for the business or for one way in"),
    RUNGS_COMMAND_WRITES, set_rule, SET_OPTIONS,
    N_ ("What is not said stays as it is; of a way in of which nothing was said yet, as for the\n"
        "business. Several addresses are parted by commas. Mails to one address are kept ten\n"
        "minutes apart: what came meanwhile is told in one."),
    "{about, name, desktop, today, mail}" },
  { "notices reset", "", N_ ("Let the business's rule count for one way in again"),
    RUNGS_COMMAND_WRITES, reset_rule, RESET_OPTIONS, NULL,
    "{about, name, desktop, today, mail}" },
  { "notices mail", "", N_ ("Show how it goes with the mail to staff"), RUNGS_COMMAND_READS,
    list_mail, NULL, NULL, "[address, waiting, sent_at, trouble]" },
  { "notices waiting", "", N_ ("List leads with whom nobody was in touch yet"),
    RUNGS_COMMAND_READS, list_waiting, WAITING_OPTIONS,
    N_ ("Who waits longest comes first. In touch is who logs a call that reached the lead, or a\n"
        "meeting, or does a task about it."),
    "[lead, name, source, captured_at, words, unseen]" },
  { "notices see", "", N_ ("Let all new leads count as looked at"), RUNGS_COMMAND_WRITES, see_all,
    NULL, NULL, "{seen}" },
  { "notices contact", "", N_ ("Show by source how soon somebody was in touch"),
    RUNGS_COMMAND_READS, show_figures, FIGURES_OPTIONS,
    N_ ("With whom nobody was in touch yet counts as having waited longer than all others; of\n"
        "fewer than 20 leads it is told how many they were, and not a share."),
    "[kind, source, captured, contacted, half, median_seconds, most, ninetieth_seconds, share, "
    "within_hour, judged]" },
  { NULL },
};
