/* rungs-award-command.c: what partners earn without a sale. */

#include <glib/gi18n.h>
#include <inttypes.h>

#include "leads/rungs-lead-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

#define ROWS_SHOWN 100
#define MOST_ROWS 100000000

#define AWARD_COLUMNS                                                                              \
  { "id", N_ ("Award"), RUNGS_COLUMN_NUMBER, NULL },                                               \
      { "at", N_ ("When"), RUNGS_COLUMN_TIME, NULL },                                              \
      { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },                                      \
      { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },                                            \
      { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },                                       \
      { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },                                          \
      { "lead", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },                                            \
      { "words", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL }

static const RungsColumn COLUMNS[] = { AWARD_COLUMNS, { NULL } };

static const RungsColumn SHOW_COLUMNS[] = {
  AWARD_COLUMNS,
  { "hold_until", N_ ("Held until"), RUNGS_COLUMN_TIME, NULL },
  { "taken_at", N_ ("Taken back"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

#define KEYS "id, at, partner, kind, amount, state, lead, words, hold_until, taken_at"

/* `address` (out) (transfer full): "" where the award is for no lead, or it is gone. */
static gboolean
find_lead (RungsDb           *db,
           const RungsAward  *award,
           char             **address,
           GError           **error)
{
  g_autoptr (RungsLead) lead = award->lead != 0 ? rungs_lead_load (db, award->lead, error) : NULL;

  *address = lead != NULL ? (lead->email != NULL ? g_strdup (lead->email)
                                                 : rungs_lead_dup_name (lead))
                          : g_strdup ("");
  return lead != NULL || award->lead == 0;
}

static JsonObject *
row_of (RungsDb           *db,
        const RungsAward  *award,
        GError           **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, award->partner, error);
  g_autofree char *lead = NULL;
  JsonObject *row;

  if (partner == NULL || !find_lead (db, award, &lead, error))
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", award->id);
  rungs_row_set_time (row, "at", award->at);
  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_text (row, "kind", rungs_award_kind_to_text (award->kind));
  rungs_row_set_money (row, "amount", award->amount);
  rungs_row_set_text (row, "state", rungs_award_state_to_text (rungs_award_get_state (award)));
  rungs_row_set_text (row, "lead", lead);
  rungs_row_set_text (row, "words", award->words);
  rungs_row_set_time (row, "hold_until", award->hold_until);
  rungs_row_set_time (row, "taken_at", award->taken_at);
  return row;
}

static gboolean
list_awards (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (RungsPartner) partner = NULL;
  g_autoptr (GPtrArray) awards = NULL;
  gint64 limit = ROWS_SHOWN;

  if (!rungs_invocation_get_number (call, "limit", 1, MOST_ROWS, &limit, error)
      || (name != NULL && (partner = rungs_partner_load_by_name (db, name, error)) == NULL))
    return FALSE;
  awards = rungs_award_list (db, partner != NULL ? partner->id : 0, (guint) limit, error);
  for (guint i = 0; awards != NULL && i < awards->len; i++)
    {
      JsonObject *row = row_of (db, awards->pdata[i], error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  if (awards == NULL)
    return FALSE;
  rungs_listing_end (listing, _ ("Nobody earned anything without a sale yet."));
  return TRUE;
}

static gboolean
show_award (RungsInvocation  *call,
            RungsDb          *db,
            gint64            id,
            GError          **error)
{
  g_autoptr (RungsAward) award = rungs_award_load (db, id, error);
  JsonObject *row = award != NULL ? row_of (db, award, error) : NULL;

  if (row == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* ---- writing */

static gboolean
give_bonus (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autofree char *text = rungs_invocation_join_arguments (call, 1);
  g_autoptr (RungsPartner) partner = NULL;
  g_autofree char *currency = NULL;
  RungsMoney amount;
  gint64 id;

  if (!rungs_invocation_require (call, "why", error))
    return FALSE;
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  if (partner != NULL)
    currency = rungs_award_dup_bonus_currency (db, partner->currency, error);
  if (currency == NULL || !rungs_money_parse (text, currency, &amount, error))
    return FALSE;
  id = rungs_award_add_bonus (db, partner->id, amount, rungs_invocation_get_text (call, "why", ""),
                              rungs_invocation_get_now (call), error);
  return id != 0 && show_award (call, db, id, error);
}

static gboolean
take (RungsInvocation  *call,
      RungsDb          *db,
      gint64            id,
      GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);

  if (rungs_invocation_has (call, "undo"))
    return rungs_award_give_again (db, id, now, error) && show_award (call, db, id, error);
  return rungs_invocation_require (call, "why", error)
         && rungs_award_take_back (db, id, rungs_invocation_get_text (call, "why", ""), now, error)
         && show_award (call, db, id, error);
}

static gboolean
take_back (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) && take (call, db, id, error);
}

static gboolean
reject_lead (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsLead) lead
      = rungs_lead_load_by_email (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsAward) award
      = lead != NULL ? rungs_award_load_of_lead (db, lead->id, error) : NULL;

  return award != NULL && take (call, db, award->id, error);
}

static gboolean
approve (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsAward) award = NULL;
  gint64 id;

  if (!rungs_invocation_get_id (call, 0, &id, error))
    return FALSE;
  award = rungs_award_load (db, id, error);
  return award != NULL
         && rungs_commission_approve (db, rungs_award_line (id), award->partner,
                                      !rungs_invocation_has (call, "undo"),
                                      rungs_invocation_get_now (call), error)
         && show_award (call, db, id, error);
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("At most so many, the newest; 100 where nothing is said")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry BONUS_OPTIONS[] = {
  RUNGS_OPTION ("why", N_ ("TEXT"), N_ ("What it is given for; it stands in the ledger")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry TAKE_OPTIONS[] = {
  RUNGS_OPTION ("why", N_ ("TEXT"), N_ ("Why; it stands in the ledger")),
  RUNGS_FLAG ("undo", N_ ("It was a mistake: book it again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry APPROVE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Let it wait again")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_AWARD_COMMANDS[] = {
  { "partner awards", "[NAME]", N_ ("List bonuses, and what partners were paid for leads"),
    RUNGS_COMMAND_READS, list_awards, LIST_OPTIONS, NULL, "[" KEYS "]" },
  { "partner bonus", "NAME AMOUNT…", N_ ("Give a partner a bonus"), RUNGS_COMMAND_WRITES,
    give_bonus, BONUS_OPTIONS,
    N_ ("It may be paid at once: the next payout has it. Say why with --why."), "{" KEYS "}" },
  { "partner take-back", "AWARD", N_ ("Take a bonus back, or what was paid for a lead"),
    RUNGS_COMMAND_WRITES, take_back, TAKE_OPTIONS,
    N_ ("The ledger keeps both entries. What was paid already is set off against what comes."),
    "{" KEYS "}" },
  { "partner reject-lead", "EMAIL", N_ ("Say that a lead is worth nothing to its partner"),
    RUNGS_COMMAND_WRITES, reject_lead, TAKE_OPTIONS,
    N_ ("Takes back what a partner earned because the lead came."), "{" KEYS "}" },
  { "partner approve", "AWARD", N_ ("Approve what a partner earned for a lead"),
    RUNGS_COMMAND_WRITES, approve, APPROVE_OPTIONS, NULL, "{" KEYS "}" },
  { NULL },
};
