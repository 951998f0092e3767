/* rungs-payment-form.h: writes a payout as a file for the bank, PayPal, Wise or anybody. */

#pragma once

#include "rungs-page.h"
#include "rungs-payout-load.h"

G_BEGIN_DECLS

/* Asks the keyring first, then opens over the page. */
void rungs_payment_form_open (RungsPage                *page,
                              const RungsPayoutDetails *details);

G_END_DECLS
