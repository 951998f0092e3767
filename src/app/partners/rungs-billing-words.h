/* rungs-billing-words.h: who writes the invoices of a partner, and with which VAT, in words. */

#pragma once

#include "rungs-billing-load.h"

G_BEGIN_DECLS

/* "VAT at a rate", "Reverse charge: you account for it" … */
const char *rungs_vat_case_words (RungsVatCase vat);

/* Returns: (transfer full): "VAT 19 %", "Reverse charge: you account for it" … */
char *rungs_billing_dup_vat (const RungsSelfBilling *billing);

/* Returns: (transfer full): why that is suggested; where nothing is, what is to be said first. */
char *rungs_billing_dup_why (const RungsBilling *self);

/* Returns: (transfer full): "12 March 2024" of "2024-03-12". */
char *rungs_billing_dup_day (const char *day);

G_END_DECLS
