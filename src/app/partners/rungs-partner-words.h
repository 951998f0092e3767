/* rungs-partner-words.h: partners, their referrals and the book, in the user's words. */

#pragma once

#include "leads/rungs-source-store.h"
#include "partners/rungs-attribution.h"
#include "partners/rungs-commission-told.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payout-store.h"

G_BEGIN_DECLS

/* "Affiliate", "Joint venture". */
const char *rungs_partner_kind_words (RungsSourceKind kind);

/* An account: "Held", "May be paid" … */
const char *rungs_partner_state_words (RungsLedgerState state);

/* What an entry of the book does: "Earned", "Taken back" … */
const char *rungs_partner_entry_words (RungsLedgerKind kind);

/* Returns: (transfer full): why an entry says what it says: "30 % of €100.00", or the words that it
 * carries; "" where it has none. */
char *rungs_partner_entry_why (const RungsLedgerEntry *entry);

/* Returns: (transfer full): what a line of an order earns whom, and why. */
char *rungs_partner_told_words (const RungsCommissionTold *told);

/* What became of a payment: "On its way", "Paid" … */
const char *rungs_partner_payment_words (RungsPayoutState state);

/* What a balance of an account is to people: what is owed, and what has to be given back, counts
 * from 0 up. */
gint64 rungs_partner_amount (RungsLedgerState state,
                             gint64           balance);

/* Returns: (transfer full) (nullable): what a partner has in one state, in each currency (GArray of
 * RungsLedgerBalances): "€12.00 + $3.00"; NULL where that is nothing. */
char *rungs_partner_balance_words (GArray           *balances,
                                   RungsLedgerState  state);

/* Returns: (transfer full): which rule: "Link followed last, within 30 days". */
char *rungs_partner_rule_words (const RungsAttributionRule *rule);

/* Returns: (transfer full): what a rule said; `partner` (nullable) is the name of whom it saw. */
char *rungs_partner_saw_words (const RungsAttributionLine *line,
                               const char                 *partner);

/* "Active", "Paused" … */
const char *rungs_partner_status_words (RungsPartnerStatus status);

G_END_DECLS
