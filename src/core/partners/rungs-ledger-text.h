/* rungs-ledger-text.h: the book of commissions for other programs of bookkeeping.
 *
 * ledger and hledger read the journal format of ledger 3 (https://ledger-cli.org/doc/ledger3.html,
 * "Journal format"; https://hledger.org/hledger.html#journal-format), beancount its own
 * (https://beancount.github.io/docs/beancount_language_syntax.html). Accounts are called
 * "Expenses:Commissions:PARTNER", "Liabilities:Commissions:Held:PARTNER", and so on; where names of
 * partners would be the same as they are written there, their number follows. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LEDGER_FORMAT_LEDGER,
  RUNGS_LEDGER_FORMAT_BEANCOUNT,
} RungsLedgerFormat;

/* Writes all entries, with the days of `zone`. Errors: those of the file and of the stream. */
gboolean rungs_ledger_write (RungsDb            *db,
                             RungsLedgerFormat   format,
                             GTimeZone          *zone,
                             GOutputStream      *stream,
                             GCancellable       *cancellable,
                             GError            **error);

G_END_DECLS
