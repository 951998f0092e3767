/* rungs-partner-words.c: partners, their referrals and the book, in the user's words. */

#include "rungs-partner-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

static const char *const STATES[RUNGS_LEDGER_N_STATES] = {
  [RUNGS_LEDGER_EXPENSE] = N_ ("Cost"),
  [RUNGS_LEDGER_HELD] = N_ ("Held"),
  [RUNGS_LEDGER_APPROVED] = N_ ("May be paid"),
  [RUNGS_LEDGER_PAYABLE] = N_ ("On its way"),
  [RUNGS_LEDGER_PAID] = N_ ("Paid"),
  [RUNGS_LEDGER_CARRIED] = N_ ("Has to give back"),
};

static const char *const ENTRIES[] = {
  [RUNGS_LEDGER_ACCRUAL] = N_ ("Earned"),
  [RUNGS_LEDGER_REVERSAL] = N_ ("Taken back"),
  [RUNGS_LEDGER_RELEASE] = N_ ("May be paid"),
  [RUNGS_LEDGER_HOLD] = N_ ("Held again"),
  [RUNGS_LEDGER_PAYOUT] = N_ ("Into a payout"),
  [RUNGS_LEDGER_SET_OFF] = N_ ("Set off"),
  [RUNGS_LEDGER_PAYMENT] = N_ ("Paid"),
  [RUNGS_LEDGER_FAILURE] = N_ ("Payment failed"),
  [RUNGS_LEDGER_RETURN] = N_ ("Payment came back"),
  [RUNGS_LEDGER_BONUS] = N_ ("Bonus"),
  [RUNGS_LEDGER_CLEARANCE] = N_ ("Owed again"),
};

static const char *const PAYMENTS[] = {
  [RUNGS_PAYOUT_PAYABLE] = N_ ("On its way"),
  [RUNGS_PAYOUT_PAID] = N_ ("Paid"),
  [RUNGS_PAYOUT_FAILED] = N_ ("Failed"),
  [RUNGS_PAYOUT_RETURNED] = N_ ("Came back"),
};

static const char *const RULES[] = {
  [RUNGS_ATTRIBUTION_COUPON] = N_ ("Coupon of the order"),
  [RUNGS_ATTRIBUTION_PHONE] = N_ ("Number called last"),
  [RUNGS_ATTRIBUTION_LAST_CLICK] = N_ ("Link followed last"),
  [RUNGS_ATTRIBUTION_FIRST_CLICK] = N_ ("Link followed first"),
  [RUNGS_ATTRIBUTION_FIRST_SALE] = N_ ("Partner of the buyer's first order"),
  [RUNGS_ATTRIBUTION_JV_FIRST] = N_ ("Joint ventures before affiliates"),
  [RUNGS_ATTRIBUTION_KNOWN_BEFORE] = N_ ("Nobody, where the buyer was known before"),
  [RUNGS_ATTRIBUTION_OURS_LAST] = N_ ("Nobody, where the last touch was our own"),
  [RUNGS_ATTRIBUTION_CUSTOMERS] = N_ ("Nobody, where the buyer has bought before"),
};

const char *
rungs_partner_kind_words (RungsSourceKind kind)
{
  return kind == RUNGS_SOURCE_JV ? _ ("Joint venture") : _ ("Affiliate");
}

const char *
rungs_partner_state_words (RungsLedgerState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);

  return _ (STATES[state]);
}

const char *
rungs_partner_entry_words (RungsLedgerKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (ENTRIES), NULL);

  return _ (ENTRIES[kind]);
}

/* "30 % of €100.00", and what else the book says of it: after the first dot. */
static char *
why_words (RungsMoney  base,
           gint64      rate,
           const char *stored)
{
  const char *more = strstr (stored, " · ");
  g_autofree char *amount = NULL;
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;

  if (base.minor == RUNGS_LEDGER_NO_BASE || rate == RUNGS_LEDGER_NO_RATE)
    return g_strdup (rungs_error_stored_words (stored));
  amount = rungs_display_money (base);
  share = rungs_rate_format (rate);
  /* Translators: a share of an amount: "30 % of €100.00" */
  words = g_strdup_printf (_ ("%s of %s"), share, amount);
  return g_strconcat (words, more, NULL);
}

char *
rungs_partner_entry_why (const RungsLedgerEntry *entry)
{
  RungsMoney base = rungs_money (entry->base, rungs_ledger_entry_get_base_currency (entry));

  return why_words (base, entry->rate, entry->words);
}

char *
rungs_partner_told_words (const RungsCommissionTold *told)
{
  g_autofree char *why = why_words (told->base, told->rate, told->words);
  g_autofree char *amount = rungs_display_money (told->amount);

  if (*why == '\0')
    return g_strdup_printf (_ ("%s earns %s"), told->name, amount);
  /* Translators: a partner, an amount, and why: "Jo earns €5.00: 5 % of €100.00" */
  return g_strdup_printf (_ ("%s earns %s: %s"), told->name, amount, why);
}

const char *
rungs_partner_payment_words (RungsPayoutState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (PAYMENTS), NULL);

  return _ (PAYMENTS[state]);
}

gint64
rungs_partner_amount (RungsLedgerState state,
                      gint64           balance)
{
  return state == RUNGS_LEDGER_CARRIED || state == RUNGS_LEDGER_EXPENSE ? balance : -balance;
}

char *
rungs_partner_balance_words (GArray           *balances,
                             RungsLedgerState  state)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < balances->len; i++)
    {
      const RungsLedgerBalances *there = &g_array_index (balances, RungsLedgerBalances, i);
      gint64 amount = rungs_partner_amount (state, there->states[state]);
      g_autofree char *money = rungs_display_money (rungs_money (amount, there->currency));

      if (amount != 0)
        g_string_append_printf (words, "%s%s", words->len > 0 ? " + " : "", money);
    }
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

char *
rungs_partner_rule_words (const RungsAttributionRule *rule)
{
  const char *words = _ (RULES[rule->kind]);

  if (rule->days == 0)
    return g_strdup (words);
  return g_strdup_printf (ngettext ("%s, within %u day", "%s, within %u days", rule->days), words,
                          rule->days);
}

char *
rungs_partner_saw_words (const RungsAttributionLine *line,
                         const char                 *partner)
{
  g_autofree char *rule = rungs_partner_rule_words (&line->rule);

  switch (line->verdict)
    {
    case RUNGS_ATTRIBUTION_CREDITS:
      return g_strdup_printf (_ ("%s: credits %s"), rule, partner != NULL ? partner : "");
    case RUNGS_ATTRIBUTION_CREDITS_NOBODY:
      return g_strdup_printf (_ ("%s: credits nobody"), rule);
    case RUNGS_ATTRIBUTION_NARROWS:
      return g_strdup_printf (_ ("%s: affiliates do not count below"), rule);
    case RUNGS_ATTRIBUTION_PASSES:
    default:
      return g_strdup_printf (_ ("%s: decides nothing"), rule);
    }
}

const char *
rungs_partner_status_words (RungsPartnerStatus status)
{
  switch (status)
    {
    case RUNGS_PARTNER_APPLIED:
      /* Translators: somebody who asks to be a partner. */
      return C_ ("partner", "Has applied");
    case RUNGS_PARTNER_PAUSED:
      return C_ ("partner", "Paused");
    case RUNGS_PARTNER_ENDED:
      return C_ ("partner", "Ended");
    case RUNGS_PARTNER_ACTIVE:
    default:
      return C_ ("partner", "Active");
    }
}
