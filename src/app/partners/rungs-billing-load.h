/* rungs-billing-load.h: who writes the invoices of a partner, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-self-billing-store.h"

G_BEGIN_DECLS

#define RUNGS_VAT_N_CASES (RUNGS_VAT_NONE + 1)

typedef struct
{
  gint64 partner;
  char *name;                 /* (owned) */
  char today[11];             /* of the business: "2026-03-02" */
  RungsSelfBilling billing;
  RungsSelfBilling suggested; /* where it is known */
  gboolean known;
  char ours[3];               /* country of the business; "": not said */
  char *theirs;               /* (owned) of the partner; "": not said */
  guint lacks[RUNGS_VAT_N_CASES]; /* what an invoice would lack, by RungsVatCase */
} RungsBilling;

void rungs_billing_free (RungsBilling *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBilling, rungs_billing_free)

/* Returns: (transfer full). Errors: NOT_FOUND. */
RungsBilling *rungs_billing_read (RungsDb  *db,
                                  gint64    partner,
                                  GError  **error);

typedef struct
{
  gint64 partner;
  RungsSelfBilling billing;
} RungsBillingChange;

/* `data` is a RungsBillingChange. Returns: the id of the partner (gint64 *). */
gpointer rungs_billing_store (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
