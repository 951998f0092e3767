/* rungs-billing-form.h: asks whether a partner has agreed that you write its invoices, and with
 * which VAT. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Over the page. */
void rungs_billing_form_open (RungsPage *page,
                              gint64     partner);

G_END_DECLS
