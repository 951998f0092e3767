/* rungs-offer-opening.h: opens the dialog of an offer. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Reads the offer and shows its dialog over the page's window. */
void rungs_offer_open (RungsPage *page,
                       gint64     offer);

G_END_DECLS
