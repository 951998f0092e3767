/* rungs-invoice-form.h: writes the invoice of a payment, or all of a payout, after showing them. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Over `parent`. `partner`: 0: all of the payout. */
void rungs_invoice_form_open (RungsPage *page,
                              GtkWindow *parent,
                              gint64     payout,
                              gint64     partner);

G_END_DECLS
