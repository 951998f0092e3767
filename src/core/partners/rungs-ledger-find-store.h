/* rungs-ledger-find-store.h: which entries of the book a browser shows.
 *
 * The book may have ten million postings. All of it is never listed: entries are numbered 1, 2, 3 …
 * without a gap, so that its last number says where each stands. Those of a partner are found by
 * the accounts; what else is asked for is looked for from the last entry back, where the spans of
 * the book (060-journal-spans.sql) may have it, and the first of them are there before the rest is
 * found. */

#pragma once

#include "partners/rungs-ledger-store.h"

G_BEGIN_DECLS

#define RUNGS_LEDGER_ANY -1

/* What is asked for. */
typedef struct
{
  gint64 partner; /* 0: of all */
  int state;      /* a RungsLedgerState: what moves in accounts of it; or RUNGS_LEDGER_ANY */
  int kind;       /* a RungsLedgerKind, or RUNGS_LEDGER_ANY */
  gint64 from;    /* what happened from then on; 0: ever */
  gint64 until;   /* … and before; 0: up to now */
} RungsLedgerQuery;

/* What is found, the newest first. */
typedef struct
{
  RungsLedgerQuery query;
  gint64 last; /* where `ids` is NULL: the entries from this one down to 1 */
  GArray *ids; /* (owned) (nullable) (element-type gint64) */
} RungsLedgerFound;

void rungs_ledger_found_free (RungsLedgerFound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLedgerFound, rungs_ledger_found_free)

guint rungs_ledger_found_get_count (const RungsLedgerFound *self);
gint64 rungs_ledger_found_get_id (const RungsLedgerFound *self,
                                  guint                   position);

/* Finds the first `limit`; all where it is 0, or where finding all is as quick. */
RungsLedgerFound *rungs_ledger_find (RungsDb                 *db,
                                     const RungsLedgerQuery  *query,
                                     guint                    limit,
                                     GError                 **error);

G_END_DECLS
