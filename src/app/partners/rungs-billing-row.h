/* rungs-billing-row.h: who writes the invoices of a partner: the partner, or you (self-billing). */

#pragma once

#include <adwaita.h>

#include "rungs-billing-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BILLING_ROW (rungs_billing_row_get_type ())

G_DECLARE_FINAL_TYPE (RungsBillingRow, rungs_billing_row, RUNGS, BILLING_ROW, AdwActionRow)

/* Copies what it needs. */
void rungs_billing_row_set (RungsBillingRow    *self,
                            const RungsBilling *billing);

G_END_DECLS
