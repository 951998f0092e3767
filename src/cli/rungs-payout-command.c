/* rungs-payout-command.c: partners are paid. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payout-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const char *const ENDS[] = { "paid", "failed", "returned", NULL };

#define ITEM_COLUMNS                                                                               \
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },                                          \
      { "approved", N_ ("May be paid"), RUNGS_COLUMN_MONEY, NULL },                                \
      { "set_off", N_ ("Set off"), RUNGS_COLUMN_MONEY, NULL },                                     \
      { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL }

static const RungsColumn PREVIEW_COLUMNS[] = {
  ITEM_COLUMNS,
  { "waits", N_ ("Waits"), RUNGS_COLUMN_FLAG, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  ITEM_COLUMNS,
  { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },
  { "ended_at", N_ ("Since"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn LIST_COLUMNS[] = {
  { "id", N_ ("Payout"), RUNGS_COLUMN_NUMBER, NULL },
  { "made_at", N_ ("Made"), RUNGS_COLUMN_TIME, NULL },
  { "from", N_ ("Orders from"), RUNGS_COLUMN_TIME, NULL },
  { "until", N_ ("Orders until"), RUNGS_COLUMN_TIME, NULL },
  { "partners", N_ ("Partners"), RUNGS_COLUMN_NUMBER, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

/* ---- what is asked for */

static gboolean
take_partners (RungsInvocation     *call,
               RungsDb             *db,
               RungsPayoutRequest  *request,
               GError             **error)
{
  GPtrArray *names = rungs_invocation_get_texts (call, "partner");

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (RungsPartner) partner
          = rungs_partner_load_by_name (db, g_ptr_array_index (names, i), error);

      if (partner == NULL)
        return FALSE;
      if (request->partners == NULL)
        request->partners = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (request->partners, partner->id);
    }
  return TRUE;
}

static gboolean
take_request (RungsInvocation     *call,
              RungsDb             *db,
              RungsPayoutRequest  *request,
              GError             **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  RungsMoney minimum = { 0 };

  if (business == NULL)
    return FALSE;
  request->until = rungs_invocation_get_now (call);
  g_strlcpy (request->currency, rungs_invocation_get_text (call, "currency", business->currency),
             sizeof request->currency);
  if (!rungs_invocation_get_time (call, "from", &request->from, error)
      || !rungs_invocation_get_time (call, "until", &request->until, error)
      || !rungs_invocation_get_money (call, "minimum", request->currency, &minimum, error))
    return FALSE;
  request->minimum = minimum.minor;
  return take_partners (call, db, request, error);
}

/* ---- rows */

static JsonObject *
row_of (RungsDb                *db,
        const RungsPayoutItem  *item,
        const char             *currency,
        GError                **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, item->partner, error);
  JsonObject *row;

  if (partner == NULL)
    return NULL;
  row = rungs_row_new ();
  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_money (row, "approved", rungs_money (item->approved, currency));
  rungs_row_set_money (row, "set_off", rungs_money (item->set_off, currency));
  rungs_row_set_money (row, "amount", rungs_money (item->approved - item->set_off, currency));
  return row;
}

static gboolean
add_preview (RungsListing  *listing,
             RungsDb       *db,
             GArray        *items,
             const char    *currency,
             gboolean       waits,
             GError       **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      JsonObject *row = row_of (db, &g_array_index (items, RungsPayoutItem, i), currency, error);

      if (row == NULL)
        return FALSE;
      rungs_row_set_flag (row, "waits", waits);
      rungs_listing_add (listing, row);
    }
  return TRUE;
}

static gboolean
preview (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, PREVIEW_COLUMNS);
  RungsPayoutRequest request = { .partners = NULL };
  g_autoptr (GArray) items = NULL, waits = NULL;
  gboolean done = take_request (call, db, &request, error)
                  && (items = rungs_payout_preview (db, &request, &waits, error)) != NULL
                  && add_preview (listing, db, items, request.currency, FALSE, error)
                  && add_preview (listing, db, waits, request.currency, TRUE, error);

  g_clear_pointer (&request.partners, g_array_unref);
  if (done)
    rungs_listing_end (listing, _ ("There is nothing to be paid."));
  return done;
}

static gboolean
list_items (RungsInvocation  *call,
            RungsDb          *db,
            gint64            id,
            GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (RungsPayout) payout = rungs_payout_load (db, id, error);
  g_autoptr (GArray) items = payout != NULL ? rungs_payout_list_items (db, id, error) : NULL;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);
      JsonObject *row = row_of (db, item, payout->currency, error);

      if (row == NULL)
        return FALSE;
      rungs_row_set_number (row, "payout", id);
      rungs_row_set_text (row, "state", rungs_payout_state_to_text (item->state));
      rungs_row_set_time (row, "ended_at", item->ended_at);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

static gboolean
list_payouts (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, LIST_COLUMNS);
  g_autoptr (GPtrArray) payouts = rungs_payout_list (db, error);

  if (payouts == NULL)
    return FALSE;
  for (guint i = 0; i < payouts->len; i++)
    {
      const RungsPayout *payout = g_ptr_array_index (payouts, i);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_number (row, "id", payout->id);
      rungs_row_set_time (row, "made_at", payout->made_at);
      rungs_row_set_time (row, "from", payout->from);
      rungs_row_set_time (row, "until", payout->until);
      rungs_row_set_number (row, "partners", payout->partners);
      rungs_row_set_money (row, "amount", rungs_money (payout->amount, payout->currency));
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Nobody was paid yet."));
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error) && list_items (call, db, id, error);
}

/* ---- writing */

static gboolean
make (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  RungsPayoutRequest request = { .partners = NULL };
  gint64 id = take_request (call, db, &request, error)
                  ? rungs_payout_make (db, &request, rungs_invocation_get_now (call), error)
                  : 0;

  g_clear_pointer (&request.partners, g_array_unref);
  return id != 0 && list_items (call, db, id, error);
}

static gboolean
mark (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  gint64 id, now = rungs_invocation_get_now (call);
  g_autoptr (RungsPartner) partner = NULL;
  RungsPayoutState state;

  if (!rungs_invocation_get_id (call, 0, &id, error))
    return FALSE;
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 1), error);
  if (partner == NULL)
    return FALSE;
  if (!g_strv_contains (ENDS, rungs_invocation_get_argument (call, 2))
      || !rungs_payout_state_from_text (rungs_invocation_get_argument (call, 2), &state))
    {
      g_set_error_literal (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                           _ ("A payment is paid, failed or returned."));
      return FALSE;
    }
  return rungs_payout_mark (db, id, partner->id, state, now, error)
         && list_items (call, db, id, error);
}

static gboolean
reverse (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  gint64 id;

  return rungs_invocation_get_id (call, 0, &id, error)
         && rungs_payout_reverse (db, id, rungs_invocation_get_now (call), error)
         && list_items (call, db, id, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("currency", N_ ("CODE"), N_ ("What was sold in this currency")),
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("Orders from then on; what is of earlier ones waits")),
  RUNGS_OPTION ("until", N_ ("TIME"), N_ ("Orders up to then; now where nothing is said")),
  RUNGS_OPTION ("minimum", N_ ("AMOUNT"), N_ ("Who would get less waits for the next one")),
  RUNGS_OPTION ("partner", N_ ("NAME"), N_ ("Only this partner; may be given more than once")),
  RUNGS_OPTIONS_END,
};

#define ITEM_JSON "[partner, approved, set_off, amount, payout, state, ended_at]"

const RungsCommand RUNGS_PAYOUT_COMMANDS[] = {
  { "payout preview", "", N_ ("Show who would be paid what"), RUNGS_COMMAND_READS, preview, OPTIONS,
    NULL, "[partner, approved, set_off, amount, waits]" },
  { "payout make", "", N_ ("Make a payout"), RUNGS_COMMAND_WRITES, make, OPTIONS,
    N_ ("What is in a payout is in no other one, until it failed or came back. No money moves:\n"
        "pay, and say then what became of it."),
    ITEM_JSON },
  { "payout list", "", N_ ("List payouts"), RUNGS_COMMAND_READS, list_payouts, NULL, NULL,
    "[id, made_at, from, until, partners, amount]" },
  { "payout show", "PAYOUT", N_ ("Show who is paid what by a payout"), RUNGS_COMMAND_READS, show,
    NULL, NULL, ITEM_JSON },
  { "payout mark", "PAYOUT PARTNER STATE", N_ ("Say what became of a payment"),
    RUNGS_COMMAND_WRITES, mark, NULL, N_ ("STATE is paid, failed or returned."), ITEM_JSON },
  { "payout reverse", "PAYOUT", N_ ("Take a payout back whole"), RUNGS_COMMAND_WRITES, reverse,
    NULL, NULL, ITEM_JSON },
  { NULL },
};
