/* rungs-ledger-store.h: writes the book of commissions, and reads it. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-ledger.h"

G_BEGIN_DECLS

/* Books it: gives it its id, `now` as when it was booked, the balances of its accounts and its
 * hash. Returns: its id; 0 on error: INVALID (it does not balance, or a balance is too large),
 * NOT_FOUND (no such partner). */
gint64 rungs_ledger_add (RungsDb           *db,
                         RungsLedgerEntry  *entry,
                         gint64             now,
                         GError           **error);

/* Errors: NOT_FOUND. */
RungsLedgerEntry *rungs_ledger_load (RungsDb  *db,
                                     gint64    id,
                                     GError  **error);

/* Returns: (transfer full) (element-type RungsLedgerEntry): at most `limit` after the entry `after`
 * (0: from the first one), in their order. */
GPtrArray *rungs_ledger_list (RungsDb  *db,
                              gint64    after,
                              guint     limit,
                              GError  **error);

/* Returns: (transfer full) (element-type RungsLedgerEntry): those of an order, in their order. */
GPtrArray *rungs_ledger_list_of_order (RungsDb  *db,
                                       gint64    order,
                                       GError  **error);

/* What an account comes to; 0 where nothing was ever booked there. */
gboolean rungs_ledger_balance (RungsDb           *db,
                               gint64             partner,
                               RungsLedgerState   state,
                               const char        *currency,
                               gint64            *balance,
                               GError           **error);

/* What all accounts of a partner come to in one currency. */
typedef struct
{
  gint64 partner;
  char currency[4];
  gint64 states[RUNGS_LEDGER_N_STATES]; /* by RungsLedgerState */
} RungsLedgerBalances;

/* Returns: (transfer full) (element-type RungsLedgerBalances): by partner (0: all) and currency. */
GArray *rungs_ledger_balances (RungsDb  *db,
                               gint64    partner,
                               GError  **error);

/* ---- whether it is what it was */

typedef struct
{
  gint64 entries;  /* that are as they were … */
  gint64 postings; /* … with so many postings */
  gint64 fault;    /* (out) the first entry that is not what it was; 0: none */
  char *why;       /* (owned) (nullable) what is wrong with it, in words */
  guint8 hash[RUNGS_LEDGER_HASH_BYTES]; /* of the last one: who keeps it sees later whether entries
                                         * were cut off at the end */
} RungsLedgerProof;

void rungs_ledger_proof_clear (RungsLedgerProof *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsLedgerProof, rungs_ledger_proof_clear)

/* Reads the whole book: that each entry balances, its hash is right, goes on from the one before,
 * and that the balances of all accounts go on. A fault is no error: `proof` tells of it. */
gboolean rungs_ledger_verify (RungsDb           *db,
                              RungsLedgerProof  *proof,
                              GError           **error);

G_END_DECLS
