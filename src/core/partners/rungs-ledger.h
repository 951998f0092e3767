/* rungs-ledger.h: the book of commissions. Read this first in partners/.
 *
 * Double-entry: an entry moves money between accounts, and what it moves adds up to nothing. It is
 * written once and never changed, by the program or by anybody: what was wrong is reversed by a
 * further entry. Each carries the SHA-256 of itself and of the one before it, so that none can be
 * changed, left out or put in between later without a trace.
 *
 *   kind      debit      credit
 *   accrual   expense    held       a sale earned it, and its refund window is open
 *   reversal  held …     expense    what was sold was given back, in part or whole: out of where
 *             carried               the commission stands; carried, where it was paid already
 *   release   held       approved   the refund window is over, and nobody has to look at it
 *   hold      approved   held       somebody wants to look at it
 *   payout    approved   payable    it is to be paid
 *   set-off   payable    carried    … less what the partner has to give back
 *   paid      payable    paid       the money has left
 *   failed    payable    approved   it could not be sent: as if there had been no payout of it
 *   returned  paid       approved   it came back
 *   bonus     expense    approved   the owner gives it, without a sale
 *   cleared   carried    expense    a dispute was won after all: it is owed again
 *
 * Amounts are minor units of one currency; debits are above 0, credits below. Where a partner earns
 * in another currency than was sold in, all entries of a line are in the partner's: they name the
 * rate, and the base alone is in the other one of its two currencies. Nothing is exchanged in the
 * book, so there are no differences of rates in it.
 *
 * What is earned without a sale is an award (rungs-award-store.h). Its entries name no order, and
 * as their order_line the number of the award below 0: -7 of award 7. */

#pragma once

#include "ladder/rungs-exchange.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LEDGER_EXPENSE,
  RUNGS_LEDGER_HELD,
  RUNGS_LEDGER_APPROVED,
  RUNGS_LEDGER_PAYABLE,
  RUNGS_LEDGER_PAID,
  RUNGS_LEDGER_CARRIED,
} RungsLedgerState;

#define RUNGS_LEDGER_N_STATES (RUNGS_LEDGER_CARRIED + 1)

/* "expense", "held" … as the file has them. */
const char *rungs_ledger_state_to_text (RungsLedgerState state);
gboolean rungs_ledger_state_from_text (const char       *text,
                                       RungsLedgerState *state);

typedef enum
{
  RUNGS_LEDGER_ACCRUAL,
  RUNGS_LEDGER_REVERSAL,
  RUNGS_LEDGER_RELEASE,
  RUNGS_LEDGER_HOLD,
  RUNGS_LEDGER_PAYOUT,
  RUNGS_LEDGER_SET_OFF,
  RUNGS_LEDGER_PAYMENT,
  RUNGS_LEDGER_FAILURE,
  RUNGS_LEDGER_RETURN,
  RUNGS_LEDGER_BONUS,
  RUNGS_LEDGER_CLEARANCE,
} RungsLedgerKind;

/* "accrual", "reversal" … as above. */
const char *rungs_ledger_kind_to_text (RungsLedgerKind kind);
gboolean rungs_ledger_kind_from_text (const char      *text,
                                      RungsLedgerKind *kind);

typedef struct
{
  gint64 partner;
  RungsLedgerState state;
  gint64 amount;  /* not 0 */
  gint64 balance; /* of the account, after it; (out) when it is stored */
} RungsPosting;

#define RUNGS_LEDGER_HASH_BYTES 32
#define RUNGS_LEDGER_NO_BASE G_MININT64
#define RUNGS_LEDGER_NO_RATE -1

/* An entry; ids are 0 where it names none. */
typedef struct
{
  gint64 id;
  RungsLedgerKind kind;
  gint64 at;
  gint64 booked_at;
  char currency[4];
  gint64 order;
  gint64 order_line; /* below 0: of an award */
  gint64 terms;
  gint64 base; /* RUNGS_LEDGER_NO_BASE: no share of anything */
  gint64 rate; /* basis points, or RUNGS_LEDGER_NO_RATE */
  RungsExchangeRate exchange; /* by which it was told in its currency; its rate 0: it was not */
  gint64 touch;
  gint64 payout;
  gint64 reverses;
  char *words;      /* (owned) why, for people; names nobody */
  GArray *postings; /* (owned) (element-type RungsPosting) in the order of partner and state */
  guint8 hash[RUNGS_LEDGER_HASH_BYTES];
  gboolean is_spoiled; /* the file has something there that no entry can have */
} RungsLedgerEntry;

/* Without base, rate and postings. */
RungsLedgerEntry *rungs_ledger_entry_new (RungsLedgerKind  kind,
                                          gint64           at,
                                          const char      *currency);
void rungs_ledger_entry_free (RungsLedgerEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLedgerEntry, rungs_ledger_entry_free)

/* Adds what it does to an account; several of one account add up, and nothing is nothing. Errors:
 * INVALID, the sum is too large. */
gboolean rungs_ledger_entry_post (RungsLedgerEntry  *self,
                                  gint64             partner,
                                  RungsLedgerState   state,
                                  gint64             amount,
                                  GError           **error);

/* The same of two accounts of a partner: `amount`, above 0, moves out of `credit` into `debit`. */
gboolean rungs_ledger_entry_move (RungsLedgerEntry  *self,
                                  gint64             partner,
                                  RungsLedgerState   debit,
                                  RungsLedgerState   credit,
                                  gint64             amount,
                                  GError           **error);

/* In which currency the base is. */
const char *rungs_ledger_entry_get_base_currency (const RungsLedgerEntry *self);

/* Whether it has two postings or more that add up to nothing. Errors: INVALID. */
gboolean rungs_ledger_entry_check (const RungsLedgerEntry  *self,
                                   GError                 **error);

/* What the hash of an entry is taken of: "NAME VALUE\n" for each column in the order of the file,
 * "exchange RATE BASE QUOTE DAY\n" where it was told in another currency, a
 * "posting PARTNER STATE AMOUNT BALANCE\n" for each posting, "words LENGTH\n" and the words, and
 * "before HEX\n". `before`: the hash of the entry before it, all zero before the first one. */
char *rungs_ledger_entry_dup_text (const RungsLedgerEntry *self,
                                   const guint8           *before);

void rungs_ledger_entry_hash (const RungsLedgerEntry *self,
                              const guint8           *before,
                              guint8                 *hash);

G_END_DECLS
