/* rungs-partner-flag-command.c: what is out of the ordinary with partners' orders, and what a
 * person says of it. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "partners/rungs-partner-look-store.h"
#include "partners/rungs-partner-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("To look at"), RUNGS_COLUMN_TERM, NULL },
  { "cases", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "since", N_ ("Since"), RUNGS_COLUMN_TIME, NULL },
  { "verdict", N_ ("Decided"), RUNGS_COLUMN_TERM, NULL },
  { "evidence", N_ ("Evidence"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("To look at"), RUNGS_COLUMN_TERM, NULL },
  { "evidence", N_ ("Evidence"), RUNGS_COLUMN_LINES, NULL },
  { "since", N_ ("Since"), RUNGS_COLUMN_TIME, NULL },
  { "verdict", N_ ("Decided"), RUNGS_COLUMN_TERM, NULL },
  { "note", N_ ("Note"), RUNGS_COLUMN_LINES, NULL },
  { "decided_at", N_ ("Decided at"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

#define KEYS                                                                                       \
  "partner, kind, waits, cases, of, others, others_of, since, evidence, orders: [order, at,"       \
  " found_by], verdict, note, decided_at"

static void
add_orders (JsonObject             *row,
            const RungsPartnerFlag *flag)
{
  JsonArray *orders = rungs_row_set_array (row, "orders");

  for (guint i = 0; i < flag->cases->len; i++)
    {
      const RungsPartnerFlagCase *found = &g_array_index (flag->cases, RungsPartnerFlagCase, i);
      JsonObject *order = rungs_row_new ();

      rungs_row_set_number (order, "order", found->order);
      rungs_row_set_time (order, "at", found->at);
      rungs_row_set_text (order, "found_by",
                          found->why != RUNGS_PARTNER_FLAG_BY_FIGURES
                              ? rungs_partner_flag_reason_to_text (found->why)
                              : NULL);
      json_array_add_object_element (orders, order);
    }
}

static JsonObject *
row_of (const RungsPartner     *partner,
        const RungsPartnerFlag *flag)
{
  const RungsPartnerFlagDecision *decision = flag->decision;
  g_autofree char *words = rungs_partner_flag_dup_words (flag);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_text (row, "kind", rungs_partner_flag_kind_to_text (flag->kind));
  rungs_row_set_flag (row, "waits", rungs_partner_flag_waits (flag));
  rungs_row_set_number (row, "cases", flag->cases->len);
  rungs_row_set_number (row, "of", flag->of);
  rungs_row_set_number (row, "others", flag->others);
  rungs_row_set_number (row, "others_of", flag->others_of);
  rungs_row_set_time (row, "since", rungs_partner_flag_since (flag));
  rungs_row_set_text (row, "evidence", words);
  add_orders (row, flag);
  rungs_row_set_text (row, "verdict",
                      decision != NULL ? rungs_partner_flag_verdict_to_text (decision->verdict)
                                       : NULL);
  rungs_row_set_text (row, "note", decision != NULL ? decision->note : NULL);
  rungs_row_set_time (row, "decided_at", decision != NULL ? decision->at : 0);
  return row;
}

/* ---- listing */

/* Returns: (transfer full) (element-type RungsPartner): the one that was named, or all. */
static GPtrArray *
find_partners (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  GPtrArray *partners;
  RungsPartner *partner;

  if (name == NULL)
    return rungs_partner_list (db, error);
  partner = rungs_partner_load_by_name (db, name, error);
  if (partner == NULL)
    return NULL;
  partners = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_free);
  g_ptr_array_add (partners, partner);
  return partners;
}

static gboolean
list_flags (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  gboolean all = rungs_invocation_has (call, "all");
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) partners = find_partners (call, db, error);
  g_autoptr (RungsPartnerBaseline) baseline
      = partners != NULL ? rungs_partner_baseline_load (db, now, error) : NULL;

  for (guint i = 0; baseline != NULL && i < partners->len; i++)
    {
      const RungsPartner *partner = partners->pdata[i];
      g_autoptr (GPtrArray) flags
          = rungs_partner_flags_find (db, partner->id, baseline, now, error);

      if (flags == NULL)
        return FALSE;
      for (guint k = 0; k < flags->len; k++)
        if (all || rungs_partner_flag_waits (flags->pdata[k]))
          rungs_listing_add (listing, row_of (partner, flags->pdata[k]));
    }
  if (baseline == NULL)
    return FALSE;
  rungs_listing_end (listing, _ ("There is nothing to look at."));
  return TRUE;
}

/* ---- deciding */

/* Returns: (transfer full) (nullable). */
static RungsPartnerFlag *
find_flag (RungsDb               *db,
           gint64                 partner,
           RungsPartnerFlagKind   kind,
           gint64                 now,
           GError               **error)
{
  g_autoptr (GPtrArray) flags = rungs_partner_flags_find (db, partner, NULL, now, error);

  if (flags == NULL)
    return NULL;
  for (guint i = 0; i < flags->len; i++)
    if (((const RungsPartnerFlag *) flags->pdata[i])->kind == kind)
      return g_ptr_array_steal_index (flags, i);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                       _ ("there is nothing of that kind to look at"));
  return NULL;
}

static gboolean
take_words (RungsInvocation          *call,
            RungsPartnerFlagKind     *kind,
            RungsPartnerFlagVerdict  *verdict,
            GError                  **error)
{
  if (!rungs_partner_flag_kind_from_text (rungs_invocation_get_argument (call, 1), kind))
    return rungs_error_refuse (
        error, _ ("KIND is self-referral, household, coupon, refunds or clicks"));
  return rungs_partner_flag_verdict_from_text (rungs_invocation_get_argument (call, 2), verdict)
         || rungs_error_refuse (error, _ ("VERDICT is fine or not-fine"));
}

static gboolean
decide (RungsInvocation  *call,
        RungsDb          *db,
        GError          **error)
{
  gint64 now = rungs_invocation_get_now (call);
  const char *note = rungs_invocation_get_text (call, "note", "");
  RungsPartnerFlagKind kind;
  RungsPartnerFlagVerdict verdict;
  g_autoptr (RungsPartner) partner = NULL;
  g_autoptr (RungsPartnerFlag) flag = NULL;
  g_autoptr (RungsPartnerFlag) decided = NULL;
  g_autoptr (RungsPartnerFlagSeen) seen = NULL;

  if (!take_words (call, &kind, &verdict, error))
    return FALSE;
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  flag = partner != NULL ? find_flag (db, partner->id, kind, now, error) : NULL;
  seen = flag != NULL ? rungs_partner_flag_seen_new (flag) : NULL;
  if (seen == NULL || rungs_partner_flag_decide (db, seen, verdict, note, now, error) == 0)
    return FALSE;
  decided = find_flag (db, partner->id, kind, now, error);
  if (decided == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, row_of (partner, decided));
  return TRUE;
}

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_FLAG ("all", N_ ("Also what somebody has decided")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry DECIDE_OPTIONS[] = {
  RUNGS_OPTION ("note", N_ ("TEXT"), N_ ("Why")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_FLAG_COMMANDS[] = {
  { "partner flags", "[NAME]", N_ ("Show what is out of the ordinary with partners’ orders"),
    RUNGS_COMMAND_READS, list_flags, LIST_OPTIONS,
    N_ ("Self-referrals, orders of the household, coupons that others know, many refunds, and\n"
        "unusual times from click to order, each with the numbers. Nothing is decided by it."),
    "[" KEYS "]" },
  { "partner decide", "NAME KIND VERDICT", N_ ("Say whether what is out of the ordinary is fine"),
    RUNGS_COMMAND_WRITES, decide, DECIDE_OPTIONS,
    N_ ("KIND is self-referral, household, coupon, refunds or clicks; VERDICT is fine or\n"
        "not-fine. It comes back when there is much more evidence. No money moves by it:\n"
        "“referral set ORDER nobody” takes an order from a partner, and “referral preview”\n"
        "shows what that does."),
    "{" KEYS "}" },
  { NULL },
};
