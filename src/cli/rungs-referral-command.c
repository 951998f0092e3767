/* rungs-referral-command.c: who is credited with which order, and by which rules. */

#include <glib/gi18n.h>
#include <string.h>

#include "partners/rungs-attribution-try-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-commission-told.h"
#include "partners/rungs-credit-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"

#define NOBODY "nobody"
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define DAYS_TRIED 90
#define CHANGES_SHOWN 20

static const RungsColumn VERSION_COLUMNS[] = {
  { "from_at", N_ ("Valid From"), RUNGS_COLUMN_TIME, NULL },
  { "rules", N_ ("Rules"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn RULES_COLUMNS[] = {
  { "rules", N_ ("Rules"), RUNGS_COLUMN_TEXT, NULL },
  { "versions", N_ ("All versions"), RUNGS_COLUMN_ROWS, VERSION_COLUMNS },
  { NULL },
};

static const RungsColumn CHANGE_COLUMNS[] = {
  { "order", N_ ("Order"), RUNGS_COLUMN_NUMBER, NULL },
  { "before", N_ ("Credited to"), RUNGS_COLUMN_TEXT, NULL },
  { "after", N_ ("By these rules"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn TRIAL_COLUMNS[] = {
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "by_hand", N_ ("Credited by hand"), RUNGS_COLUMN_NUMBER, NULL },
  { "changed", N_ ("Credited otherwise"), RUNGS_COLUMN_NUMBER, NULL },
  { "changes", N_ ("The newest of these"), RUNGS_COLUMN_ROWS, CHANGE_COLUMNS },
  { NULL },
};

static const RungsColumn SAW_COLUMNS[] = {
  { "rule", N_ ("Rule"), RUNGS_COLUMN_TEXT, NULL },
  { "verdict", N_ ("Says"), RUNGS_COLUMN_TERM, NULL },
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "touch", N_ ("Touch"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static const RungsColumn EARNS_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "tier", N_ ("Tier"), RUNGS_COLUMN_NUMBER, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn REFERRAL_COLUMNS[] = {
  { "order", N_ ("Order"), RUNGS_COLUMN_NUMBER, NULL },
  { "partner", N_ ("Credited to"), RUNGS_COLUMN_TEXT, NULL },
  { "by_hand", N_ ("By hand"), RUNGS_COLUMN_FLAG, NULL },
  { "decided_at", N_ ("Decided"), RUNGS_COLUMN_TIME, NULL },
  { "saw", N_ ("What the rules saw"), RUNGS_COLUMN_ROWS, SAW_COLUMNS },
  { "earns", N_ ("What it earns"), RUNGS_COLUMN_ROWS, EARNS_COLUMNS },
  { NULL },
};

static const RungsColumn LOSS_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "held", N_ ("Out of what is held"), RUNGS_COLUMN_MONEY, NULL },
  { "approved", N_ ("Out of what may be paid"), RUNGS_COLUMN_MONEY, NULL },
  { "carried", N_ ("Has to give back"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn ENTRY_COLUMNS[] = {
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "state", N_ ("Account"), RUNGS_COLUMN_TERM, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "words", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn PREVIEW_COLUMNS[] = {
  { "order", N_ ("Order"), RUNGS_COLUMN_NUMBER, NULL },
  { "entries", N_ ("What would be booked"), RUNGS_COLUMN_ROWS, ENTRY_COLUMNS },
  { NULL },
};

/* The partner's name, "" for nobody. NULL on error. */
static char *
dup_name (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  g_autoptr (RungsPartner) partner = id != 0 ? rungs_partner_load (db, id, error) : NULL;

  if (id == 0)
    return g_strdup ("");
  return partner != NULL ? g_strdup (partner->name) : NULL;
}

/* ---- the rules */

static gboolean
add_versions (RungsDb     *db,
              JsonObject  *row,
              GError     **error)
{
  JsonArray *rows = rungs_row_set_array (row, "versions");
  g_autoptr (GPtrArray) versions = rungs_attribution_version_list (db, error);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const RungsAttributionVersion *version = versions->pdata[i];
      g_autofree char *json = rungs_attribution_rules_to_json (version->rules);
      JsonObject *line = rungs_row_new ();

      rungs_row_set_time (line, "from_at", version->from_at);
      rungs_row_set_text (line, "rules", json);
      json_array_add_object_element (rows, line);
    }
  return versions != NULL;
}

static gboolean
show_rules (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GArray) rules
      = rungs_attribution_rules_load (db, rungs_invocation_get_now (call), error);
  g_autofree char *json = rules != NULL ? rungs_attribution_rules_to_json (rules) : NULL;
  g_autoptr (JsonObject) row = NULL;

  if (json == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "rules", json);
  if (!add_versions (db, row, error))
    return FALSE;
  rungs_column_show (call, RULES_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

/* Those in the file that the command names. */
static GArray *
read_rules (RungsInvocation  *call,
            GError          **error)
{
  g_autofree char *json = rungs_text_file_read (rungs_invocation_get_argument (call, 0), error);

  return json != NULL ? rungs_attribution_rules_parse (json, error) : NULL;
}

static gboolean
set_rules (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 now = rungs_invocation_get_now (call), from = now;
  g_autoptr (GArray) rules = read_rules (call, error);

  return rules != NULL && rungs_invocation_get_time (call, "from", &from, error)
         && rungs_attribution_rules_set (db, from, rules, now, error)
         && show_rules (call, db, error);
}

static gboolean
add_changes (RungsDb                      *db,
             JsonObject                   *row,
             const RungsAttributionTrial  *trial,
             GError                      **error)
{
  JsonArray *rows = rungs_row_set_array (row, "changes");

  for (guint i = 0; i < trial->changes->len; i++)
    {
      const RungsAttributionChange *change
          = &g_array_index (trial->changes, RungsAttributionChange, i);
      g_autofree char *before = dup_name (db, change->before, error);
      g_autofree char *after = before != NULL ? dup_name (db, change->after, error) : NULL;
      JsonObject *line;

      if (after == NULL)
        return FALSE;
      line = rungs_row_new ();
      rungs_row_set_number (line, "order", change->order);
      rungs_row_set_text (line, "before", before);
      rungs_row_set_text (line, "after", after);
      json_array_add_object_element (rows, line);
    }
  return TRUE;
}

static gboolean
try_rules (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  gint64 days = DAYS_TRIED;
  g_autoptr (GArray) rules = read_rules (call, error);
  g_auto (RungsAttributionTrial) trial = { 0 };
  g_autoptr (JsonObject) row = NULL;

  if (rules == NULL
      || !rungs_invocation_get_number (call, "days", 1, RUNGS_ATTRIBUTION_DAYS_MOST, &days, error)
      || !rungs_attribution_try (db, rules, now - days * DAY, now + 1, CHANGES_SHOWN, &trial,
                                 error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "orders", trial.orders);
  rungs_row_set_number (row, "by_hand", trial.by_hand);
  rungs_row_set_number (row, "changed", trial.changed);
  if (!add_changes (db, row, &trial, error))
    return FALSE;
  rungs_column_show (call, TRIAL_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

/* ---- one order */

static gboolean
add_saw (RungsDb             *db,
         JsonObject          *row,
         const RungsReferral *referral,
         GError             **error)
{
  JsonArray *rows = rungs_row_set_array (row, "saw");

  for (guint i = 0; i < referral->saw->len; i++)
    {
      const RungsAttributionLine *line = &g_array_index (referral->saw, RungsAttributionLine, i);
      g_autofree char *partner = dup_name (db, line->partner, error);
      g_autofree char *rule = rungs_attribution_rule_to_text (&line->rule);
      JsonObject *saw;

      if (partner == NULL)
        return FALSE;
      saw = rungs_row_new ();
      rungs_row_set_text (saw, "rule", rule);
      rungs_row_set_text (saw, "verdict", rungs_attribution_verdict_to_text (line->verdict));
      rungs_row_set_text (saw, "partner", partner);
      rungs_row_set_id (saw, "touch", line->touch);
      json_array_add_object_element (rows, saw);
    }
  return TRUE;
}

static gboolean
add_earns (RungsDb     *db,
           JsonObject  *row,
           gint64       order,
           GError     **error)
{
  g_autoptr (GPtrArray) list = rungs_commission_told_list (db, order, error);
  JsonArray *rows;

  if (list == NULL)
    return FALSE;
  rows = rungs_row_set_array (row, "earns");
  for (guint i = 0; i < list->len; i++)
    {
      const RungsCommissionTold *told = g_ptr_array_index (list, i);
      JsonObject *earns = rungs_row_new ();

      rungs_row_set_text (earns, "partner", told->name);
      rungs_row_set_number (earns, "tier", told->is_second ? 2 : 1);
      rungs_row_set_text (earns, "why", told->words);
      rungs_row_set_money (earns, "amount", told->amount);
      json_array_add_object_element (rows, earns);
    }
  return TRUE;
}

static gboolean
show_order (RungsInvocation  *call,
            RungsDb          *db,
            gint64            order,
            GError          **error)
{
  g_autoptr (RungsReferral) referral = rungs_referral_load (db, order, error);
  g_autofree char *partner = referral != NULL ? dup_name (db, referral->partner, error) : NULL;
  g_autoptr (JsonObject) row = NULL;

  if (partner == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "order", order);
  rungs_row_set_text (row, "partner", partner);
  rungs_row_set_flag (row, "by_hand", referral->by_hand);
  rungs_row_set_time (row, "decided_at", referral->decided_at);
  if (!add_saw (db, row, referral, error) || !add_earns (db, row, order, error))
    return FALSE;
  rungs_column_show (call, REFERRAL_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
show_referral (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  gint64 order;

  return rungs_invocation_get_id (call, 0, &order, error) && show_order (call, db, order, error);
}

static gboolean
add_entry (RungsDb                 *db,
           JsonArray               *rows,
           const RungsLedgerEntry  *entry,
           GError                 **error)
{
  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);
      g_autofree char *partner = dup_name (db, posting->partner, error);
      JsonObject *line;

      if (partner == NULL)
        return FALSE;
      line = rungs_row_new ();
      rungs_row_set_text (line, "kind", rungs_ledger_kind_to_text (entry->kind));
      rungs_row_set_text (line, "partner", partner);
      rungs_row_set_text (line, "state", rungs_ledger_state_to_text (posting->state));
      rungs_row_set_money (line, "amount", rungs_money (posting->amount, entry->currency));
      rungs_row_set_text (line, "words", entry->words);
      json_array_add_object_element (rows, line);
    }
  return TRUE;
}

/* One row a posting of what would be booked. */
static gboolean
preview (RungsInvocation  *call,
         RungsDb          *db,
         gint64            order,
         gint64            partner,
         GError          **error)
{
  g_autoptr (GPtrArray) entries
      = rungs_credit_rehearse (db, order, partner, rungs_invocation_get_now (call), error);
  g_autoptr (JsonObject) row = NULL;
  JsonArray *rows;

  if (entries == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "order", order);
  rows = rungs_row_set_array (row, "entries");
  for (guint i = 0; i < entries->len; i++)
    if (!add_entry (db, rows, entries->pdata[i], error))
      return FALSE;
  rungs_column_show (call, PREVIEW_COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
set_referral (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 1);
  g_autoptr (RungsPartner) partner = NULL;
  gint64 order, id;

  if (!rungs_invocation_get_id (call, 0, &order, error))
    return FALSE;
  if (strcmp (name, NOBODY) != 0
      && (partner = rungs_partner_load_by_name (db, name, error)) == NULL)
    return FALSE;
  id = partner != NULL ? partner->id : 0;
  if (rungs_invocation_has (call, "preview"))
    return preview (call, db, order, id, error);
  return rungs_credit_set (db, order, id, rungs_invocation_get_now (call), error)
         && show_order (call, db, order, error);
}

static gboolean
preview_nobody (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, LOSS_COLUMNS);
  g_autoptr (GArray) losses = NULL;
  gint64 order;

  if (!rungs_invocation_get_id (call, 0, &order, error))
    return FALSE;
  losses = rungs_commission_preview_nobody (db, order, error);
  for (guint i = 0; losses != NULL && i < losses->len; i++)
    {
      const RungsCommissionLoss *loss = &g_array_index (losses, RungsCommissionLoss, i);
      g_autofree char *name = dup_name (db, loss->partner, error);
      JsonObject *row;

      if (name == NULL)
        return FALSE;
      row = rungs_row_new ();
      rungs_row_set_text (row, "partner", name);
      rungs_row_set_money (row, "held", rungs_money (loss->held, loss->currency));
      rungs_row_set_money (row, "approved", rungs_money (loss->approved, loss->currency));
      rungs_row_set_money (row, "carried", rungs_money (loss->carried, loss->currency));
      rungs_listing_add (listing, row);
    }
  if (losses == NULL)
    return FALSE;
  rungs_listing_end (listing, _ ("It would move nothing: nobody has a commission of it."));
  return TRUE;
}

static const GOptionEntry SET_OPTIONS[] = {
  RUNGS_FLAG ("preview", N_ ("Only show what would be booked")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RULES_OPTIONS[] = {
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("In force from then on; now where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TRY_OPTIONS[] = {
  RUNGS_OPTION ("days", N_ ("N"), N_ ("Of the last so many days; 90 where nothing is said")),
  RUNGS_OPTIONS_END,
};

#define RULES_JSON "{rules, versions: [from_at, rules]}"
#define REFERRAL_JSON                                                                              \
  "{order, partner, by_hand, decided_at, saw: [rule, verdict, partner, touch],"                    \
  " earns: [partner, tier, why, amount]}"

const RungsCommand RUNGS_REFERRAL_COMMANDS[] = {
  { "referral rules", "", N_ ("Show by which rules orders are credited"), RUNGS_COMMAND_READS,
    show_rules, NULL, NULL, RULES_JSON },
  { "referral set-rules", "FILE", N_ ("Credit orders by other rules from now on"),
    RUNGS_COMMAND_WRITES, set_rules, RULES_OPTIONS,
    N_ ("FILE holds rules as “referral rules” shows them. docs/attribution.md tells of each."),
    RULES_JSON },
  { "referral try-rules", "FILE", N_ ("Show which orders other rules would credit otherwise"),
    RUNGS_COMMAND_READS, try_rules, TRY_OPTIONS,
    N_ ("Nothing is changed. Orders that were credited by hand stay as they are."),
    "{orders, by_hand, changed, changes: [order, before, after]}" },
  { "referral show", "ORDER", N_ ("Show who is credited with an order, and why"),
    RUNGS_COMMAND_READS, show_referral, NULL, NULL, REFERRAL_JSON },
  { "referral set", "ORDER PARTNER", N_ ("Credit somebody with an order by hand"),
    RUNGS_COMMAND_WRITES, set_referral, SET_OPTIONS,
    N_ ("PARTNER may be “nobody”. What others earned by the order is taken back. With --preview\n"
        "nothing is changed, and the JSON is\n"
        "{order, entries: [kind, partner, state, amount, words]}."),
    REFERRAL_JSON },
  { "referral preview", "ORDER", N_ ("Show what is taken back where nobody is credited"),
    RUNGS_COMMAND_READS, preview_nobody, NULL,
    N_ ("What “referral set ORDER nobody” would move in the ledger. It changes nothing."),
    "[partner, held, approved, carried]" },
  { NULL },
};
