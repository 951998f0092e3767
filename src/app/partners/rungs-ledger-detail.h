/* rungs-ledger-detail.h: an entry of the book, and why it is there. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-ledger-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_LEDGER_DETAIL (rungs_ledger_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsLedgerDetail, rungs_ledger_detail, RUNGS, LEDGER_DETAIL, GtkWidget)

void rungs_ledger_detail_show (RungsLedgerDetail        *self,
                               const RungsLedgerDetails *details);

G_END_DECLS
