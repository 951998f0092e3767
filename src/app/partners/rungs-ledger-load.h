/* rungs-ledger-load.h: what is shown and done of the book, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "ladder/rungs-order-list-store.h"
#include "partners/rungs-ledger-find-store.h"
#include "partners/rungs-ledger-text.h"

G_BEGIN_DECLS

/* An entry on one line. */
typedef struct
{
  RungsLedgerEntry *entry; /* (owned) */
  char *partner;           /* (owned) the name of whose accounts it moves */
  gint64 amount;           /* that moves; of one account: that is put into it, below 0: taken out */
  gint64 balance;          /* of the account, after it */
  gboolean has_balance;    /* one account was chosen */
  RungsLedgerState into;   /* what it moves from, and into */
  RungsLedgerState from;
} RungsLedgerRow;

void rungs_ledger_row_free (RungsLedgerRow *self);

/* `found` says which account was chosen. Errors: NOT_FOUND. */
RungsLedgerRow *rungs_ledger_row_load (RungsDb                 *db,
                                       const RungsLedgerQuery  *query,
                                       gint64                   id,
                                       GError                 **error);

/* All that is known of one. */
typedef struct
{
  RungsLedgerRow *row;  /* (owned) */
  RungsOrderRow *order; /* (owned) (nullable) */
  char *programme;      /* (owned) (nullable): whose terms count */
  gint64 terms_from;    /* in force since */
} RungsLedgerDetails;

void rungs_ledger_details_free (RungsLedgerDetails *self);

/* `data` is a gint64 *, the id. Returns: a RungsLedgerDetails. */
gpointer rungs_ledger_load_details (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* Returns: a RungsLedgerProof, freed by rungs_ledger_proof_free(). */
gpointer rungs_ledger_load_proof (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
void rungs_ledger_proof_free (RungsLedgerProof *self);

typedef struct
{
  GFile *file; /* (owned) */
  RungsLedgerFormat format;
} RungsLedgerExport;

void rungs_ledger_export_free (RungsLedgerExport *self);

/* `data` is a RungsLedgerExport. Writes the book into its file. */
gpointer rungs_ledger_do_export (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
