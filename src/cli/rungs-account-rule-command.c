/* rungs-account-rule-command.c: which account sends what. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-rule-words.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "segments/rungs-segment-store.h"
#include "sequences/rungs-sequence-store.h"

static const RungsColumn COLUMNS[] = {
  { "number", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "words", N_ ("What"), RUNGS_COLUMN_TEXT, NULL },
  { "account", N_ ("Account"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* `number`: its place among them, from 1. */
static JsonObject *
rule_to_row (const RungsAccountRule *rule,
             guint                   number)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_account_rule_dup_words (rule);
  const char *origin = rungs_account_rule_origin_to_text (rule->origin);
  const char *kind = rungs_account_rule_kind_to_text (rule->kind);

  rungs_row_set_number (row, "number", number);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_text (row, "account", rule->account_name);
  rungs_row_set_text (row, "origin", *origin != '\0' ? origin : NULL);
  rungs_row_set_text (row, "broadcast", rule->broadcast_name);
  rungs_row_set_text (row, "sequence", rule->sequence_name);
  rungs_row_set_text (row, "message", rule->message_name);
  rungs_row_set_text (row, "kind", *kind != '\0' ? kind : NULL);
  rungs_row_set_text (row, "domains", *rule->domains != '\0' ? rule->domains : NULL);
  rungs_row_set_text (row, "segment", rule->segment_name);
  rungs_row_set_time (row, "created_at", rule->created_at);
  return row;
}

static gboolean
show_rules (RungsInvocation *call,
            RungsDb         *db,
            GError         **error)
{
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    rungs_listing_add (listing, rule_to_row (rules->pdata[i], i + 1));
  rungs_listing_end (listing, _ ("There are no rules: the default account sends everything."));
  return TRUE;
}

/* ---- reading a rule */

static gboolean
take_broadcast (RungsInvocation  *call,
                RungsDb          *db,
                RungsAccountRule *rule,
                GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "broadcast", NULL);
  g_autoptr (RungsBroadcast) broadcast
    = name != NULL ? rungs_broadcast_load_by_name (db, name, error) : NULL;

  if (name != NULL && broadcast == NULL)
    return FALSE;
  if (broadcast != NULL)
    {
      rule->origin = RUNGS_ACCOUNT_RULE_BROADCAST;
      rule->broadcast = broadcast->id;
    }
  return TRUE;
}

static gboolean
take_sequence (RungsInvocation  *call,
               RungsDb          *db,
               RungsAccountRule *rule,
               GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "sequence", NULL);
  g_autoptr (RungsSequence) sequence
    = name != NULL ? rungs_sequence_load_by_name (db, name, error) : NULL;

  if (name != NULL && sequence == NULL)
    return FALSE;
  if (sequence != NULL)
    {
      rule->origin = RUNGS_ACCOUNT_RULE_SEQUENCE;
      rule->sequence = sequence->id;
    }
  return TRUE;
}

static gboolean
take_message (RungsInvocation  *call,
              RungsDb          *db,
              RungsAccountRule *rule,
              GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "message", NULL);
  g_autoptr (RungsMessage) message
    = name != NULL ? rungs_message_load_by_name (db, name, error) : NULL;

  if (name != NULL && message == NULL)
    return FALSE;
  if (message != NULL)
    rule->message = message->id;
  return TRUE;
}

static gboolean
take_segment (RungsInvocation  *call,
              RungsDb          *db,
              RungsAccountRule *rule,
              GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "segment", NULL);
  g_autoptr (RungsSegment) segment = name != NULL ? rungs_segment_find (db, name, error) : NULL;

  if (name != NULL && segment == NULL)
    return FALSE;
  if (segment != NULL)
    rule->segment = segment->id;
  return TRUE;
}

static gboolean
take_words (RungsInvocation  *call,
            RungsAccountRule *rule,
            GError          **error)
{
  const char *kind = rungs_invocation_get_text (call, "kind", NULL);
  const char *domains = rungs_invocation_get_text (call, "to", NULL);
  char *read;

  if (rungs_invocation_has (call, "broadcasts"))
    rule->origin = RUNGS_ACCOUNT_RULE_BROADCAST;
  if (rungs_invocation_has (call, "sequences"))
    rule->origin = RUNGS_ACCOUNT_RULE_SEQUENCE;
  if (kind != NULL && (*kind == '\0' || !rungs_account_rule_kind_from_text (kind, &rule->kind)))
    return rungs_invocation_refuse (call, "kind", _ ("marketing or transactional"), error);
  if (domains == NULL)
    return TRUE;
  read = rungs_account_rule_read_domains (domains, error);
  if (read == NULL)
    return FALSE;
  g_free (rule->domains);
  rule->domains = read;
  return TRUE;
}

static RungsAccountRule *
read_rule (RungsInvocation *call,
           RungsDb         *db,
           GError         **error)
{
  g_autoptr (RungsAccount) account
    = rungs_account_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsAccountRule) rule = account ? rungs_account_rule_new (account->id) : NULL;

  if (rule == NULL || !take_words (call, rule, error) || !take_broadcast (call, db, rule, error)
      || !take_sequence (call, db, rule, error) || !take_message (call, db, rule, error)
      || !take_segment (call, db, rule, error))
    return NULL;
  return g_steal_pointer (&rule);
}

/* ---- changing the list */

/* Writes the list, and shows the rule at `place` of what it then is. */
static gboolean
write_rules (RungsInvocation *call,
             RungsDb         *db,
             GPtrArray       *rules,
             guint            place,
             const char      *words,
             GError         **error)
{
  g_autoptr (GPtrArray) written = NULL;

  if (!rungs_account_rules_write (db, rules, rungs_invocation_get_now (call), error))
    return FALSE;
  written = rungs_account_rule_list (db, error);
  if (written == NULL)
    return FALSE;
  rungs_column_say (call, rule_to_row (written->pdata[place], place + 1), "%s", words);
  return TRUE;
}

/* The n-th argument as the place of a rule, from 0. */
static gboolean
get_place (RungsInvocation *call,
           guint            n,
           const GPtrArray *rules,
           guint           *place,
           GError         **error)
{
  gint64 number = 0;

  if (!rungs_invocation_get_id (call, n, &number, error))
    return FALSE;
  if (number < 1 || number > rules->len)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   ngettext ("There is %d rule only.", "There are %d rules only.",
                             (gulong) rules->len),
                   (int) rules->len);
      return FALSE;
    }
  *place = (guint) number - 1;
  return TRUE;
}

static gboolean
add_rule (RungsInvocation *call,
          RungsDb         *db,
          GError         **error)
{
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, error);
  RungsAccountRule *rule = rules ? read_rule (call, db, error) : NULL;
  gint64 place = 0;

  if (rule == NULL
      || !rungs_invocation_get_number (call, "at", 1, rules->len + 1, &place, error))
    {
      rungs_account_rule_free (rule);
      return FALSE;
    }
  place = place != 0 ? place - 1 : rules->len;
  g_ptr_array_insert (rules, (int) place, rule);
  return write_rules (call, db, rules, (guint) place, _ ("The rule was added."), error);
}

static gboolean
move_rule (RungsInvocation *call,
           RungsDb         *db,
           GError         **error)
{
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, error);
  guint from = 0, to = 0;

  if (rules == NULL || !get_place (call, 0, rules, &from, error)
      || !get_place (call, 1, rules, &to, error))
    return FALSE;
  g_ptr_array_insert (rules, (int) to, g_ptr_array_steal_index (rules, from));
  return write_rules (call, db, rules, to, _ ("The rule was moved."), error);
}

static gboolean
remove_rule (RungsInvocation *call,
             RungsDb         *db,
             GError         **error)
{
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, error);
  g_autoptr (RungsAccountRule) removed = NULL;
  guint place = 0;

  if (rules == NULL || !get_place (call, 0, rules, &place, error))
    return FALSE;
  removed = g_ptr_array_steal_index (rules, place);
  if (!rungs_account_rules_write (db, rules, rungs_invocation_get_now (call), error))
    return FALSE;
  rungs_column_say (call, rule_to_row (removed, place + 1), _ ("The rule was removed."));
  return TRUE;
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_FLAG ("broadcasts", N_ ("Only of broadcasts")),
  RUNGS_OPTION ("broadcast", N_ ("NAME"), N_ ("Only of this broadcast")),
  RUNGS_FLAG ("sequences", N_ ("Only of sequences")),
  RUNGS_OPTION ("sequence", N_ ("NAME"), N_ ("Only of this sequence")),
  RUNGS_OPTION ("message", N_ ("NAME"), N_ ("Only this message")),
  RUNGS_OPTION ("kind", N_ ("KIND"), N_ ("Only messages that are marketing, or transactional")),
  RUNGS_OPTION ("to", N_ ("DOMAINS"), N_ ("Only to addresses of these domains, parted by commas")),
  RUNGS_OPTION ("segment", N_ ("NAME"), N_ ("Only to leads in this segment")),
  RUNGS_OPTION ("at", N_ ("N"), N_ ("Its place in the list; else the last")),
  RUNGS_OPTIONS_END,
};

#define SHAPE                                                                                      \
  "number, words, account, origin, broadcast, sequence, message, kind, domains, segment, "         \
  "created_at"

const RungsCommand RUNGS_ACCOUNT_RULE_COMMANDS[] = {
  { "account rules", "", N_ ("List which account sends what"), RUNGS_COMMAND_READS, show_rules,
    NULL,
    N_ ("The first rule that fits a message names the account that sends it; the default account\n"
        "sends what none fits. A message waits for its account, if that is paused."),
    "[" SHAPE "]" },
  { "account add-rule", "ACCOUNT", N_ ("Let an account send some of the messages"),
    RUNGS_COMMAND_WRITES, add_rule, ADD_OPTIONS,
    N_ ("All that is asked for must hold; without an option it is every message. What is planned\n"
        "and not under way yet moves to the accounts that the rules name then."),
    "{" SHAPE "}" },
  { "account move-rule", "NUMBER TO", N_ ("Ask a rule earlier or later"), RUNGS_COMMAND_WRITES,
    move_rule, NULL, NULL, NULL },
  { "account remove-rule", "NUMBER", N_ ("Remove a rule"), RUNGS_COMMAND_WRITES, remove_rule, NULL,
    NULL, NULL },
  { NULL },
};
