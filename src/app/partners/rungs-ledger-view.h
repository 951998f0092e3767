/* rungs-ledger-view.h: the book of commissions, entry by entry. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEDGER_VIEW (rungs_ledger_view_get_type ())

/* Knows the targets "partner:ID", its entries, and ID, an entry. */
G_DECLARE_FINAL_TYPE (RungsLedgerView, rungs_ledger_view, RUNGS, LEDGER_VIEW, RungsPageView)

G_END_DECLS
